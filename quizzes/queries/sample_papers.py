"""Papers that nobody sits, to see what a blueprint gives: how hard they are, how alike, what they use."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from random import Random

from quizzes.models import Blueprint, Question
from quizzes.queries.pools import candidates, sections_of
from quizzes.rules.blueprint import Section, pools
from quizzes.rules.drawing import Drawn, Exposure, draw, exposure, overlap


@dataclass(frozen=True)
class SamplePapers:
    """``pools`` counts the questions that fit each section, ``bank`` all live ones.

    ``overlaps`` are the shares, 0 to 1, of questions that each two papers have in common; ``slugs`` name the
    questions by their id.
    """

    sections: tuple[Section, ...]
    pools: tuple[int, ...]
    papers: tuple[Drawn, ...]
    overlaps: tuple[float, ...]
    exposure: Exposure
    bank: int
    slugs: Mapping[int, str]

    @property
    def mean_overlap(self) -> float:
        return sum(self.overlaps) / len(self.overlaps) if self.overlaps else 0.0


def sample_papers(blueprint: Blueprint, *, count: int, seed: int) -> SamplePapers:
    """Draw ``count`` papers one after another and assign none.

    Each counts as exposure for the next, as it would when people sat them. Raises ``ImpossibleBlueprint``.
    """
    sections = sections_of(blueprint)
    bank = {candidate.id: candidate for candidate in candidates()}
    papers: list[Drawn] = []
    for number in range(count):
        paper = draw(sections, bank.values(), Random(f"{seed}:{number}"))  # noqa: S311 - can be repeated
        papers.append(paper)
        for item in paper.items:
            bank[item.candidate.id] = bank[item.candidate.id]._replace(exposure=item.candidate.exposure + 1)
    return SamplePapers(
        sections=tuple(sections),
        pools=tuple(len(pool) for pool in pools(sections, list(bank.values()))),
        papers=tuple(papers),
        overlaps=tuple(overlap(one, other) for one, other in combinations(papers, 2)),
        exposure=exposure(papers),
        bank=len(bank),
        slugs=dict(Question.objects.live().values_list("pk", "slug")),
    )
