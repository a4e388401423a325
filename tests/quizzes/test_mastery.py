"""Adding up what people's answers say of the topics, and keeping it in step."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.commands.attempts import submit_attempt
from quizzes.commands.mastery import tally_mastery, tally_since
from quizzes.models import Mastery
from tests.factories.desk import MasteryFactory
from tests.factories.quizzes import AttemptFactory, QuestionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def sat(learner, *topics, **more):
    """An exam with one right answer of each topic."""
    items = [QuestionFactory(topic=topic) for topic in topics]
    return AttemptFactory(learner=learner, submitted=True, items=items, **more)


def test_answers_are_added_up_by_topic(trainee, now):
    returns, freight = TopicFactory.create_batch(2)
    sat(trainee, returns, returns, freight).items.get(position=1).mark_rows.update(numerator=0)
    sat(trainee, returns, practice=True)

    tally_mastery(learner_ids=[trainee.pk], at=timezone.now())

    found = {row.topic: row for row in Mastery.objects.filter(learner=trainee)}
    assert found[returns].answers == 3 and found[freight].answers == 1
    assert found[returns].weight == pytest.approx(2.5, rel=0.05)
    assert found[returns].credit == pytest.approx(1.5, rel=0.05)


def test_adding_up_twice_is_adding_up_once_and_forgets_what_is_gone(trainee, now):
    MasteryFactory(learner=trainee)
    other = MasteryFactory()
    sat(trainee, TopicFactory())

    for _ in range(2):
        tally_mastery(learner_ids=[trainee.pk], at=now)

    assert Mastery.objects.get(learner=trainee).answers == 1
    assert Mastery.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("people", [1, 5])
def test_it_costs_the_same_for_many(people, now, django_assert_num_queries):
    topic = TopicFactory()
    learners = [sat(MasteryFactory().learner, topic).learner_id for _ in range(people)]
    with django_assert_num_queries(5):  # with the savepoint around it
        tally_mastery(learner_ids=learners, at=now)


def test_handing_in_brings_it_in_step(trainee):
    attempt = AttemptFactory(learner=trainee)

    submit_attempt(attempt_id=attempt.pk, at=timezone.now())

    assert sum(Mastery.objects.filter(learner=trainee).values_list("answers", flat=True)) == attempt.items.count()


def test_practice_that_nobody_ended_is_added_up_with_the_day(trainee, now):
    AttemptFactory(learner=trainee, practice=True, submitted=True)

    assert tally_since(since=now - timedelta(days=400), at=now) == 1
    assert tally_since(since=now + timedelta(days=1), at=now) == 0
    assert Mastery.objects.filter(learner=trainee).exists()
