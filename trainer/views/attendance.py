"""Trainings held for the teams in one's care, and who was there."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.commands.attendance import note_attendance, plan_session
from trainer.forms.rosters import PresenceForm, SessionFilterForm, SessionForm
from trainer.models import Attendance, TrainingSession, User
from trainer.models.course_labels import course_choices
from trainer.permissions import learners_in_reach, teams_in_care
from trainer.rules.course_words import Presence

PER_PAGE = 25


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
def sessions(request):
    """What was held and will be; ``format=xlsx`` gives everybody's attendance of it as a file."""
    teams = teams_in_care(request.user)
    form = SessionForm(request.POST or None, teams=teams)
    if request.method == "POST" and form.is_valid():
        session = plan_session(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("安排好了。"))
        return redirect("trainer:session_attendance", pk=session.pk)
    filters = SessionFilterForm(request.GET, teams=list(teams), auto_id="filter-%s")
    rows = filters.listed(TrainingSession.objects.filter(team__in=teams)).select_related("team")
    if wants_sheet(request):
        noted = rows.prefetch_related("attendances__learner")
        return _as_sheet((row, one.learner, one) for row in noted for one in row.attendances.all())
    page = Paginator(rows.prefetch_related("attendances"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "trainer/sessions.html", {"form": form, "filters": filters, "page": page})


def _as_sheet(rows: Iterable[tuple[TrainingSession, User, Attendance | None]]):
    """Who was there, who was not and why; what nobody noted stays empty."""
    headers = [_("时间"), _("内容"), _("小组"), _("姓名"), _("到场"), _("原因")]
    lines = (
        [
            timezone.localtime(session.starts_at), session.title, str(session.team), str(person),
            str(there.get_presence_display()) if there else "", there.reason if there else "",
        ]
        for session, person, there in rows
    )  # fmt: skip
    return as_sheet(_("集中培训考勤"), headers, lines)


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
def attendance(request, pk):
    """Tick who was there. Nobody is absent until somebody says so. ``format=xlsx`` gives the list as a file."""
    mine = TrainingSession.objects.select_related("team").filter(team__in=teams_in_care(request.user))
    session = get_object_or_404(mine, pk=pk)
    noted = {row.learner_id: row for row in session.attendances.all()}
    people = learners_in_reach(request.user).filter(employment__team=session.team) | learners_in_reach(
        request.user
    ).filter(pk__in=noted)
    people = people.distinct().order_by("pk")
    if wants_sheet(request):
        return _as_sheet((session, person, noted.get(person.pk)) for person in people)
    rows = []
    for person in people:
        there = noted.get(person.pk)
        initial = {"presence": there.presence if there else "", "reason": there.reason if there else ""}
        data = request.POST if request.POST.get(f"p{person.pk}-presence") else None
        rows.append((person, PresenceForm(data, prefix=f"p{person.pk}", initial=initial)))
    if request.method == "POST":
        chosen = [(person, form) for person, form in rows if form.is_bound]
        if chosen and all(form.is_valid() for _person, form in chosen):
            presences = {
                person.pk: (Presence(form.cleaned_data["presence"]), form.cleaned_data["reason"])
                for person, form in chosen
            }
            note_attendance(session=session, presences=presences, by=request.user, at=timezone.now())
            messages.success(request, _("记下了。"))
            return redirect("trainer:session_attendance", pk=pk)
    context = {"session": session, "rows": rows, "choices": course_choices(Presence)}
    return render(request, "trainer/attendance.html", context)
