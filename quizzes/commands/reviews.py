"""The review cards, written from the marks so that they can never disagree with them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from fractions import Fraction

from django.db.models import Q
from django.utils import timezone

from quizzes.models import KeyShown, Mark, QuestionVersion, ReviewCard
from quizzes.rules.corrections import shows_the_same
from quizzes.rules.reviews import Answer, remember
from quizzes.rules.vocabulary import Kind, Mode

BATCH = 500
Card = tuple[int, int]  # learner and question


def note_keys_shown(*, items: Iterable[int], at: datetime) -> None:
    """Note that the keys of these items (ids) were on their owner's page."""
    KeyShown.objects.bulk_create([KeyShown(item_id=item, at=at) for item in items], ignore_conflicts=True)


def refresh_reviews(*, learner_ids: Collection[int], question_ids: Collection[int] | None = None) -> int:
    """Write the cards of these people for these questions (``None``: all) anew, by replaying what they answered.

    Answers to an older version count where that showed the same as the current one, so that only its key differed.
    How many cards were written.
    """
    answers, current, seen = _answers(learner_ids, question_ids)
    unlike = _unlike({(asked, current[card]) for card, given in answers.items() for asked, _answer in given})
    zone = timezone.get_current_timezone()
    cards = []
    for card, given in answers.items():
        now = current[card]
        counted = [answer for asked, answer in given if (asked, now) not in unlike]
        memory = remember(counted, seen[card], zone)
        if memory:
            learner, question = card
            cards.append(
                ReviewCard(
                    learner_id=learner, question_id=question, version_id=now, stability=memory.stability,
                    difficulty=memory.difficulty, due_on=memory.due_on, last_at=memory.last_at,
                    recalls=memory.recalls, lapses=memory.lapses,
                )
            )  # fmt: skip
    ReviewCard.objects.bulk_create(
        cards,
        update_conflicts=True,
        unique_fields=["learner", "question"],
        update_fields=["version", "stability", "difficulty", "due_on", "last_at", "recalls", "lapses"],
        batch_size=BATCH,
    )
    _drop_others({(card.learner_id, card.question_id) for card in cards}, learner_ids, question_ids)
    return len(cards)


def _answers(
    learner_ids: Collection[int], question_ids: Collection[int] | None
) -> tuple[dict[Card, list[tuple[int, Answer]]], dict[Card, int], dict[Card, list[datetime]]]:
    """By card: the answers with the version that was asked, the question's current version, and keys seen later."""
    marks = Mark.objects.standing().filter(item__attempt__learner__in=learner_ids, step__isnull=False)
    shown = KeyShown.objects.filter(item__attempt__learner__in=learner_ids)
    if question_ids is not None:
        marks = marks.filter(item__version__question__in=question_ids)
        shown = shown.filter(item__version__question__in=question_ids)
    marks = marks.exclude(item__version__kind=Kind.FREE_TEXT).exclude(
        Q(item__attempt__mode=Mode.EXAM, step__answer__isnull=True)
    )
    answers: dict[Card, list[tuple[int, Answer]]] = defaultdict(list)
    current: dict[Card, int] = {}
    rows = marks.order_by().values_list(
        "item__attempt__learner", "item__version__question", "item__version__question__current", "item__version",
        "step__saved_at", "item__attempt__mode", "numerator", "denominator",
    )  # fmt: skip
    for learner, question, now, asked, at, mode, numerator, denominator in rows:
        given = Answer(at, Fraction(numerator, denominator), mode == Mode.PRACTICE)
        answers[learner, question].append((asked, given))
        current[learner, question] = now or asked
    seen: dict[Card, list[datetime]] = defaultdict(list)
    keys = shown.order_by().values_list("item__attempt__learner", "item__version__question", "at")
    for learner, question, at in keys:
        seen[learner, question].append(at)
    return answers, current, seen


def _unlike(pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """The pairs of an old version and the current one that do not show the same. One query where any differ."""
    moved = {(asked, now) for asked, now in pairs if asked != now}
    if not moved:
        return set()
    versions = QuestionVersion.objects.in_bulk({pk for pair in moved for pk in pair})
    return {(asked, now) for asked, now in moved if not _show_the_same(versions[asked], versions[now])}


def _show_the_same(one: QuestionVersion, other: QuestionVersion) -> bool:
    return (one.kind, one.stem) == (other.kind, other.stem) and shows_the_same(one.parsed(), other.parsed())


def _drop_others(kept: set[Card], learner_ids: Collection[int], question_ids: Collection[int] | None) -> None:
    """An answer that does not count any more may have been the only one."""
    there = ReviewCard.objects.filter(learner__in=learner_ids)
    if question_ids is not None:
        there = there.filter(question__in=question_ids)
    gone = [pk for pk, *card in there.values_list("pk", "learner", "question") if tuple(card) not in kept]
    if gone:
        ReviewCard.objects.filter(pk__in=gone).delete()
