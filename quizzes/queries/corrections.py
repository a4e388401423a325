"""Whom a corrected key concerns, and what it does to their scores."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import FilteredRelation, Q, QuerySet

from quizzes.models import Attempt, Mark, PaperItem, QuestionVersion, Step
from quizzes.rules.corrections import same_key
from quizzes.rules.marking import mark
from quizzes.rules.questions import Content, content_from_data
from quizzes.rules.scoring import Scored, Totals, totals
from quizzes.rules.vocabulary import Kind, MarkingRule


@dataclass(frozen=True)
class Replayed:
    """A standing mark, the newest step of its item, and what that answer earns by the corrected key.

    ``stays`` when a person gave the mark and the corrected key gives no more: then the person's word holds.
    """

    mark: Mark
    step: Step | None
    earned: Fraction

    @property
    def stays(self) -> bool:
        return self.mark.origin in (Mark.PERSON, Mark.APPEAL) and self.earned <= self.mark.fraction

    @property
    def fraction(self) -> Fraction:
        """The credit that stands after the correction."""
        return self.mark.fraction if self.stays else self.earned


@dataclass(frozen=True)
class AttemptEffect:
    """One attempt before and after the correction."""

    attempt: Attempt
    before: Totals
    after: Totals

    @property
    def changed(self) -> bool:
        return self.before.score != self.after.score

    @property
    def old_passed(self) -> bool | None:
        return self._passed(self.before)

    @property
    def new_passed(self) -> bool | None:
        return self._passed(self.after)

    @property
    def flips(self) -> bool:
        return self.old_passed != self.new_passed

    def _passed(self, scored: Totals) -> bool | None:
        return None if self.attempt.pass_mark is None else scored.passed(self.attempt.pass_mark)


@dataclass(frozen=True)
class Effect:
    """``attempts`` are those with a re-marked answer, those whose pass flips first. ``waiting`` items have no
    mark yet and will be judged by the corrected key; ``kept`` marks were given by a person and stay."""

    attempts: tuple[AttemptEffect, ...]
    waiting: int
    kept: int

    @property
    def changed(self) -> tuple[AttemptEffect, ...]:
        return tuple(row for row in self.attempts if row.changed)

    @property
    def people(self) -> int:
        """How many people's scores change."""
        return len({row.attempt.learner_id for row in self.changed})

    @property
    def flips(self) -> tuple[AttemptEffect, ...]:
        return tuple(row for row in self.attempts if row.flips)


def effect_of_correction(version: QuestionVersion, content: dict) -> Effect:
    """What ``correct_key`` would do with ``content``, without doing it.

    Raises ``InvalidQuestion`` when ``content`` cannot be the content of this question.
    """
    corrected = content_from_data(Kind(version.kind), content, stem=version.stem)
    versions = versions_with_the_key_of(version)
    replayed = replay(versions, corrected)
    fractions = {row.mark.item_id: row.fraction for row in replayed}
    papers: dict[int, list[tuple[Scored, Scored]]] = {}
    for attempt_id, item_id, marks, numerator, denominator in _items_of_attempts_with(versions):
        before = Scored(Fraction(numerator, denominator) if denominator else None, marks, "", "")
        after = before._replace(fraction=fractions.get(item_id, before.fraction))
        papers.setdefault(attempt_id, []).append((before, after))
    concerned = _standing_marks(versions).values("item__attempt")
    attempts = Attempt.objects.filter(pk__in=concerned).select_related("learner", "blueprint")
    rows = [
        AttemptEffect(attempt, *(totals(column) for column in zip(*papers[attempt.pk], strict=True)))
        for attempt in attempts
    ]
    rows.sort(key=lambda row: (not row.flips, not row.changed, row.attempt.pk))
    return Effect(
        attempts=tuple(rows),
        waiting=unmarked_items(version, versions).count(),
        kept=sum(row.stays and row.earned != row.mark.fraction for row in replayed),
    )


def replay(versions: Sequence[QuestionVersion], corrected: Content) -> list[Replayed]:
    """Every standing mark that was given by the key of ``versions``, replayed against ``corrected``.

    The rule of credit is that of the version each person was asked. Marks of free text are left out: what a
    person read cannot be replayed.
    """
    marks = _standing_marks(versions)
    steps = Step.objects.filter(item__in=marks.values("item")).order_by("item", "sequence")
    newest = {step.item_id: step for step in steps}
    rows = []
    for standing in marks.select_related("item__version", "item__attempt").order_by("pk"):
        step = newest.get(standing.item_id)
        outcome = mark(corrected, step.answer if step else None, MarkingRule(standing.item.version.rule))
        if outcome.fraction is not None:
            rows.append(Replayed(standing, step, outcome.fraction))
    return rows


def versions_with_the_key_of(version: QuestionVersion) -> list[QuestionVersion]:
    """The versions of the question, ``version`` included, by which every answer earns the same."""
    key = version.parsed()
    return [
        other
        for other in QuestionVersion.objects.filter(question_id=version.question_id, kind=version.kind)
        if same_key(other.parsed(), key)
    ]


def unmarked_items(version: QuestionVersion, versions: Sequence[QuestionVersion]) -> QuerySet[PaperItem]:
    """Items of ``versions``, in the very words of ``version``, that have no mark yet."""
    worded = [other.pk for other in versions if other.stem == version.stem]
    return PaperItem.objects.filter(version__in=worded).exclude(mark_rows__superseded=False)


def _standing_marks(versions: Iterable[QuestionVersion]) -> QuerySet[Mark]:
    return Mark.objects.standing().filter(version__in=[version.pk for version in versions])


def _items_of_attempts_with(versions: Iterable[QuestionVersion]) -> Iterable[tuple]:
    attempts = _standing_marks(versions).values("item__attempt")
    return (
        PaperItem.objects.filter(attempt__in=attempts)
        .annotate(standing=FilteredRelation("mark_rows", condition=Q(mark_rows__superseded=False)))
        .values_list("attempt_id", "pk", "marks", "standing__numerator", "standing__denominator")
    )
