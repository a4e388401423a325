"""Products out of their sheets: the lesson, its questions, and the quiz that people pass before they serve them."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from quizzes.commands.blueprints import BlueprintTerms, SectionTerms, save_blueprint
from quizzes.models import AuditEntry, Blueprint, Topic
from quizzes.queries.pools import candidates
from quizzes.rules.blueprint import Candidate, Section, feasibility
from quizzes.rules.facts import Fact
from quizzes.rules.generation.wording import statement
from quizzes.rules.vocabulary import Feedback, Flag, Mode
from trainer.commands.generated import save_remaking
from trainer.commands.lessons import publish_lesson_version, save_draft
from trainer.commands.search import reindex
from trainer.models import FactAttribute, LessonVersion, Product
from trainer.queries.facts_in_force import facts_of
from trainer.queries.remaking import remaking
from trainer.readers.entries import LessonEntry, ProductEntry
from trainer.rules.changes import fact_changes
from trainer.rules.vocabulary import LessonKind

TOPIC = {"slug": "products", "name": "商品知识", "name_en": "Products"}
POSITION = 900  # after the lessons that a curriculum puts in order
REVIEWED_FOR = timedelta(days=180)

QUESTIONS, FEWEST = 8, 3  # of a gate quiz
PASS_MARK, MINUTES = Decimal(80), 10
COOLDOWN_HOURS = 12  # two tries a day


@dataclass(frozen=True)
class SavedProducts:
    """SKUs, by what saving did to them. What is known of ``changed`` ones is other than before: a draft of their lesson
    waits to be published, because people may have passed on the old one. ``moved`` ones got another name, shelf date
    or platform only."""

    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


@transaction.atomic
def save_products(*, entries: Sequence[ProductEntry], by, at: datetime) -> SavedProducts:
    """Make products, each with a published lesson, live questions and a gate quiz; change those that are there.

    Saving the same entries again changes nothing. Raises ``ValueError`` when two entries have the same SKU.
    """
    wanted = {entry.sku: entry for entry in entries}
    if len(wanted) != len(entries):
        raise ValueError("Two products have the same SKU.")
    if not entries:
        return SavedProducts()
    Topic.objects.get_or_create(slug=TOPIC["slug"], defaults=TOPIC)
    _save_attributes(fact for entry in entries for fact in entry.facts)
    there = {p.sku: p for p in Product.objects.select_for_update().filter(sku__in=list(wanted))}
    sorted_out: dict[str, list[str]] = {"created": [], "changed": [], "moved": [], "unchanged": []}
    new = []
    for sku, entry in wanted.items():
        found = there.get(sku)
        if found is None:
            new.append(_create(entry, by, at))
        sorted_out[_change(found, entry, by, at) if found else "created"].append(sku)
    _ask_about(new, by, at)
    reindex(at=at)
    saved = SavedProducts(**{name: tuple(skus) for name, skus in sorted_out.items()})
    if saved != SavedProducts(unchanged=saved.unchanged):
        detail = {name: skus for name, skus in sorted_out.items() if name != "unchanged"}
        AuditEntry.objects.create(at=at, by=by, action="save_products", target="products", detail=detail)
    return saved


def _save_attributes(facts: Iterable[Fact]) -> None:
    attributes = {fact.attribute.key: fact.attribute for fact in facts if fact.attribute}
    FactAttribute.objects.bulk_create(
        [
            FactAttribute(key=a.key, name=a.name, ask=a.ask, state=a.state, siblings=a.siblings, match=a.match)
            for a in attributes.values()
        ],
        ignore_conflicts=True,
    )


def _create(entry: ProductEntry, by, at: datetime) -> Product:
    draft = save_draft(entry=lesson_entry(entry, timezone.localdate(at)), by=by, at=at)
    if draft is None:
        raise ValueError(f"There is a lesson for {entry.sku} already.")
    publish_lesson_version(version_id=draft.pk, by=by, at=at)
    return Product.objects.create(
        sku=entry.sku,
        name=entry.name,
        lesson=draft.lesson,
        platforms=list(entry.platforms),
        shelf_on=entry.shelf_on,
        created_at=at,
    )


def _ask_about(products: Sequence[Product], by, at: datetime) -> None:
    """Make the questions and quizzes of new products, together: their values serve each other as wrong ones."""
    lessons = [product.lesson_id for product in products]
    versions = LessonVersion.objects.filter(lesson__in=lessons).select_related("lesson")
    facts = [fact for version in versions for fact in facts_of(version)]
    remade = remaking(fact_changes((), facts), kept=facts, lessons=lessons, on=timezone.localdate(at))
    save_remaking(remade, by=by, at=at)
    bank = candidates() if products else []
    for product in products:
        _set_gate(product, [c for c in bank if c.lesson == product.lesson.slug], by, at)


def _change(product: Product, entry: ProductEntry, by, at: datetime) -> str:
    new = (entry.name, list(entry.platforms), entry.shelf_on)
    moved = (product.name, product.platforms, product.shelf_on) != new
    if moved:
        product.name, product.platforms, product.shelf_on = new
        product.save(update_fields=["name", "platforms", "shelf_on"])
    newest = LessonVersion.objects.filter(lesson=product.lesson).order_by("-number").first()
    wanted = lesson_entry(entry, timezone.localdate(at), product.lesson.slug)
    says_more = newest is None or fact_changes(facts_of(newest), wanted.facts)
    if says_more and save_draft(entry=wanted, by=by, at=at):
        return "changed"
    return "moved" if moved else "unchanged"


def slug_of(sku: str) -> str:
    """The slug of a product's lesson; what cannot stand in one is told apart by a hash."""
    plain = re.sub(r"[^a-z0-9]+", "-", sku.lower()).strip("-")
    if plain != sku.lower():
        plain = f"{plain}-{hashlib.sha256(sku.encode()).hexdigest()[:6]}".strip("-")
    return f"product-{plain}"[:80]


def lesson_entry(entry: ProductEntry, today: date, slug: str = "") -> LessonEntry:
    """What a product's lesson says: its facts as a card to look things up, for a person to write more around."""
    lines = [f"- {statement(fact)}" for fact in entry.facts]
    return LessonEntry(
        slug=slug or slug_of(entry.sku),
        kind=LessonKind.PRODUCT,
        title=entry.name,
        title_en=entry.name,
        summary=f"货号 {entry.sku}：上架前要会答的参数和说法",
        platforms=entry.platforms,
        status=Flag.CURRENT,
        topics=(TOPIC["slug"],),
        effective_from=today,
        effective_to=None,
        source=entry.source,
        review_by=max(entry.shelf_on, today) + REVIEWED_FOR,
        minutes=max(2, len(entry.facts) // 4 + 1),
        order=POSITION,
        required=False,
        steps=(),
        signs=(),
        strategy=(),
        do=(),
        dont=(),
        body="\n".join(["## 资料卡", "", *lines, ""]),
        facts=tuple(replace(fact, topic=TOPIC["slug"]) for fact in entry.facts),
    )


@transaction.atomic
def set_gate(*, product: Product, by, at: datetime) -> Blueprint | None:
    """Give the product the largest quiz, of eight questions at most, that its live questions can fill.

    ``None`` while they cannot fill one of three; a quiz that is there already stays as it is.
    """
    return _set_gate(product, [c for c in candidates() if c.lesson == product.lesson.slug], by, at)


def _set_gate(product: Product, bank: Sequence[Candidate], by, at: datetime) -> Blueprint | None:
    if product.blueprint:
        return product.blueprint
    for count in range(QUESTIONS, FEWEST - 1, -1):
        section = Section("商品知识", count, lessons=frozenset({product.lesson.slug}))
        if not feasibility([section], bank):
            product.blueprint = save_blueprint(
                terms=_terms(product, count), sections=[SectionTerms(section, "Product knowledge")], by=by, at=at
            )
            product.save(update_fields=["blueprint"])
            return product.blueprint
    return None


def _terms(product: Product, count: int) -> BlueprintTerms:
    return BlueprintTerms(
        slug=f"gate-{product.lesson.slug.removeprefix('product-')}"[:80],
        title=f"上架考核：{product.name}"[:60],
        title_en=f"Product gate: {product.name}"[:120],
        instructions=f"{count} 道题，{MINUTES} 分钟，{PASS_MARK} 分通过。通过以后就可以接待这款商品的顾客。"
        f"没有通过，{COOLDOWN_HOURS} 小时后可以再考，题目不一样。",
        mode=Mode.EXAM,
        minutes=MINUTES,
        pass_mark=PASS_MARK,
        pass_rationale="商品参数答错一条，就可能变成一次退货或投诉。80 分容许记错一条次要的参数。",  # noqa: S106 - no password
        max_attempts=0,
        cooldown_hours=COOLDOWN_HOURS,
        feedback=Feedback.AFTER_SUBMISSION,
        is_listed=False,
    )
