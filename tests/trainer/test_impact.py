"""What a change touches, exactly: facts, questions, exams, papers, plans and people."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.commands.questions import set_state
from quizzes.models import Blueprint, Question
from quizzes.rules.vocabulary import Origin, QuestionState
from tests.factories.quizzes import AttemptFactory, BlueprintFactory, BlueprintSectionFactory, QuestionFactory
from tests.factories.trainer import EmploymentFactory, LessonReadFactory, UserFactory
from tests.trainer.changing import FREIGHT, WINDOW, World
from trainer.models import LessonVersion, User
from trainer.queries.impact import impact_of
from trainer.rules.changes import Touch
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def impact(version):
    return impact_of(version, at=timezone.now())


def names(people):
    return {User.objects.get(pk=person.learner_id) for person in people}


def test_a_changed_number_touches_its_own_questions_only(world):
    found = impact(world.draft(window=15))

    assert [(change.key, change.touch) for change in found.facts] == [(WINDOW, Touch.CHANGED)]
    assert found.remaking.changed
    assert {fact for one in found.remaking.changed for fact in one.after.facts} == {WINDOW}
    assert not found.remaking.gone
    assert [question.slug for question in found.handwritten] == ["seven-sign-day"]
    assert any("15" in one.after.stem + one.after.explanation for one in found.remaking.changed)


def test_nothing_is_written(world):
    before = (Question.objects.count(), LessonVersion.objects.count())
    draft = world.draft(window=15)

    impact(draft)

    assert (Question.objects.count(), LessonVersion.objects.count() - 1) == before
    assert not Question.objects.filter(versions__number=2).exists()


def test_a_removed_fact_takes_its_questions_with_it(world):
    found = impact(world.draft(without=[WINDOW]))

    rested = Question.objects.filter(origin=Origin.GENERATED, current__bases__fact_key=WINDOW)
    assert [(change.key, change.touch) for change in found.facts] == [(WINDOW, Touch.REMOVED)]
    assert {gone.question for gone in found.remaking.gone} == set(rested)
    assert [question.slug for question in found.handwritten] == ["seven-sign-day"]


def test_a_question_that_fails_a_gate_goes_and_says_why(world):
    QuestionFactory(
        stem=world.question(FREIGHT, origin=Origin.GENERATED, current__form="attribute_choice").current.stem,
        content=world.question(FREIGHT, origin=Origin.GENERATED, current__form="attribute_choice").current.content,
        fingerprint="x" * 64,
    )
    twin = Question.objects.latest("pk").current
    draft = world.draft(payer="卖家")
    made = next(q for q in impact(draft).remaking.made if q.form == "attribute_choice")
    from quizzes.rules.generation.gates import fingerprint

    type(twin).objects.filter(pk=twin.pk).update(fingerprint=fingerprint(made.stem, made.content))

    gone = impact(draft).remaking.gone

    assert [(one.before.form, one.reason) for one in gone] == [("attribute_choice", "题库里已有一样的题")]


def test_only_a_better_explanation_unsettles_nobody(world):
    world.passed(WINDOW)
    world.finished()

    found = impact(world.draft(note="签收那天不算，从次日数起。"))

    assert [change.touch for change in found.facts] == [Touch.REWORDED]
    assert found.remaking.changed
    assert found.handwritten == () and found.people == () and found.keys == ()


def test_people_are_those_who_passed_on_it_and_those_who_finished_the_lesson(world):
    sat, read = world.passed(WINDOW).learner, world.finished()
    world.passed(FREIGHT)
    world.passed(WINDOW, passed=False)

    found = impact(world.draft(window=15))

    assert names(found.people) == {sat, read}
    by_learner = {User.objects.get(pk=person.learner_id): person for person in found.people}
    assert [len(by_learner[sat].exams), by_learner[sat].read] == [1, False]
    assert [len(by_learner[read].exams), by_learner[read].read] == [0, True]


def test_reading_a_lesson_that_is_not_required_binds_nobody(world):
    LessonVersion.objects.update(required=False)
    world.finished()

    assert impact(world.draft(window=15)).people == ()


def test_practice_and_open_exams_bind_nobody(world):
    question = world.question(WINDOW)
    learner = EmploymentFactory(user=UserFactory(role="trainee")).user
    AttemptFactory(learner=learner, practice=True, submitted=True, items=[question], passed=True)
    paper = AttemptFactory(learner=learner, items=[question])

    found = impact(world.draft(window=15))

    assert found.people == ()
    assert list(found.open_papers) == [paper]


def test_who_has_left_or_was_switched_off_is_not_listed(world):
    left, off = world.passed(WINDOW).learner, world.passed(WINDOW).learner
    left.employment.state = EmploymentState.LEFT
    left.employment.save()
    off.is_active = False
    off.save()

    assert impact(world.draft(window=15)).people == ()


def test_seen_again_after_publishing_the_people_are_the_same_but_those_who_passed_since(world, admin):
    before, again = world.passed(WINDOW).learner, world.passed(WINDOW).learner
    draft = world.draft(window=15)
    world.publish(draft, by=admin, rule=False)
    assert names(impact(draft).people) == {before, again}
    later = timezone.now() + timedelta(hours=1)
    for learner in (again, EmploymentFactory(user=UserFactory(role="trainee")).user):
        world.passed(WINDOW, learner=learner, ago=world.now - later)

    assert names(impact(draft).people) == {before}


def test_who_finished_the_new_version_knows_it(world, admin):
    old = world.finished()
    draft = world.draft(window=15)
    world.publish(draft, by=admin, rule=False)
    LessonReadFactory(lesson=world.lesson, version=draft, done=True, learner=EmploymentFactory().user)

    assert names(impact(draft).people) == {old}


def test_an_exam_that_would_lack_questions_is_named_with_what_it_lacks(world):
    exam = Blueprint.objects.get(slug="small-exam")
    QuestionFactory()  # of another topic
    for question in Question.objects.live().exclude(current__bases__fact_key=WINDOW):
        set_state(question_id=question.pk, state=QuestionState.RETIRED, by=None, at=timezone.now())

    found = impact(world.draft(without=[WINDOW]))

    assert [(row.blueprint, row.impossible, row.shortages[0].lacking) for row in found.blueprints] == [(exam, True, 1)]


def test_an_exam_that_only_gets_other_questions_stays_possible(world):
    unconcerned = BlueprintFactory(sections=0)
    BlueprintSectionFactory(blueprint=unconcerned, count=1, topics=[QuestionFactory().current.topic])

    found = impact(world.draft(window=15))

    assert [(row.blueprint.slug, row.impossible) for row in found.blueprints] == [("small-exam", False)]
    assert [str(plan) for plan in found.plans] == ["提前转正"]


@pytest.mark.parametrize("people", [1, 5])
def test_it_costs_the_same_for_any_number_of_people(world, people, django_assert_num_queries):
    for _ in range(people):
        world.passed(WINDOW)
        world.finished()
    draft = world.draft(window=15)

    with django_assert_num_queries(26):
        impact(draft)
