"""Who needs attention, with the reasons."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.forms.team import RiskForm
from trainer.permissions import learners_in_reach
from trainer.queries.risk import people_at_risk
from trainer.queries.team import teams_in_reach

PER_PAGE = 25


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_safe
def risk(request):
    """The people of one's teams who need attention; ``format=xlsx`` gives the list as a file."""
    reach = learners_in_reach(request.user)
    form = RiskForm(request.GET, teams=teams_in_reach(reach))
    found = people_at_risk(form.narrow(reach), **form.wanted, at=timezone.now())
    if wants_sheet(request):
        headers = [_("姓名"), _("小组"), _("为什么"), _("最近一次学习")]
        rows = (
            [
                str(row.confirmation.employment.user),
                str(row.confirmation.employment.team or ""),
                _("；").join(reason.text for reason in row.reasons),
                timezone.localtime(row.active_at) if row.active_at else None,
            ]
            for row in found
        )
        return as_sheet(_("需要关注"), headers, rows)
    context = {
        "form": form,
        "filtered": form.filtered,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "trainer/risk.html", context)
