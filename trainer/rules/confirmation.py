"""How near somebody is to early confirmation: each requirement of a plan judged by itself, from evidence.

The software says what is met and what is missing; a person decides. Every mandatory requirement has to be met.
Weighted ones of a part (theory, practice) count their weight when they are met, and the sum must reach the part's cut.
Theory and practice must both pass: nothing in one makes up for anything in the other, and 100 points in one exam do
not lower the cut of another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from trainer.rules.evidence import Evidence, LessonEvidence, LessonState, Sitting
from trainer.rules.judgements import Certainty, Judgement, Lack, State
from trainer.rules.judging import judge_one
from trainer.rules.standards import DaysInPost, ExamScore, LessonsDone, Standard, standard_from_params
from trainer.rules.vocabulary import Part

__all__ = [
    "Asked",
    "Certainty",
    "DaysInPost",
    "Evidence",
    "ExamScore",
    "Judgement",
    "Lack",
    "LessonEvidence",
    "LessonState",
    "LessonsDone",
    "PartStanding",
    "Sitting",
    "Standing",
    "State",
    "Terms",
    "days_left",
    "is_short",
    "judge",
    "standard_from_params",
]

# A supervisor needs two weeks to prepare a decision.
SHORT_PROBATION_DAYS = 14


@dataclass(frozen=True)
class Asked:
    """One requirement: mandatory, or with a ``weight`` that counts towards its part's cut."""

    standard: Standard
    part: Part = Part.NEITHER
    weight: int | None = None


@dataclass(frozen=True)
class Terms:
    """All that a version of a plan asks for. ``cuts``: by part, the percentage of the weight that has to be met."""

    asked: tuple[Asked, ...]
    cuts: Mapping[Part, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PartStanding:
    """How one part stands. ``left``: the least number of its requirements that still have to be met. ``weight`` of
    ``total`` is met, ``needed`` would do; all 0 where nothing is weighted."""

    part: Part
    left: int
    weight: int
    total: int
    needed: int

    @property
    def passed(self) -> bool:
        return not self.left


@dataclass(frozen=True)
class Standing:
    """One person against one plan, requirement by requirement in the plan's order, and part by part."""

    judgements: tuple[Judgement, ...]
    parts: tuple[PartStanding, ...] = ()

    @property
    def met(self) -> int:
        return sum(j.is_met for j in self.judgements)

    @property
    def left(self) -> int:
        """The least number of requirements that still have to be met."""
        return sum(part.left for part in self.parts)

    @property
    def all_met(self) -> bool:
        """An empty plan is met by nobody."""
        return bool(self.judgements) and not self.left

    @property
    def near(self) -> bool:
        """Nothing needed is far away any more, but something is still near only."""
        if self.all_met or not self.judgements:
            return False
        hopeful = [
            replace(judgement, state=State.MET) if judgement.state is State.NEAR else judgement
            for judgement in self.judgements
        ]
        needed = {part.part: part.needed for part in self.parts}
        return all(not _part(part, hopeful, needed[part]).left for part in needed)

    @property
    def ring(self) -> float:
        """The mean progress, 0 to 1; 1 exactly when all is met."""
        if self.all_met:
            return 1.0
        return sum(j.progress for j in self.judgements) / len(self.judgements) if self.judgements else 0.0

    @property
    def percent(self) -> int:
        return 100 if self.all_met else min(int(self.ring * 100), 99)

    @property
    def borderline(self) -> int:
        return sum(j.certainty is Certainty.BORDERLINE for j in self.judgements)

    @property
    def too_few(self) -> int:
        return sum(j.certainty is Certainty.TOO_FEW for j in self.judgements)


def judge(terms: Terms, evidence: Evidence) -> Standing:
    """Judge each requirement by itself, in the given order, and each part by its own requirements."""
    judgements = tuple(
        replace(judge_one(asked.standard, evidence), part=asked.part, weight=asked.weight) for asked in terms.asked
    )
    parts = []
    for part in Part:
        own = [j for j in judgements if j.part is part]
        if own:
            total = sum(j.weight or 0 for j in own)
            needed = -(-total * terms.cuts.get(part, 100) // 100)  # a whole number of points, rounded up
            parts.append(_part(part, own, needed))
    return Standing(judgements, tuple(parts))


def days_left(ends_on: date, on: date) -> int:
    """Days of probation that are left on ``on``, that day not counted; negative once it is over."""
    return (ends_on - on).days


def is_short(left: int, standing: Standing) -> bool:
    """Whether probation is about to end, or has ended, with something still missing."""
    return left <= SHORT_PROBATION_DAYS and not standing.all_met


def _part(part: Part, judgements: Sequence[Judgement], needed: int) -> PartStanding:
    own = [j for j in judgements if j.part is part]
    reached = sum(j.weight for j in own if j.weight and j.is_met)
    left = sum(j.weight is None and not j.is_met for j in own)
    open_weights = sorted((j.weight for j in own if j.weight and not j.is_met), reverse=True)
    short = needed - reached
    for weight in open_weights:
        if short <= 0:
            break
        short, left = short - weight, left + 1
    return PartStanding(part, left, reached, sum(j.weight or 0 for j in own), needed)
