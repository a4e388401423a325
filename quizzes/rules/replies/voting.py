"""What a pattern that the regression has not learned does to a verdict: it votes.

Its weight is unknown, so it is not guessed. A vote that agrees with the verdict changes nothing but the evidence. One
that does not turns it round and leaves it to a person; where a person made the pattern decisive, it is sure. Votes for
both answers leave the verdict as it is and unsure; a decisive one outranks the others.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from quizzes.rules.replies.evidence import MOST, typed
from quizzes.rules.replies.features import Found
from quizzes.rules.replies.patterns import Means, Pattern

if TYPE_CHECKING:
    from quizzes.rules.replies.judging import Verdict

SURE = 0.98  # the probability that a decisive vote stands for
EVEN = 0.5


def voted(verdict: "Verdict", found: Found, votes: Sequence[Pattern], decisive: frozenset[str]) -> "Verdict":
    """``verdict`` after the ``votes`` on its check, of which only those found in the reply count."""
    cast = [vote for vote in votes if f"p:{vote.id}" in found.places]
    if any(vote.id in decisive for vote in cast):
        cast = [vote for vote in cast if vote.id in decisive]
    if not cast:
        return verdict
    answers = {vote.means is Means.SHOWS for vote in cast}
    if len(answers) > 1:
        return replace(verdict, sure=False)
    (yes,) = answers
    final = cast[0].id in decisive
    chance = verdict.probability
    if final:
        chance = max(chance, SURE) if yes else min(chance, 1 - SURE)
    elif yes is not verdict.yes:
        chance = max(chance, EVEN) if yes else min(chance, EVEN)
    return replace(
        verdict,
        yes=yes,
        probability=chance,
        sure=final or (verdict.sure and yes is verdict.yes),
        evidence=_evidence(verdict, found, cast) if yes else (),
        patterns=(*(vote.id for vote in cast), *verdict.patterns) if yes else (),
    )


def _evidence(verdict: "Verdict", found: Found, cast: Sequence[Pattern]):
    own = typed(found, [place for vote in cast for place in found.places[f"p:{vote.id}"]])
    others = [span for span in verdict.evidence if not any(_meet(span, mine) for mine in own)]
    return (*own, *others)[:MOST]


def _meet(one, other) -> bool:
    return one.start < other.end and other.start < one.end
