"""A lesson goes out of reading with its questions, and comes back with them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.commands.questions import set_state
from quizzes.models import Blueprint, Question
from quizzes.rules.vocabulary import Origin, QuestionState
from tests.factories.courses import CourseFactory, UnitFactory
from tests.factories.quizzes import QuestionFactory
from tests.trainer.changing import WINDOW, World
from trainer.commands.curriculum import load_curriculum
from trainer.commands.retiring import Moved, restore_lesson, retire_lesson
from trainer.models import Lesson
from trainer.queries.remaking import SEED
from trainer.queries.retirement import retirement_of
from trainer.readers.curriculum import read_curriculum
from trainer.rules.course_words import UnitKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def live():
    return set(Question.objects.live().values_list("slug", flat=True))


def retire(world, admin):
    return retire_lesson(lesson_id=world.lesson.pk, by=admin, at=timezone.now())


def restore(world, admin):
    return restore_lesson(lesson_id=world.lesson.pk, by=admin, at=timezone.now())


def test_the_questions_go_out_and_come_back_with_their_lesson(world, admin):
    before = live()
    assert Question.objects.live().filter(origin=Origin.GENERATED).exists()

    assert retire(world, admin) == Moved(len(before))
    assert retire(world, admin) is None
    assert live() == set()
    assert not Lesson.objects.published(timezone.localdate()).exists()

    assert restore(world, admin) == Moved(len(before))
    assert restore(world, admin) is None
    assert live() == before
    assert Lesson.objects.published(timezone.localdate()).exists()


def test_each_question_comes_back_to_where_it_was(world, admin):
    now = timezone.now()
    QuestionFactory(origin=Origin.HANDWRITTEN, lesson_key=world.lesson.slug)
    kept, out, back = Question.objects.live().filter(origin=Origin.HANDWRITTEN).order_by("pk")
    set_state(question_id=kept.pk, state=QuestionState.REVIEW, by=admin, at=now)
    set_state(question_id=out.pk, state=QuestionState.RETIRED, by=admin, at=now)

    retire(world, admin)
    set_state(question_id=back.pk, state=QuestionState.LIVE, by=admin, at=timezone.now())
    set_state(question_id=back.pk, state=QuestionState.RETIRED, by=admin, at=timezone.now())
    restore(world, admin)

    states = dict(Question.objects.filter(pk__in=[kept.pk, out.pk, back.pk]).values_list("pk", "state"))
    assert states == {
        kept.pk: QuestionState.REVIEW, out.pk: QuestionState.RETIRED, back.pk: QuestionState.RETIRED,
    }  # fmt: skip


def test_questions_of_other_lessons_that_rest_on_it_are_looked_at(world, admin):
    other = QuestionFactory(origin=Origin.HANDWRITTEN, lesson_key="another", facts=[WINDOW])

    assert retire(world, admin).reviewed == 1

    other.refresh_from_db()
    assert other.state == QuestionState.REVIEW


def test_loading_the_curriculum_again_brings_nothing_back(world, admin, tmp_path):
    retire(world, admin)

    load_curriculum(read_curriculum(tmp_path), at=timezone.now(), seed=SEED)

    assert live() == set()
    restore(world, admin)
    load_curriculum(read_curriculum(tmp_path), at=timezone.now(), seed=SEED)
    assert live()


def test_what_goes_with_it_is_told_before(client, world, admin):
    course = CourseFactory(slug="week-one", name="第一周入门")
    UnitFactory(course=course, kind=UnitKind.LESSON, target=world.lesson.slug)
    client.force_login(admin)
    before = live()

    found = retirement_of(world.lesson, at=timezone.now())
    page = client.get(reverse("trainer:content_retire", args=[world.lesson.slug])).content.decode()

    assert found.leaving == len(before)
    assert [row.impossible for row in found.blueprints] == [True]
    assert course in found.courses
    assert Blueprint.objects.get(slug="small-exam").title in page
    assert "凑不出卷" in page
    assert "第一周入门" in page
    assert live() == before


def test_the_pages_retire_and_restore(client, world, admin):
    client.force_login(admin)
    count = len(live())

    page = client.post(reverse("trainer:content_retire", args=[world.lesson.slug]), follow=True).content.decode()
    assert f"它的 {count} 道题也不再出" in page
    assert client.get(reverse("trainer:content_retire", args=[world.lesson.slug])).status_code == 302

    page = client.post(reverse("trainer:content_restore", args=[world.lesson.slug]), follow=True).content.decode()
    assert f"{count} 道题跟着恢复" in page


def test_what_retiring_touches_is_found_in_few_queries(world, django_assert_num_queries):
    with django_assert_num_queries(20):
        retirement_of(world.lesson, at=timezone.now())
