"""Sheets of monthly figures: upload, preview, confirm, take back."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainer.commands import performance_sheets as commands
from trainer.forms.performance import SheetForm
from trainer.permissions import learners_in_reach
from trainer.queries.performance import differences, sheets_for
from trainer.readers.performance_template import write_performance_template
from trainer.rules.performance import month_before
from trainer.rules.vocabulary import LineState

PER_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@permission_required("trainer.enter_performance", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    first = {"token": uuid4(), "month": f"{month_before(timezone.localdate()):%Y-%m}"}
    form = SheetForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST":
        if getattr(request, "dropped_uploads", None):
            form.add_error("file", _("文件太大，请拆小再传。"))
        if form.is_valid() and (sheet := _preview(request, form)):
            return redirect("trainer:performance_sheet", sheet.pk)
    return render(request, "trainer/performance_new.html", {"form": form}, status=422 if form.errors else 200)


def _preview(request, form: SheetForm):
    known = form.cleaned_data
    try:
        return commands.preview_sheet(
            token=known["token"],
            name=known["file"].name,
            data=known["file"].read(),
            month=known["month"],
            reach=learners_in_reach(request.user),
            by=request.user,
            at=timezone.now(),
        )
    except commands.TooLarge:
        form.add_error("file", _("文件太大，请拆小再传。"))
    except commands.UnreadableSheet as error:
        form.add_error("file", str(error))
    return None


@login_required
@permission_required("trainer.enter_performance", raise_exception=True)
@require_safe
def template(request):
    """An empty sheet with the headers, and the people in reach already in it."""
    people = learners_in_reach(request.user).order_by("employment__team__name", "pk")
    data = write_performance_template([(user.username, str(user)) for user in people])
    return HttpResponse(
        data,
        content_type=XLSX,
        headers={"Content-Disposition": "attachment; filename*=UTF-8''%E7%BB%A9%E6%95%88%E6%A8%A1%E6%9D%BF.xlsx"},
    )


@login_required
@permission_required("trainer.enter_performance", raise_exception=True)
@require_safe
def sheet(request, pk):
    """What a sheet says against what is there, by person and month; problems by line."""
    found = get_object_or_404(sheets_for(request.user), pk=pk)
    state = request.GET.get("state", "")
    if state not in list(LineState):
        urgent = (LineState.PROBLEM, LineState.NEW, LineState.CHANGED)
        state = next((one.value for one in urgent if getattr(found, one)), LineState.SAME.value)
    lines = found.lines.filter(state=state).select_related("learner")
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "sheet": found,
        "state": state,
        "page": page,
        "lines": [(line, differences(line)) for line in page],
        "to_take": found.new + found.changed,
    }
    return render(request, "trainer/performance_sheet.html", context)


@login_required
@permission_required("trainer.enter_performance", raise_exception=True)
@require_POST
def step(request, pk):
    """Confirm the sheet, or take it back."""
    found = get_object_or_404(sheets_for(request.user), pk=pk)
    reach, now = learners_in_reach(request.user), timezone.now()
    try:
        if request.POST.get("go") == "roll-back":
            kept = commands.roll_back_sheet(sheet_id=found.pk, by=request.user, at=now)
            if kept:
                messages.warning(request, _("撤回了。有 %(n)d 行后来又改过，保留现在的值。") % {"n": kept})
            else:
                messages.success(request, _("撤回了，绩效回到导入以前的样子。"))
        else:
            leave_out = request.POST.get("leave_out") == "1"
            commands.confirm_sheet(sheet_id=found.pk, reach=reach, leave_out=leave_out, by=request.user, at=now)
            messages.success(request, _("导入好了。"))
    except commands.MovedOn:
        commands.compare_again(sheet_id=found.pk, reach=reach)
        messages.warning(request, _("预览以后有数据变了，已经重新比较过，请再看一遍。"))
    except commands.HasProblems:
        messages.error(request, _("还有看不懂的行。改好文件再传，或者选“其余先导入”。"))
    except commands.NothingNew:
        messages.info(request, _("和现有的数据完全一样，没有要导入的。"))
    except commands.NotNow:
        messages.info(request, _("这份表已经处理过了。"))
    return redirect("trainer:performance_sheet", found.pk)
