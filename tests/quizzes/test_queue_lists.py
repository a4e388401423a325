"""What waits for a person is filtered, sorted and taken away; a file holds all pages of it, and nobody else's."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import CheckAppeal, CheckResult, OpenCheck
from quizzes.rules.vocabulary import Kind
from tests.factories.people import EmploymentFactory
from tests.factories.quizzes import AppealFactory, AttemptFactory, BlueprintFactory, QuestionFactory
from tests.quizzes.talking import talked

pytestmark = pytest.mark.django_db
QUEUES = ["/marking/", "/appeals/", "/roleplay/checks/"]


def sheet(client, path, **filters):
    """The rows of the file, without their head."""
    response = client.get(path, {**filters, "format": "xlsx"})
    assert "attachment" in response["Content-Disposition"]
    book = openpyxl.load_workbook(BytesIO(response.content))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    return list(book.active.iter_rows(min_row=2, values_only=True))


def person(supervisor, name):
    return EmploymentFactory(user__display_name=name, team=supervisor.teams.get()).user


def to_mark(learner, question=None, days=0, **more):
    text = question or QuestionFactory(kind=Kind.FREE_TEXT)
    started_at = timezone.now() - timedelta(days=days)
    return AttemptFactory(submitted=True, items=[text], learner=learner, started_at=started_at, **more).items.get()


def unsure(learner, check="greets"):
    """A talk with one check that the machine is unsure of."""
    result = CheckResult.objects.filter(turn__session=talked(learner, "在无锡"), check_name=check).first()
    OpenCheck.objects.get_or_create(
        result=result, defaults={"session": result.turn.session, "since": result.turn.session.ended_at}
    )
    return result


@pytest.fixture
def zhou(supervisor):
    """=周周 has one thing in every queue; so has 小吴, and so has somebody of another team."""
    return person(supervisor, "=周周")


@pytest.fixture
def full(supervisor, other_supervisor, zhou):
    stranger = other_supervisor.teams.get().members.get().user
    for learner in (zhou, person(supervisor, "小吴"), stranger):
        to_mark(learner)
        AppealFactory(item=AttemptFactory(submitted=True, learner=learner).items.first(), reason="=1+1")
        unsure(learner)


@pytest.mark.parametrize("path", QUEUES)
def test_a_queue_is_searched_by_name(client, supervisor, full, path):
    client.force_login(supervisor)

    assert "小吴" not in client.get(path, {"q": "周周"}).content.decode()
    assert "没有符合这些条件的" in client.get(path, {"q": "没有这人"}).content.decode()
    assert client.get(path, {"q": "林" * 41, "sort": "x", "why": "y", "check": "z", "tab": "w"}).status_code == 200


@pytest.mark.parametrize("path", QUEUES)
def test_the_file_holds_what_the_filter_finds_and_only_ones_own_people(client, supervisor, full, path):
    client.force_login(supervisor)

    assert {row[0] for row in sheet(client, path)} == {"'=周周", "小吴"}
    assert {row[0] for row in sheet(client, path, q="周周", page=7)} == {"'=周周"}


def test_the_file_holds_every_page(client, supervisor, zhou):
    for _ in range(27):
        to_mark(zhou)
    client.force_login(supervisor)

    assert len(client.get("/marking/").context["page"]) == 25 and len(sheet(client, "/marking/")) == 27


def test_answers_to_one_question_or_of_one_person_can_be_marked_together(client, supervisor, zhou):
    wu = person(supervisor, "小吴")
    first, second = QuestionFactory.create_batch(2, kind=Kind.FREE_TEXT)
    items = [to_mark(zhou, first, 4), to_mark(wu, second, 3), to_mark(wu, first, 2), to_mark(zhou, second, 1)]
    client.force_login(supervisor)

    def order(sort):
        return [items.index(item) for item in client.get("/marking/", {"sort": sort}).context["page"]]

    assert (order("oldest"), order("question"), order("person")) == ([0, 1, 2, 3], [0, 2, 1, 3], [0, 3, 1, 2])


def test_after_a_mark_comes_the_next_of_the_same_list(client, supervisor, zhou):
    exam = BlueprintFactory(slug="rules")
    item, after = to_mark(zhou, days=3, blueprint=exam), to_mark(zhou, blueprint=exam)
    to_mark(person(supervisor, "小吴"), days=2, blueprint=exam)
    to_mark(zhou, days=1)
    client.force_login(supervisor)
    query = "?q=周周&exam=rules"
    assert f"/marking/{item.pk}/?" in client.get(f"/marking/{query}").content.decode()

    response = client.post(f"/marking/{item.pk}/{query}", {"line-0": 2, "line-1": 3})

    assert response.headers["Location"].startswith(f"/marking/{after.pk}/?q=")


def test_decided_appeals_are_a_list_of_their_own_newest_first(client, supervisor, zhou):
    rows = [
        AppealFactory(item=AttemptFactory(submitted=True, learner=zhou).items.first(), decided=decided)
        for decided in (True, True, False)
    ]
    client.force_login(supervisor)

    assert list(client.get("/appeals/").context["page"]) == rows[2:]
    assert len(sheet(client, "/appeals/", tab="decided")) == 2


def test_checks_are_filtered_by_check_and_by_why_they_wait(client, supervisor, zhou):
    doubted, objected = unsure(zhou), unsure(zhou, "offline_payment")
    OpenCheck.objects.filter(result=objected).delete()
    CheckAppeal.objects.create(result=objected, reason="我说了", made_at=timezone.now())
    client.force_login(supervisor)

    def found(**filters):
        rows = client.get("/roleplay/checks/", filters).context["page"].object_list
        return {row.pk for row in rows} & {doubted.pk, objected.pk}

    assert found() == {doubted.pk, objected.pk}
    assert found(check="greets") == found(why="unsure") == {doubted.pk}
    assert found(why="objected") == {objected.pk}
    assert found(sort="check") == found(sort="newest") == {doubted.pk, objected.pk}


def test_how_far_people_agree_is_taken_away(client, supervisor):
    client.force_login(supervisor)

    rows = sheet(client, reverse("quizzes:calibration"))

    assert len(rows) == 20 and rows[0][1:] == (0, None, None, 0, None, None)
