"""Telephone interviews: a draft that is never lost, a form that is final, two raters who do not see each other."""

from datetime import timedelta
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import AuditEntry
from quizzes.rules.dialogue.scenario import Dimension
from tests.factories.assessment import InterviewFactory, InterviewPromptFactory, SchemeVersionFactory
from tests.factories.trainer import UserFactory
from tests.trainer.interviewing import fields, handed_in, url
from trainer.commands import interviews as commands
from trainer.models import Interview, InterviewScore, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    SchemeVersionFactory()
    for dimension in Dimension:
        InterviewPromptFactory.create_batch(4, dimension=dimension)


@pytest.fixture
def draft(bank, trainee, supervisor):
    return commands.start_interview(
        learner=trainee, rater=supervisor, chance=Random(1), at=timezone.now() - timedelta(minutes=30)
    )


# --- the form ----------------------------------------------------------------------------------------------


def test_a_second_click_gives_the_same_draft_and_the_next_interview_other_questions(client, draft, trainee, supervisor):
    client.force_login(supervisor)
    start = reverse("trainer:interview_start", args=[trainee.pk])

    assert client.post(start).url == url("interview", draft)
    assert Interview.objects.count() == 1

    handed_in(draft, supervisor)
    client.post(start)
    asked = [{p["slug"] for those in one.prompts.values() for p in those} for one in Interview.objects.all()]
    assert len(asked) == 2 and not asked[0] & asked[1]


def test_without_a_scheme_there_is_nothing_to_ask(client, trainee, supervisor):
    client.force_login(supervisor)

    response = client.post(reverse("trainer:interview_start", args=[trainee.pk]), follow=True)

    assert "还没有考核方案和面试题" in response.content.decode()


def test_nobody_interviews_themselves(bank, supervisor):
    with pytest.raises(commands.Oneself):
        commands.start_interview(learner=supervisor, rater=supervisor, chance=Random(1), at=timezone.now())


def test_a_draft_is_saved_as_one_writes_and_is_there_after_a_reload(client, draft, supervisor):
    client.force_login(supervisor)

    saved = client.post(url("interview_save", draft), fields(draft, private_notes="口音重"))

    assert saved.json() == {"revision": 1}
    page = client.get(url("interview", draft)).content.decode()
    assert "attitude 举了例子" in page and "口音重" in page
    assert page.count("checked") == len(Dimension)


def test_the_same_content_twice_is_saved_once(client, draft, supervisor):
    client.force_login(supervisor)
    sent = fields(draft)

    answers = [client.post(url("interview_save", draft), sent).json() for _ in range(2)]

    assert answers == [{"revision": 1}, {"revision": 1}]


def test_a_page_behind_another_does_not_overwrite_it_and_loses_nothing(client, draft, supervisor):
    client.force_login(supervisor)
    client.post(url("interview_save", draft), fields(draft, score="5"))

    behind = client.post(url("interview_save", draft), fields(draft, score="2"))
    whole = client.post(url("interview", draft), fields(draft, score="2", comment="这一页写的", go="save"))

    assert (behind.status_code, behind.json()["error"]) == (409, "stale")
    assert whole.status_code == 409 and "这一页写的" in whole.content.decode()
    draft.refresh_from_db()
    assert draft.answer("attitude").score == 5


def test_a_form_that_is_not_complete_stays_a_draft_and_says_what_is_missing(client, draft, supervisor):
    client.force_login(supervisor)

    response = client.post(url("interview", draft), fields(draft, score__attitude="", go="hand-in"))

    assert response.status_code == 422
    assert "服务态度" in response.content.decode()
    draft.refresh_from_db()
    assert not draft.is_final and draft.answer("feedback").score == 4


def test_not_asked_needs_a_reason(client, draft, supervisor):
    client.force_login(supervisor)
    assert client.post(url("interview", draft), fields(draft, score__attitude="none", go="hand-in")).status_code == 422
    draft.refresh_from_db()
    sent = fields(draft, score__attitude="none", reason__attitude="时间不够", go="hand-in")

    assert client.post(url("interview", draft), sent).status_code == 302

    kept = InterviewScore.objects.get(interview=draft, dimension="attitude")
    assert (kept.score, kept.not_asked) == (None, "时间不够")


@pytest.mark.parametrize("wrong", ["0", "6", "drop", "4.5"])
def test_a_score_outside_the_scale_is_refused(client, draft, supervisor, wrong):
    client.force_login(supervisor)

    assert client.post(url("interview_save", draft), fields(draft, score=wrong)).status_code == 422
    draft.refresh_from_db()
    assert draft.answers == {}


def test_handing_in_twice_is_handing_in_once_and_it_is_final(client, draft, trainee, supervisor):
    client.force_login(supervisor)
    sent = fields(draft, go="hand-in")

    responses = [client.post(url("interview", draft), sent) for _ in range(2)]

    assert [response.status_code for response in responses] == [302, 200]
    assert InterviewScore.objects.count() == len(Dimension)
    assert Notice.objects.filter(person=trainee, code="interview_final").count() == 1
    assert AuditEntry.objects.filter(action="finish_interview").count() == 1
    late = client.post(url("interview_save", draft), fields(draft, score="1"))
    assert (late.status_code, late.json()["error"]) == (409, "final")
    with pytest.raises(commands.Final):
        handed_in(draft, supervisor, score=1)


def test_a_rater_finishes_what_they_began_although_the_person_moves_to_another_team(
    client, draft, trainee, supervisor, other_supervisor
):
    trainee.employment.team = other_supervisor.teams.get()
    trainee.employment.save()
    client.force_login(supervisor)

    assert client.post(url("interview", draft), fields(draft, go="hand-in")).status_code == 302
    assert client.get(url("interview", draft)).status_code == 200
    client.force_login(other_supervisor)
    assert client.get(url("interview", draft)).status_code == 200


# --- who sees what -----------------------------------------------------------------------------------------


def test_a_draft_is_the_raters_alone(client, draft, trainee, admin):
    for person in (trainee, admin):
        client.force_login(person)
        assert client.get(url("interview", draft)).status_code == 404
        assert client.post(url("interview_save", draft), fields(draft)).status_code == 404


def test_the_trainee_sees_scores_and_the_comment_and_no_private_notes(client, draft, trainee, supervisor):
    client.force_login(supervisor)
    client.post(url("interview", draft), fields(draft, private_notes="口音重", go="hand-in"))
    client.force_login(trainee)

    page = client.get(url("interview", draft)).content.decode()

    assert "讲得清楚。" in page and "4 / 5" in page and "4 分：attitude" in page
    assert "口音重" not in page and "举了例子" not in page


# --- the list ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_for_any_length(client, trainee, supervisor, count, django_assert_num_queries):
    for _ in range(count):
        InterviewFactory(learner=trainee, rater=UserFactory(role="supervisor"), final=True)
    InterviewFactory(learner=trainee)  # somebody else's draft is not on it
    client.force_login(supervisor)

    with django_assert_num_queries(7):
        response = client.get(reverse("trainer:interviews"))

    assert len(response.context["page"]) == count


def test_the_list_is_filtered_by_name_and_by_rater(client, draft, trainee, supervisor):
    InterviewFactory(learner=trainee, final=True)
    client.force_login(supervisor)

    assert len(client.get(reverse("trainer:interviews"), {"show": "mine"}).context["page"]) == 1
    assert len(client.get(reverse("trainer:interviews"), {"q": "没有这个人"}).context["page"]) == 0
