"""Drawing one paper of 40 from a bank of 10,000 in 12 sections: CPU time, which neighbours do not blur."""

import random
import statistics
import time
from collections.abc import Iterator

from bench.figures import Figure
from quizzes.rules.blueprint import Candidate, Section
from quizzes.rules.drawing import draw
from quizzes.rules.vocabulary import EXPECTED_SHARE, Kind, Platform

BANK, SECTIONS, QUESTIONS, PAPERS = 10_000, 12, 40, 40
KINDS = (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.FILL, Kind.NUMERIC)


def measure() -> Iterator[Figure]:
    bank, sections = _bank(random.Random(1)), _sections()
    took = []
    for seed in range(PAPERS):
        started = time.process_time()
        paper = draw(sections, bank, random.Random(seed))
        took.append((time.process_time() - started) * 1000)
        assert len(paper.items) == QUESTIONS
    yield Figure("drawing 40 of 10,000 in 12 sections, median", statistics.median(took), "ms", most=50, places=1)


def _bank(rng: random.Random) -> list[Candidate]:
    difficulties = [rng.randint(1, 5) for _ in range(BANK)]
    return [
        Candidate(
            id=number,
            topic=f"topic-{rng.randrange(SECTIONS)}",
            platform=rng.choice(list(Platform)),
            kind=rng.choice(KINDS),
            difficulty=difficulty,
            expected=EXPECTED_SHARE[difficulty] + rng.uniform(-0.05, 0.05),
            facts=frozenset(f"fact-{rng.randrange(3_000)}" for _ in range(rng.randint(1, 2))),
            exposure=rng.randrange(20),
            seen=rng.choice((0, 0, 0, 1)),
        )
        for number, difficulty in enumerate(difficulties)
    ]


def _sections() -> list[Section]:
    counts = [QUESTIONS // SECTIONS + (number < QUESTIONS % SECTIONS) for number in range(SECTIONS)]
    return [
        Section(
            title=f"部分 {number}",
            count=count,
            topics=frozenset({f"topic-{number}", f"topic-{(number + 1) % SECTIONS}"}),
            platforms=frozenset({Platform.TMALL, Platform.TAOBAO}) if number % 2 else frozenset(),
            kinds=frozenset(KINDS[:3]) if number % 3 else frozenset(),
            max_difficulty=5 if number % 4 else 4,
        )
        for number, count in enumerate(counts)
    ]
