"""Ruling on checks: the review queue, a ruling, a blind rating, and how far machine and people agree."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.commands.rulings import AlreadyRated, ReasonMissing, rate_blind, rule_on_check
from quizzes.forms.ruling import RulingForm
from quizzes.models import CheckResult, Session, Turn, TurnKind
from quizzes.models.labels import CHECK_LABELS
from quizzes.permissions import learners_in_reach
from quizzes.queries.check_queue import calibration as calibration_of
from quizzes.queries.check_queue import in_context, next_to_rate_blind, waiting_checks
from quizzes.queries.talks import lines, standing
from quizzes.rules.replies.checks import CHECKS, NAMES

PER_PAGE = 20


@login_required
@permission_required("quizzes.rule_on_check", raise_exception=True)
@require_safe
def queue(request):
    """Checks that the machine was unsure of, and objections, of the people in reach."""
    page = Paginator(waiting_checks(learners_in_reach(request.user)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "quizzes/check_queue.html", {"page": page, "waiting": in_context(page.object_list)})


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
    """How far the machine agrees with people, and people with each other, per check."""
    reach = learners_in_reach(request.user)
    context = {"rows": calibration_of(reach), "turn": next_to_rate_blind(reach, request.user)}
    return render(request, "quizzes/calibration.html", context)


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
