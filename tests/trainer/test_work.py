"""``manage.py work`` and what is due."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from tests.factories.loads import LoadFactory
from trainer.commands import due
from trainer.management.commands import work
from trainer.models import Load, WorkerBeat
from trainer.queries.loads import worker_alive
from trainer.rules.loads import LoadState

pytestmark = pytest.mark.django_db


def test_a_round_tells_that_it_lives_and_does_what_is_due():
    due = LoadFactory(published=True, state=LoadState.SCHEDULED, published_at=None, publish_on=timezone.localdate())
    assert not worker_alive(timezone.now())

    call_command("work", "--once")

    assert worker_alive(timezone.now())
    assert not worker_alive(timezone.now() + timedelta(minutes=4))
    assert Load.objects.get(pk=due.pk).state == LoadState.PUBLISHED


def test_a_job_that_fails_is_logged_and_stops_no_other(monkeypatch, caplog):
    def crash(**kwargs):
        raise RuntimeError("broken")

    def count(**kwargs):
        return 1

    monkeypatch.setattr(due, "JOBS", (crash, count))
    assert due.run_due(at=timezone.now()) == {"count": 1}

    assert "crash failed" in caplog.text


def test_a_database_that_is_away_does_not_stop_the_clock(monkeypatch, caplog):
    def away(**kwargs):
        raise OperationalError

    monkeypatch.setattr(work, "beat", away)
    call_command("work", "--once")

    assert "does not answer" in caplog.text


def test_a_worker_that_was_silent_for_a_day_is_forgotten():
    WorkerBeat.objects.create(name="gone", at=timezone.now() - timedelta(days=2))

    call_command("work", "--once")

    assert not WorkerBeat.objects.filter(name="gone").exists()
