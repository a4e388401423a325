import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.commands.rulings import ReasonMissing, rule_on_check
from quizzes.models import AuditEntry, CheckAppeal, CheckResult, OpenCheck, Ruling, SessionComment
from quizzes.rules.replies.judging import Judgement
from quizzes.signals import session_marked
from tests.quizzes.talking import begun, talked
from tests.rules.dialogue.talks import verdicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def unsure(monkeypatch):
    """The judge is unsure whether there was a greeting and whether the customer was lured off the platform."""
    from quizzes.commands import talk

    judgement = Judgement(verdicts("respectful", unsure={"greets": 0.4, "offline_payment": 0.6}))
    monkeypatch.setattr(talk, "judge", lambda reply, library: judgement)


def result_of(session, check):
    return CheckResult.objects.filter(turn__session=session, check_name=check).first()


def test_a_ruling_outranks_the_machine_and_the_talk_is_scored_anew(trainee, supervisor, unsure, now):
    session = talked(trainee, "在无锡，我催一下")
    before = session.score

    rule_on_check(
        result_id=result_of(session, "offline_payment").pk, verdict=True, reason="加微信", by=supervisor, at=now
    )
    session.refresh_from_db()
    assert session.outcome == "critical"
    rule_on_check(
        result_id=result_of(session, "offline_payment").pk, verdict=False, reason="不是", by=supervisor, at=now
    )
    rule_on_check(result_id=result_of(session, "greets").pk, verdict=False, reason="", by=supervisor, at=now)
    session.refresh_from_db()

    assert session.outcome != "critical"
    assert session.score < before
    assert not session.provisional
    assert session.low == session.score == session.high
    assert not OpenCheck.objects.exists()
    assert AuditEntry.objects.filter(action="check_ruled").count() == 3


def test_the_world_is_told_when_a_talk_ends_and_when_a_ruling_scores_it_anew(trainee, supervisor, unsure, now):
    heard = []
    session_marked.connect(listener := lambda session, **kwargs: heard.append((session.pk, session.outcome)))

    session = talked(trainee, "在无锡，我催一下")
    rule_on_check(
        result_id=result_of(session, "offline_payment").pk, verdict=True, reason="加微信", by=supervisor, at=now
    )

    session_marked.disconnect(listener)
    assert [pk for pk, _outcome in heard] == [session.pk, session.pk]
    assert heard[-1][1] == "critical" != heard[0][1]


def test_against_the_machine_a_reason_is_needed(trainee, supervisor, unsure, now):
    session = talked(trainee, "在无锡")
    with pytest.raises(ReasonMissing):
        rule_on_check(result_id=result_of(session, "greets").pk, verdict=True, reason=" ", by=supervisor, at=now)
    assert not Ruling.objects.exists()


def test_the_queue_shows_what_is_unsure_and_a_ruling_takes_it_out(client, trainee, supervisor, unsure):
    session = talked(trainee, "在无锡")
    client.force_login(supervisor)
    queue, rule = reverse("quizzes:check_queue"), reverse("quizzes:rule_check", args=[session.pk])
    assert [item.result.check_name for item in client.get(queue).context["waiting"]] == ["greets", "offline_payment"]

    form = {"result": result_of(session, "greets").pk, "next": "queue"}
    page = client.post(rule, {**form, "verdict": "yes"}, follow=True).content.decode()
    assert "要写一句理由" in page
    client.post(rule, {**form, "verdict": "no"})

    assert [item.result.check_name for item in client.get(queue).context["waiting"]] == ["offline_payment"]


def test_the_queue_holds_people_in_reach_only(client, trainee, other_supervisor, unsure):
    talked(trainee, "在无锡")
    client.force_login(other_supervisor)

    assert client.get(reverse("quizzes:check_queue")).context["waiting"] == []


@pytest.mark.parametrize("many", [1, 3])
def test_the_queue_costs_the_same_for_any_length(client, trainee, supervisor, unsure, many, django_assert_num_queries):
    for _number in range(many):
        talked(trainee, "在无锡")
    client.force_login(supervisor)

    with django_assert_num_queries(7):
        client.get(reverse("quizzes:check_queue"))


def test_an_objection_comes_first_and_the_ruling_answers_it(client, trainee, supervisor, unsure):
    session = talked(trainee, "在无锡")
    result = result_of(session, "greets")
    client.force_login(trainee)
    appeal = reverse("quizzes:appeal_check", args=[session.pk])
    client.post(appeal, {"result": result.pk, "reason": ""})
    client.post(appeal, {"result": result.pk, "reason": "我说了您好"})
    client.post(appeal, {"result": result.pk, "reason": "再说一遍"})
    client.force_login(supervisor)
    queue = client.get(reverse("quizzes:check_queue"))
    assert queue.context["waiting"][0].appeal.reason == "我说了您好"

    rule = reverse("quizzes:rule_check", args=[session.pk])
    client.post(rule, {"result": result.pk, "verdict": "yes", "reason": "确实说了"})

    assert CheckAppeal.objects.get().ruling.verdict
    client.force_login(trainee)
    page = client.get(reverse("quizzes:debrief", args=[session.pk])).content.decode()
    assert "确实说了" in page


def test_a_check_of_another_talk_is_not_ruled_on_by_this_address(client, trainee, supervisor, unsure):
    one, other = talked(trainee, "在无锡"), talked(trainee, "在无锡")
    client.force_login(supervisor)

    form = {"result": result_of(other, "greets").pk, "verdict": "no"}
    assert client.post(reverse("quizzes:rule_check", args=[one.pk]), form).status_code == 404


def test_a_talk_that_still_goes_on_is_not_ruled_on(client, trainee, supervisor):
    session = begun(trainee)
    client.force_login(supervisor)

    assert client.post(reverse("quizzes:rule_check", args=[session.pk])).status_code == 404


def test_a_blind_rating_is_compared_and_does_not_count(client, trainee, supervisor, unsure):
    session = talked(trainee, "在无锡")
    turn, before = session.turns.get(kind="say"), session.score
    client.force_login(supervisor)
    page = client.get(reverse("quizzes:calibration"))
    assert page.context["turn"] == turn
    assert "还没有人盲评过" in page.content.decode()

    blind = reverse("quizzes:blind", args=[turn.pk])
    client.post(blind, {"shows": ["greets", "nonsense"]})
    client.post(blind, {"shows": ["uncivil"]})

    session.refresh_from_db()
    assert session.score == before
    assert Ruling.objects.filter(blind=True).count() == 20
    page = client.get(reverse("quizzes:calibration"))
    assert "还没有人盲评过" not in page.content.decode()
    rows = {row.label: row for row in page.context["rows"]}
    assert (rows["问候"].machine.count, rows["问候"].machine.same) == (1, 0)
    assert rows["共情或致歉"].machine.share == 1
    assert page.context["turn"] is None


def test_two_people_are_compared(client, trainee, supervisor, admin, unsure, now):
    session = talked(trainee, "在无锡")
    turn = session.turns.get(kind="say")
    rule_on_check(result_id=result_of(session, "greets").pk, verdict=False, reason="", by=supervisor, at=now)
    client.force_login(admin)
    client.post(reverse("quizzes:blind", args=[turn.pk]), {"shows": ["greets"]})

    rows = {row.label: row for row in client.get(reverse("quizzes:calibration")).context["rows"]}
    assert (rows["问候"].raters.count, rows["问候"].raters.same) == (1, 0)


def test_a_comment_is_read_by_the_trainee(client, trainee, supervisor):
    session = talked(trainee)
    client.force_login(supervisor)
    url = reverse("quizzes:comment", args=[session.pk])
    client.post(url, {"text": " "})
    client.post(url, {"text": "开头很好"})

    assert SessionComment.objects.get().text == "开头很好"
    client.force_login(trainee)
    assert "开头很好" in client.get(reverse("quizzes:debrief", args=[session.pk])).content.decode()


def test_rulings_are_dated(trainee, supervisor, unsure):
    session = talked(trainee, "在无锡")
    at = timezone.now()
    rule_on_check(result_id=result_of(session, "greets").pk, verdict=False, reason="", by=supervisor, at=at)

    assert Ruling.objects.get().at == at
