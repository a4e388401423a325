"""Courses that are assigned by themselves: to newcomers, each month, and for campaigns."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trainer.commands.assignments import DueInThePast, NotAssignable
from trainer.commands.course_orders import OrderedAlready, end_order, start_order, start_recurrence
from trainer.forms.assigning import CampaignForm, MonthlyForm, OrderForm
from trainer.models import RecurringAssignment, StandingOrder
from trainer.permissions import teams_in_care
from trainer.rules.course_words import Cadence

FORMS = {"joiners": OrderForm, "monthly": MonthlyForm, "campaign": CampaignForm}
MODELS = {"joiners": StandingOrder, "recurring": RecurringAssignment}


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
def orders(request):
    """What is assigned by itself, and forms to add to it."""
    teams, all_teams = teams_in_care(request.user), request.user.has_perm("trainer.load_content")
    forms = {name: form(teams=teams, all_teams=all_teams, prefix=name) for name, form in FORMS.items()}
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        if kind not in FORMS:
            raise Http404
        form = FORMS[kind](request.POST, teams=teams, all_teams=all_teams, prefix=kind)
        forms[kind] = form
        if form.is_valid() and _start(form, kind, request.user):
            messages.success(request, _("设好了，到时候会自己派。"))
            return redirect("trainer:orders")
    whose = Q(ended_at=None) & (Q(team__in=teams) | Q(team=None))
    context = {
        "forms": forms,
        "orders": StandingOrder.objects.filter(whose).select_related("course", "team", "created_by"),
        "recurring": RecurringAssignment.objects.filter(whose).select_related("course", "team", "created_by"),
        "all_teams": all_teams,
    }
    return render(request, "trainer/orders.html", context)


def _start(form: OrderForm, kind: str, by) -> bool:
    """Whether it was started; if not, the form says why."""
    data, at = form.cleaned_data, timezone.now()
    same = {"course_id": data["course"].pk, "team": data["team"], "by": by, "at": at}
    try:
        if kind == "joiners":
            start_order(**same, workdays=data["workdays"])
        elif kind == "monthly":
            start_recurrence(
                **same, cadence=Cadence.MONTHLY, starts_on=timezone.localdate(at), ends_on=None,
                day_of_month=data["day_of_month"], workdays=data["workdays"],
            )  # fmt: skip
        else:
            start_recurrence(
                **same, cadence=Cadence.CAMPAIGN, starts_on=data["starts_on"], ends_on=data["ends_on"],
                day_of_month=None, workdays=None,
            )  # fmt: skip
    except NotAssignable:
        form.add_error("course", _("这条路径现在不能派。"))
    except OrderedAlready:
        form.add_error("course", _("这个小组已经设过了。"))
    except DueInThePast:
        form.add_error("ends_on", _("这一天已经过去了，请选今天或以后的日子。"))
    return not form.errors


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
@require_POST
def order_end(request, kind, pk):
    if kind not in MODELS:
        raise Http404
    mine = Q(team__in=teams_in_care(request.user))
    if request.user.has_perm("trainer.load_content"):
        mine |= Q(team=None)
    order = get_object_or_404(MODELS[kind].objects.filter(mine).select_related("course", "team"), pk=pk)
    end_order(order=order, by=request.user, at=timezone.now())
    messages.success(request, _("停了。已经派出去的不受影响。"))
    return redirect("trainer:orders")
