"""How sure an exam's mark is, and when one paper is enough to decide.

The standard error of one paper's mark is Lord's binomial error: a paper of ``n`` questions is a sample of all that
could have been asked, so that a mark of ``p`` (0 to 1) is off by ``sqrt(p(1 - p) / (n - 1))``. Source: F. M. Lord, "Do
tests of the same length have the same standard error of measurement?", Educational and Psychological Measurement 17
(1957), 510-521. It needs no other candidate, which suits a team of thirty. Papers that are drawn section by section are
more alike than it assumes, so it errs on the careful side: it calls borderline a little too often, never too rarely.

Questions with unequal marks are worth fewer: ``n`` is then the effective number ``(Σ marks)² / Σ marks²`` (L. Kish,
Survey Sampling, 1965, ch. 11.7). All papers of an exam are drawn by one blueprint, whose sections give it.

Deciding: a mark more than one standard error above the cut is enough, once. Within one standard error the mark is
borderline: a second, parallel paper is asked for, and the mean of two papers sat one after the other decides. Its error
is ``sqrt(se₁² + se₂²) / 2``. Never the better of two: that would only reward sitting often. So no better mark in
any paper, and no further paper, can undo what is met.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from math import sqrt

# Below this a paper says too little to decide by: at 10 questions a mark of 80 is good to ± 13 points.
FEWEST_QUESTIONS = 10
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Paper:
    """A marked paper: the attempt, its score of 100 and the standard error of that."""

    attempt: int
    score: Decimal
    error: float


@dataclass(frozen=True)
class Ruling:
    """What one paper, or two, say about a cut. ``papers`` are those that ``score`` ± ``error`` rests on."""

    met: bool
    borderline: bool
    score: Decimal
    error: float
    papers: tuple[int, ...]


def standard_error(score: Decimal, questions: float) -> float:
    """In points of 100; see above. ``questions`` is more than 1."""
    share = float(score) / 100
    return 100 * sqrt(max(share * (1 - share), 0) / (questions - 1))


def rule_on(papers: Sequence[Paper], cut: Decimal) -> Ruling:
    """Whether papers, in the order in which they were sat, reach the cut. At least one is needed."""
    alone = [paper for paper in papers if clearly_met(paper, cut)]
    if alone:
        best = max(alone, key=lambda paper: paper.score)
        return Ruling(True, False, best.score, best.error, (best.attempt,))
    pairs = [pair for pair in pairwise(papers) if mean_of(pair) >= cut]
    if pairs:
        first, second = max(pairs, key=mean_of)
        error = sqrt(first.error**2 + second.error**2) / 2
        return Ruling(True, False, mean_of((first, second)), error, (first.attempt, second.attempt))
    best = max(papers, key=lambda paper: paper.score)
    last = papers[-1]
    if is_borderline(last, cut):
        return Ruling(False, True, last.score, last.error, (last.attempt,))
    return Ruling(False, False, best.score, best.error, (best.attempt,))


def clearly_met(paper: Paper, cut: Decimal) -> bool:
    return float(paper.score) - paper.error >= float(cut)


def is_borderline(paper: Paper, cut: Decimal) -> bool:
    """Within one standard error of the cut, so that another paper could well say the other thing."""
    return not clearly_met(paper, cut) and float(paper.score) + paper.error >= float(cut)


def mean_of(pair: tuple[Paper, Paper]) -> Decimal:
    return (pair[0].score + pair[1].score) / 2


def next_score(papers: Sequence[Paper], cut: Decimal, questions: float) -> Decimal:
    """The least score, in tenths, by which the next paper would reach the cut, alone or with the last one."""
    alone = clear_score(cut, questions)
    if not papers:
        return alone
    together = max(2 * cut - papers[-1].score, Decimal(0)).quantize(TENTH, ROUND_CEILING)
    return min(alone, together)


def clear_score(cut: Decimal, questions: float) -> Decimal:
    """The least score, in tenths, that is enough in one paper."""
    low, high = int(cut * 10), 1000  # the condition holds from some score on, and at 100
    while low < high:
        middle = (low + high) // 2
        score = Decimal(middle) / 10
        if clearly_met(Paper(0, score, standard_error(score, questions)), cut):
            high = middle
        else:
            low = middle + 1
    return Decimal(low) / 10
