from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import (
    AccommodationFactory,
    AppealFactory,
    AttemptFactory,
    BlueprintFactory,
    LateAnswerFactory,
    PageLeaveFactory,
    QuestionFactory,
)
from tests.factories.trainer import (
    ConfirmationPlanFactory,
    EmploymentFactory,
    LessonFactory,
    LessonReadFactory,
    RequirementFactory,
    TeamFactory,
    UserFactory,
)
from trainer.rules.vocabulary import EmploymentState, RequirementKind

pytestmark = pytest.mark.django_db
TEAM = "/team/"


@pytest.fixture
def plan():
    plan = ConfirmationPlanFactory(is_default=True)
    RequirementFactory(
        plan=plan,
        kind=RequirementKind.EXAM_SCORE,
        params={"blueprint": "rules", "at_least": 85},
        position=1,
        title="规则考试",
    )
    RequirementFactory(plan=plan, kind=RequirementKind.DAYS_IN_POST, params={"at_least": 30}, position=2)
    return plan


@pytest.fixture
def exam(plan):
    return BlueprintFactory(slug="rules")


def member(supervisor, name, *, days=20, left=60, **kwargs):
    today = timezone.localdate()
    return EmploymentFactory(
        user__display_name=name,
        team=supervisor.teams.get(),
        hired_on=today - timedelta(days=days - 1),
        probation_ends_on=today + timedelta(days=left),
        **kwargs,
    ).user


def names(response):
    return [str(person.employment.user) for person in response.context["page"]]


def scored(learner, exam, score):
    return AttemptFactory(learner=learner, blueprint=exam, submitted=True, items=0, score=Decimal(score))


def test_a_supervisor_sees_the_own_team_and_no_other(client, supervisor, trainee, other_supervisor, plan):
    client.force_login(supervisor)
    response = client.get(TEAM)

    assert names(response) == ["小林"]
    assert "id_team" not in response.content.decode()


def test_an_admin_sees_everybody_and_chooses_a_team(client, admin, supervisor, trainee, other_supervisor, plan):
    client.force_login(admin)

    everybody = client.get(TEAM)
    one = client.get(TEAM, {"team": supervisor.teams.get().pk})

    assert len(names(everybody)) == 2
    assert names(one) == ["小林"]


def test_people_who_left_are_not_listed(client, supervisor, plan):
    member(supervisor, "已走", state=EmploymentState.LEFT)
    client.force_login(supervisor)

    assert names(client.get(TEAM)) == []


def test_each_requirement_says_in_words_what_is_missing(client, supervisor, exam):
    scored(member(supervisor, "小周", days=25), exam, "82")
    client.force_login(supervisor)

    page = client.get(TEAM).content.decode()

    assert "规则考试" in page
    assert "差 3 分" in page
    assert "差 5 天" in page


def test_tabs_tell_ready_near_and_short(client, supervisor, exam):
    scored(member(supervisor, "齐了", days=40, left=5), exam, "90")
    scored(member(supervisor, "差一点", days=40, left=40), exam, "81")
    member(supervisor, "快到期", left=14)
    member(supervisor, "早着呢", left=15)
    scored(member(supervisor, "转正了", days=90, left=0, state=EmploymentState.CONFIRMED), exam, "95")
    client.force_login(supervisor)

    assert client.get(TEAM).context["counts"] == {"all": 5, "ready": 1, "near": 1, "short": 1}
    assert names(client.get(TEAM, {"show": "ready"})) == ["齐了"]
    assert names(client.get(TEAM, {"show": "near"})) == ["差一点"]
    assert names(client.get(TEAM, {"show": "short"})) == ["快到期"]


def test_people_are_sorted_by_probation_progress_or_name(client, supervisor, exam):
    member(supervisor, "周一", left=30, days=10)
    member(supervisor, "安然", left=50, days=20)
    scored(member(supervisor, "林立", left=40, days=30), exam, "85")
    member(supervisor, "已转正", left=1, state=EmploymentState.CONFIRMED)
    client.force_login(supervisor)

    assert names(client.get(TEAM)) == ["周一", "林立", "安然", "已转正"]
    assert names(client.get(TEAM, {"sort": "progress"})) == ["林立", "安然", "周一", "已转正"]
    assert names(client.get(TEAM, {"sort": "name"})) == ["安然", "林立", "已转正", "周一"]


def test_a_search_finds_names_and_keeps_the_tab(client, supervisor, plan):
    member(supervisor, "小周", left=3)
    member(supervisor, "小吴", left=3)
    member(supervisor, "大周", left=30)
    client.force_login(supervisor)

    response = client.get(TEAM, {"q": "周", "show": "short"})

    assert names(response) == ["小周"]
    assert response.context["counts"]["all"] == 2
    assert '<input type="hidden" name="show" value="short">' in response.content.decode()


def test_unknown_filters_are_left_out(client, supervisor, trainee, plan):
    client.force_login(supervisor)

    response = client.get(TEAM, {"show": "x", "sort": "y", "team": "z", "page": "w", "q": "林" * 41})

    assert (response.status_code, names(response)) == (200, ["小林"])


def test_long_lists_are_paged(client, supervisor, plan):
    for number in range(26):
        member(supervisor, f"学员 {number}")
    client.force_login(supervisor)

    first, second = client.get(TEAM), client.get(TEAM, {"page": 2})

    assert (len(names(first)), len(names(second))) == (25, 1)
    assert not set(names(first)) & set(names(second))


def test_an_empty_team_says_why(client, supervisor, plan):
    client.force_login(supervisor)
    assert "还没有学员" in client.get(TEAM).content.decode()
    assert "没有符合这些条件的人" in client.get(TEAM, {"q": "谁"}).content.decode()


@pytest.mark.parametrize("people", [1, 24])
def test_the_team_page_costs_the_same_for_any_team(client, supervisor, exam, people, django_assert_num_queries):
    for number in range(people):
        learner = member(supervisor, f"学员 {number}")
        AttemptFactory(learner=learner, blueprint=exam, submitted=True, items=1)
        LessonReadFactory(learner=learner, done=True)
    client.force_login(supervisor)

    with django_assert_num_queries(11):
        response = client.get(TEAM)

    assert len(names(response)) == people


# --- one person ------------------------------------------------------------------------------------------


def test_one_page_holds_all_that_speaks_for_a_person(client, supervisor, trainee, exam):
    passed = scored(trainee, exam, "88")
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
    client.force_login(supervisor)

    with django_assert_num_queries(12):
        response = client.get(reverse("trainer:person", args=[trainee.pk]))

    assert len(response.context["accommodations"]) == rows


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


# --- who may ---------------------------------------------------------------------------------------------


def test_trainees_may_not_look_at_teams(client, trainee, plan):
    attempt = AttemptFactory(learner=trainee, submitted=True)
    client.force_login(trainee)

    assert client.get(TEAM).status_code == 403
    assert client.get(reverse("trainer:person", args=[trainee.pk])).status_code == 403
    assert client.get(reverse("trainer:person_attempt", args=[trainee.pk, attempt.pk])).status_code == 403


def test_people_of_another_team_are_strangers(client, trainee, other_supervisor, plan):
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


def test_a_supervisor_without_a_team_sees_nobody(client, trainee, plan):
    client.force_login(UserFactory(role="supervisor"))

    assert names(client.get(TEAM)) == []


def test_two_teams_of_one_supervisor_can_be_told_apart(client, supervisor, trainee, plan):
    EmploymentFactory(user__display_name="小赵", team=TeamFactory(name="天猫二组", supervisor=supervisor))
    client.force_login(supervisor)

    page = client.get(TEAM, {"team": supervisor.teams.get(name="天猫二组").pk})

    assert names(page) == ["小赵"]
    assert '<select class="form-select" id="id_team"' in page.content.decode()
