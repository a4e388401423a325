"""The products of a load: they come in at publication, since a product is there for everybody at once."""

from collections.abc import Sequence
from datetime import datetime

from trainer.commands.products import save_products
from trainer.commands.shelf import restore_product, withdraw_product
from trainer.models import Load, LoadEntry, Product
from trainer.readers.entries import ProductEntry
from trainer.rules.loaded_products import product_from_data
from trainer.rules.loads import Decision, Difference, EntryKind
from trainer.rules.products import ProductRow, product_facts


def product_entries(products: Sequence[ProductRow], source: str) -> list[ProductEntry]:
    facts = product_facts(products)
    return [ProductEntry(p.sku, p.name, p.shelf_on, p.platforms, facts[p.sku], source) for p in products]


def publish_products(load: Load, by, at: datetime) -> int:
    """Make or change what was taken; how many products the load brought in."""
    taken = load.entries.filter(kind=EntryKind.PRODUCT, decision=Decision.TAKE, product=None).select_related("file")
    by_sku: dict[str, LoadEntry] = {}
    for entry in taken:
        by_sku.setdefault((entry.data or {})["sku"], entry)  # of two files that name it the first stands
    rows = [product_from_data(entry.data or {}) for entry in by_sku.values()]
    save_products(entries=product_entries(rows, load.title), by=by, at=at)
    products = {product.sku: product for product in Product.objects.filter(sku__in=list(by_sku))}
    for sku, entry in by_sku.items():
        entry.product = products[sku]
        restore_product(product_id=products[sku].pk, by=by, at=at)
    load.entries.bulk_update(by_sku.values(), ["product"], batch_size=500)
    return len(by_sku)


def withdraw_products(load: Load, by, at: datetime) -> int:
    """Take the products that came with the load off the shelf; those that it only changed stay."""
    made = load.entries.filter(kind=EntryKind.PRODUCT, difference=Difference.NEW).exclude(product=None)
    return sum(
        withdraw_product(product_id=pk, by=by, at=at) for pk in made.order_by("pk").values_list("product", flat=True)
    )
