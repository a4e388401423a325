"""How far people are with their courses, for one or for many in the same number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from trainer.models import Assignment, Course, Unit
from trainer.models.course_labels import COURSE_LABELS
from trainer.queries.course_evidence import evidence_of
from trainer.queries.course_targets import Key, Target, targets
from trainer.rules.course_words import AssignmentState, UnitKind
from trainer.rules.courses import (
    CourseProgress,
    PathUnit,
    Place,
    UnitState,
    bar_of,
    next_place,
    progress,
    walk,
)

DUE_SOON = timedelta(days=2)

Version = tuple[int, int]  # the id of a course and the number of its version


@dataclass(frozen=True)
class UnitLine:
    """A unit as a page shows it. ``waits_for`` names what locks it."""

    place: Place
    target: Target | None
    waits_for: tuple[str, ...] = ()

    @property
    def state(self) -> UnitState:
        return self.place.state

    @property
    def kind_label(self):
        return COURSE_LABELS[self.place.unit.kind]

    @property
    def bar_text(self) -> str:
        """What counts, where the title alone does not say it."""
        return bar_text(self.place.unit)


@dataclass(frozen=True)
class CourseLine:
    """One course with how far one person is at ``at``: assigned to them, or (without ``assignment``) of their own will.
    ``offered`` is what its units lead to."""

    course: Course
    places: tuple[Place, ...]
    offered: dict[Key, Target]
    at: datetime
    assignment: Assignment | None = None

    @cached_property
    def progress(self) -> CourseProgress:
        return progress(self.places)

    @property
    def state(self) -> str:
        """``done``, ``overdue``, ``soon`` or ``open``; or ``excused``, ``withdrawn`` or ``replaced``."""
        if self.assignment and self.assignment.state != AssignmentState.GIVEN:
            return str(self.assignment.state)
        if self.progress.complete:
            return "done"
        if self.assignment is None:
            return "open"
        if self.assignment.due_at <= self.at:
            return "overdue"
        return "soon" if self.assignment.due_at <= self.at + DUE_SOON else "open"

    @property
    def late(self) -> bool:
        """Whether it was done after it was due."""
        done_at = self.progress.done_at
        return self.assignment is not None and done_at is not None and done_at > self.assignment.due_at

    @cached_property
    def units(self) -> tuple[UnitLine, ...]:
        titles = {place.unit.key: _title(place, self.offered) for place in self.places}
        return tuple(
            UnitLine(place, _target(place, self.offered), tuple(titles[key] for key in place.missing))
            for place in self.places
        )

    @property
    def next(self) -> UnitLine | None:
        """The unit to do now; ``None`` when all are done or nobody can do any."""
        place = next_place(self.places)
        return next((line for line in self.units if line.place is place), None)

    @property
    def minutes_left(self) -> int:
        """About how long what is left takes, where anybody can say."""
        return sum(
            line.target.minutes or 0
            for line in self.units
            if line.target and line.state in (UnitState.OPEN, UnitState.LOCKED)
        )


def course_progress(learners: Iterable[int], *, at: datetime) -> dict[tuple[int, int], CourseProgress]:
    """How far each of these people is with each course that is open or was assigned to them, by both ids.

    The version assigned last counts; where none was, the newest one, and anything ever shown. So a course that
    somebody did without being told to is done, too. A fixed number of queries, however many people there are.
    """
    people = list(learners)
    newest: dict[tuple[int, int], Assignment] = {}
    for assignment in Assignment.objects.given().filter(learner__in=people).order_by("assigned_at", "pk"):
        newest[assignment.learner_id, assignment.course_id] = assignment
    current: dict[int, int] = dict(Course.objects.open().values_list("pk", "version"))
    wanted: dict[tuple[int, int], tuple[Version, datetime | None]] = {
        (learner, course): ((course, version), None) for learner in people for course, version in current.items()
    }
    wanted |= {pair: ((row.course_id, row.version), row.since) for pair, row in newest.items()}
    paths = paths_of({version for version, _ in wanted.values()})
    keys = _keys(paths.values())
    offered = targets(keys, on=timezone.localdate(at))
    shown = evidence_of(people, keys)
    gone = {version: _gone(path, offered) for version, path in paths.items()}
    return {
        (learner, course): progress(
            walk(paths.get(version, ()), shown[learner], gone=gone.get(version, ()), since=since)
        )
        for (learner, course), (version, since) in wanted.items()
    }


def assignment_lines(assignments: Iterable[Assignment], *, at: datetime) -> list[CourseLine]:
    """These assignments with how far each is, in the given order. A fixed number of queries; none without any."""
    rows = list(assignments)
    wanted = [(row.learner_id, row.course, row.version, row.since, row) for row in rows]
    return _lines(wanted, at)


def course_line(course: Course, learner, *, at: datetime) -> CourseLine:
    """How far one person is with a course: as it was assigned to them last, else as it is now."""
    newest = assignments_of(learner).filter(course=course).order_by("-assigned_at", "-pk").first()
    version, since = (newest.version, newest.since) if newest else (course.version, None)
    return _lines([(learner.pk, course, version, since, newest)], at)[0]


def open_courses(learner, *, at: datetime) -> list[CourseLine]:
    """Courses that were not assigned to this person and can be done all the same."""
    assigned = assignments_of(learner).values("course")
    courses = Course.objects.open().exclude(pk__in=assigned)
    return _lines([(learner.pk, course, course.version, None, None) for course in courses], at)


def most_urgent(lines: Iterable[CourseLine]) -> CourseLine | None:
    """Of what is not done the one due first that has a unit to do."""
    return next((line for line in lines if line.state in ("overdue", "soon", "open") and line.next), None)


_Wanted = tuple[int, Course, int, datetime | None, Assignment | None]


def _lines(wanted: Sequence[_Wanted], at: datetime) -> list[CourseLine]:
    if not wanted:
        return []
    paths = paths_of({(course.pk, version) for _, course, version, _, _ in wanted})
    keys = _keys(paths.values())
    offered = targets(keys, on=timezone.localdate(at))
    shown = evidence_of({learner for learner, *_ in wanted}, keys)
    lines = []
    for learner, course, version, since, assignment in wanted:
        path = paths.get((course.pk, version), ())
        places = walk(path, shown[learner], gone=_gone(path, offered), since=since)
        lines.append(CourseLine(course, places, offered, at, assignment))
    return lines


def paths_of(versions: Iterable[Version]) -> dict[Version, tuple[PathUnit, ...]]:
    """The units of these versions of courses, in their order. One query."""
    wanted = set(versions)
    rows = Unit.objects.filter(
        Q(course__in={course for course, _ in wanted}) & Q(version__in={version for _, version in wanted})
    ).order_by("course", "version", "position")
    found: dict[Version, list[PathUnit]] = defaultdict(list)
    for row in rows:
        if (row.course_id, row.version) in wanted:
            found[row.course_id, row.version].append(path_unit(row))
    return {version: tuple(units) for version, units in found.items()}


def path_unit(row: Unit) -> PathUnit:
    """A unit as the rules take it."""
    kind = UnitKind(row.kind)
    return PathUnit(row.key, kind, row.target, row.day, tuple(row.after), bar_of(kind, row.params))


def bar_text(unit: PathUnit) -> str:
    """What a unit asks for beside its title, in words; empty where the title says it all."""
    share = int(unit.bar.share * 100)
    match unit.kind:
        case UnitKind.PRACTICE:
            return gettext("一次练满 %(n)d 题") % {"n": unit.bar.amount}
        case UnitKind.SCENARIO:
            return gettext("按考核通过") if unit.bar.strict else gettext("通过一次")
        case UnitKind.TYPING:
            return gettext("每分钟 %(n)d 字，准确率 %(share)d%%") % {"n": unit.bar.amount, "share": share}
        case UnitKind.SORTING:
            return gettext("准确率 %(share)d%%") % {"share": share}
        case UnitKind.EXAM | UnitKind.GATE:
            return gettext("及格")
    return ""


def assignments_of(learner) -> QuerySet[Assignment]:
    """What one person has to do or has done, the most urgent first."""
    return Assignment.objects.given().filter(learner=learner).select_related("course").order_by("due_at", "pk")


def _keys(paths: Iterable[Sequence[PathUnit]]) -> set[Key]:
    return {(unit.kind, unit.target) for path in paths for unit in path}


def _gone(path: Sequence[PathUnit], offered: dict[Key, Target]) -> frozenset[str]:
    return frozenset(unit.key for unit in path if (unit.kind, unit.target) not in offered)


def _target(place: Place, found: dict[Key, Target]) -> Target | None:
    return found.get((place.unit.kind, place.unit.target))


def _title(place: Place, found: dict[Key, Target]) -> str:
    target = _target(place, found)
    return str(target.title) if target else place.unit.target
