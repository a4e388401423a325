from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from quizzes.models import Blueprint
from quizzes.rules.vocabulary import Kind
from tests.factories.quizzes import AttemptFactory, BlueprintFactory, QuestionFactory, TopicFactory
from tests.factories.trainer import (
    ConfirmationPlanFactory,
    EmploymentFactory,
    LessonFactory,
    LessonReadFactory,
    LessonVersionFactory,
    RequirementFactory,
)
from trainer.models import Employment
from trainer.queries.confirmation import confirmation_of, confirmations, lessons_in_force
from trainer.rules.confirmation import LessonState, State
from trainer.rules.vocabulary import EmploymentState, RequirementKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = ConfirmationPlanFactory(is_default=True)
    RequirementFactory(
        plan=plan, kind=RequirementKind.EXAM_SCORE, params={"blueprint": "rules", "at_least": 85}, position=1
    )
    RequirementFactory(plan=plan, kind=RequirementKind.LESSONS_DONE, params={}, position=2)
    RequirementFactory(plan=plan, kind=RequirementKind.DAYS_IN_POST, params={"at_least": 30}, position=3)
    BlueprintFactory(slug="rules", sections__count=40)
    return plan


def plan_exam():
    return Blueprint.objects.get(slug="rules")


def stand(employment: Employment):
    return confirmation_of(employment, at=timezone.now())


def states(confirmation):
    return [line.judgement.state for line in confirmation.lines]


def test_the_default_plan_holds_for_who_has_no_plan_of_their_own(plan):
    own = ConfirmationPlanFactory()
    RequirementFactory(plan=own, params={"at_least": 10})

    assert stand(EmploymentFactory()).plan == plan
    assert stand(EmploymentFactory(plan=own)).plan == own
    assert states(stand(EmploymentFactory(plan=own))) == [State.MET]


def test_without_any_plan_nothing_is_met():
    confirmation = stand(EmploymentFactory())

    assert (confirmation.plan, confirmation.lines, confirmation.standing.all_met) == (None, (), False)


def test_an_exam_counts_by_its_best_score_and_only_the_persons_own(plan):
    employment = EmploymentFactory()
    blueprint = plan_exam()
    for score in ("70", "96.5", "60"):
        AttemptFactory(learner=employment.user, blueprint=blueprint, submitted=True, score=Decimal(score), items=0)
    AttemptFactory(blueprint=blueprint, submitted=True, score=Decimal(99), items=0)
    AttemptFactory(learner=employment.user, practice=True, submitted=True, score=Decimal(100), items=0)

    judgement = stand(employment).lines[0].judgement

    assert (judgement.state, judgement.value) == (State.MET, Decimal("96.5"))
    assert len(judgement.attempts) == 3


def test_answers_that_wait_for_a_mark_are_counted_and_give_no_score(plan):
    employment = EmploymentFactory()
    questions = [QuestionFactory(), *QuestionFactory.create_batch(2, kind=Kind.FREE_TEXT)]
    attempt = AttemptFactory(learner=employment.user, blueprint=plan_exam(), submitted=True, items=questions)

    confirmation = stand(employment)

    assert confirmation.waiting == 2
    assert confirmation.lines[0].judgement.pending == (attempt.pk,)
    assert confirmation.lines[0].judgement.value is None


def test_only_required_lessons_in_force_count_and_done_needs_end_and_answers(plan):
    employment = EmploymentFactory()
    done, at_end, begun, new = LessonFactory.create_batch(4, version__required=True)
    optional = LessonFactory()
    LessonFactory(version__required=True, retired_at=timezone.now())
    LessonFactory(version__required=True, version__draft=True)
    LessonReadFactory(learner=employment.user, lesson=done, done=True)
    LessonReadFactory(learner=employment.user, lesson=at_end, reached_end_at=timezone.now())
    LessonReadFactory(learner=employment.user, lesson=begun)
    LessonReadFactory(learner=employment.user, lesson=optional, done=True)
    LessonReadFactory(lesson=new, done=True)

    confirmation = stand(employment)

    assert {x.slug: x.state for x in confirmation.evidence.lessons} == {
        done.slug: LessonState.DONE,
        at_end.slug: LessonState.AT_END,
        begun.slug: LessonState.BEGUN,
        new.slug: LessonState.NEW,
    }
    assert (confirmation.lines[1].judgement.value, confirmation.lines[1].judgement.target) == (1, 4)
    assert len(confirmation.lessons) == 5


def test_a_new_version_keeps_what_was_read(plan):
    employment = EmploymentFactory()
    lesson = LessonFactory(version__required=True)
    LessonReadFactory(learner=employment.user, lesson=lesson, done=True)
    LessonVersionFactory(
        lesson=lesson, number=2, required=True, topics=[TopicFactory()], effective_from=timezone.localdate()
    )

    assert states(stand(employment))[1] is State.MET


def test_lessons_come_topic_by_topic_in_their_order():
    later, earlier = TopicFactory(position=2), TopicFactory(position=1)
    for slug, topic, position in [("d", later, 1), ("b", earlier, 2), ("a", earlier, 1), ("e", later, 2)]:
        side = later if topic == earlier else earlier
        LessonFactory(slug=slug, version__topics=[topic, side], version__position=position)

    assert [link.version.lesson.slug for link in lessons_in_force(timezone.now())] == ["a", "b", "d", "e"]


def test_probation_is_short_only_for_those_on_probation(plan):
    soon = timezone.localdate() + timedelta(days=14)

    assert stand(EmploymentFactory(probation_ends_on=soon)).short
    assert not stand(EmploymentFactory(probation_ends_on=soon + timedelta(days=1))).short
    assert not stand(EmploymentFactory(probation_ends_on=soon, state=EmploymentState.CONFIRMED)).short


@pytest.mark.parametrize("people", [1, 4])
def test_many_people_cost_as_much_as_one(people, plan, django_assert_num_queries):
    employments = EmploymentFactory.create_batch(people)
    for employment in employments:
        AttemptFactory(learner=employment.user, blueprint=plan_exam(), submitted=True)
        LessonReadFactory(learner=employment.user, lesson=LessonFactory(version__required=True), done=True)

    with django_assert_num_queries(5):
        found = confirmations(employments, at=timezone.now())

    assert {pk: c.standing.met for pk, c in found.items()} == {e.user_id: 2 if people == 1 else 1 for e in employments}


def test_a_requirement_with_wrong_params_is_refused_before_it_is_saved():
    requirement = RequirementFactory.build(plan=ConfirmationPlanFactory(), params={"days": 30})

    with pytest.raises(ValidationError) as caught:
        requirement.full_clean()

    assert "params" in caught.value.message_dict
