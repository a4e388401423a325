"""The judges of what people say and figures show of somebody at work: interviews, performance, observations."""

from collections import defaultdict
from decimal import Decimal

from trainer.rules.evidence import Evidence
from trainer.rules.judgements import NOT_QUITE, Certainty, Judgement, Lack, State, state_of
from trainer.rules.standards import TIERS, Interview, Observed, Performance
from trainer.rules.vocabulary import Verdict

NEAR_INTERVIEW = Decimal("0.3")


def interview(standard: Interview, evidence: Evidence) -> Judgement:
    """The newest interview of each rater. A dimension's points are the mean over its raters, the value is the mean
    over the dimensions, so that a dimension that only one of them asked about weighs as much as the others."""
    newest = {
        one.rater: one for one in sorted(evidence.interviews, key=lambda one: (one.held_at, one.rater)) if one.scores
    }
    if not newest:
        return Judgement(standard, State.MISSING, None, standard.mean, 0.0, Lack.INTERVIEW, standard.raters)
    points: dict[str, list[int]] = defaultdict(list)
    for one in newest.values():
        for dimension, given in one.scores.items():
            points[dimension].append(given)
    means = {dimension: Decimal(sum(given)) / len(given) for dimension, given in sorted(points.items())}
    value = sum(means.values(), Decimal(0)) / len(means)
    low = tuple(dimension for dimension, mean in means.items() if mean < standard.floor)
    short, raters = max(standard.mean - value, Decimal(0)), standard.raters - len(newest)
    met = not low and not short and raters <= 0
    near = short <= NEAR_INTERVIEW and all(mean >= standard.floor - 1 for mean in means.values()) and len(low) <= 1
    missing: Decimal | int
    if raters > 0:
        lack, missing = Lack.RATERS, raters
    elif short:
        lack, missing = Lack.MEAN, short
    else:
        lack, missing = (Lack.FLOOR, len(low)) if low else (Lack.NOTHING, 0)
    progress = min(value / standard.mean, min(means.values()) / standard.floor, Decimal(1))
    share = min(len(newest) / standard.raters, 1.0)
    return Judgement(
        standard, state_of(met=met, near=near), value, standard.mean,
        1.0 if met else min(float(progress) * share, NOT_QUITE), lack, missing,
        certainty=Certainty.TOO_FEW if raters > 0 else Certainty.SURE, names=low,
    )  # fmt: skip


def performance(standard: Performance, evidence: Evidence) -> Judgement:
    """The newest months in which every figure asked for was measured."""
    whole = [month for month in evidence.months if all(figure in month.tiers for figure in standard.figures)]
    newest = sorted(whole, key=lambda month: month.month, reverse=True)[: standard.months]
    bar = TIERS.index(standard.tier)
    off = {
        figure: max((TIERS.index(month.tiers[figure]) - bar for month in newest), default=0)
        for figure in standard.figures
    }
    low = tuple(figure for figure, steps in off.items() if steps > 0)
    few = len(newest) < standard.months
    fine = sum(all(TIERS.index(month.tiers[f]) <= bar for f in standard.figures) for month in newest)
    near = bool(newest) and all(steps <= 1 for steps in off.values())
    met = not few and not low
    return Judgement(
        standard, state_of(met=met, near=near), fine, standard.months,
        1.0 if met else min(fine / standard.months, NOT_QUITE),
        Lack.NOTHING if met else Lack.MONTHS if few else Lack.TIER,
        standard.months - len(newest) if few else len(low),
        certainty=Certainty.TOO_FEW if few else Certainty.SURE, names=low,
    )  # fmt: skip


def observed(standard: Observed, evidence: Evidence) -> Judgement:
    """The newest word of each observer; who was seen not ready, last of all, is not met by what was seen before."""
    ordered = sorted(evidence.observations, key=lambda one: (one.on, one.observer))
    newest = {one.observer: one.verdict for one in ordered}
    ready = sum(verdict is Verdict.READY for verdict in newest.values())
    last = ordered[-1].verdict if ordered else None
    left = max(standard.observers - ready, 0)
    fine = last in (None, Verdict.READY)
    met = not left and fine
    few = len(newest) < standard.observers
    return Judgement(
        standard,
        state_of(met=met, near=last in (Verdict.READY, Verdict.ALMOST)),
        min(ready, standard.observers),
        standard.observers,
        1.0 if met else min(ready / standard.observers, NOT_QUITE),
        Lack.NOTHING if met else Lack.OBSERVERS if fine else Lack.VERDICT,
        0 if met else max(left, 1),
        certainty=Certainty.TOO_FEW if few and newest else Certainty.SURE,
    )
