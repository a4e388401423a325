"""The heat map: people × topics."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.forms.team import HeatForm
from trainer.permissions import learners_in_reach
from trainer.queries.heat import heat_map
from trainer.queries.team import teams_in_reach

PER_PAGE = 50


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_safe
def heat(request):
    """How well the people of one's teams know each topic; ``format=xlsx`` gives it as a file."""
    reach = learners_in_reach(request.user)
    form = HeatForm(request.GET, teams=teams_in_reach(reach))
    found = heat_map(form.narrow(reach), **form.wanted, at=timezone.now())
    if wants_sheet(request):
        headers = [_("姓名"), _("小组"), *(str(cell.topic) for cell in found.columns)]
        rows = (
            [str(row.employment.user), str(row.employment.team or ""), *(cell.figure for cell in row.cells)]
            for row in found.rows
        )
        return as_sheet(_("掌握程度"), headers, rows)
    context = {
        "form": form,
        "filtered": form.filtered,
        "columns": found.columns,
        "page": Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "trainer/heat.html", context)
