"""The list of decisions: what is due, what waits, what was decided; and the same as an Excel file."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trainer.forms.decision_list import DecisionListForm
from trainer.permissions import employments_in_reach
from trainer.queries.decision_list import DecisionList, Show, teams_in
from trainer.queries.decision_sheet import sheet_of

PER_PAGE = 25
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@permission_required("trainer.decide_confirmation", raise_exception=True)
@require_safe
def decisions(request):
    form, found = _list(request)
    counts = found.counts()
    page = Paginator(found.rows(), PER_PAGE).get_page(request.GET.get("page"))
    due = found.wanted.show in (Show.READY, Show.ENDING)
    context = {
        "form": form,
        "wanted": found.wanted,
        "filtered": bool(found.wanted.q or found.wanted.team or found.wanted.kind),
        "counts": counts,
        "page": page,
        "due": found.due(page.object_list) if due else None,
    }
    return render(request, "trainer/decisions.html", context)


@login_required
@permission_required("trainer.decide_confirmation", raise_exception=True)
@require_safe
def export(request):
    """All rows of the list as it is filtered, on every page."""
    _form, found = _list(request)
    response = HttpResponse(sheet_of(found), content_type=EXCEL)
    name = f"{_('转正结论')}-{timezone.localdate():%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _list(request) -> tuple[DecisionListForm, DecisionList]:
    reach = employments_in_reach(request.user)
    form = DecisionListForm(request.GET, teams=teams_in(reach))
    return form, DecisionList(request.user, reach, form.wanted, at=timezone.now())
