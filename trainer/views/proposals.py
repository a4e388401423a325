"""The queue of what people propose out of their notes, for their supervisor."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.formats.sheets.lists import Value
from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.commands.proposals import (
    AlreadyDecided,
    decline_proposal,
    promote_to_correction,
    promote_to_script,
    settle_correction,
)
from trainer.forms.notes import DeclineForm, ProposalFilterForm
from trainer.forms.scripts import ScriptForm
from trainer.models import NoteProposal
from trainer.permissions import learners_in_reach
from trainer.queries.notes import name_lessons, proposals_of
from trainer.queries.notes import proposals as proposals_found
from trainer.queries.team import teams_in_reach

PER_PAGE = 25
DECIDE = "trainer.decide_proposal"


@login_required
@permission_required(DECIDE, raise_exception=True)
@require_safe
def proposals(request):
    """What people propose; ``format=xlsx`` gives it as a file."""
    reach = learners_in_reach(request.user)
    form = ProposalFilterForm(request.GET, teams=teams_in_reach(reach))
    found = proposals_found(form.narrow(reach), **form.wanted)
    if wants_sheet(request):
        rows = list(found)
        name_lessons(rows)
        headers = [
            _("姓名"), _("小组"), _("建议"), _("课程"), _("内容"), _("提出时间"), _("状态"), _("处理人"), _("处理时间"),
            _("理由"),
        ]  # fmt: skip
        return as_sheet(_("学员建议"), headers, map(_row, rows))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    name_lessons(page.object_list)
    return render(request, "trainer/proposals.html", {"form": form, "wanted": form.wanted, "page": page})


def _row(row: NoteProposal) -> list[Value]:
    return [
        str(row.learner), str(row.learner.employment.team or ""), str(row.get_kind_display()),
        row.at_lesson.title if row.at_lesson else row.lesson.slug, row.text, timezone.localtime(row.proposed_at),
        str(row.get_state_display()), str(row.decided_by or ""),
        timezone.localtime(row.decided_at) if row.decided_at else None, row.reason,
    ]  # fmt: skip


@login_required
@permission_required(DECIDE, raise_exception=True)
@require_safe
def proposal(request, pk):
    """One proposal, with the script that it would become ready to be finished."""
    return _page(request, get_object_or_404(proposals_of(learners_in_reach(request.user)), pk=pk))


def _page(request, found: NoteProposal, script=None, decline=None):
    name_lessons([found])
    if script is None and found.kind == NoteProposal.SCRIPT:
        script = ScriptForm(initial={"good": found.text, "platforms": ["tmall", "taobao", "douyin", "vip"]})
    context = {"proposal": found, "script_form": script, "decline_form": decline or DeclineForm()}
    refused = bool((script and script.errors) or (decline and decline.errors))
    return render(request, "trainer/proposal.html", context, status=422 if refused else 200)


@login_required
@permission_required(DECIDE, raise_exception=True)
@require_POST
def promote(request, pk):
    found = get_object_or_404(proposals_of(learners_in_reach(request.user)), pk=pk)
    given = {"proposal_id": found.pk, "by": request.user, "at": timezone.now()}
    try:
        if found.kind == NoteProposal.CORRECTION:
            promote_to_correction(**given)
            messages.success(request, _("采纳了，已经转给写课程的人。"))
            return redirect("trainer:proposals")
        form = ScriptForm(request.POST)
        if not form.is_valid():
            return _page(request, found, script=form)
        done = promote_to_script(**given, fields=form.fields_of_script)
        messages.success(request, _("采纳了，话术草稿已经建好，看一眼就可以送审。"))
        return redirect("trainer:script", slug=done.script.slug)
    except AlreadyDecided:
        messages.info(request, _("这条建议刚刚已经有人处理了。"))
        return redirect("trainer:proposal", pk=pk)


@login_required
@permission_required(DECIDE, raise_exception=True)
@require_POST
def decline(request, pk):
    found = get_object_or_404(proposals_of(learners_in_reach(request.user)), pk=pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, found, decline=form)
    try:
        decline_proposal(
            proposal_id=found.pk, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("没有采纳，理由已经告诉提建议的人。"))
    except AlreadyDecided:
        messages.info(request, _("这条建议刚刚已经有人处理了。"))
    return redirect("trainer:proposals")


@login_required
@permission_required("trainer.publish_lesson", raise_exception=True)
@require_POST
def settle(request, pk):
    """Whoever writes the lesson has done what the correction asks for."""
    found = get_object_or_404(NoteProposal.objects.select_related("lesson"), pk=pk, kind=NoteProposal.CORRECTION)
    try:
        settle_correction(proposal_id=found.pk, by=request.user, at=timezone.now())
        messages.success(request, _("记下了：这一条已经改好。"))
    except AlreadyDecided:
        messages.info(request, _("这一条刚刚已经处理了。"))
    return redirect("trainer:content_lesson", slug=found.lesson.slug)
