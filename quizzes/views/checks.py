"""Ruling on checks: the review queue, a ruling, a blind rating, and how far machine and people agree."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.commands.rulings import AlreadyRated, ReasonMissing, rate_blind, rule_on_check
from quizzes.formats.sheets.lists import Value
from quizzes.forms.queues import ChecksForm
from quizzes.forms.ruling import RulingForm
from quizzes.models import CheckResult, Session, Turn, TurnKind
from quizzes.models.labels import CHECK_LABELS
from quizzes.permissions import learners_in_reach
from quizzes.queries.check_queue import Waiting, in_context, next_to_rate_blind, waiting_checks
from quizzes.queries.check_queue import calibration as calibration_of
from quizzes.queries.talks import lines, standing
from quizzes.rules.agreement import Agreement
from quizzes.rules.replies.checks import CHECKS, NAMES
from quizzes.views.downloads import as_sheet, wants_sheet

PER_PAGE = 20


@login_required
@permission_required("quizzes.rule_on_check", raise_exception=True)
@require_safe
def queue(request):
    """Checks that the machine was unsure of, and objections, of the people in reach; ``format=xlsx`` gives the list
    as a file."""
    form = ChecksForm(request.GET)
    found = waiting_checks(learners_in_reach(request.user, named=form.named), **form.wanted)
    if wants_sheet(request):
        headers = [
            _("姓名"), _("情景"), _("质检项"), _("顾客说"), _("客服说"), _("机器看到"), _("机器判“有”的把握（%）"),
            _("申诉理由"), _("对练结束时间"),
        ]  # fmt: skip
        return as_sheet(_("质检复核"), headers, map(_row, in_context(found)))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "waiting": in_context(page.object_list)}
    return render(request, "quizzes/check_queue.html", context)


def _row(row: Waiting) -> list[Value]:
    turn = row.result.turn
    return [
        str(turn.session.learner), str(turn.session.scenario), str(row.result.get_check_name_display()),
        "\n".join(row.asked), turn.text, "；".join(row.words), row.likely, row.appeal.reason if row.appeal else "",
        timezone.localtime(turn.session.ended_at),
    ]  # fmt: skip


@login_required
@permission_required("quizzes.rule_on_check", raise_exception=True)
@require_POST
def rule(request, pk):
    """Rule on a check of the talk ``pk``; ``next=queue`` goes back to the queue, else to the debrief."""
    session = get_object_or_404(Session.objects.ended(), pk=pk, learner__in=learners_in_reach(request.user))
    form = RulingForm(request.POST)
    if form.is_valid():
        result = get_object_or_404(CheckResult, pk=form.cleaned_data["result"], turn__session=session)
        try:
            rule_on_check(
                result_id=result.pk,
                verdict=form.cleaned_data["verdict"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except ReasonMissing:
            messages.warning(request, _("和机器判的不一样，要写一句理由。没有保存。"))
        else:
            messages.success(request, _("已裁定“%(check)s”，分数已重新计算。") % {
                "check": result.get_check_name_display(),
            })  # fmt: skip
    else:
        messages.warning(request, _("选上“有”或“没有”再保存，理由最多 300 字。"))
    if request.POST.get("next") == "queue":
        return redirect("quizzes:check_queue")
    return redirect("quizzes:debrief", pk=pk)


@login_required
@permission_required("quizzes.rule_on_check", raise_exception=True)
@require_safe
def calibration(request):
    """How far the machine agrees with people, and people with each other, per check; ``format=xlsx`` gives it as a
    file."""
    reach = learners_in_reach(request.user)
    rows = calibration_of(reach)
    if wants_sheet(request):
        headers = [_("质检项")]
        for whose in (_("机器与人"), _("人与人")):
            headers += [f"{whose}：{_('句数')}", f"{whose}：{_('相同')}（%）", f"{whose}：κ"]
        return as_sheet(
            _("一致程度"), headers, ([row.label, *_figures(row.machine), *_figures(row.raters)] for row in rows)
        )
    context = {"rows": rows, "turn": next_to_rate_blind(reach, request.user)}
    return render(request, "quizzes/calibration.html", context)


def _figures(agreement: Agreement) -> list[Value]:
    share = None if agreement.share is None else round(100 * agreement.share)
    return [agreement.count, share, None if agreement.kappa is None else round(agreement.kappa, 2)]


@login_required
@permission_required("quizzes.rule_on_check", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def blind(request, pk):
    """Rate one reply on all checks without seeing what the machine or anybody else said."""
    reach = learners_in_reach(request.user)
    replies = Turn.objects.filter(kind=TurnKind.SAY, session__learner__in=reach, session__ended_at__isnull=False)
    turn = get_object_or_404(replies.select_related("session__version", "session__scenario"), pk=pk)
    if request.method == "POST":
        shown = set(request.POST.getlist("shows")) & set(NAMES)
        try:
            rate_blind(turn=turn, shown=shown, by=request.user, at=timezone.now())
        except AlreadyRated:
            messages.warning(request, _("这一句你已经评过了。"))
        else:
            messages.success(request, _("盲评已保存。"))
        return redirect("quizzes:calibration")
    before = standing(turn.session.turns.filter(number__lt=turn.number))
    context = {
        "turn": turn,
        "lines": lines(before)[-6:],
        "truth": turn.session.cast().scenario.truth,
        "good": [(check.name, CHECK_LABELS[check.name]) for check in CHECKS if not check.violation],
        "bad": [(check.name, CHECK_LABELS[check.name]) for check in CHECKS if check.violation],
    }
    return render(request, "quizzes/blind.html", context)
