"""Talks with simulated customers: what a turn costs, and 200 talks at once."""

import json
import statistics
import time
from collections.abc import Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench import site
from bench.driver import latencies, request
from bench.figures import Figure
from bench.server import serving
from quizzes.commands.sessions import say, start_session
from quizzes.models import Scenario, Session
from quizzes.rules.dialogue.criteria import Level

TALKS, ROUNDS = 200, 3
GAP = 20.0  # seconds between two replies of one person: 50 characters a minute take twice as long for one of these
REPLIES = (
    "您好，真抱歉让您久等了，我先看一下您的订单和物流，两分钟内回您。",
    "查到了，包裹停在分拨中心，没有丢。我已经联系快递核实，今天 18 点前给您回话，您看可以吗？",
    "给您两个办法：先补发一件，或者给您全额退款，运费都由我们出，您选哪个？",
    "好的，已经登记，谢谢您的理解，有问题随时找我。",
)


def measure() -> Iterator[Figure]:
    scenarios = list(Scenario.objects.live().order_by("pk"))
    yield from _one_turn(scenarios[0])
    learners = [site.new_trainee(1_000 + number) for number in range(TALKS)]
    talks = [_begun(scenarios[place % len(scenarios)], learner) for place, learner in enumerate(learners)]
    heads = [site.headers(learner) for learner in learners]
    with serving("trainer.settings", reverse("login")) as port:
        each = [
            [
                request("POST", reverse("quizzes:session_act", args=[talk.pk]), port, head, _body(number))
                for number in range(ROUNDS)
            ]
            for talk, head in zip(talks, heads, strict=True)
        ]
        latencies(port, [one[:1] for one in each[:8]], b'"bubbles"', 1.0)  # the first ones warm up
        taken = latencies(port, each, b'"bubbles"', GAP)
    yield Figure(f"{TALKS} talks at once, p95 of a turn", 1000 * _p95(taken), "ms", most=300)


def _begun(scenario: Scenario, learner) -> Session:
    return start_session(scenario_id=scenario.pk, learner=learner, level=Level.PRACTICE, at=timezone.now(), seed=1)


def _body(number: int) -> bytes:
    row = {"kind": "say", "client": "bench", "sequence": number + 1, "after": 100, "text": REPLIES[number]}
    return json.dumps(row).encode()


def _one_turn(scenario: Scenario) -> Iterator[Figure]:
    seconds, queries = [], []
    for number in range(30):
        talk = _begun(scenario, site.new_trainee(500 + number))
        for sequence in (1, 2):
            with CaptureQueriesContext(connection) as asked:
                started = time.perf_counter()
                say(
                    session_id=talk.pk, learner_id=talk.learner_id, text=REPLIES[sequence], client="bench",
                    sequence=sequence, after=100, at=timezone.now(),
                )  # fmt: skip
                seconds.append(time.perf_counter() - started)
            queries.append(len(asked))
    yield Figure("a turn of a talk, queries with its transaction", max(queries), "queries", most=10)
    yield Figure("a turn of a talk, median without HTTP", 1000 * statistics.median(seconds), "ms", most=60, places=1)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
