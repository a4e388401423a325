"""What each requirement of one person's packet rests on, as plain data, and whose judgement went into it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Avg, Q

from quizzes.models import Attempt, Mark, Ruling, Session, TypingRun
from trainer.models import Interview, Observation, PerformanceMonth
from trainer.queries.confirmation import Confirmation, Line
from trainer.queries.periods import counts
from trainer.rules.vocabulary import RequirementKind

Entry = dict[str, Any]
TEXTS, TALKS, INTERVIEWS, OBSERVATIONS = "texts", "talks", "interviews", "observations"


class PacketEvidence:
    """The evidence of one person, looked up once: one query or two for each kind that the plan asks for.

    ``markers`` are those who marked, by id, with what they judged.
    """

    def __init__(self, confirmation: Confirmation):
        self.confirmation = confirmation
        self.person = confirmation.employment.user_id
        self.since = confirmation.employment.counts_from
        self.markers: dict[int, set[str]] = defaultdict(set)
        self.attempts = [one for one in confirmation.attempts if counts(one.started_at, self.since)]
        self.marks = self._marks()
        self.by_line = {line.requirement.slug: self._of(line) for line in confirmation.lines}

    def of(self, line: Line) -> list[Entry]:
        return self.by_line[line.requirement.slug]

    def _of(self, line: Line) -> list[Entry]:
        kinds: dict[str, Callable[[Line], Iterable[Entry]]] = {
            RequirementKind.EXAM_SCORE: self._exam,
            RequirementKind.PRODUCT_GATES: self._gates,
            RequirementKind.ROLEPLAY: self._talks,
            RequirementKind.TYPING: self._typing,
            RequirementKind.INTERVIEW: self._interviews,
            RequirementKind.PERFORMANCE: self._months,
            RequirementKind.OBSERVATION: self._observations,
        }
        look_up = kinds.get(line.requirement.kind)
        return list(look_up(line)) if look_up else []

    def _marks(self) -> dict[int, list[Mark]]:
        """What people marked or put right in the exams that count, by attempt."""
        marks = (
            Mark.objects.filter(item__attempt__in=[attempt.pk for attempt in self.attempts])
            .exclude(origin=Mark.AUTOMATIC)
            .select_related("item")
            .order_by("at", "pk")
        )
        found = defaultdict(list)
        for mark in marks:
            found[mark.item.attempt_id].append(mark)
        return found

    def _exam(self, line: Line) -> Iterable[Entry]:
        slug = line.requirement.params["blueprint"]
        rests_on = set(line.judgement.papers)
        for attempt in self.attempts:
            if attempt.blueprint.slug == slug and attempt.submitted_at is not None:
                yield self._attempt(attempt) | {"counts": attempt.pk in rests_on}

    def _gates(self, line: Line) -> Iterable[Entry]:
        for attempt in self.attempts:
            if attempt.passed and hasattr(attempt.blueprint, "product"):
                yield self._attempt(attempt)

    def _attempt(self, attempt: Attempt) -> Entry:
        marks = self.marks[attempt.pk]
        by = {
            mark.by_id for mark in marks if not mark.superseded and mark.origin in (Mark.PERSON, Mark.APPEAL)
        }
        self._note(by, TEXTS)
        return {
            "kind": "attempt",
            "id": attempt.pk,
            "title": attempt.blueprint.title,
            "title_en": attempt.blueprint.title_en,
            "value": attempt.score if attempt.score is None else f"{attempt.score.normalize():f}",
            "at": attempt.started_at.isoformat(),
            "by": sorted(by),
            "unsettled": attempt.unsettled,
            "remarks": [
                {"why": mark.origin, "at": mark.at.isoformat(), "question": mark.item.position}
                for mark in marks
                if mark.origin in (Mark.CORRECTION, Mark.APPEAL)
            ],
        }

    def _talks(self, line: Line) -> Iterable[Entry]:
        talks = (
            Session.objects.of(self.person).tested().ended().select_related("scenario").order_by("-started_at", "-pk")
        )
        among = line.requirement.params.get("among") or ()
        counting = [
            talk
            for talk in talks
            if counts(talk.started_at, self.since) and (not among or talk.scenario.customer_type in among)
        ]
        rulings = Ruling.objects.filter(result__turn__session__in=counting, blind=False).order_by()
        by: dict[int, set[int]] = defaultdict(set)
        for talk_id, person in rulings.values_list("result__turn__session", "by"):
            by[talk_id].add(person)
        for talk in counting:
            self._note(by[talk.pk], TALKS)
            yield {
                "kind": "session",
                "id": talk.pk,
                "title": talk.scenario.title,
                "value": str(talk.score),
                "at": talk.started_at.isoformat(),
                "by": sorted(by[talk.pk]),
                "outcome": talk.outcome,
                "unsettled": not talk.settled,
            }

    def _typing(self, line: Line) -> Iterable[Entry]:
        runs = TypingRun.objects.of(self.person).counted().defer("text", "typed", "inputs")
        best = max(
            (run for run in runs if counts(run.started_at, self.since)),
            key=lambda run: (run.correct_per_minute, run.accuracy),
            default=None,
        )
        if best:
            yield {
                "kind": "typing",
                "id": best.pk,
                "value": str(best.correct_per_minute),
                "accuracy": str(best.accuracy),
                "at": best.started_at.isoformat(),
                "by": [],
            }

    def _interviews(self, line: Line) -> Iterable[Entry]:
        forms = (
            Interview.objects.standing()
            .filter(learner=self.person)
            .annotate(mean=Avg("scores__score", filter=Q(scores__score__isnull=False)))
        )
        for form in forms:
            if counts(form.held_at, self.since):
                self._note([form.rater_id], INTERVIEWS)
                yield {
                    "kind": "interview",
                    "id": form.pk,
                    "value": None if form.mean is None else f"{form.mean:.2f}",
                    "at": form.held_at.isoformat(),
                    "by": [form.rater_id],
                }

    def _months(self, line: Line) -> Iterable[Entry]:
        for month in PerformanceMonth.objects.filter(learner=self.person).order_by("-month"):
            if self.since is None or month.month >= self.since.replace(day=1):
                yield {
                    "kind": "month",
                    "id": month.pk,
                    "value": None,
                    "month": month.month.isoformat(),
                    "figures": {figure.value: str(value) for figure, value in month.figures.items()},
                    "at": month.entered_at.isoformat(),
                    "by": [],
                }

    def _observations(self, line: Line) -> Iterable[Entry]:
        for seen in Observation.objects.filter(learner=self.person):
            if self.since is None or seen.on >= self.since:
                self._note([seen.by_id], OBSERVATIONS)
                yield {
                    "kind": "observation",
                    "id": seen.pk,
                    "value": seen.verdict,
                    "text": seen.text,
                    "at": seen.created_at.isoformat(),
                    "by": [seen.by_id],
                }

    def _note(self, people: Iterable[int], what: str) -> None:
        for person in people:
            self.markers[person].add(what)
