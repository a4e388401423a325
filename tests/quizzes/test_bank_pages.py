from decimal import Decimal

import pytest

from quizzes.models import AuditEntry, Mark, QuestionVersion
from quizzes.rules.vocabulary import Kind, QuestionState
from tests.factories.quizzes import (
    AppealFactory,
    AttemptFactory,
    BareQuestionFactory,
    QuestionFactory,
    QuestionVersionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def found(client, **wanted):
    response = client.get("/bank/", wanted)
    assert response.status_code == 200
    return [question.slug for question in response.context["page"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_bank_costs_the_same_for_any_length(client, admin, rows, django_assert_num_queries):
    QuestionFactory.create_batch(rows, tags=["case"])
    client.force_login(admin)

    with django_assert_num_queries(10):
        response = client.get("/bank/")

    assert len(response.context["page"]) == rows


def test_each_filter_finds_its_questions(client, admin):
    returns = TopicFactory(slug="returns")
    QuestionFactory(slug="one", stem="顾客要退货，先做什么？", topic=returns, lesson_key="seven-days", tags=["case"])
    QuestionFactory(
        slug="two", kind=Kind.NUMERIC, difficulty=5, platform="douyin", origin="generated", state=QuestionState.REVIEW
    )
    client.force_login(admin)

    assert found(client, text="退货 先做") == ["one"]
    assert found(client, text="seven-days") == ["one"]
    assert found(client, text="two") == ["two"]
    assert found(client, topic="returns") == ["one"]
    assert found(client, tag="case") == ["one"]
    assert found(client, kind="numeric") == ["two"]
    assert found(client, difficulty="5") == ["two"]
    assert found(client, platform="douyin") == ["two"]
    assert found(client, origin="generated") == ["two"]
    assert found(client, state="review") == ["two"]
    assert found(client, state="review", kind="single") == []
    assert found(client, kind="nonsense", topic="nonsense", page="x") == ["one", "two"]


def test_questions_with_appeals_are_found_and_come_first(client, admin, trainee):
    quiet, loud = QuestionFactory(slug="a"), QuestionFactory(slug="b")
    attempt = AttemptFactory(learner=trainee, submitted=True, items=[quiet, loud])
    AppealFactory(item=attempt.items.get(version=loud.current), decided=True)
    client.force_login(admin)

    assert found(client, appeals="any") == ["b"]
    assert found(client, appeals="open") == []
    assert found(client, order="appeals") == ["b", "a"]


def test_questions_are_sorted_by_how_they_are_answered(client, admin):
    QuestionFactory(slug="a")
    QuestionFactory(slug="b", answers=10, credit=Decimal(9))
    QuestionFactory(slug="c", answers=4, credit=Decimal(1))
    client.force_login(admin)

    assert found(client, order="hardest") == ["c", "b", "a"]
    assert found(client, order="easiest") == ["b", "c", "a"]
    assert found(client, order="answers") == ["b", "c", "a"]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_question_page_costs_the_same_for_any_history(client, admin, trainee, rows, django_assert_num_queries):
    question = QuestionFactory(slug="q", facts=[f"fact-{n}" for n in range(rows)], lesson_key="lesson")
    for number in range(rows):
        attempt = AttemptFactory(learner=trainee, submitted=True, items=[question])
        AppealFactory(item=attempt.items.get())
        QuestionVersionFactory(question=question, number=number + 2)
    client.force_login(admin)

    with django_assert_num_queries(11):
        response = client.get("/bank/q/")

    assert len(response.context["appeals"]) == rows
    assert len(response.context["history"]) == rows + 1


def test_a_question_page_shows_key_versions_and_who_chose_what(client, admin):
    question = QuestionFactory(slug="q", facts=["fact-one"], explanation="先安抚，再核实。")
    right, wrong, _ = question.current.content["options"]
    AttemptFactory.create_batch(2, submitted=True, items=[question])
    step = Mark.objects.first().step
    type(step).objects.filter(pk=step.pk).update(answer=wrong["id"])
    old, new = question.current, QuestionVersionFactory(question=question, number=2, explanation="先核实，再安抚。")
    question.current = new
    question.save()
    client.force_login(admin)

    response = client.get("/bank/q/")

    counts = {row.text: (row.count, row.share, row.correct) for row in response.context["answered"].options}
    assert counts[right["text"]] == (1, 50, True)
    assert counts[wrong["text"]] == (1, 50, False)
    newest, first = response.context["history"]
    assert (newest.version, first.version) == (new, old)
    assert any(piece.changed for row in newest.rows for piece in row.pieces)
    assert first.rows == ()
    page = response.content.decode()
    assert "fact-one" not in page, "the facts are those of the current version"
    assert right["text"] in page


def test_every_kind_of_question_has_a_page(client, admin):
    client.force_login(admin)
    for kind in Kind:
        question = QuestionFactory(kind=kind)
        QuestionVersion.objects.create(
            **{f.attname: getattr(question.current, f.attname) for f in QuestionVersion._meta.fields if f.name != "id"}
            | {"number": 2, "explanation": "换一种说法"}
        )
        assert client.get(f"/bank/{question.slug}/").status_code == 200, kind


def test_a_draft_without_content_has_a_page_and_cannot_go_live(client, admin):
    BareQuestionFactory(slug="empty")
    client.force_login(admin)

    assert client.get("/bank/empty/").status_code == 200
    response = client.post("/bank/empty/state/", {"state": "live"}, follow=True)

    assert "还没有内容" in response.content.decode()


def test_a_reviewer_moves_a_question_and_a_supervisor_may_not(client, admin, supervisor):
    question = QuestionFactory(slug="q")
    client.force_login(supervisor)
    assert client.post("/bank/q/state/", {"state": "retired"}).status_code == 403
    client.force_login(admin)

    client.post("/bank/q/state/", {"state": "retired"})
    response = client.post("/bank/q/state/", {"state": "nonsense"}, follow=True)

    question.refresh_from_db()
    assert question.state == QuestionState.RETIRED
    assert AuditEntry.objects.filter(target="question:q", by=admin).count() == 1
    assert "没有“nonsense”这个状态" in response.content.decode()


def test_a_supervisor_reads_the_bank_and_a_trainee_does_not(client, supervisor, trainee):
    QuestionFactory(slug="q")
    client.force_login(supervisor)
    page = client.get("/bank/q/").content.decode()
    assert "更正答案" not in page
    assert "停用" not in page

    client.force_login(trainee)
    assert client.get("/bank/").status_code == 403
    assert client.get("/bank/q/").status_code == 403


def test_a_supervisor_sees_only_the_appeals_of_their_people(client, supervisor, other_supervisor, trainee):
    question = QuestionFactory(slug="q")
    AppealFactory(item=AttemptFactory(learner=trainee, submitted=True, items=[question]).items.get())
    for user, seen in ((supervisor, 1), (other_supervisor, 0)):
        client.force_login(user)
        assert len(client.get("/bank/q/").context["appeals"]) == seen
