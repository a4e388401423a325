"""Scripts: what a good one may not contain, and what a bad example has to show, by the judge of replies."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from quizzes.rules.dialogue.scenario import Stage
from quizzes.rules.replies.checks import CHECKS, VIOLATIONS
from quizzes.rules.replies.evidence import Span
from quizzes.rules.replies.judging import Judgement, judge
from quizzes.rules.replies.records import Reply, Turn


class Category(StrEnum):
    """What a script is about."""

    GREETING = "greeting"
    BUSY = "busy"
    PRODUCT = "product"
    STOCK = "stock"
    PRICE = "price"
    PAYMENT = "payment"
    LOGISTICS = "logistics"
    RETURNS = "returns"
    GUARANTEE = "guarantee"
    CALMING = "calming"
    REVIEWS = "reviews"
    SAFETY = "safety"
    GOODBYE = "goodbye"


class Situation(StrEnum):
    """Where in a reception it is said."""

    OPENING = "opening"
    PRESALE = "presale"
    NUDGE = "nudge"
    AFTERSALE = "aftersale"
    COMPLAINT = "complaint"
    CLOSING = "closing"


# In which stage of a simulated talk the scripts of a situation are at hand.
STAGES: dict[Situation, tuple[Stage, ...]] = {
    Situation.OPENING: tuple(Stage),
    Situation.PRESALE: (Stage.PRESALE,),
    Situation.NUDGE: (Stage.PRESALE,),
    Situation.AFTERSALE: (Stage.AFTERSALE, Stage.COMPLAINT),
    Situation.COMPLAINT: (Stage.COMPLAINT, Stage.AFTERSALE),
    Situation.CLOSING: tuple(Stage),
}
_JUDGED_AS = {
    Situation.OPENING: Stage.PRESALE,
    Situation.PRESALE: Stage.PRESALE,
    Situation.NUDGE: Stage.PRESALE,
    Situation.AFTERSALE: Stage.AFTERSALE,
    Situation.COMPLAINT: Stage.COMPLAINT,
    Situation.CLOSING: Stage.AFTERSALE,
}


@dataclass(frozen=True)
class Wording:
    """A script's words with what the judge has to know about them."""

    asked: str
    good: str
    bad: str
    bad_check: str
    platform: str
    situation: Situation


@dataclass(frozen=True)
class Found:
    """A violation that the judge sees in a good example, with the words that show it."""

    check: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Verdict:
    """``refused``: sure violations, the script cannot be taught. ``unsure``: a person has to look.

    ``praised``: the bad example shows nothing bad (see ``judge_wording``).
    """

    refused: tuple[Found, ...]
    unsure: tuple[Found, ...]
    praised: bool
    bad_shows: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.refused and not self.praised


VIOLATIONS_IN_ORDER = tuple(check.name for check in CHECKS if check.violation)
DOUBTED_FROM = 0.3  # the probability from which an unsure violation is shown to a person, as in a talk

Judge = Callable[[Reply], Judgement]


def judge_wording(wording: Wording, judge: Judge = judge) -> Verdict:
    """Run both examples through the judge.

    A bad example that claims a violation is praised when the judge is sure that it is not there. One that claims
    none is praised when it shows no violation and as many good moves as the good example, or more.
    """
    good = judge(_reply(wording, wording.good))
    found = {name: good[name] for name in VIOLATIONS_IN_ORDER}
    refused = tuple(Found(name, one.evidence) for name, one in found.items() if one.yes and one.sure)
    unsure = tuple(
        Found(name, one.evidence)
        for name, one in found.items()
        if not one.sure and (one.yes or one.probability >= DOUBTED_FROM)
    )
    if not wording.bad:
        return Verdict(refused, unsure, praised=False)
    bad = judge(_reply(wording, wording.bad))
    shows = tuple(name for name in VIOLATIONS_IN_ORDER if bad[name].yes)
    if wording.bad_check:
        praised = not bad[wording.bad_check].yes and bad[wording.bad_check].sure
    else:
        praised = not shows and _good_moves(bad) >= _good_moves(good)
    return Verdict(refused, unsure, praised, shows)


def _reply(wording: Wording, text: str) -> Reply:
    history = (Turn("customer", wording.asked),) if wording.asked else ()
    return Reply(text, history, platform=wording.platform, stage=_JUDGED_AS[wording.situation])


def _good_moves(judgement: Judgement) -> int:
    return sum(verdict.yes for name, verdict in judgement.verdicts.items() if name not in VIOLATIONS)
