from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils import timezone

from quizzes.models import Mark
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import AttemptFactory, BlueprintFactory, MarkFactory, QuestionFactory, StepFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return QuestionFactory(kind=Kind.FREE_TEXT)  # rubric: 2 and 3 points


def waiting(question, learner, **attempt):
    return AttemptFactory(submitted=True, items=[question], learner=learner, **attempt).items.get()


def points(*given, **more):
    return {f"line-{number}": value for number, value in enumerate(given)} | more


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_costs_the_same_for_any_length(
    client, supervisor, trainee, question, rows, django_assert_num_queries
):
    for _ in range(rows):
        waiting(question, trainee)
    client.force_login(supervisor)

    with django_assert_num_queries(8):
        response = client.get("/marking/")

    assert len(response.context["page"]) == rows


def test_the_queue_holds_what_waits_oldest_first(client, supervisor, trainee, question):
    young = waiting(question, trainee)
    old = waiting(question, trainee, started_at=timezone.now() - timedelta(days=2))
    middle = waiting(question, trainee, started_at=timezone.now() - timedelta(days=1))
    MarkFactory(item=waiting(question, trainee), by_person=True)  # has its mark
    AttemptFactory(learner=trainee, items=[question])  # still open
    waiting(QuestionFactory(), trainee)  # marked by itself
    client.force_login(supervisor)

    page = client.get("/marking/").context["page"]

    assert list(page) == [old, middle, young]


def test_the_queue_can_be_narrowed_to_an_exam(client, supervisor, trainee, question):
    rules, sales = BlueprintFactory(slug="rules"), BlueprintFactory(slug="sales")
    item = waiting(question, trainee, blueprint=rules)
    waiting(question, trainee, blueprint=sales)
    client.force_login(supervisor)

    assert list(client.get("/marking/", {"exam": "rules"}).context["page"]) == [item]
    assert len(client.get("/marking/", {"exam": "nonsense"}).context["page"]) == 2


def test_only_people_in_reach_are_marked(client, supervisor, other_supervisor, admin, trainee, question):
    item = waiting(question, trainee)
    for user, seen, status in ((supervisor, 1, 200), (admin, 1, 200), (other_supervisor, 0, 404)):
        client.force_login(user)
        assert len(client.get("/marking/").context["page"]) == seen
        assert client.get(f"/marking/{item.pk}/").status_code == status
    client.force_login(other_supervisor)
    assert client.post(f"/marking/{item.pk}/", points(2, 3)).status_code == 404
    client.force_login(trainee)
    assert client.get("/marking/").status_code == 403
    assert not Mark.objects.exists()


def test_nobody_marks_their_own_answer(client, supervisor, question):
    item = waiting(question, supervisor)
    client.force_login(supervisor)

    assert len(client.get("/marking/").context["page"]) == 0
    assert client.post(f"/marking/{item.pk}/", points(2, 3)).status_code == 404


def test_marking_page_costs_the_same_whatever_waits(client, supervisor, trainee, question, django_assert_num_queries):
    item = waiting(question, trainee)
    client.force_login(supervisor)
    for _ in range(2):
        with django_assert_num_queries(8):
            client.get(f"/marking/{item.pk}/")
        waiting(question, trainee)


def test_saving_marks_and_opens_the_next_of_the_same_exam(client, supervisor, trainee, question):
    exam = BlueprintFactory(slug="rules")
    first = waiting(question, trainee, blueprint=exam, started_at=timezone.now() - timedelta(days=2))
    waiting(question, trainee, started_at=timezone.now() - timedelta(days=1))
    third = waiting(question, trainee, blueprint=exam)
    client.force_login(supervisor)

    response = client.post(f"/marking/{first.pk}/?exam=rules", points(2, 1, comment="少了核实的时间"))

    assert response.headers["Location"] == f"/marking/{third.pk}/?exam=rules"
    mark = Mark.objects.standing().get()
    assert (mark.item, mark.fraction, mark.origin, mark.by) == (first, Fraction(3, 5), Mark.PERSON, supervisor)
    assert mark.comment == "少了核实的时间"
    first.attempt.refresh_from_db()
    assert first.attempt.score == 60

    assert client.post(f"/marking/{third.pk}/?exam=rules", points(2, 3)).headers["Location"] == "/marking/"


def test_the_second_of_two_markers_is_told(client, supervisor, admin, trainee, question):
    item = waiting(question, trainee)
    client.force_login(supervisor)
    client.post(f"/marking/{item.pk}/", points(2, 3))
    client.force_login(admin)

    response = client.post(f"/marking/{item.pk}/", points(0, 0), follow=True)

    assert "已经有人批改" in response.content.decode()
    assert Mark.objects.standing().get().by == supervisor


def test_a_marked_answer_shows_its_mark_and_no_form(client, supervisor, trainee, question):
    item = waiting(question, trainee)
    client.force_login(supervisor)
    client.post(f"/marking/{item.pk}/", points(2, 0, comment="先道歉，好"))

    page = client.get(f"/marking/{item.pk}/").content.decode()

    assert "先道歉，好" in page
    assert "保存并看下一份" not in page


@pytest.mark.parametrize(
    "data, message",
    [
        (points(2), "这一条还没有给分"),
        (points(2, 4), "这一条给 0 到 3 分"),
        (points(-1, 3), "这一条给 0 到 2 分"),
        (points("x", 3), "这一条给 0 到 2 分"),
        (points(2, 3, comment="好" * 1001), "评语最多 1000 个字"),
    ],
)
def test_bad_points_are_named_and_mark_nothing(client, supervisor, trainee, question, data, message):
    item = waiting(question, trainee)
    client.force_login(supervisor)

    response = client.post(f"/marking/{item.pk}/", data)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Mark.objects.exists()


def test_the_newest_answer_is_shown(client, supervisor, trainee, question):
    item = waiting(question, trainee)
    StepFactory(item=item, sequence=2, answer="这是<b>改过</b>的回答")
    client.force_login(supervisor)

    assert "这是&lt;b&gt;改过&lt;/b&gt;的回答" in client.get(f"/marking/{item.pk}/").content.decode()


def test_items_that_are_no_free_text_are_not_marked_here(client, supervisor, trainee):
    item = waiting(QuestionFactory(), trainee)
    client.force_login(supervisor)

    assert client.get(f"/marking/{item.pk}/").status_code == 404
