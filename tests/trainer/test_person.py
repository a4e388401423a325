import pytest
from django.urls import reverse

from quizzes.rules.vocabulary import Kind
from tests.factories.drills import TypingRunFactory
from tests.factories.quizzes import (
    AccommodationFactory,
    AppealFactory,
    AttemptFactory,
    BlueprintFactory,
    LateAnswerFactory,
    PageLeaveFactory,
    QuestionFactory,
)
from tests.factories.roleplay import SessionFactory
from tests.factories.trainer import ConfirmationPlanFactory, LessonFactory, LessonReadFactory, RequirementFactory
from trainer.rules.vocabulary import RequirementKind

pytestmark = pytest.mark.django_db
TEAM = "/team/"


@pytest.fixture
def exam():
    RequirementFactory(
        plan=ConfirmationPlanFactory(is_default=True),
        kind=RequirementKind.EXAM_SCORE,
        params={"blueprint": "rules", "at_least": 85},
    )
    return BlueprintFactory(slug="rules")


# --- one person ------------------------------------------------------------------------------------------


def test_one_page_holds_all_that_speaks_for_a_person(client, supervisor, trainee, exam):
    passed = AttemptFactory(learner=trainee, blueprint=exam, submitted=True)
    question = QuestionFactory(kind=Kind.FREE_TEXT)
    waiting = AttemptFactory(learner=trainee, blueprint=BlueprintFactory(), submitted=True, items=[question])
    appeal = AppealFactory(item=AttemptFactory(learner=trainee, submitted=True).items.first())
    AccommodationFactory(learner=trainee, reason="右手受伤，打字慢。")
    lesson = LessonFactory(version__required=True, version__title="七天无理由从哪天算起")
    LessonReadFactory(learner=trainee, lesson=lesson, done=True)
    client.force_login(supervisor)

    page = client.get(reverse("trainer:person", args=[trainee.pk])).content.decode()

    assert "小林" in page
    for link in (
        reverse("trainer:person_attempt", args=[trainee.pk, passed.pk]),
        reverse("trainer:person_attempt", args=[trainee.pk, waiting.pk]),
        reverse("quizzes:decide_appeal", args=[appeal.pk]),
        reverse("quizzes:grant_time", args=[trainee.pk]),
        reverse("quizzes:marking"),
    ):
        assert f'href="{link}"' in page
    assert "1 道简答题待批改" in page
    assert "右手受伤" in page
    assert "七天无理由从哪天算起" in page
    assert "去考试" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_a_person_costs_the_same_for_any_history(client, supervisor, trainee, exam, rows, django_assert_num_queries):
    for _ in range(rows):
        AppealFactory(item=AttemptFactory(learner=trainee, submitted=True).items.first(), decided=True)
        AccommodationFactory(learner=trainee, blueprint=exam)
        LessonReadFactory(learner=trainee, done=True)
        SessionFactory(learner=trainee, ended=True)
    client.force_login(supervisor)

    with django_assert_num_queries(19):
        response = client.get(reverse("trainer:person", args=[trainee.pk]))

    assert len(response.context["accommodations"]) == len(response.context["talks"]) == rows


def test_a_supervisor_reads_the_debriefs_but_no_talk_that_goes_on(client, supervisor, trainee):
    ended = SessionFactory(learner=trainee, ended=True)
    running = SessionFactory(learner=trainee)
    client.force_login(supervisor)

    page = client.get(reverse("trainer:person", args=[trainee.pk])).content.decode()

    assert reverse("quizzes:debrief", args=[ended.pk]) in page
    assert running.scenario.title in page and reverse("quizzes:session", args=[running.pk]) not in page


# --- one exam of theirs ----------------------------------------------------------------------------------


def test_a_supervisor_reads_an_exam_with_answers_and_reasons(client, supervisor, trainee, exam):
    questions = [QuestionFactory(explanation="签收次日才是第 1 天。"), QuestionFactory(kind=Kind.FREE_TEXT)]
    attempt = AttemptFactory(learner=trainee, blueprint=exam, submitted=True, items=questions)
    PageLeaveFactory.create_batch(2, attempt=attempt, seconds=12)
    LateAnswerFactory(item=attempt.items.first())
    client.force_login(supervisor)

    page = client.get(reverse("trainer:person_attempt", args=[trainee.pk, attempt.pk])).content.decode()

    assert "签收次日才是第 1 天。" in page
    assert "2 次，共 24 秒" in page
    assert "1 个，没有计分" in page
    assert reverse("quizzes:mark_item", args=[attempt.items.last().pk]) in page
    assert "你的" not in page


def test_an_open_exam_shows_no_question(client, supervisor, trainee, exam):
    attempt = AttemptFactory(learner=trainee, blueprint=exam, items=[QuestionFactory(stem="顾客签收第八天要退货。")])
    client.force_login(supervisor)

    page = client.get(reverse("trainer:person_attempt", args=[trainee.pk, attempt.pk])).content.decode()

    assert "还没有交卷" in page
    assert "第八天" not in page


@pytest.mark.parametrize("questions", [1, 4])
def test_an_exam_costs_the_same_for_any_length(client, supervisor, trainee, questions, django_assert_num_queries):
    attempt = AttemptFactory(
        learner=trainee, submitted=True, items=[QuestionFactory(lesson_key="seven-day") for _ in range(questions)]
    )
    client.force_login(supervisor)

    with django_assert_num_queries(10):
        response = client.get(reverse("trainer:person_attempt", args=[trainee.pk, attempt.pk]))

    assert len(response.context["items"]) == questions


def test_trainees_may_not_look_at_teams(client, trainee):
    attempt = AttemptFactory(learner=trainee, submitted=True)
    client.force_login(trainee)

    assert client.get(TEAM).status_code == 403
    assert client.get(reverse("trainer:person", args=[trainee.pk])).status_code == 403
    assert client.get(reverse("trainer:person_attempt", args=[trainee.pk, attempt.pk])).status_code == 403


def test_people_of_another_team_are_strangers(client, trainee, other_supervisor):
    attempt = AttemptFactory(learner=trainee, submitted=True)
    theirs = AttemptFactory(learner=other_supervisor.teams.get().members.get().user, submitted=True)
    client.force_login(other_supervisor)

    assert client.get(reverse("trainer:person", args=[trainee.pk])).status_code == 404
    assert client.get(reverse("trainer:person_attempt", args=[trainee.pk, attempt.pk])).status_code == 404
    assert client.get(reverse("trainer:person_attempt", args=[theirs.learner_id, attempt.pk])).status_code == 404
    assert client.get(reverse("trainer:person_attempt", args=[trainee.pk, theirs.pk])).status_code == 404


def test_practice_is_the_trainees_own_business(client, supervisor, trainee):
    attempt = AttemptFactory(learner=trainee, practice=True, submitted=True)
    client.force_login(supervisor)

    assert client.get(reverse("trainer:person_attempt", args=[trainee.pk, attempt.pk])).status_code == 404


def test_strangers_sign_in_first(client, trainee):
    attempt = AttemptFactory(learner=trainee, submitted=True)

    for url in (
        TEAM,
        reverse("trainer:person", args=[trainee.pk]),
        reverse("trainer:person_attempt", args=[trainee.pk, attempt.pk]),
    ):
        assert client.get(url).url.startswith("/accounts/login/")


def test_the_best_drills_lead_to_their_results(client, supervisor, trainee):
    run = TypingRunFactory(learner=trainee, finished=True)
    client.force_login(supervisor)

    page = client.get(reverse("trainer:person", args=[trainee.pk])).content.decode()

    assert reverse("quizzes:typing_run", args=[run.pk]) in page
    assert "60 字/分，准确率 100%" in page
