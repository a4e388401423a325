"""Taking a product off the shelf, with all that is learnt and asked about it, and putting it back."""

from datetime import datetime

from django.db import transaction

from quizzes.models import AuditEntry
from trainer.commands.retiring import restore_lesson, retire_lesson
from trainer.models import Product
from trainer.rules.vocabulary import ProductState


@transaction.atomic
def withdraw_product(*, product_id: int, by, at: datetime) -> bool:
    """Take a product off the shelf: nobody studies it or is asked about it any more. Whether it was on it."""
    product = _moved(product_id, ProductState.WITHDRAWN, "withdraw_product", by, at)
    if product:
        retire_lesson(lesson_id=product.lesson_id, by=by, at=at)
    return product is not None


@transaction.atomic
def restore_product(*, product_id: int, by, at: datetime) -> bool:
    """Put a withdrawn product back, with its lesson and questions; whether it was withdrawn."""
    product = _moved(product_id, ProductState.ACTIVE, "restore_product", by, at)
    if product:
        restore_lesson(lesson_id=product.lesson_id, by=by, at=at)
    return product is not None


def _moved(product_id: int, state: ProductState, action: str, by, at: datetime) -> Product | None:
    product = Product.objects.select_for_update(of=("self",)).get(pk=product_id)
    if product.state == state:
        return None
    product.state = state
    product.save(update_fields=["state"])
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"product:{product.sku}", detail={})
    return product
