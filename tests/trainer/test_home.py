from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.quizzes import AttemptFactory, BlueprintFactory, NotebookEntryFactory
from tests.factories.trainer import (
    ConfirmationPlanFactory,
    LessonFactory,
    LessonReadFactory,
    RequirementFactory,
    UserFactory,
)
from trainer.rules.next_steps import StepKind
from trainer.rules.vocabulary import EmploymentState, RequirementKind

pytestmark = pytest.mark.django_db
HOME = "/"


@pytest.fixture
def plan():
    plan = ConfirmationPlanFactory(is_default=True)
    RequirementFactory(plan=plan, kind=RequirementKind.LESSONS_DONE, params={}, position=1, title="必修课程")
    RequirementFactory(
        plan=plan, kind=RequirementKind.EXAM_SCORE, params={"blueprint": "rules", "at_least": 85}, position=2
    )
    RequirementFactory(plan=plan, kind=RequirementKind.DAYS_IN_POST, params={"at_least": 30}, position=3)
    return plan


@pytest.fixture
def exam(plan):
    return BlueprintFactory(slug="rules", title="平台规则考试", sections__count=40)


def steps(response):
    return [(next.step.kind, next.step.target) for next in response.context["today"].steps]


def test_today_greets_with_the_date_and_shows_each_requirement(client, trainee, exam):
    client.force_login(trainee)

    page = client.get(HOME).content.decode()

    today = timezone.localdate()
    assert f"{today.month}月{today.day}日 周{'一二三四五六日'[today.weekday()]}" in page
    assert "小林" in page
    assert "必修课程" in page
    assert "还没考" in page
    assert "在岗第 20 天" in page
    assert "还差 10 天" in page
    assert "还差 3 项" in page


def test_the_ring_is_filled_as_far_as_each_requirement_has_come(client, trainee, exam):
    lessons = [LessonFactory(version__required=True) for _ in range(4)]
    LessonReadFactory(learner=trainee, lesson=lessons[0], done=True)
    AttemptFactory(learner=trainee, blueprint=exam, submitted=True)
    client.force_login(trainee)

    page = client.get(HOME).content.decode()

    assert 'class="ring-begun" cx="50" cy="50" r="44" pathLength="300" stroke-dasharray="22 300"' in page  # 1 of 4
    assert 'class="ring-met" cx="50" cy="50" r="44" pathLength="300" stroke-dasharray="90 300"' in page
    assert 'class="ring-begun" cx="50" cy="50" r="44" pathLength="300" stroke-dasharray="59 300"' in page  # 20 of 30
    assert "3 项要求已达成 1 项，总进度 63%" in page


def test_the_first_step_is_the_one_primary_action_and_two_follow(client, trainee, exam):
    lessons = [LessonFactory(version__required=True) for _ in range(4)]
    client.force_login(trainee)

    response = client.get(HOME)

    assert steps(response) == [(StepKind.READ_LESSON, lesson.slug) for lesson in lessons[:3]]
    page = response.content.decode()
    assert page.count("btn-primary") == 1
    assert f'btn btn-primary btn-lg" href="{reverse("trainer:lesson", args=[lessons[0].slug])}"' in page


def test_an_open_exam_comes_first_with_the_time_left(client, trainee, exam):
    LessonFactory(version__required=True)
    attempt = AttemptFactory(learner=trainee, blueprint=exam)
    client.force_login(trainee)

    response = client.get(HOME)

    assert steps(response)[0] == (StepKind.RESUME_EXAM, attempt.pk)
    assert "还剩 49\xa0分钟" in response.content.decode() or "还剩 50\xa0分钟" in response.content.decode()
    assert reverse("quizzes:sitting", args=[attempt.pk]) in response.content.decode()


def test_an_exam_that_may_be_repeated_only_later_is_no_step_but_says_when(client, trainee, exam):
    exam.cooldown_hours = 24
    exam.save()
    attempt = AttemptFactory(learner=trainee, blueprint=exam, submitted=True, score=Decimal("82.5"), items=0)
    client.force_login(trainee)

    response = client.get(HOME)

    page = response.content.decode()
    again = timezone.localtime(attempt.submitted_at + timedelta(hours=24))
    assert steps(response) == []
    assert f"{again:%H:%M} 以后可以再考" in page
    assert "82.5 分" in page
    assert "再考一份，到 87.5 分就够" in page
    assert reverse("quizzes:result", args=[attempt.pk]) in page


def test_wrong_questions_wait_until_they_are_cleared(client, trainee, plan):
    NotebookEntryFactory(learner=trainee)
    NotebookEntryFactory(learner=trainee, right_in_a_row=2)
    NotebookEntryFactory()
    client.force_login(trainee)

    response = client.get(HOME)

    assert response.context["today"].wrong == 1
    assert steps(response) == [(StepKind.PRACTISE_WRONG, "")]


def test_lessons_read_last_are_at_hand(client, trainee, plan):
    now = timezone.now()
    reads = [LessonReadFactory(learner=trainee, opened_at=now - timedelta(hours=hours)) for hours in (3, 1, 2, 5, 4)]
    LessonReadFactory()
    client.force_login(trainee)

    recent = [line.slug for line in client.get(HOME).context["today"].recent]

    assert recent == [reads[i].lesson.slug for i in (1, 2, 0, 4)]


@pytest.mark.parametrize(
    ("left", "state", "says"),
    [
        (70, EmploymentState.PROBATION, "还剩 <b>70</b> 天"),
        (0, EmploymentState.EXTENDED, "今天到期"),
        (-3, EmploymentState.PROBATION, "已经到期"),
        (-3, EmploymentState.CONFIRMED_EARLY, "提前转正"),
    ],
)
def test_today_tells_what_is_left_of_probation(client, trainee, plan, left, state, says):
    employment = trainee.employment
    employment.hired_on = timezone.localdate() - timedelta(days=40)
    employment.probation_ends_on = timezone.localdate() + timedelta(days=left)
    employment.state = state
    employment.save()
    client.force_login(trainee)

    assert says in client.get(HOME).content.decode()


def test_a_person_without_employment_is_told_whom_to_ask(client, db):
    client.force_login(UserFactory(role="trainee"))

    response = client.get(HOME)

    assert response.status_code == 200
    assert "任职记录" in response.content.decode()


def test_who_has_other_work_is_sent_there(client, supervisor, admin):
    client.force_login(supervisor)
    assert client.get(HOME).url == reverse("trainer:team")
    client.force_login(admin)
    assert client.get(HOME).url == reverse("trainer:content")


def test_strangers_sign_in_first(client, db):
    assert client.get(HOME).url.startswith("/accounts/login/")


@pytest.mark.parametrize("rows", [1, 4])
def test_today_costs_the_same_for_any_history(client, trainee, exam, rows, django_assert_num_queries):
    for _ in range(rows):
        LessonReadFactory(learner=trainee, lesson=LessonFactory(version__required=True), done=True)
        LessonFactory(version__required=True)
        AttemptFactory(learner=trainee, blueprint=exam, submitted=True)
        NotebookEntryFactory(learner=trainee)
    AttemptFactory(learner=trainee)
    client.force_login(trainee)

    with django_assert_num_queries(19):
        response = client.get(HOME)

    assert len(response.context["today"].recent) == rows


@pytest.mark.parametrize(
    "state, waits", [(EmploymentState.PROBATION, True), (EmploymentState.CONFIRMED_EARLY, False)]
)
def test_only_who_is_on_probation_waits_for_a_talk_about_it(client, trainee, state, waits):
    plan = ConfirmationPlanFactory(is_default=True)
    RequirementFactory(plan=plan, kind=RequirementKind.DAYS_IN_POST, params={"at_least": 10})
    type(trainee.employment).objects.filter(user=trainee).update(state=state)
    client.force_login(trainee)

    page = client.get(HOME).content.decode()

    assert "要求都达成了" in page
    assert ("主管会和你谈" in page) is ("等主管和你谈" in page) is waits
