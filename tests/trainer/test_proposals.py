"""What people propose out of their notes: a supervisor promotes or declines, and who proposed is told."""

import pytest
from django.urls import reverse

from quizzes.models import AuditEntry
from quizzes.rules.vocabulary import QuestionState
from tests.factories.notes import NoteProposalFactory
from trainer.commands.proposals import AlreadyDecided, decline_proposal, promote_to_correction, promote_to_script
from trainer.models import NoteProposal, Notice, Script
from trainer.queries.notices import text_of

pytestmark = pytest.mark.django_db
SCRIPT = {
    "title": "签收当天不算", "category": "logistics", "situation": "aftersale", "platforms": ["tmall"],
    "asked": "今天还能退吗", "good": "亲，签收当天不算，从明天开始数。", "bad": "", "bad_check": "", "why": "",
}  # fmt: skip


@pytest.fixture
def desk(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.mark.parametrize("count", [1, 4])
def test_the_queue_costs_the_same_and_is_filtered(desk, trainee, count, django_assert_num_queries):
    wanted = [NoteProposalFactory(learner=trainee) for _ in range(count)]
    NoteProposalFactory(learner=trainee, promoted=True)
    NoteProposalFactory()  # of somebody else's team
    with django_assert_num_queries(8):
        response = desk.get(reverse("trainer:proposals"))
    assert list(response.context["page"]) == wanted
    assert len(desk.get(reverse("trainer:proposals"), {"state": "promoted"}).context["page"]) == 1
    assert "没有符合" in desk.get(reverse("trainer:proposals"), {"kind": "script"}).content.decode()


def test_a_script_is_made_as_a_draft_and_its_author_is_named_and_told(desk, trainee):
    proposal = NoteProposalFactory(learner=trainee, kind=NoteProposal.SCRIPT, text="亲，签收当天不算。")
    assert "亲，签收当天不算。</textarea>" in desk.get(reverse("trainer:proposal", args=[proposal.pk])).content.decode()
    url = reverse("trainer:proposal_promote", args=[proposal.pk])
    assert desk.post(url, SCRIPT | {"title": ""}).status_code == 422

    page = desk.post(url, SCRIPT, follow=True).content.decode()

    script = Script.objects.get()
    proposal.refresh_from_db()
    assert (script.state, proposal.state, proposal.script) == (QuestionState.DRAFT, "promoted", script)
    assert f"出自 {trainee} 的笔记" in page
    notice = Notice.objects.get(person=trainee)
    assert "采纳了" in text_of(notice) and notice.url == reverse("trainer:notes")
    assert AuditEntry.objects.filter(action="proposal_promoted").exists()


def test_a_correction_waits_beside_the_lesson_until_it_is_settled(desk, client, trainee, admin):
    proposal = NoteProposalFactory(learner=trainee)
    desk.post(reverse("trainer:proposal_promote", args=[proposal.pk]))
    client.force_login(admin)
    page = reverse("trainer:content_lesson", args=[proposal.lesson.slug])
    assert f"{trainee} 提出" in client.get(page).content.decode()
    for said in ("已经改好", "刚刚已经处理了"):
        response = client.post(reverse("trainer:proposal_settle", args=[proposal.pk]), follow=True)
        assert said in response.content.decode() and f"{trainee} 提出" not in response.content.decode()
    proposal.refresh_from_db()
    assert proposal.settled_by == admin


def test_declining_needs_a_reason_which_is_told(desk, trainee, client):
    proposal = NoteProposalFactory(learner=trainee)
    url = reverse("trainer:proposal_decline", args=[proposal.pk])
    assert desk.post(url, {"reason": ""}).status_code == 422
    desk.post(url, {"reason": "平台的原文就是这样写的"})
    assert "平台的原文就是这样写的" in text_of(Notice.objects.get(person=trainee))
    client.force_login(trainee)
    assert "平台的原文就是这样写的" in client.get(reverse("trainer:notes")).content.decode()


def test_who_comes_second_changes_nothing(trainee, supervisor, now):
    proposal = NoteProposalFactory(learner=trainee)
    decline_proposal(proposal_id=proposal.pk, reason="不对", by=supervisor, at=now)
    with pytest.raises(AlreadyDecided):
        promote_to_correction(proposal_id=proposal.pk, by=supervisor, at=now)
    other = NoteProposalFactory(learner=trainee)
    with pytest.raises(AlreadyDecided):  # a correction is no script
        promote_to_script(proposal_id=other.pk, fields={}, by=supervisor, at=now)
    assert Notice.objects.count() == 1 and not Script.objects.exists()
