"""Re-checks: one's own, and those of the people in reach."""

from secrets import randbits

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.commands.attempts import NothingToPractise, close_overdue
from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.commands.rechecks import MINUTES, NotOpen, excuse_recheck, start_recheck
from trainer.forms.rechecks import ExcuseForm, RecheckFilterForm
from trainer.models import Recheck
from trainer.permissions import learners_in_reach
from trainer.queries.rechecks import rechecks_in_reach, tries_of
from trainer.queries.team import teams_in_reach

PER_PAGE = 25


@login_required
@require_safe
def recheck(request, pk):
    """What changed, why one is asked again, and what one has tried so far."""
    at = timezone.now()
    close_overdue(at=at, learner_id=request.user.pk)
    found = get_object_or_404(Recheck.objects.select_related("version__lesson"), pk=pk, learner=request.user)
    tries = list(tries_of(found))
    context = {
        "recheck": found,
        "overdue": found.overdue(timezone.localdate(at)),
        "grounds": list(found.grounds.select_related("blueprint").order_by("-submitted_at")),
        "tries": tries,
        "running": next((attempt for attempt in tries if attempt.is_open(at)), None),
        "minutes": MINUTES,
    }
    return render(request, "trainer/recheck.html", context)


@login_required
@require_POST
def start(request, pk):
    get_object_or_404(Recheck, pk=pk, learner=request.user)
    try:
        attempt = start_recheck(recheck_id=pk, learner=request.user, at=timezone.now(), seed=randbits(62))
    except NotOpen:
        messages.info(request, _("这次复查已经结束，不用再做。"))
    except NothingToPractise:
        messages.warning(request, _("题还在审核，暂时没有可以考的。请过几天再来，期限不够就告诉主管。"))
    else:
        return redirect("quizzes:sitting", pk=attempt.pk)
    return redirect("trainer:recheck", pk=pk)


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_safe
def rechecks(request):
    """Who of the people in reach still has something to re-check; ``format=xlsx`` gives the list as a file."""
    today, reach = timezone.localdate(), learners_in_reach(request.user)
    form = RecheckFilterForm(request.GET, teams=teams_in_reach(reach))
    rows = rechecks_in_reach(form.narrow(reach), on=today, **form.wanted)
    if wants_sheet(request):
        headers = [_("姓名"), _("小组"), _("课程"), _("变了什么"), _("期限"), _("状态")]
        lines = (
            [
                str(row.learner), str(row.learner.employment.team or ""), str(row.version), row.reason, row.due_on,
                str(row.get_state_display()),
            ]
            for row in rows
        )  # fmt: skip
        return as_sheet(_("复查"), headers, lines)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.late = row.overdue(today)
    return render(request, "trainer/rechecks.html", {"form": form, "page": page, "excuse": ExcuseForm(auto_id=False)})


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_POST
def excuse(request, pk):
    found = get_object_or_404(Recheck, pk=pk, learner__in=learners_in_reach(request.user))
    form = ExcuseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("免复查要写理由，没有改动。"))
        return redirect("trainer:rechecks")
    try:
        excuse_recheck(recheck_id=found.pk, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    except NotOpen:
        messages.info(request, _("这次复查已经结束，不用免。"))
    else:
        messages.success(request, _("已免复查，理由留在记录里。"))
    return redirect("trainer:rechecks")
