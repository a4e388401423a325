"""A decision as everybody concerned sees it: signing, returning, appealing, answering."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.trainer import UserFactory
from tests.trainer.deciding import decided, ends_in, marked_by, record_of, scored, seen, standard_plan
from trainer.commands.certificates import follow_decision
from trainer.commands.decision_appeals import appeal_decision
from trainer.commands.postings import move_team
from trainer.commands.statements import save_statement
from trainer.forms.decisions import sign_packet
from trainer.models import Decision, DecisionAppeal, Statement
from trainer.rules.decisions import DecisionKind, DecisionState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plan():
    return standard_plan()


@pytest.fixture
def chen(db):
    return UserFactory(role="supervisor", display_name="陈屿")


@pytest.fixture
def pending(trainee, supervisor, chen):
    marked_by(trainee, supervisor)
    return decided(trainee, supervisor, asked=chen)


@pytest.fixture
def refused(trainee, supervisor):
    ends_in(trainee, 20)
    return decided(trainee, supervisor, DecisionKind.REFUSE)


def at(decision, step=""):
    return f"/decisions/{decision.pk}/{step}"


def text(response):
    return response.content.decode()


def appealed(decision):
    return appeal_decision(
        decision_id=decision.pk, learner_id=decision.employment.user_id, reason="漏看了对练。", at=timezone.now()
    )


def test_a_proposal_is_nothing_for_the_trainee_yet(client, pending, trainee):
    client.force_login(trainee)
    assert client.get(at(pending)).status_code == 404


def test_who_was_asked_signs_without_having_the_person_in_reach(client, pending, trainee, chen):
    client.force_login(chen)
    page = client.get(at(pending))
    assert "你来复签" in text(page)

    response = client.post(at(pending, "sign/"), {"seen": page.context["seen"]}, follow=True)

    pending.refresh_from_db()
    assert "已复签，结论生效" in text(response)
    assert pending.countersigned_by == chen


def test_signing_on_stale_evidence_shows_what_changed(client, pending, trainee, chen):
    client.force_login(chen)
    looked_at = sign_packet(seen(trainee))
    scored(trainee, "71")

    response = client.post(at(pending, "sign/"), {"seen": looked_at})

    assert response.status_code == 409
    assert "材料又变了" in text(response)
    assert "71" in text(response)
    pending.refresh_from_db()
    assert pending.is_pending


def test_returning_needs_a_reason(client, pending, chen):
    client.force_login(chen)

    refused = client.post(at(pending, "return/"), {"note": ""})
    client.post(at(pending, "return/"), {"note": "先做复查。"})

    assert refused.status_code == 422
    pending.refresh_from_db()
    assert (pending.state, pending.closing_note) == (DecisionState.RETURNED, "先做复查。")


def test_signing_what_was_withdrawn_says_so(client, pending, trainee, supervisor, chen):
    client.force_login(supervisor)
    client.post(at(pending, "withdraw/"))
    client.force_login(chen)

    response = client.post(at(pending, "sign/"), {"seen": sign_packet(seen(trainee))}, follow=True)

    assert "已经有人处理过了" in text(response)


def test_the_page_shows_it_as_it_was_and_what_has_changed_since(client, trainee, supervisor):
    scored(trainee, "96")
    decision = decided(trainee, supervisor)
    scored(trainee, "99")
    client.force_login(supervisor)

    page = text(client.get(at(decision)))

    assert "96 分" in page
    assert "新增" in page
    assert "材料完好" in page
    assert decision.digest in page


def test_a_tampered_packet_is_noticed(client, trainee, supervisor):
    decision = decided(trainee, supervisor)
    forged = decision.packet | {"all_met": True, "days_left": 99}
    Decision._base_manager.filter(pk=decision.pk)._update([(Decision._meta.get_field("packet"), None, forged)])
    client.force_login(supervisor)

    assert "哈希对不上" in text(client.get(at(decision)))


def test_the_supervisor_of_that_time_is_named_and_has_no_reach_any_more(
    client, trainee, supervisor, other_supervisor, admin
):
    decision = decided(trainee, supervisor)
    move_team(
        employment_id=record_of(trainee).pk, team=other_supervisor.teams.get(), by=admin, at=timezone.now()
    )
    client.force_login(supervisor)
    assert client.get(at(decision)).status_code == 404
    client.force_login(other_supervisor)

    page = text(client.get(at(decision)))

    assert "当时的主管" in page
    assert "王主管" in page


def test_the_trainee_reads_the_reasons_and_the_evidence_from_their_side(client, refused, trainee):
    attempt_page = "/attempts/"
    client.force_login(trainee)

    page = text(client.get(at(refused)))

    assert "考试和跟班都稳" in page
    assert f"/team/{trainee.pk}{attempt_page}" not in page
    assert "可以在" in page
    assert at(refused, "appeal/") in page


def test_appealing_and_reading_who_answers_by_when(client, refused, trainee, admin):
    client.force_login(trainee)

    response = client.post(at(refused, "appeal/"), {"reason": "漏看了对练。"}, follow=True)

    assert "没有参与这个结论的人" in text(response)
    assert "前答复" in text(response)
    assert DecisionAppeal.objects.get().reason == "漏看了对练。"


def test_an_appeal_needs_a_reason(client, refused, trainee):
    client.force_login(trainee)

    response = client.post(at(refused, "appeal/"), {"reason": " "})

    assert "请写出理由" in text(response)
    assert not DecisionAppeal.objects.exists()


def test_a_late_appeal_is_refused_politely_and_its_words_are_kept(client, refused, trainee, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=9))
    client.force_login(trainee)

    late = client.post(at(refused, "appeal/"), {"reason": "写了很久"})

    assert late.status_code == 409
    assert "请直接找主管或管理员谈" in text(late)
    assert "写了很久" in text(late)
    assert "已经过了" in text(client.get(at(refused)))
    assert not DecisionAppeal.objects.exists()


def test_who_decided_does_not_hear_the_appeal(client, refused, supervisor, admin):
    appealed(refused)
    client.force_login(supervisor)

    assert client.get(at(refused, "answer/")).status_code == 404
    assert "处理申诉" not in text(client.get(at(refused)))


def test_an_admin_upholds(client, refused, trainee, admin):
    appealed(refused)
    client.force_login(admin)
    page = client.get(at(refused, "answer/"))

    client.post(
        at(refused, "answer/"),
        {"kind": "uphold", "reasons": "依据没有变。", "seen": page.context["form"]["seen"].value()},
    )

    client.force_login(trainee)
    assert "依据没有变。" in text(client.get(at(refused)))


def test_an_admin_overturns(client, refused, trainee, admin):
    appealed(refused)
    client.force_login(admin)
    form = client.get(at(refused, "answer/")).context["form"]
    words = {field.html_name: "补上了。" for field in form.why_fields}

    client.post(
        at(refused, "answer/"),
        {"kind": "early", "reasons": "对练补看了，够了。", "seen": form["seen"].value(), **words},
    )

    result = DecisionAppeal.objects.get().result
    client.force_login(trainee)
    assert f"/decisions/{result.pk}/" in text(client.get(at(refused)))
    assert "提前转正" in text(client.get(at(result)))
    assert "不同意这个结论" not in text(client.get(at(result)))


def test_a_decision_as_pdf(client, refused, trainee):
    client.force_login(trainee)

    response = client.get(at(refused, "pdf/"))

    assert response.content.startswith(b"%PDF")


# --- the trainee's statement -------------------------------------------------------------------------------


def test_a_statement_is_kept_in_versions_until_the_decision(client, trainee, supervisor):
    client.force_login(trainee)
    client.post("/record/statement/", {"text": "第一版", "after": 0})
    client.post("/record/statement/", {"text": "第二版", "after": 1})
    client.post("/record/statement/", {"text": "第二版", "after": 2})
    assert list(Statement.objects.values_list("number", "text")) == [(1, "第一版"), (2, "第二版")]

    decision = decided(trainee, supervisor)
    response = client.post("/record/statement/", {"text": "第三版", "after": 2})

    assert "自述不再改" in text(response)
    assert "第三版" in text(response)
    assert Statement.objects.count() == 2
    assert "第二版" in text(client.get(at(decision)))


def test_two_pages_do_not_overwrite_each_other(client, trainee):
    save_statement(employment_id=record_of(trainee).pk, text="手机上写的", after=0, at=timezone.now())
    client.force_login(trainee)

    response = client.post("/record/statement/", {"text": "电脑上写的", "after": 0})

    assert response.status_code == 409
    assert "手机上写的" in text(response)
    assert "电脑上写的" in text(response)


def test_home_and_record_lead_to_the_decision(client, refused, trainee):
    client.force_login(trainee)

    assert at(refused) in text(client.get("/"))
    assert at(refused) in text(client.get("/record/"))


def test_news_stand_on_top_of_today_for_a_week(client, refused, trainee, time_machine):
    client.force_login(trainee)
    assert "转正结论出来了：不予转正。" in text(client.get("/"))
    time_machine.move_to(timezone.now() + timedelta(days=8))
    client.force_login(trainee)
    assert "转正结论出来了" not in text(client.get("/"))


def test_a_confirmation_leads_to_the_certificate(client, trainee, supervisor):
    decision = decided(trainee, supervisor)
    certificate = follow_decision(decision=decision, at=timezone.now())
    for user in (trainee, supervisor):
        client.force_login(user)
        assert f"/certificates/{certificate.serial}/" in text(client.get(at(decision)))
