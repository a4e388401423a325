"""The judge: what one reply shows, how sure that is, and which of its words say so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.evidence import Span, stretches
from quizzes.rules.replies.features import LONGEST, find
from quizzes.rules.replies.model import Model, shipped
from quizzes.rules.replies.patterns import Pattern
from quizzes.rules.replies.records import Reply
from quizzes.rules.replies.shop import Library, as_shipped
from quizzes.rules.replies.voting import voted


@dataclass(frozen=True)
class Verdict:
    """One check of one reply. ``probability`` is of a yes; what is not ``sure`` is a person's to rule.

    ``evidence`` are stretches of the reply as it was typed, the strongest first; only a yes has some, and not every
    yes does: that a reply is a mere word shows in its length. ``patterns`` are the ids that spoke for it.
    """

    check: str
    yes: bool
    probability: float
    sure: bool
    evidence: tuple[Span, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """The verdicts on one reply, by the name of the check."""

    verdicts: Mapping[str, Verdict]

    def __getitem__(self, check: str) -> Verdict:
        return self.verdicts[check]

    @property
    def unsure(self) -> tuple[str, ...]:
        return tuple(name for name, verdict in self.verdicts.items() if not verdict.sure)


def judge(reply: Reply, model: Model | None = None, library: Library | None = None) -> Judgement:
    """Judge ``reply`` in its context, by the shipped model and patterns unless others are given.

    Takes any text, never raises and decides nothing alone about a reply too long to be read whole.
    """
    model, library = model or shipped(), library or as_shipped()
    found = find(reply, library.patterns)
    strengths = model.strengths(found)
    votes: dict[str, list[Pattern]] = {}
    for pattern in library.patterns:
        if f"p:{pattern.id}" not in model.index:
            votes.setdefault(pattern.check, []).append(pattern)
    whole = len(reply.text) <= LONGEST
    verdicts = {}
    for place, (name, score) in enumerate(zip(NAMES, model.scores(strengths), strict=True)):
        threshold = model.thresholds[place]
        chance = threshold.probability(score)
        yes, sure = threshold.decide(chance)
        spans, patterns = stretches(model, place, found, strengths, library.patterns) if yes else ((), ())
        verdict = voted(Verdict(name, yes, chance, sure, spans, patterns), found, votes.get(name, ()), library.decisive)
        verdicts[name] = verdict if whole else replace(verdict, sure=False)
    return Judgement(verdicts)
