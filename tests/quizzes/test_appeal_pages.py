from decimal import Decimal
from fractions import Fraction

import pytest

from quizzes.models import Appeal, Mark
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import AppealFactory, AttemptFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def appealed(learner, numerator=0, **question):
    """An open appeal against a mark of ``numerator`` / 2 on a question worth 4 marks, alone on its paper."""
    attempt = AttemptFactory(submitted=True, learner=learner, items=[QuestionFactory(**question)], items__marks=4)
    item = attempt.items.get()
    Mark.objects.filter(item=item).update(numerator=numerator, denominator=2)
    attempt.score, attempt.passed = Decimal(50 * numerator), False
    attempt.save()
    return AppealFactory(item=item, reason="签收当天我没有算。")


def decision(**changed):
    return {"decision": "accept", "points": "", "reply": "你说得对，题目有歧义。"} | changed


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("tab", ["", "decided"])
def test_the_queue_costs_the_same_for_any_length(client, supervisor, trainee, rows, tab, django_assert_num_queries):
    for _ in range(rows):
        AppealFactory(item=AttemptFactory(submitted=True, learner=trainee).items.first(), decided=bool(tab))
    client.force_login(supervisor)

    with django_assert_num_queries(7):
        response = client.get("/appeals/", {"tab": tab})

    assert len(response.context["page"]) == rows


def test_only_appeals_in_reach_are_seen_and_decided(client, supervisor, other_supervisor, admin, trainee):
    appeal = appealed(trainee)
    for user, seen, status in ((supervisor, 1, 200), (admin, 1, 200), (other_supervisor, 0, 404)):
        client.force_login(user)
        assert len(client.get("/appeals/").context["page"]) == seen
        assert client.get(f"/appeals/{appeal.pk}/").status_code == status
    client.force_login(other_supervisor)
    assert client.post(f"/appeals/{appeal.pk}/", decision()).status_code == 404
    client.force_login(trainee)
    assert client.get("/appeals/").status_code == 403
    appeal.refresh_from_db()
    assert appeal.state == Appeal.OPEN


def test_nobody_decides_their_own_appeal(client, supervisor):
    appeal = appealed(supervisor)
    client.force_login(supervisor)

    assert client.post(f"/appeals/{appeal.pk}/", decision()).status_code == 404


def test_the_page_shows_all_there_is_to_judge_by(client, supervisor, trainee, django_assert_num_queries):
    appeal = appealed(trainee, numerator=1)
    client.force_login(supervisor)

    with django_assert_num_queries(8):
        page = client.get(f"/appeals/{appeal.pk}/").content.decode()

    version = appeal.item.version
    for text in ("签收当天我没有算。", version.content["options"][0]["text"], version.explanation, "2 / 4 分"):
        assert text in page
    assert "请管理员更正答案" in page


def test_an_admin_is_led_to_the_correction(client, admin, trainee):
    appeal = appealed(trainee)
    client.force_login(admin)

    page = client.get(f"/appeals/{appeal.pk}/").content.decode()

    assert f"/bank/{appeal.item.version.question.slug}/correct/" in page


def test_accepting_gives_full_marks_unless_told_otherwise(client, supervisor, trainee):
    appeal = appealed(trainee)
    client.force_login(supervisor)

    client.post(f"/appeals/{appeal.pk}/", decision())

    appeal.refresh_from_db()
    mark = Mark.objects.standing().get(item=appeal.item)
    assert (appeal.state, appeal.decided_by, appeal.reply) == (Appeal.ACCEPTED, supervisor, "你说得对，题目有歧义。")
    assert (mark.fraction, mark.origin, mark.by) == (1, Mark.APPEAL, supervisor)
    attempt = appeal.item.attempt
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (100, True)


def test_accepting_can_give_a_part(client, supervisor, trainee):
    appeal = appealed(trainee)
    client.force_login(supervisor)

    client.post(f"/appeals/{appeal.pk}/", decision(points="1.5"))

    assert Mark.objects.standing().get(item=appeal.item).fraction == Fraction(3, 8)


def test_rejecting_leaves_the_mark(client, supervisor, trainee):
    appeal = appealed(trainee, numerator=1)
    client.force_login(supervisor)

    client.post(f"/appeals/{appeal.pk}/", decision(decision="reject", points="4"))

    appeal.refresh_from_db()
    assert appeal.state == Appeal.REJECTED
    assert Mark.objects.standing().get(item=appeal.item).origin == Mark.AUTOMATIC
    page = client.get("/appeals/?tab=decided").content.decode()
    assert str(supervisor) in page
    assert "你说得对" in page


def test_an_appeal_is_decided_once(client, supervisor, admin, trainee):
    appeal = appealed(trainee)
    client.force_login(supervisor)
    client.post(f"/appeals/{appeal.pk}/", decision(decision="reject"))
    client.post(f"/appeals/{appeal.pk}/", decision())  # the second click
    client.force_login(admin)

    response = client.post(f"/appeals/{appeal.pk}/", decision(), follow=True)

    assert "已经有人处理过" in response.content.decode()
    assert "提交结论" not in response.content.decode()
    appeal.refresh_from_db()
    assert (appeal.state, appeal.decided_by) == (Appeal.REJECTED, supervisor)
    assert Mark.objects.filter(item=appeal.item).count() == 1


@pytest.mark.parametrize(
    "changed, message",
    [
        ({"decision": ""}, "请选择申诉是否成立"),
        ({"reply": "  "}, "请写明理由"),
        ({"reply": "长" * 1001}, "答复最多 1000 个字"),
        ({"points": "5"}, "这道题满分 4 分"),
        ({"points": "-1"}, "得分不能小于 0"),
        ({"points": "很多"}, "请填一个数"),
        ({"points": "2"}, "得分要比现在高"),
    ],
)
def test_bad_input_is_named_and_decides_nothing(client, supervisor, trainee, changed, message):
    appeal = appealed(trainee, numerator=1)
    client.force_login(supervisor)

    response = client.post(f"/appeals/{appeal.pk}/", decision(**changed))

    assert response.status_code == 422
    assert message in response.content.decode()
    appeal.refresh_from_db()
    assert appeal.state == Appeal.OPEN


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_question_can_be_judged(client, supervisor, trainee, kind):
    item = AttemptFactory(submitted=True, learner=trainee, items=[QuestionFactory(kind=kind)]).items.get()
    if kind == Kind.FREE_TEXT:
        Mark.objects.create(
            item=item, version=item.version, numerator=0, denominator=1, origin=Mark.PERSON, by=supervisor,
            at=item.attempt.submitted_at,
        )  # fmt: skip
    appeal = AppealFactory(item=item)
    client.force_login(supervisor)

    assert client.get(f"/appeals/{appeal.pk}/").status_code == 200
