"""The list of decisions: what is due, what waits, what was decided; and the same as an Excel file."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.forms.decision_list import DecisionListForm
from trainer.permissions import employments_in_reach
from trainer.queries.decision_list import DecisionList, Show, teams_in
from trainer.queries.decision_sheet import table_of

PER_PAGE = 25


@login_required
@permission_required("trainer.decide_confirmation", raise_exception=True)
@require_safe
def decisions(request):
    """What the list shows; ``format=xlsx`` gives all rows of it as a file."""
    reach = employments_in_reach(request.user)
    form = DecisionListForm(request.GET, teams=teams_in(reach))
    found = DecisionList(request.user, reach, form.listed, at=timezone.now())
    if wants_sheet(request):
        return as_sheet(_("转正结论"), *table_of(found))
    page = Paginator(found.rows(), PER_PAGE).get_page(request.GET.get("page"))
    due = found.wanted.show in (Show.READY, Show.ENDING)
    context = {
        "form": form,
        "wanted": found.wanted,
        "filtered": form.filtered,
        "counts": found.counts(),
        "page": page,
        "due": found.due(page.object_list) if due else None,
    }
    return render(request, "trainer/decisions.html", context)
