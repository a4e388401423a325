from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.quizzes import AppealFactory, AttemptFactory, BlueprintFactory, TopicFactory
from tests.factories.roleplay import SessionFactory
from tests.factories.trainer import LessonFactory, LessonReadFactory, UserFactory

pytestmark = pytest.mark.django_db
RECORD = "/record/"


def test_my_record_shows_my_exams_lessons_practice_appeals_and_job(client, trainee):
    exam = BlueprintFactory(title="售后处理考试")
    passed = AttemptFactory(learner=trainee, blueprint=exam, submitted=True)
    failed = AttemptFactory(
        learner=trainee, blueprint=exam, submitted=True, items=0, score=Decimal("71.25"), passed=False
    )
    practice = AttemptFactory(learner=trainee, practice=True, submitted=True, items=3)
    practice.items.first().mark_rows.update(numerator=0)
    appeal = AppealFactory(item=passed.items.first(), decided=True)
    topic = TopicFactory(name="退换货")
    done, _ = LessonFactory.create_batch(2, version__topics=[topic])
    LessonReadFactory(learner=trainee, lesson=done, done=True)
    client.force_login(trainee)

    response = client.get(RECORD)
    page = response.content.decode()

    assert [a.pk for a in response.context["attempts"]] == [failed.pk, passed.pk]
    assert "100 分，通过" in page
    assert "71.25 分" in page
    assert (response.context["practice"].answered, response.context["practice"].percent) == (3, 66)
    [lessons] = [t for t in response.context["topics"] if t.topic == topic]
    assert (lessons.done, len(lessons.lessons)) == (1, 2)
    assert "签收当天不算" in page
    assert "维持原判" in page
    assert reverse("quizzes:appeal", args=[appeal.item_id]) in page
    assert "王主管" in page


def test_others_records_stay_theirs(client, trainee):
    AttemptFactory(submitted=True)
    AttemptFactory(practice=True, submitted=True)
    AppealFactory()
    LessonReadFactory(done=True)
    client.force_login(trainee)

    context = client.get(RECORD).context

    assert (list(context["attempts"]), context["practice"].answered, context["appeals"]) == ([], 0, [])
    assert sum(t.done for t in context["topics"]) == 0


def test_an_empty_record_says_what_to_do(client, trainee):
    client.force_login(trainee)

    page = client.get(RECORD).content.decode()

    assert "还没有考过试" in page
    assert "还没有练过" in page
    assert "没有申诉" in page


def test_a_record_without_employment_opens(client, db):
    client.force_login(UserFactory(role="trainee"))

    assert client.get(RECORD).status_code == 200


def test_strangers_sign_in_first(client, db):
    assert client.get(RECORD).url.startswith("/accounts/login/")


@pytest.mark.parametrize("rows", [1, 4])
def test_the_record_costs_the_same_for_any_history(client, trainee, rows, django_assert_num_queries):
    for _ in range(rows):
        AppealFactory(item=AttemptFactory(learner=trainee, submitted=True).items.first(), decided=True)
        AttemptFactory(learner=trainee, practice=True, submitted=True)
        LessonReadFactory(learner=trainee, done=True)
        SessionFactory(learner=trainee, ended=True)
    client.force_login(trainee)

    with django_assert_num_queries(22):
        response = client.get(RECORD)

    assert len(response.context["appeals"]) == len(response.context["talks"]) == rows


def test_my_record_leads_to_the_debriefs_of_my_talks(client, trainee):
    ended = SessionFactory(learner=trainee, ended=True)
    running = SessionFactory(learner=trainee)
    SessionFactory(ended=True)
    client.force_login(trainee)

    response = client.get(RECORD)
    page = response.content.decode()

    assert set(response.context["talks"]) == {ended, running}
    assert reverse("quizzes:debrief", args=[ended.pk]) in page
    assert reverse("quizzes:session", args=[running.pk]) in page
    assert "88 分" in page and "聊到一半" in page
