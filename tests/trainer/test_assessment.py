"""The matrix of one person: evidence by dimension and method, what is missing, and no total."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.commands.attempts import submit_attempt
from quizzes.rules.dialogue.scenario import Dimension
from tests.factories.assessment import (
    InterviewFactory,
    InterviewScoreFactory,
    PerformanceMonthFactory,
    SchemeVersionFactory,
)
from tests.factories.quizzes import AttemptFactory, QuestionFactory, TopicFactory
from trainer.queries.assessment import assessment_of, interviews_of, performance_of
from trainer.rules.vocabulary import Method

pytestmark = pytest.mark.django_db


def matrix(learner):
    version = SchemeVersionFactory()
    return assessment_of(
        learner,
        version.to_rule(),
        interviews=interviews_of([learner.pk]).get(learner.pk, []),
        months=performance_of([learner.pk]).get(learner.pk, []),
    )


def cell(found, dimension, method):
    row = next(row for row in found.rows if row.terms.key == dimension)
    return next(one for one in row.cells if one.method == method)


def test_without_evidence_everything_that_is_required_is_missing(trainee):
    found = matrix(trainee)

    assert found.covered == 0
    assert (Dimension.KNOWLEDGE, Method.EXAM) in found.missing
    assert (Dimension.EFFICIENCY, Method.PERFORMANCE) in found.missing


def test_an_exam_speaks_for_the_dimensions_of_its_topics_only(trainee):
    returns, other = TopicFactory(slug="returns"), TopicFactory(slug="duties")
    items = [QuestionFactory(topic=returns), QuestionFactory(topic=other)]
    attempt = AttemptFactory(learner=trainee, items=items)
    submit_attempt(attempt_id=attempt.pk, at=attempt.started_at + timedelta(minutes=5))

    (piece,) = cell(matrix(trainee), Dimension.KNOWLEDGE, Method.EXAM).pieces

    assert (piece.value, piece.count, piece.source) == (0, 1, attempt.pk)
    assert piece.is_thin


def test_interviews_and_figures_are_in_their_own_cells(trainee):
    form = InterviewFactory(learner=trainee, final=True)
    InterviewScoreFactory(interview=form, dimension="attitude", score=4)
    InterviewScoreFactory(interview=form, dimension="teamwork", score=None, not_asked="时间不够")
    PerformanceMonthFactory(learner=trainee, month=date(2026, 9, 1), first_reply=50)
    PerformanceMonthFactory(learner=trainee, month=date(2026, 10, 1), first_reply=25)

    found = matrix(trainee)

    (scored,) = cell(found, Dimension.ATTITUDE, Method.INTERVIEW).pieces
    assert (scored.value, scored.source) == (4, form.pk)
    assert cell(found, Dimension.TEAMWORK, Method.INTERVIEW).is_missing
    (figure,) = cell(found, Dimension.EFFICIENCY, Method.PERFORMANCE).pieces
    assert (figure.value, figure.at, figure.tier) == (25, date(2026, 10, 1), "good")
    assert found.covered == 25  # attitude and efficiency


def test_a_draft_is_no_evidence(trainee):
    InterviewFactory(learner=trainee)

    assert cell(matrix(trainee), Dimension.ATTITUDE, Method.INTERVIEW).is_missing


def test_the_page_says_what_is_missing(client, trainee, supervisor):
    SchemeVersionFactory()
    client.force_login(supervisor)

    page = client.get(reverse("trainer:assessment", args=[trainee.pk])).content.decode()

    assert "还缺电话面试" in page and "还缺书面考核" in page and "还缺绩效" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_history(client, trainee, supervisor, count, django_assert_num_queries):
    SchemeVersionFactory()
    for number in range(count):
        form = InterviewFactory(learner=trainee, rater=supervisor, final=True, held_at=_ago(number))
        InterviewScoreFactory(interview=form)
        PerformanceMonthFactory(learner=trainee, month=date(2026, 10 - number, 1))
        AttemptFactory(learner=trainee, submitted=True)
    client.force_login(supervisor)
    url = reverse("trainer:assessment", args=[trainee.pk])
    client.get(url)

    with django_assert_num_queries(16):
        response = client.get(url)

    assert len(response.context["results"]) == count


def _ago(days):
    return timezone.now() - timedelta(days=days + 1)


@pytest.mark.parametrize("own", [True, False])
def test_without_a_scheme_the_page_says_so(client, trainee, supervisor, own):
    client.force_login(trainee if own else supervisor)
    url = reverse("trainer:own_assessment") if own else reverse("trainer:assessment", args=[trainee.pk])

    assert "还没有考核方案" in client.get(url).content.decode()
