"""The rosters of the teams in one's care: the usual week, people with a week of their own, single days."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quizzes.templatetags.days import WEEKDAYS
from trainer.commands.rosters import set_day, set_week
from trainer.forms.rosters import DayForm, PersonWeekForm, WeekForm
from trainer.models import Roster, RosterException
from trainer.permissions import learners_in_reach, teams_in_care
from trainer.rules.course_words import DayKind


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
def rosters(request):
    """The teams in one's care with their week; with one only, that one."""
    teams = list(teams_in_care(request.user).select_related("roster__shift"))
    if len(teams) == 1:
        return redirect("trainer:roster", pk=teams[0].pk)
    rows = [(team, _rest(getattr(team, "roster", None))) for team in teams]
    return render(request, "trainer/rosters.html", {"rows": rows})


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
def roster(request, pk):
    team = get_object_or_404(teams_in_care(request.user).select_related("roster__shift"), pk=pk)
    people = learners_in_reach(request.user).filter(employment__team=team)
    usual = getattr(team, "roster", None)
    forms = {
        "week": WeekForm(
            initial={"shift": usual and usual.shift_id, "rest_days": usual.rest_days if usual else []}, prefix="week"
        ),
        "own": PersonWeekForm(people=people, prefix="own"),
        "day": DayForm(people=people, prefix="day"),
    }
    if request.method == "POST":
        kind = request.POST.get("what", "")
        if kind not in forms:
            raise Http404
        more = {} if kind == "week" else {"people": people}
        form = forms[kind] = type(forms[kind])(request.POST, prefix=kind, **more)
        if form.is_valid():
            _save(kind, form.cleaned_data, team, request.user)
            messages.success(request, _("排班改好了，落在休息日上的期限已经顺延。"))
            return redirect("trainer:roster", pk=pk)
    own = Roster.objects.filter(person__in=people)
    context = {
        "team": team,
        "forms": forms,
        "rest": _rest(usual),
        "own": [(row, _rest(row)) for row in own.select_related("shift", "person")],
        "days": _days(team, people).filter(day__gte=timezone.localdate()).select_related("person", "by"),
    }
    return render(request, "trainer/roster.html", context)


def _save(kind: str, data: dict, team, by) -> None:
    at = timezone.now()
    if kind == "day":
        owner = data["person"] or team
        set_day(owner=owner, day=data["day"], kind=DayKind(data["kind"]), reason=data["reason"], by=by, at=at)
    else:
        owner = data["person"] if kind == "own" else team
        set_week(owner=owner, shift=data["shift"], rest_days=data["rest_days"], by=by, at=at)


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
@require_POST
def day_remove(request, pk, day):
    """A single day is like any other again."""
    team = get_object_or_404(teams_in_care(request.user), pk=pk)
    people = learners_in_reach(request.user).filter(employment__team=team)
    row = get_object_or_404(_days(team, people), pk=day)
    set_day(owner=row.person or row.team, day=row.day, kind=None, by=request.user, at=timezone.now())
    messages.success(request, _("这一天照平时的排班。"))
    return redirect("trainer:roster", pk=pk)


def _days(team, people) -> QuerySet[RosterException]:
    """The single days of a team and of its people."""
    return RosterException.objects.filter(Q(team=team) | Q(person__in=people)).order_by("day", "pk")


def _rest(roster: Roster | None) -> str:
    """The days of rest in words; empty where nothing was set or nobody rests."""
    return _("、").join(str(WEEKDAYS[day]) for day in roster.rest_days) if roster else ""
