"""A second rater, who does not see the first, and corrections of a form that was handed in."""

from datetime import timedelta
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.rules.dialogue.scenario import Dimension
from tests.factories.assessment import InterviewPromptFactory, SchemeVersionFactory
from tests.trainer.interviewing import fields, handed_in, url
from trainer.commands import interviews as commands
from trainer.models import Interview
from trainer.queries.interviews import interviews_of

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


def test_two_raters_do_not_see_each_other_until_both_have_handed_in(client, draft, supervisor, admin):
    handed_in(draft, supervisor, score=5)
    client.force_login(admin)
    assert "5 / 5" not in client.get(url("interview", draft)).content.decode()
    began = client.post(url("interview_second", draft))
    second = Interview.objects.get(beside=draft)

    blind = client.get(url("interview", draft))
    matrix = client.get(reverse("trainer:assessment", args=[draft.learner_id]) + "?show=scores").content.decode()

    assert began.url == blind.url == url("interview", second)
    assert second.prompts == draft.prompts
    assert "5 / 5" not in matrix
    client.post(url("interview", second), fields(second, score="3", go="hand-in"))
    page = client.get(url("interview", draft)).content.decode()
    assert "5 / 5" in page and "3 / 5" in page and "差 2 分以上的" in page


def test_agreement_is_shown_where_they_agree(client, draft, supervisor, admin):
    handed_in(draft, supervisor, score=4)
    second = commands.start_second(interview_id=draft.pk, rater=admin, at=timezone.now())
    handed_in(second, admin, score=3)
    client.force_login(supervisor)

    page = client.get(url("interview", draft)).content.decode()

    assert "7 个维度里有 7 个相差不超过 1 分" in page and "差 2 分以上的" not in page
    result = interviews_of([draft.learner_id])[draft.learner_id][0]
    assert set(result.means.values()) == {3.5}


def test_whoever_has_seen_the_scores_cannot_rate_blind_any_more(client, draft, supervisor, admin):
    handed_in(draft, supervisor)
    client.force_login(admin)
    client.get(url("interview", draft) + "?show=scores")

    response = client.post(url("interview_second", draft), follow=True)

    assert "不能再做盲评" in response.content.decode()
    assert not Interview.objects.filter(beside=draft).exists()


def test_the_second_rater_is_another_person_and_only_one(draft, supervisor, admin, other_supervisor):
    with pytest.raises(commands.SameRater):
        commands.start_second(interview_id=draft.pk, rater=supervisor, at=timezone.now())
    second = commands.start_second(interview_id=draft.pk, rater=admin, at=timezone.now())
    assert commands.start_second(interview_id=draft.pk, rater=admin, at=timezone.now()) == second
    with pytest.raises(commands.HasSecond):
        commands.start_second(interview_id=draft.pk, rater=other_supervisor, at=timezone.now())
    with pytest.raises(commands.SameRater):
        commands.start_second(interview_id=second.pk, rater=other_supervisor, at=timezone.now())


def test_a_correction_replaces_the_form_once_it_is_handed_in_and_both_stay(client, draft, trainee, supervisor):
    handed_in(draft, supervisor, score=2)
    client.force_login(supervisor)
    assert client.post(url("interview_correct", draft), {"reason": ""}).status_code == 200

    began = client.post(url("interview_correct", draft), {"reason": "把两个人的记录弄混了"})

    new = Interview.objects.get(corrects=draft)
    assert began.url == url("interview", new) and new.answers == draft.__class__.objects.get(pk=draft.pk).answers
    assert interviews_of([trainee.pk])[trainee.pk][0].first == draft
    handed_in(new, supervisor, score=4)
    assert interviews_of([trainee.pk])[trainee.pk][0].first == new
    client.force_login(trainee)
    assert "把两个人的记录弄混了" in client.get(url("interview", new)).content.decode()
    assert "已经被更正" in client.get(url("interview", draft)).content.decode()
    with pytest.raises(commands.AlreadyCorrected):
        commands.correct_interview(interview_id=draft.pk, rater=supervisor, reason="再改", at=timezone.now())


def test_a_corrected_first_form_keeps_its_second_rater(draft, trainee, supervisor, admin):
    handed_in(draft, supervisor, score=2)
    second = commands.start_second(interview_id=draft.pk, rater=admin, at=timezone.now())
    handed_in(second, admin, score=4)
    new = commands.correct_interview(interview_id=draft.pk, rater=supervisor, reason="弄混了", at=timezone.now())
    handed_in(new, supervisor, score=5)

    (result,) = interviews_of([trainee.pk])[trainee.pk]

    assert (result.first, result.second) == (new, second)


def test_only_the_rater_corrects(draft, supervisor, admin):
    handed_in(draft, supervisor)
    with pytest.raises(commands.SameRater):
        commands.correct_interview(interview_id=draft.pk, rater=admin, reason="我觉得", at=timezone.now())
