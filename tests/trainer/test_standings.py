"""Stored standings: computed in the background, marked when evidence comes in, and what the team page makes of them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from quizzes.commands.attempts import submit_attempt
from tests.factories.quizzes import AttemptFactory, BlueprintFactory
from tests.factories.trainer import (
    ConfirmationPlanFactory,
    EmploymentFactory,
    LessonReadFactory,
    ObservationFactory,
    RequirementFactory,
)
from trainer.commands.standings import mark_stale, recompute_standings
from trainer.models import Employment, StandingSnapshot
from trainer.rules.vocabulary import EmploymentState, RequirementKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = ConfirmationPlanFactory(is_default=True)
    RequirementFactory(plan=plan, params={"at_least": 10}, position=1)
    RequirementFactory(
        plan=plan, kind=RequirementKind.EXAM_SCORE, params={"blueprint": "rules", "at_least": 85}, position=2
    )
    BlueprintFactory(slug="rules", sections__count=40)
    return plan


def test_everybody_in_service_gets_a_standing(plan, now):
    done, open_one, gone = EmploymentFactory(), EmploymentFactory(), EmploymentFactory(state=EmploymentState.LEFT)
    exam = BlueprintFactory._meta.model.objects.get(slug="rules")
    AttemptFactory(learner=done.user, blueprint=exam, submitted=True, score=Decimal(95), items=0)

    assert recompute_standings(at=now) == 2

    rows = {row.employment_id: row for row in StandingSnapshot.objects.all()}
    assert rows.keys() == {done.pk, open_one.pk}
    assert (rows[done.pk].all_met, rows[done.pk].percent, rows[done.pk].met) == (True, 100, 2)
    assert (rows[open_one.pk].all_met, rows[open_one.pk].left) == (False, 1)
    assert gone.pk not in rows
    assert recompute_standings(at=now) == 0


def test_only_who_is_marked_or_of_yesterday_is_computed_again(plan, now):
    first, second = EmploymentFactory.create_batch(2)
    recompute_standings(at=now)

    mark_stale(learners=[first.user_id])
    assert recompute_standings(at=now) == 1
    assert not StandingSnapshot.objects.filter(stale=True).exists()
    StandingSnapshot.objects.filter(pk=second.pk).update(computed_at=now - timedelta(days=1))
    assert recompute_standings(at=now) == 1


def stale(employment):
    return StandingSnapshot.objects.get(employment=employment).stale


@pytest.mark.parametrize(
    "evidence",
    [
        lambda learner: LessonReadFactory(learner=learner),
        lambda learner: ObservationFactory(learner=learner),
        lambda learner: submit_attempt(attempt_id=AttemptFactory(learner=learner).pk, at=timezone.now()),
        lambda learner: learner.employment.save(),
    ],
    ids=["lesson", "observation", "exam", "employment"],
)
def test_new_evidence_marks_its_owner_and_nobody_else(plan, now, evidence):
    own, other = EmploymentFactory.create_batch(2)
    recompute_standings(at=now)

    evidence(own.user)

    assert (stale(own), stale(other)) == (True, False)


@pytest.mark.parametrize("people", [1, 5])
def test_a_batch_costs_the_same_for_any_number_of_people(plan, now, people, django_assert_num_queries):
    EmploymentFactory.create_batch(people)

    with django_assert_num_queries(10):
        assert recompute_standings(at=now) == people


def test_the_team_page_judges_by_what_is_stored_and_shows_what_is_true(client, supervisor, plan, now):
    ready, wrong = EmploymentFactory.create_batch(2, team=supervisor.teams.get())
    recompute_standings(at=now)
    StandingSnapshot.objects.filter(employment=ready).update(all_met=True, percent=100, left=0)
    client.force_login(supervisor)

    response = client.get("/team/", {"show": "ready"})

    assert response.context["counts"] == {"all": 2, "ready": 1, "near": 0, "short": 0}
    (shown,) = response.context["page"]
    assert shown.employment == ready
    assert not shown.standing.all_met  # judged anew from the evidence

    StandingSnapshot.objects.update(stale=True)  # marked: judged anew before it is counted
    assert client.get("/team/").context["counts"]["ready"] == 0
    assert Employment.objects.get(pk=wrong.pk).snapshot.left == 1
