"""The question bank as the people who look after it read it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, FloatField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext as _

from quizzes.models import Appeal, Mark, Question
from quizzes.rules.questions import Multiple, Single, TrueFalse

ORDERS = {
    "slug": ("slug",),
    "newest": ("-current__created_at", "slug"),
    "answers": ("-answers", "slug"),
    "hardest": (F("right_rate").asc(nulls_last=True), "slug"),
    "easiest": (F("right_rate").desc(nulls_last=True), "slug"),
    "appeals": ("-appeal_count", "slug"),
}


def bank(wanted: Mapping[str, Any]) -> QuerySet[Question]:
    """The questions that fit ``wanted``, the cleaned data of the filter form; what is empty there fits all.

    Each has ``right_rate`` (0 to 1, ``None`` before the first answer), ``appeal_count`` and ``open_appeals``.
    """
    appeals = (
        Appeal.objects.filter(item__version__question=OuterRef("pk"))
        .order_by()
        .values("item__version__question")
        .annotate(n=Count("pk"))
        .values("n")
    )
    questions = Question.objects.with_current().annotate(
        right_rate=Cast("credit", FloatField()) / NullIf(Cast("answers", FloatField()), 0.0),
        appeal_count=Coalesce(Subquery(appeals), 0),
        open_appeals=Coalesce(Subquery(appeals.filter(state=Appeal.OPEN)), 0),
    )
    for word in (wanted.get("text") or "").split():
        questions = questions.filter(
            Q(current__stem__icontains=word) | Q(slug__icontains=word) | Q(current__lesson_key=word)
        )
    exact = {
        "state": "state",
        "origin": "origin",
        "kind": "current__kind",
        "topic": "current__topic",
        "platform": "current__platform",
        "difficulty": "current__difficulty",
        "tag": "tags",
    }
    questions = questions.filter(**{field: wanted[name] for name, field in exact.items() if wanted.get(name)})
    if wanted.get("appeals") == "open":
        questions = questions.filter(open_appeals__gt=0)
    elif wanted.get("appeals") == "any":
        questions = questions.filter(appeal_count__gt=0)
    return questions.order_by(*ORDERS[wanted.get("order") or "slug"])


@dataclass(frozen=True)
class OptionCount:
    """How many people chose an option; ``share`` is in per cent of all who answered."""

    text: str
    correct: bool
    count: int
    share: int


@dataclass(frozen=True)
class Answered:
    """How a question was answered so far, all its versions together; credits are sums of fractions."""

    answers: int
    earned: Fraction
    full: int
    none: int
    options: tuple[OptionCount, ...]

    @property
    def right_rate(self) -> float | None:
        return float(self.earned / self.answers) if self.answers else None


def answered(question: Question) -> Answered:
    """Read from the standing marks; options are those of the current version."""
    rows = Mark.objects.standing().filter(item__version__question=question)
    fractions, chosen = [], Counter[str]()
    for numerator, denominator, answer in rows.values_list("numerator", "denominator", "step__answer"):
        fractions.append(Fraction(numerator, denominator))
        chosen.update(_choices(answer))
    return Answered(
        answers=len(fractions),
        earned=sum(fractions, Fraction(0)),
        full=sum(fraction == 1 for fraction in fractions),
        none=sum(fraction == 0 for fraction in fractions),
        options=_option_counts(question, chosen, len(fractions)),
    )


def _choices(answer: Any) -> list[str]:
    match answer:
        case bool():
            return [str(answer)]
        case str():
            return [answer]
        case list():
            return [str(part) for part in answer]
    return []


def _option_counts(question: Question, chosen: Counter[str], answers: int) -> tuple[OptionCount, ...]:
    match question.current.parsed() if question.current else None:
        case Single(options) | Multiple(options):
            known = [(option.id, option.text, option.correct) for option in options]
        case TrueFalse(key):
            known = [("True", _("正确"), key), ("False", _("错误"), not key)]
        case _:
            known = []
    return tuple(
        OptionCount(text, correct, chosen[id_], round(100 * chosen[id_] / answers) if answers else 0)
        for id_, text, correct in known
    )
