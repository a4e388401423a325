"""Autosave against a bare view: the same server, database, connections and payload, in turn."""

import random
import statistics
from collections.abc import Iterator

from django.db import connection
from django.urls import reverse

from bench import site
from bench.bare.models import Saved
from bench.driver import request, requests_per_second
from bench.figures import Figure
from bench.server import serving

CONNECTIONS, PER_CONNECTION, ROUNDS = 8, 60, 5


def measure() -> Iterator[Figure]:
    with connection.schema_editor() as editor:
        editor.create_model(Saved)
    learners = [site.new_trainee(100 + number) for number in range(CONNECTIONS)]
    attempts = [site.sitting(learner) for learner in learners]
    papers = [list(attempt.items.select_related("version")) for attempt in attempts]
    heads = [site.headers(learner) for learner in learners]
    rng = random.Random(1)
    ours, bare = [], []
    with serving("trainer.settings", reverse("login")) as port, serving("bench.bare.settings", "/ready/") as bare_port:

        def round_of(number: int, port: int, paths: list[str]) -> float:
            each = []
            for paper, head, path in zip(papers, heads, paths, strict=True):
                turns = range(number * PER_CONNECTION, (number + 1) * PER_CONNECTION)
                bodies = (site.save_body([(paper[t % len(paper)], t // len(paper) + 1)], rng) for t in turns)
                each.append([request("POST", path, port, head, body) for body in bodies])
            return requests_per_second(port, each, b'"saved": {"')

        for number in range(ROUNDS + 1):
            bare.append(round_of(number, bare_port, ["/save/"] * CONNECTIONS))
            ours.append(round_of(number, port, [reverse("quizzes:save", args=[a.pk]) for a in attempts]))
    ratios = [100 * mine / theirs for mine, theirs in zip(ours[1:], bare[1:], strict=True)]  # the first warms up
    yield Figure(
        f"autosave, requests/s against a bare view's {statistics.median(bare[1:]):.0f}",
        statistics.median(ratios), "%", least=50,
    )  # fmt: skip
