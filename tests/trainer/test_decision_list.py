"""The list of decisions: due, waiting, appealed, made; in reach, sorted, paged and exported."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone

from tests.factories.decisions import DecisionAppealFactory, DecisionFactory
from tests.factories.trainer import EmploymentFactory, StandingSnapshotFactory, UserFactory
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db
LIST = "/team/decisions/"


def member(supervisor, name="学员", left=60, **more):
    today = timezone.localdate()
    return EmploymentFactory(
        user__display_name=name,
        team=supervisor.teams.get(),
        hired_on=today - timedelta(days=30),
        probation_ends_on=today + timedelta(days=left),
        **more,
    )


def ready(supervisor, name="齐了", **more):
    employment = member(supervisor, name, **more)
    StandingSnapshotFactory(employment=employment, met=4, percent=100, all_met=True)
    return employment


def names(client, show, **filters):
    response = client.get(LIST, {"show": show, **filters})
    rows = response.context["page"].object_list
    return [str(_person(row)) for row in rows]


def _person(row):
    if hasattr(row, "user"):
        return row.user
    return (row.decision if hasattr(row, "decision") else row).employment.user


@pytest.fixture
def signed_in(client, supervisor):
    client.force_login(supervisor)
    return client


def test_each_tab_has_its_people_and_counts(signed_in, supervisor):
    ready(supervisor)
    member(supervisor, "快到期", left=14)
    member(supervisor, "早着呢", left=15)
    member(supervisor, "已转正", left=3, state=EmploymentState.CONFIRMED)
    waiting = member(supervisor, "待复签", left=5)
    DecisionFactory(employment=waiting, pending=True)
    DecisionFactory(employment=member(supervisor, "定了", state=EmploymentState.CONFIRMED_EARLY))
    appeal = DecisionFactory(employment=member(supervisor, "不服", state=EmploymentState.REFUSED), kind="refuse")
    DecisionAppealFactory(decision=appeal)

    counts = signed_in.get(LIST).context["counts"]

    assert counts == {"ready": 1, "ending": 1, "late": 0, "pending": 1, "decided": 2, "appeals": 1}
    assert names(signed_in, "ready") == ["齐了"]
    assert names(signed_in, "ending") == ["快到期"]
    assert names(signed_in, "pending") == ["待复签"]
    assert names(signed_in, "appeals") == ["不服"]
    assert names(signed_in, "decided", sort="name") == ["不服", "定了"]


def test_other_teams_are_out_of_reach(signed_in, other_supervisor):
    ready(other_supervisor)
    DecisionFactory(employment=member(other_supervisor))
    DecisionAppealFactory(decision__employment=member(other_supervisor))
    DecisionFactory(employment=member(other_supervisor), pending=True)
    UserFactory(role="admin")

    assert set(signed_in.get(LIST).context["counts"].values()) == {0}


def test_who_is_asked_to_sign_sees_the_proposal(signed_in, supervisor, other_supervisor):
    DecisionFactory(employment=member(other_supervisor, "请你签"), pending=True, asked=supervisor)

    assert names(signed_in, "pending") == ["请你签"]


def test_an_admin_sees_all_teams_and_chooses_one(client, admin, supervisor, other_supervisor):
    ready(supervisor, "甲")
    ready(other_supervisor, "乙")
    client.force_login(admin)

    assert names(client, "ready", sort="name") == ["乙", "甲"]
    assert names(client, "ready", team=supervisor.teams.get().pk) == ["甲"]


def test_lists_are_searched_and_sorted(signed_in, supervisor):
    ready(supervisor, "周一", left=50)
    ready(supervisor, "林二", left=20)
    ready(supervisor, "周三", left=30)

    assert names(signed_in, "ready") == ["林二", "周三", "周一"]
    assert names(signed_in, "ready", q="周") == ["周三", "周一"]
    assert names(signed_in, "ready", sort="name") == ["周一", "周三", "林二"]
    assert names(signed_in, "ready", sort="x", team="y", kind="z") == ["林二", "周三", "周一"]


def test_decisions_are_filtered_by_what_was_decided(signed_in, supervisor):
    DecisionFactory(employment=member(supervisor, "早"), kind="early")
    DecisionFactory(employment=member(supervisor, "拒"), kind="refuse")

    assert names(signed_in, "decided", kind="refuse") == ["拒"]


def test_long_lists_are_paged(signed_in, supervisor):
    for number in range(26):
        ready(supervisor, f"学员 {number}")

    assert len(names(signed_in, "ready")) == 25
    assert len(names(signed_in, "ready", page=2)) == 1


@pytest.mark.parametrize("page", ["/team/decisions/?show=ending", "/team/"])
def test_probation_that_ended_without_a_word_is_critical(client, admin, supervisor, page):
    member(supervisor, "过期", left=-2)
    for user in (supervisor, admin):
        client.force_login(user)
        shown = client.get(page).content.decode()

        assert "1 人的试用期已到，还没有结论" in shown
        assert "这是我们没有按时决定，不是学员的问题" in shown


@pytest.mark.parametrize("show", ["ready", "ending", "pending", "appeals", "decided"])
def test_an_empty_tab_says_so(signed_in, show):
    assert 'class="empty"' in signed_in.get(LIST, {"show": show}).content.decode()


def test_the_export_is_excel_and_no_cell_is_a_formula(signed_in, supervisor):
    DecisionFactory(employment=member(supervisor, "=1+1"), reasons='=HYPERLINK("http://x","y")')

    response = signed_in.get(LIST, {"show": "decided", "format": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active

    row = next(iter(sheet.iter_rows(min_row=2)))
    assert row[0].value == "'=1+1"
    assert all(cell.data_type != "f" for cell in row)


@pytest.mark.parametrize("show", ["ready", "ending", "pending", "appeals", "decided"])
def test_every_tab_can_be_exported(signed_in, supervisor, show):
    ready(supervisor, left=5)
    DecisionFactory(employment=member(supervisor), pending=True)
    DecisionAppealFactory(decision__employment=member(supervisor))

    sheet = openpyxl.load_workbook(BytesIO(signed_in.get(LIST, {"show": show, "format": "xlsx"}).content)).active

    assert sheet.max_row == 2


@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize("show", ["ready", "pending", "appeals", "decided"])
def test_the_list_costs_the_same_for_any_number(signed_in, supervisor, rows, show, django_assert_max_num_queries):
    for number in range(rows):
        ready(supervisor, f"齐 {number}", left=5)
        DecisionFactory(employment=member(supervisor), pending=True)
        DecisionAppealFactory(decision__employment=member(supervisor))

    with django_assert_max_num_queries(12) as queries:
        signed_in.get(LIST, {"show": show})

    assert len(queries) == {"ready": 10, "pending": 10, "appeals": 8, "decided": 10}[show]
