"""Monthly performance figures: a team's month, and one person's by hand."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.formats.sheets.lists import Value
from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.commands.performance import NoReason, NotHiredYet, enter_performance
from trainer.forms.performance import PerformanceFilterForm, PerformanceForm
from trainer.models import PerformanceMonth
from trainer.models.labels import LABELS
from trainer.permissions import learners_in_reach
from trainer.queries.performance import MonthLine, month_lines, people_of_month, sheets_for
from trainer.queries.scheme import scheme_in_force
from trainer.queries.team import teams_in_reach
from trainer.rules.assessment import Scheme
from trainer.rules.performance import SECONDS, BadValue, month_before, month_of

PER_PAGE, SHEETS_SHOWN = 25, 5


def _month(request):
    """The month that the address asks for; last month where it names none that can be understood."""
    try:
        return month_of(request.GET.get("month", ""))
    except BadValue:
        return month_before(timezone.localdate())


@login_required
@permission_required("trainer.enter_performance", raise_exception=True)
@require_safe
def performance(request):
    """The figures of a month for the people in reach, and the newest sheets; ``format=xlsx`` gives the figures."""
    month, version, reach = _month(request), scheme_in_force(), learners_in_reach(request.user)
    form = PerformanceFilterForm(request.GET, teams=teams_in_reach(reach))
    people = people_of_month(form.narrow(reach), month, have=form.wanted["have"], sort=form.wanted["sort"])
    if version and wants_sheet(request):
        return _as_sheet(month_lines(people, month, version.to_rule()), version.to_rule())
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "month": month,
        "before": month_before(month),
        "after": (month + timedelta(days=32)).replace(day=1),
        "last": timezone.localdate().replace(day=1),
        "version": version,
        "form": form,
        "page": page,
        "sheets": list(sheets_for(request.user)[:SHEETS_SHOWN]),
    }
    if version:
        scheme = version.to_rule()
        context |= {"scheme": scheme, "lines": month_lines(page.object_list, month, scheme)}
    return render(request, "trainer/performance.html", context)


def _as_sheet(lines: list[MonthLine], scheme: Scheme):
    """A figure and its tier beside each other; what was not measured stays empty."""
    headers = [_("姓名"), _("小组"), _("月份")]
    for terms in scheme.figures:
        unit = _("秒") if terms.key in SECONDS else "%"
        headers += [f"{LABELS[terms.key]}（{unit}）", _("%(figure)s的档位") % {"figure": LABELS[terms.key]}]
    rows = []
    for line in lines:
        row: list[Value] = [str(line.person), str(line.person.employment.team or ""), f"{line.month:%Y-%m}"]
        for cell in line.cells:
            row += [cell.value, str(LABELS[cell.tier]) if cell.tier else ""]
        rows.append(row)
    return as_sheet(_("绩效"), headers, rows)


@login_required
@permission_required("trainer.enter_performance", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request, pk):
    """One person's figures of one month."""
    learner = get_object_or_404(learners_in_reach(request.user), pk=pk)
    month = _month(request)
    row = PerformanceMonth.objects.filter(learner=learner, month=month).select_related("sheet", "entered_by").first()
    form = PerformanceForm(request.POST or None, initial=PerformanceForm.initial_of(month, row))
    if request.method == "POST" and form.is_valid() and _enter(request, learner, form):
        messages.success(request, _("%(person)s 的绩效存好了。") % {"person": learner})
        return redirect("trainer:assessment", pk)
    context = {"person": learner, "form": form, "row": row, "month": month}
    return render(request, "trainer/performance_entry.html", context, status=422 if form.errors else 200)


def _enter(request, learner, form: PerformanceForm) -> bool:
    known = form.cleaned_data
    try:
        enter_performance(
            learner=learner,
            month=known["month"],
            figures=form.figures,
            reason=known["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except NotHiredYet as early:
        form.add_error("month", _("这个月还没有入职：入职日期是 %(day)s。") % {"day": f"{early.args[0]:%Y-%m-%d}"})
        return False
    except NoReason:
        form.add_error("reason", _("这个月已经有数据。要改，请写清楚为什么。"))
        return False
    return True
