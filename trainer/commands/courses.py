"""Courses written: from the curriculum and on the site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from quizzes.models import AuditEntry
from quizzes.rules.vocabulary import Platform
from trainer.models import Course, Unit
from trainer.rules.course_words import CourseRole, CourseState, UnitKind
from trainer.rules.courses import bar_of, circle


class CircularPrerequisites(Exception):
    """Units wait for each other; ``keys`` are one circle, each waiting for the next."""

    def __init__(self, keys: Sequence[str]):
        super().__init__(" → ".join(keys))
        self.keys = tuple(keys)


class UnknownPrerequisite(Exception):
    """A unit waits for one that the course does not have."""


class SlugTaken(Exception):
    """Another course goes by this slug."""


@dataclass(frozen=True)
class UnitTerms:
    """What a unit asks for; see ``models.Unit``."""

    key: str
    kind: UnitKind
    target: str = ""
    day: int = 1
    after: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CourseTerms:
    """All that a course says."""

    slug: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    role: CourseRole
    platform: Platform
    state: CourseState
    days: int
    units: tuple[UnitTerms, ...]


@transaction.atomic
def save_course(
    *, terms: CourseTerms, by, at: datetime, course_id: int | None = None, position: int | None = None, edited: bool
) -> Course:
    """Make a course, or change the one with ``course_id``. Other units than before make a new version.

    Whoever was assigned an earlier version keeps it. Raises ``CircularPrerequisites``, ``UnknownPrerequisite``,
    ``SlugTaken``, and ``ValueError`` for a unit whose ``params`` make no sense.
    """
    after = {unit.key: unit.after for unit in terms.units}
    if unknown := {key for keys in after.values() for key in keys} - after.keys():
        raise UnknownPrerequisite(", ".join(sorted(unknown)))
    if found := circle(after):
        raise CircularPrerequisites(found)
    for unit in terms.units:
        bar_of(unit.kind, unit.params)
    if Course.objects.filter(slug=terms.slug).exclude(pk=course_id).exists():
        raise SlugTaken(terms.slug)
    course = Course.objects.select_for_update().get(pk=course_id) if course_id else Course(created_at=at)
    for name in ("slug", "name", "name_en", "summary", "summary_en", "role", "platform", "state", "days"):
        setattr(course, name, getattr(terms, name))
    if position is not None:
        course.position = position
    course.edited = edited
    new_units = course_id is None or units_of(course) != list(terms.units)
    if course_id and new_units:
        course.version += 1
    course.save()
    if new_units:
        Unit.objects.bulk_create(
            Unit(
                course=course,
                version=course.version,
                key=unit.key,
                position=number,
                day=unit.day,
                kind=unit.kind,
                target=unit.target,
                params=dict(unit.params),
                after=list(unit.after),
            )
            for number, unit in enumerate(terms.units)
        )
    if by is not None:
        AuditEntry.objects.create(
            at=at,
            by=by,
            action="save_course",
            target=f"course:{course.slug}",
            detail={"version": course.version, "state": str(course.state), "units": len(terms.units)},
        )
    return course


def units_of(course: Course) -> list[UnitTerms]:
    """The units of the newest version, in their order."""
    rows = Unit.objects.filter(course=course, version=course.version).order_by("position")
    return [
        UnitTerms(row.key, UnitKind(row.kind), row.target, row.day, tuple(row.after), row.params) for row in rows
    ]
