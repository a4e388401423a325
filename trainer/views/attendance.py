"""Trainings held for the teams in one's care, and who was there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from trainer.commands.attendance import note_attendance, plan_session
from trainer.forms.rosters import PresenceForm, SessionForm
from trainer.models import TrainingSession
from trainer.models.course_labels import course_choices
from trainer.permissions import learners_in_reach, teams_in_care
from trainer.rules.course_words import Presence

PER_PAGE = 25


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
def sessions(request):
    teams = teams_in_care(request.user)
    form = SessionForm(request.POST or None, teams=teams)
    if request.method == "POST" and form.is_valid():
        session = plan_session(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("安排好了。"))
        return redirect("trainer:session_attendance", pk=session.pk)
    rows = TrainingSession.objects.filter(team__in=teams).select_related("team").prefetch_related("attendances")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "trainer/sessions.html", {"form": form, "page": page})


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
def attendance(request, pk):
    """Tick who was there. Nobody is absent until somebody says so."""
    mine = TrainingSession.objects.select_related("team").filter(team__in=teams_in_care(request.user))
    session = get_object_or_404(mine, pk=pk)
    noted = {row.learner_id: row for row in session.attendances.all()}
    people = learners_in_reach(request.user).filter(employment__team=session.team) | learners_in_reach(
        request.user
    ).filter(pk__in=noted)
    rows = []
    for person in people.distinct().order_by("pk"):
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
