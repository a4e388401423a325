from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.commands.marking import AlreadyDecided, decide_appeal
from quizzes.formats.sheets.lists import Value
from quizzes.forms.appeals import DecideAppealForm
from quizzes.forms.queues import AppealsForm
from quizzes.models import Appeal
from quizzes.permissions import learners_in_reach
from quizzes.queries.marking_queue import AppealTab, appeal_list, appeals, newest_step, standing_mark
from quizzes.rules.reviewed import review_of
from quizzes.views.downloads import as_sheet, wants_sheet

PER_PAGE = 25


@login_required
@permission_required("quizzes.decide_appeal", raise_exception=True)
@require_safe
def queue(request):
    """Appeals of the people in reach: those to be decided, and, in a second tab, those that were; ``format=xlsx``
    gives the list as a file."""
    form = AppealsForm(request.GET)
    reach = learners_in_reach(request.user, named=form.named)
    rows = appeal_list(reach, **form.wanted)
    if wants_sheet(request):
        headers = [
            _("姓名"), _("考试"), _("题目"), _("申诉理由"), _("提出时间"), _("状态"), _("答复"), _("处理人"),
            _("处理时间"),
        ]  # fmt: skip
        return as_sheet(_("申诉"), headers, map(_row, rows))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "decided": form.wanted["tab"] is AppealTab.DECIDED,
        "waiting": appeals(reach).open().count(),
    }
    return render(request, "quizzes/appeals.html", context)


def _row(row: Appeal) -> list[Value]:
    attempt = row.item.attempt
    return [
        str(attempt.learner), str(attempt.blueprint or _("练习")), row.item.version.stem, row.reason,
        timezone.localtime(row.filed_at), str(row.get_state_display()), row.reply, str(row.decided_by or ""),
        timezone.localtime(row.decided_at) if row.decided_at else None,
    ]  # fmt: skip


@login_required
@permission_required("quizzes.decide_appeal", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, pk):
    """One appeal with everything to judge it by; a decided one shows who decided what, and why."""
    appeal = get_object_or_404(appeals(learners_in_reach(request.user)), pk=pk)
    item = appeal.item
    mark = standing_mark(item)
    form = DecideAppealForm(request.POST or None, worth=item.marks, now=mark.fraction)
    if request.method == "POST" and form.is_valid():
        try:
            decide_appeal(
                appeal_id=appeal.pk,
                accept=form.accepts,
                fraction=form.fraction,
                reply=form.cleaned_data["reply"],
                by=request.user,
                at=timezone.now(),
            )
        except AlreadyDecided:
            messages.warning(request, _("这条申诉已经有人处理过，没有改动。"))
            return redirect("quizzes:decide_appeal", pk=appeal.pk)
        messages.success(request, _("已答复%(name)s的申诉。") % {"name": item.attempt.learner})
        return redirect("quizzes:appeals")
    step = newest_step(item)
    version = mark.version
    context = {
        "appeal": appeal,
        "item": item,
        "mark": mark,
        "form": form,
        "version": version,
        "review": review_of(version.parsed(), version.stem, item.arrangement, step.answer if step else None),
    }
    return render(request, "quizzes/decide_appeal.html", context, status=422 if form.errors else 200)
