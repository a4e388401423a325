"""What would do: the least that somebody still has to show, and how they would stand with an assumed score."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from trainer.rules.confirmation import Standing
from trainer.rules.evidence import Evidence, Sitting
from trainer.rules.judgements import Judgement

ASSUMED = 0  # the id of an attempt that nobody has sat
FIRST = datetime(2000, 1, 1, tzinfo=UTC)


def least_steps(standing: Standing) -> tuple[int, ...]:
    """Which requirements, by their place in the plan, are the fewest that would meet it; empty once it is met.

    All that is mandatory and missing, and of what is weighted, the heaviest first until the part's cut is reached, of
    two as heavy the one that is further on. As many as ``standing.left``.
    """
    places = {id(judgement): place for place, judgement in enumerate(standing.judgements)}
    steps: list[int] = []
    for part in standing.parts:
        missing = [j for j in standing.judgements if j.part is part.part and not j.is_met]
        steps += [places[id(j)] for j in missing if j.weight is None]
        short = part.needed - part.weight
        for judgement in sorted((j for j in missing if j.weight), key=_worth, reverse=True):
            if short <= 0:
                break
            steps.append(places[id(judgement)])
            short -= judgement.weight or 0
    return tuple(sorted(steps))


def with_scores(evidence: Evidence, scores: Mapping[str, Decimal]) -> Evidence:
    """The evidence with one more marked paper of each of these exams, sat after all others. Nothing else changes."""
    sittings = dict(evidence.sittings)
    for exam, score in scores.items():
        before = sittings.get(exam, ())
        at = max((sitting.started_at for sitting in before), default=FIRST) + timedelta(minutes=1)
        sittings[exam] = [*before, Sitting(ASSUMED, at, at, at, score)]
    return replace(evidence, sittings=sittings)


def _worth(judgement: Judgement) -> tuple[int, float]:
    return (judgement.weight or 0, judgement.progress)
