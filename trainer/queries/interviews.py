"""Telephone interviews as they stand: corrections in the place of what they correct, two raters side by side."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import F, Q, QuerySet

from quizzes.models import AuditEntry
from quizzes.rules.dialogue.scenario import Dimension
from trainer.models import Interview, InterviewScore
from trainer.rules.interviews import Agreement, agreement, mean_score

SEE = "see_interview"  # in the audit: somebody has been shown the scores


@dataclass(frozen=True)
class InterviewResult:
    """One interview: the form of its first rater as it stands, and that of a second one where there is one."""

    first: Interview
    second: Interview | None

    @property
    def raters(self) -> tuple[Interview, ...]:
        return (self.first, self.second) if self.second else (self.first,)

    @property
    def scores(self) -> dict[Dimension, tuple[InterviewScore, ...]]:
        """What each rater gave for a dimension, the first one first."""
        found: dict[Dimension, list[InterviewScore]] = {}
        for form in self.raters:
            for score in form.scores.all():
                found.setdefault(Dimension(score.dimension), []).append(score)
        return {dimension: tuple(scores) for dimension, scores in found.items()}

    @property
    def means(self) -> dict[Dimension, Decimal]:
        """The mean of the raters, 1 to 5, of the dimensions that anybody scored."""
        found = {d: mean_score([score.score for score in scores]) for d, scores in self.scores.items()}
        return {dimension: mean for dimension, mean in found.items() if mean is not None}

    @property
    def agreement(self) -> Agreement | None:
        """How far the two raters agree; ``None`` with one."""
        return agreement(_by_dimension(self.first), _by_dimension(self.second)) if self.second else None


def _by_dimension(form: Interview) -> dict[Dimension, int | None]:
    return {Dimension(score.dimension): score.score for score in form.scores.all()}


def interviews_of(learners: Iterable[int]) -> dict[int, list[InterviewResult]]:
    """The interviews of these people that were handed in, the newest first. Two queries, however many they are."""
    forms = list(
        Interview.objects.final().filter(learner__in=list(learners)).select_related("rater", "scheme")
        .prefetch_related("scores")
    )
    by_id = {form.pk: form for form in forms}
    standing = _standing(forms)
    found: dict[int, list[InterviewResult]] = defaultdict(list)
    seconds = {form.beside_id: standing[form.pk] for form in forms if form.beside_id and form.pk in standing}
    for pk, form in standing.items():
        if by_id[pk].beside_id is None:
            found[form.learner_id].append(InterviewResult(form, seconds.get(pk)))
    # The second form counts alone while the first is not handed in.
    for form in forms:
        if form.beside_id and form.beside_id not in by_id:
            found[form.learner_id].append(InterviewResult(standing[form.pk], None))
    for results in found.values():
        results.sort(key=lambda result: (result.first.held_at, result.first.pk), reverse=True)
    return dict(found)


def _standing(forms: Iterable[Interview]) -> dict[int, Interview]:
    """Each form that is no correction by its id, with the newest correction of it in its place."""
    by_corrected = {form.corrects_id: form for form in forms if form.corrects_id}
    found = {}
    for form in forms:
        if form.corrects_id is None:
            newest = form
            while newest.pk in by_corrected:
                newest = by_corrected[newest.pk]
            found[form.pk] = newest
    return found


def result_with(interview: Interview) -> InterviewResult | None:
    """The result that a form is part of; ``None`` for one that a correction has replaced."""
    results = interviews_of([interview.learner_id]).get(interview.learner_id, [])
    return next((result for result in results if interview in result.raters), None)


def seen_by(user, interviews: Iterable[int]) -> set[int]:
    """Those of these interviews (by id) whose scores this person has been shown."""
    targets = {f"interview:{pk}": pk for pk in interviews}
    rows = AuditEntry.objects.filter(action=SEE, by=user, target__in=list(targets))
    return {targets[target] for target in rows.values_list("target", flat=True)}


def veiled_for(user, results: Iterable[InterviewResult]) -> set[int]:
    """The interviews (the id of the first form) whose scores are kept from ``user``.

    They are rating them blind, or could still become their second rater: they hold interviews, are not the first
    rater, nobody else is the second one, and they have not seen the scores.
    """
    open_seconds = set(Interview.objects.open().exclude(beside=None).values_list("beside", "rater"))
    taken = {beside for beside, _ in open_seconds}
    blind = {beside for beside, rater in open_seconds if rater == user.pk}
    free = [
        result.first.pk
        for result in results
        if result.second is None
        and result.first.rater_id != user.pk
        and result.first.corrects_id is None
        and result.first.beside_id is None
        and result.first.pk not in taken
    ]
    return blind | (set(free) - seen_by(user, free) if user.has_perm("trainer.hold_interview") else set())


def may_not_see_yet(interview: Interview, user) -> Interview | None:
    """The open form of ``user`` as the other, blind rater of the same interview, where there is one."""
    while interview.corrects is not None:
        interview = interview.corrects
    return Interview.objects.open().filter(rater=user, beside=interview).first()


class InterviewSort(StrEnum):
    NEWEST = "newest"
    NAME = "name"


def interviews_for(
    user, reach: QuerySet, *, mine: bool = False, sort: InterviewSort = InterviewSort.NEWEST
) -> QuerySet[Interview]:
    """The forms of the people in ``reach`` as they stand, with the own drafts of ``user`` (first, where the newest
    are); ``mine``: those of which ``user`` is the rater."""
    drafts_first = F("finished_at").desc(nulls_first=True)
    rows = (
        Interview.objects.filter(learner__in=reach)
        .filter(Q(finished_at__isnull=False) | Q(rater=user))
        .exclude(correction__finished_at__isnull=False)
        .select_related("learner__employment__team", "rater", "second__rater", "beside")
    )
    rows = rows.filter(rater=user) if mine else rows
    first = ("learner__display_name",) if sort is InterviewSort.NAME else ()
    return rows.order_by(*first, drafts_first, "-pk")
