from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.factories.quizzes import (
    AttemptFactory,
    BlueprintFactory,
)
from tests.factories.trainer import (
    ConfirmationPlanFactory,
    EmploymentFactory,
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
    return BlueprintFactory(slug="rules", sections__count=40)


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
    scored(member(supervisor, "小吴", days=25), exam, "70")
    client.force_login(supervisor)

    page = client.get(TEAM).content.decode()

    assert "规则考试" in page
    assert "临界，再考一卷" in page
    assert "差 15 分" in page
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

    with django_assert_num_queries(13):
        response = client.get(TEAM)

    assert len(names(response)) == people


def test_a_supervisor_without_a_team_sees_nobody(client, trainee, plan):
    client.force_login(UserFactory(role="supervisor"))

    assert names(client.get(TEAM)) == []


def test_two_teams_of_one_supervisor_can_be_told_apart(client, supervisor, trainee, plan):
    EmploymentFactory(user__display_name="小赵", team=TeamFactory(name="天猫二组", supervisor=supervisor))
    client.force_login(supervisor)

    page = client.get(TEAM, {"team": supervisor.teams.get(name="天猫二组").pk})

    assert names(page) == ["小赵"]
    assert '<select class="form-select" id="id_team"' in page.content.decode()


def test_the_list_is_taken_away_as_a_file(client, supervisor, plan, exam):
    member(supervisor, "=1+1")
    client.force_login(supervisor)

    sheet = CalamineWorkbook.from_filelike(BytesIO(client.get(TEAM, {"format": "xlsx"}).content))

    head, row = sheet.get_sheet_by_index(0).to_python()
    assert head[:2] == ["姓名", "小组"] and row[:2] == ["'=1+1", "天猫一组"]
