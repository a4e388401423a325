"""Courses and shifts out of a curriculum."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from trainer.commands.courses import CourseTerms, UnitTerms, save_course
from trainer.commands.lessons import content_hash
from trainer.models import Course
from trainer.readers.entries import CourseEntry
from trainer.rules.course_words import CourseState


def course_key(entry: CourseEntry) -> str:
    """What an entry goes by among the hashes of a load."""
    return f"course:{entry.slug}"


def save_courses(
    entries: Sequence[CourseEntry], *, before: Mapping[str, str], at: datetime
) -> tuple[int, int, int, int]:
    """How many were created, changed, unchanged and closed. ``before``: the hashes of the last load.

    Runs inside the loader's transaction. What was changed on the site stands until the file changes, too; a course
    that is in the file no more is closed, not deleted: people are on it.
    """
    there = {course.slug: course for course in Course.objects.all()}
    created = changed = 0
    for number, entry in enumerate(entries):
        course = there.get(entry.slug)
        if course and before.get(course_key(entry)) == content_hash(entry):
            continue
        created, changed = created + (course is None), changed + (course is not None)
        save_course(
            terms=_terms(entry, course), by=None, at=at, course_id=course and course.pk, position=number, edited=False
        )
    gone = before.keys() - {course_key(entry) for entry in entries}
    loaded_once = [slug for slug in there if f"course:{slug}" in gone]
    closed = Course.objects.open().filter(slug__in=loaded_once).update(state=CourseState.CLOSED)
    return created, changed, len(entries) - created - changed, closed


def _terms(entry: CourseEntry, course: Course | None) -> CourseTerms:
    return CourseTerms(
        slug=entry.slug,
        name=entry.name,
        name_en=entry.name_en,
        summary=entry.summary,
        summary_en=entry.summary_en,
        role=entry.role,
        platform=entry.platform,
        state=CourseState(course.state) if course else CourseState.OPEN,
        days=entry.days,
        units=tuple(
            UnitTerms(unit.key, unit.kind, unit.target, unit.day, unit.after, unit.params) for unit in entry.units
        ),
    )
