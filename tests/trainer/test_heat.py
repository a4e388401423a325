"""People × topics: what is said, whom it shows, and what it costs."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.factories.desk import MasteryFactory
from tests.factories.people import EmploymentFactory, TeamFactory
from tests.factories.quizzes import TopicFactory

pytestmark = pytest.mark.django_db
HEAT = "/team/heat/"


@pytest.fixture
def returns():
    return TopicFactory(name="退换货")


def member(supervisor, name):
    return EmploymentFactory(user__display_name=name, team=supervisor.teams.first()).user


def names(response):
    return [str(row.employment.user) for row in response.context["page"]]


def test_a_cell_says_how_much_how_sure_and_in_a_word(client, supervisor, trainee, returns):
    MasteryFactory(learner=trainee, topic=returns, weight=40, credit=39)
    TopicFactory(name="发票")
    client.force_login(supervisor)

    response = client.get(HEAT)

    [row] = response.context["page"]
    assert [(cell.figure, cell.word) for cell in row.cells] == [(95, "稳"), (None, "题还少")]
    assert row.cells[0].spread == 4
    page = response.content.decode()
    assert "±4" in page and page.count("题还少") > 1


def test_the_weakest_come_first_and_who_has_answered_little_last(client, supervisor, trainee, returns):
    weak, strong = member(supervisor, "弱弱"), member(supervisor, "强强")
    MasteryFactory(learner=weak, topic=returns, weight=20, credit=8)
    MasteryFactory(learner=strong, topic=returns, weight=20, credit=19)
    client.force_login(supervisor)

    assert names(client.get(HEAT)) == ["弱弱", "强强", "小林"]
    assert names(client.get(HEAT, {"sort": "name"})) == ["强强", "弱弱", "小林"]
    assert names(client.get(HEAT, {"q": "弱"})) == ["弱弱"]


def test_only_ones_own_teams_are_seen(client, supervisor, trainee, other_supervisor, returns):
    MasteryFactory(learner=trainee, topic=returns)
    client.force_login(other_supervisor)

    assert "小林" not in names(client.get(HEAT))


def test_a_team_is_chosen_where_there_are_several(client, supervisor, trainee):
    second = TeamFactory(supervisor=supervisor)
    other = EmploymentFactory(team=second).user
    client.force_login(supervisor)

    assert names(client.get(HEAT, {"team": second.pk})) == [str(other)]


def test_the_weak_topics_of_a_person_are_listed_for_a_phone(client, supervisor, trainee, returns):
    MasteryFactory(learner=trainee, topic=returns, weight=30, credit=10)
    MasteryFactory(learner=trainee, topic=TopicFactory(name="发票"), weight=30, credit=30)
    client.force_login(supervisor)

    [row] = client.get(HEAT).context["page"]

    assert [str(cell.topic) for cell in row.weakest] == ["退换货"]


def test_it_is_taken_away_as_a_file(client, supervisor, trainee, returns):
    MasteryFactory(learner=trainee, topic=returns, weight=40, credit=39)
    client.force_login(supervisor)

    response = client.get(HEAT, {"format": "xlsx"})

    sheet = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert sheet == [["姓名", "小组", "退换货"], ["小林", "天猫一组", 95.0]]


def test_a_name_that_looks_like_a_formula_stays_a_name(client, supervisor):
    member(supervisor, "=1+1")
    client.force_login(supervisor)

    response = client.get(HEAT, {"format": "xlsx"})

    sheet = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert sheet[1][0] == "'=1+1"


def test_nobody_is_there_yet(client, other_supervisor):
    other_supervisor.teams.get().members.all().delete()
    client.force_login(other_supervisor)

    assert "还没有学员" in client.get(HEAT).content.decode()


@pytest.mark.parametrize("many", [1, 4])
def test_the_map_costs_the_same_for_any_team(client, supervisor, many, returns, django_assert_num_queries):
    for number in range(many):
        MasteryFactory(learner=member(supervisor, f"学员 {number}"), topic=returns)
    client.force_login(supervisor)

    with django_assert_num_queries(8):
        response = client.get(HEAT)

    assert len(response.context["page"]) == many
