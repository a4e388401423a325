"""Sitting a re-check: where the trainee meets it, what passes it, and what staff see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.commands.attempts import AlreadySubmitted, submit_attempt
from quizzes.commands.saving import Given, save_answers
from quizzes.models import Attempt, AuditEntry, Question
from quizzes.queries.results import review_state
from quizzes.rules.feedback import Review
from quizzes.rules.plausible import right_answer
from quizzes.rules.vocabulary import Origin, QuestionState
from tests.factories.quizzes import AttemptFactory, QuestionFactory
from tests.factories.trainer import EmploymentFactory, RecheckFactory
from tests.trainer.changing import FREIGHT, WINDOW, World
from trainer.commands.rechecks import NotOpen, excuse_recheck, start_recheck
from trainer.models import Notice, Recheck
from trainer.queries.rechecks import recheck_due
from trainer.rules.vocabulary import RecheckState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.fixture
def recheck(world, admin, trainee):
    """The trainee passed an exam on the rule that has just changed."""
    world.passed(WINDOW, learner=trainee)
    world.publish(world.draft(window=15), by=admin)
    return Recheck.objects.get(learner=trainee)


def sit(recheck, *, seed, right=True, at=None):
    at = at or timezone.now()
    attempt = start_recheck(recheck_id=recheck.pk, learner=recheck.learner, at=at, seed=seed)
    items = list(attempt.items.select_related("version").order_by("position"))
    given = [Given(item.pk, 1, right_answer(item.version.parsed())) for item in (items if right else items[1:])]
    save_answers(attempt_id=attempt.pk, learner_id=recheck.learner_id, given=given, client="x", at=at)
    return submit_attempt(attempt_id=attempt.pk, at=at + timedelta(minutes=2))


def test_it_asks_three_to_five_questions_of_the_new_rule(recheck):
    attempt = start_recheck(recheck_id=recheck.pk, learner=recheck.learner, at=timezone.now(), seed=1)

    versions = [item.version for item in attempt.items.select_related("version")]
    assert 3 <= len(versions) <= 5
    assert {key for v in versions for key in v.bases.values_list("fact_key", flat=True)} == {WINDOW}
    assert {version.number for version in versions} == {2}


def test_all_right_passes_and_takes_the_mark_away(recheck):
    assert recheck_due(recheck.learner)

    attempt = sit(recheck, seed=1)

    recheck.refresh_from_db()
    assert recheck.state == RecheckState.PASSED and recheck.passed_at == attempt.submitted_at
    assert not recheck_due(recheck.learner)


def test_one_wrong_leaves_it_open_and_the_next_try_asks_what_was_not_asked(recheck):
    first = sit(recheck, seed=1, right=False)
    asked = set(first.items.values_list("version__question", flat=True))
    live = set(Question.objects.live().filter(current__bases__fact_key=WINDOW).values_list("pk", flat=True))

    second = start_recheck(recheck_id=recheck.pk, learner=recheck.learner, at=timezone.now(), seed=2)

    recheck.refresh_from_db()
    assert recheck.state == RecheckState.OPEN
    assert live - asked <= set(second.items.values_list("version__question", flat=True))


def test_of_many_questions_the_next_try_repeats_none(recheck):
    QuestionFactory.create_batch(8, facts=[WINDOW])
    first = set(sit(recheck, seed=1, right=False).items.values_list("version__question", flat=True))

    second = start_recheck(recheck_id=recheck.pk, learner=recheck.learner, at=timezone.now(), seed=2)

    assert len(first) == 5
    assert first.isdisjoint(second.items.values_list("version__question", flat=True))


def test_the_key_is_not_shown_before_the_end(recheck):
    attempt = start_recheck(recheck_id=recheck.pk, learner=recheck.learner, at=timezone.now(), seed=1)
    assert review_state(attempt) == Review.STILL_OPEN

    assert review_state(submit_attempt(attempt_id=attempt.pk, at=timezone.now())) == Review.ALLOWED


def test_a_second_start_gives_the_open_try_back_and_a_passed_one_starts_no_more(recheck):
    first = start_recheck(recheck_id=recheck.pk, learner=recheck.learner, at=timezone.now(), seed=1)
    assert start_recheck(recheck_id=recheck.pk, learner=recheck.learner, at=timezone.now(), seed=2) == first
    submit_attempt(attempt_id=first.pk, at=timezone.now())
    sit(recheck, seed=3)

    with pytest.raises(NotOpen):
        start_recheck(recheck_id=recheck.pk, learner=recheck.learner, at=timezone.now(), seed=4)
    with pytest.raises(AlreadySubmitted):
        submit_attempt(attempt_id=first.pk, at=timezone.now())


def test_two_failed_tries_are_told_to_the_supervisor_once(recheck, supervisor):
    for seed in range(3):
        sit(recheck, seed=seed, right=False)

    assert [notice.person for notice in Notice.objects.filter(code="recheck_failed_twice")] == [supervisor]


def test_where_the_new_rule_has_too_few_questions_others_of_the_lesson_join_them(recheck):
    made = Question.objects.filter(origin=Origin.GENERATED, current__bases__fact_key=WINDOW)
    made.update(state=QuestionState.REVIEW)

    attempt = start_recheck(recheck_id=recheck.pk, learner=recheck.learner, at=timezone.now(), seed=1)

    keys = set(attempt.items.values_list("version__bases__fact_key", flat=True))
    assert keys == {FREIGHT} and attempt.items.count() == 3


def test_it_is_no_exam_of_the_plan(recheck, client):
    sit(recheck, seed=1)

    assert not Attempt.objects.of(recheck.learner).exams().filter(purpose__startswith="recheck").exists()
    client.force_login(recheck.learner)
    assert client.get("/record/").status_code == client.get("/attempts/").status_code == 200


def test_an_excuse_is_named_with_its_reason(recheck, supervisor):
    excuse_recheck(recheck_id=recheck.pk, reason="当面考过。", by=supervisor, at=timezone.now())

    recheck.refresh_from_db()
    assert (recheck.state, recheck.excused_by, recheck.excuse) == (RecheckState.EXCUSED, supervisor, "当面考过。")
    assert AuditEntry.objects.filter(action="excuse_recheck", by=supervisor).count() == 1
    with pytest.raises(NotOpen):
        excuse_recheck(recheck_id=recheck.pk, reason="再免一次", by=supervisor, at=timezone.now())
    with pytest.raises(ValueError, match="reason"):
        excuse_recheck(recheck_id=recheck.pk, reason=" ", by=supervisor, at=timezone.now())


# --- pages -----------------------------------------------------------------------------------------------

def test_today_puts_it_first(recheck, client):
    client.force_login(recheck.learner)

    response = client.get("/")

    assert response.context["today"].steps[0].recheck == recheck
    assert f"/rechecks/{recheck.pk}/" in response.content.decode()


def test_the_passed_exam_is_marked_until_it_is_done(recheck, client):
    client.force_login(recheck.learner)
    exam = recheck.grounds.get()
    assert "待复查" in client.get("/record/").content.decode()
    assert f"/rechecks/{recheck.pk}/" in client.get(f"/attempts/{exam.pk}/result/").content.decode()

    attempt = sit(recheck, seed=1)

    assert "待复查" not in client.get("/record/").content.decode()
    assert f"/rechecks/{recheck.pk}/" not in client.get(f"/attempts/{exam.pk}/result/").content.decode()
    assert "这次复查做完了" in client.get(f"/attempts/{attempt.pk}/result/").content.decode()


def test_a_try_that_failed_leads_to_the_next_one(recheck, client):
    client.force_login(recheck.learner)
    attempt = sit(recheck, seed=1, right=False)

    page = client.get(f"/attempts/{attempt.pk}/result/").content.decode()

    assert f"/rechecks/{recheck.pk}/" in page and "再考一次" in page
    assert client.get(f"/attempts/{attempt.pk}/review/").status_code == 200
    assert "换一组题再考" in client.get(f"/rechecks/{recheck.pk}/").content.decode()


def test_staff_see_it_at_the_person_and_in_the_team(recheck, client, supervisor):
    client.force_login(supervisor)

    assert "待复查" in client.get("/team/").content.decode()
    person = client.get(f"/team/{recheck.learner_id}/").content.decode()
    assert f"/rechecks/?state=&amp;person={recheck.learner_id}" in person
    Recheck.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "复查逾期" in client.get("/team/").content.decode()


@pytest.mark.parametrize(("state", "found"), [("open", 2), ("overdue", 1), ("passed", 1), ("", 3)])
def test_the_list_is_filtered_and_holds_ones_own_people_only(client, supervisor, trainee, state, found):
    RecheckFactory(learner=trainee)
    RecheckFactory(learner=trainee, due_on=timezone.localdate() - timedelta(days=1))
    RecheckFactory(learner=trainee, state="passed", passed_at=timezone.now())
    RecheckFactory(learner=EmploymentFactory().user)
    client.force_login(supervisor)

    assert client.get(f"/rechecks/?state={state}").context["page"].paginator.count == found


@pytest.mark.parametrize("many", [1, 6])
def test_the_list_costs_the_same_for_any_number(client, supervisor, trainee, many, django_assert_num_queries):
    RecheckFactory.create_batch(many, learner=trainee)
    client.force_login(supervisor)

    with django_assert_num_queries(7):
        response = client.get("/rechecks/")

    assert len(response.context["page"]) == many


@pytest.mark.parametrize("many", [1, 4])
def test_a_recheck_costs_the_same_for_any_number_of_tries(client, trainee, many, django_assert_num_queries):
    recheck = RecheckFactory(learner=trainee)
    for _ in range(many):
        AttemptFactory(learner=trainee, blueprint=None, purpose=f"recheck:{recheck.pk}", submitted=True)
    client.force_login(trainee)

    with django_assert_num_queries(8):
        client.get(f"/rechecks/{recheck.pk}/")


def test_an_excuse_on_the_page_needs_a_reason(recheck, client, supervisor):
    client.force_login(supervisor)

    client.post(f"/rechecks/{recheck.pk}/excuse/", {"reason": ""})
    recheck.refresh_from_db()
    assert recheck.state == RecheckState.OPEN
    client.post(f"/rechecks/{recheck.pk}/excuse/", {"reason": "当面考过"})
    recheck.refresh_from_db()
    assert recheck.state == RecheckState.EXCUSED
