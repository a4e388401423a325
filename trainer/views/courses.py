"""A person's courses, and one course as a path."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from quizzes.commands.attempts import close_overdue
from trainer.models import Course
from trainer.queries.courses import CourseLine, UnitLine, assignment_lines, assignments_of, course_line, open_courses
from trainer.queries.rosters import weeks_of
from trainer.rules.course_words import CourseState
from trainer.rules.rosters import WorkWeek


@dataclass(frozen=True)
class Day:
    """The units of one suggested day; ``on`` is the working day that it falls on, for who has been assigned it."""

    number: int
    units: tuple[UnitLine, ...]
    on: date | None

    @property
    def count_done(self) -> int:
        """Units that are done, or asked of nobody any more."""
        return sum(unit.state in ("done", "gone") for unit in self.units)

    @property
    def done(self) -> bool:
        return self.count_done == len(self.units)


@login_required
@require_safe
def courses(request):
    """What was assigned, the most urgent first, and what one may do besides."""
    at = timezone.now()
    lines = assignment_lines(assignments_of(request.user), at=at)
    context = {
        "todo": [line for line in lines if line.state != "done"],
        "done": [line for line in lines if line.state == "done"],
        "others": open_courses(request.user, at=at),
    }
    return render(request, "trainer/courses.html", context)


@login_required
@require_safe
def course(request, slug):
    """A course as a path, day by day, with what is done, what can be done now and what waits for what."""
    at = timezone.now()
    close_overdue(at=at, learner_id=request.user.pk)
    found = get_object_or_404(Course, slug=slug)
    line = course_line(found, request.user, at=at)
    if found.state != CourseState.OPEN and line.assignment is None and not request.user.has_perm("trainer.view_team"):
        raise Http404
    week = None
    if line.assignment:
        began = timezone.localdate(line.assignment.assigned_at)
        week = weeks_of([request.user.pk], on=began)[request.user.pk]
    days = _days(line, week)
    context = {
        "line": line,
        "course": found,
        "days": days,
        "current": next((day.number for day in days if not day.done), None),
        "today": timezone.localdate(at),
    }
    return render(request, "trainer/course.html", context)


def _days(line: CourseLine, week: WorkWeek | None) -> list[Day]:
    """The units by day. Day 1 is the first working day from the assignment on."""
    units = sorted(line.units, key=lambda unit: unit.place.unit.day)
    before = timezone.localdate(line.assignment.assigned_at) - timedelta(days=1) if line.assignment else None
    return [
        Day(number, tuple(group), week.after(before, number) if week and before else None)
        for number, group in groupby(units, key=lambda unit: unit.place.unit.day)
    ]
