"""Two people at the same moment: one decides, the other is told. On PostgreSQL, where two transactions really meet."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.utils import timezone

from tests.trainer.deciding import decided, marked_by, record_of, seen, standard_plan, verdict
from trainer.commands.decisions import AlreadyProposed, NotPending, countersign, decide, withdraw_decision
from trainer.commands.verdicts import CannotDecide, NotOnProbation
from trainer.models import Decision
from trainer.rules.decisions import DecisionKind

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time anyway"),
]


def together(*calls):
    """Run the calls at the same time, each on a connection of its own; what each gave or raised."""
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            return call()
        except CannotDecide as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_of_two_who_decide_at_once_one_is_told_of_the_other(trainee, supervisor, admin):
    standard_plan()
    employment, packet = record_of(trainee), seen(trainee)

    def by(person):
        return lambda: decide(
            employment_id=employment.pk, verdict=verdict(DecisionKind.REFUSE), seen=packet, by=person,
            at=timezone.now(),
        )  # fmt: skip

    results = together(by(supervisor), by(admin))

    made = [one for one in results if isinstance(one, Decision)]
    refused = [one for one in results if isinstance(one, NotOnProbation)]
    assert (len(made), len(refused)) == (1, 1)
    assert refused[0].decision == made[0] == Decision.objects.get()


def test_of_two_proposals_at_once_one_stands(trainee, supervisor, admin, settings):
    settings.DECISION_BY_TWO = True
    standard_plan()
    employment, packet = record_of(trainee), seen(trainee)

    def by(person, asked):
        return lambda: decide(
            employment_id=employment.pk, verdict=verdict(DecisionKind.REFUSE), seen=packet, by=person, asked=asked,
            at=timezone.now(),
        )  # fmt: skip

    results = together(by(supervisor, admin), by(admin, supervisor))

    assert sorted(type(one).__name__ for one in results) == ["AlreadyProposed", "Decision"]
    assert next(one.decision for one in results if isinstance(one, AlreadyProposed)) == Decision.objects.get()


def test_signing_and_withdrawing_at_once_ends_in_one_of_them(trainee, supervisor, admin):
    standard_plan()
    marked_by(trainee, supervisor)
    pending, packet = decided(trainee, supervisor, asked=admin), seen(trainee)

    results = together(
        lambda: countersign(decision_id=pending.pk, seen=packet, by=admin, at=timezone.now()),
        lambda: withdraw_decision(decision_id=pending.pk, note="", by=supervisor, at=timezone.now()),
    )

    assert sum(isinstance(one, NotPending) for one in results) == 1
    pending.refresh_from_db()
    assert pending.state in ("final", "withdrawn")
