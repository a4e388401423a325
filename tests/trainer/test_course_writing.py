"""Courses written: from the curriculum and on the site."""

from dataclasses import replace

import pytest
from django.utils import timezone

from quizzes.models import AuditEntry
from quizzes.rules.vocabulary import Platform
from tests.curricula import edit, write_folder
from trainer.commands.courses import (
    CircularPrerequisites,
    CourseTerms,
    SlugTaken,
    UnitTerms,
    UnknownPrerequisite,
    save_course,
)
from trainer.commands.curriculum import load_curriculum
from trainer.models import Course, Shift, Unit
from trainer.readers.curriculum import read_curriculum
from trainer.rules.course_words import CourseRole, CourseState, UnitKind

pytestmark = pytest.mark.django_db

TERMS = CourseTerms(
    slug="first-week", name="第一周", name_en="First week", summary="一课一考。", summary_en="", role=CourseRole.BOTH,
    platform=Platform.ALL, state=CourseState.OPEN, days=2,
    units=(UnitTerms("a", UnitKind.LESSON, "seven-days"), UnitTerms("b", UnitKind.EXAM, "small-exam", 2, ("a",))),
)  # fmt: skip


def save(terms=TERMS, course=None, by=None):
    return save_course(terms=terms, by=by, at=timezone.now(), course_id=course and course.pk, edited=True)


def test_other_units_make_a_new_version_and_the_old_one_stays(admin):
    course = save(by=admin)
    again = save(replace(TERMS, units=TERMS.units[:1]), course, admin)

    assert (course.version, again.version) == (1, 2)
    assert list(Unit.objects.values_list("version", "key")) == [(1, "a"), (1, "b"), (2, "a")]
    assert AuditEntry.objects.filter(action="save_course", by=admin).count() == 2


def test_another_name_makes_no_new_version():
    course = save()
    again = save(replace(TERMS, name="头一周", state=CourseState.CLOSED), course)

    assert (again.version, again.name, again.state) == (1, "头一周", CourseState.CLOSED)


def test_circular_prerequisites_are_refused_and_named():
    first, second = TERMS.units

    with pytest.raises(CircularPrerequisites) as refused:
        save(replace(TERMS, units=(replace(first, after=("b",)), second)))

    assert set(refused.value.keys) == {"a", "b"}
    assert not Course.objects.exists()


@pytest.mark.parametrize(
    ("units", "error"),
    [
        ((UnitTerms("a", UnitKind.LESSON, "x", after=("c",)),), UnknownPrerequisite),
        ((UnitTerms("a", UnitKind.PRACTICE, "x", params={"questions": 0}),), ValueError),
    ],
)
def test_what_cannot_be_is_refused(units, error):
    with pytest.raises(error):
        save(replace(TERMS, units=units))


def test_a_slug_belongs_to_one_course():
    save()

    with pytest.raises(SlugTaken):
        save()


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path)


def load(folder):
    return load_curriculum(read_curriculum(folder), at=timezone.now(), seed=1).counts()["courses"]


def test_a_folder_brings_its_courses_and_shifts(folder):
    assert load(folder).created == 1

    course = Course.objects.get()
    assert (course.name, course.version, course.edited) == ("第一周", 1, False)
    assert list(course.units.values_list("kind", "target", "after", "params")) == [
        ("lesson", "seven-days", [], {}),
        ("practice", "returns", [], {"questions": 5}),
        ("exam", "small-exam", ["seven-days"], {}),
    ]
    assert str(Shift.objects.get()) == "晚班 17:00–23:30"


def test_what_was_changed_on_the_site_stands_until_its_file_changes(folder):
    load(folder)
    save(replace(TERMS, name="头一周"), Course.objects.get())

    assert not load(folder).touched
    assert Course.objects.get().name == "头一周"

    edit(folder, "courses.yaml", "questions: 5", "questions: 6")
    assert load(folder).changed == 1
    course = Course.objects.get()
    assert (course.name, course.version, course.edited) == ("第一周", 3, False)


def test_a_course_that_is_in_the_file_no_more_is_closed(folder):
    load(folder)
    (folder / "courses.yaml").write_text("[]", encoding="utf-8")

    assert load(folder).retired == 1
    assert Course.objects.get().state == CourseState.CLOSED
