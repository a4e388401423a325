"""Practice runs and the wrong-question notebook, straight through the commands."""

from datetime import timedelta

import pytest

from quizzes.commands.attempts import AlreadyAnswered, NothingToPractise, answer_practice, start_practice
from quizzes.models import NotebookEntry, PaperItem, Question
from tests.factories.quizzes import QuestionFactory
from tests.rules.contents import right_answer

pytestmark = pytest.mark.django_db


def items_of(attempt):
    return list(attempt.items.select_related("version__question").order_by("position"))


def right(item):
    return right_answer(item.version.parsed())


def test_practice_marks_at_once_and_ends_with_its_last_answer(trainee, now):
    questions = QuestionFactory.create_batch(2)
    ids = [question.pk for question in questions]
    run = start_practice(learner=trainee, question_ids=ids, purpose="notebook", at=now, seed=1)
    assert start_practice(learner=trainee, question_ids=ids[:1], purpose="notebook", at=now, seed=2) == run
    first, second = items_of(run)

    mark = answer_practice(item_id=first.pk, learner_id=trainee.pk, answer=None, at=now, client="p")
    assert mark.fraction == 0
    with pytest.raises(AlreadyAnswered):
        answer_practice(item_id=first.pk, learner_id=trainee.pk, answer=right(first), at=now, client="p")
    answer_practice(item_id=second.pk, learner_id=trainee.pk, answer=right(second), at=now, client="p")

    run.refresh_from_db()
    assert (run.submitted_at, run.score) == (now, 50)
    assert NotebookEntry.objects.get().question_id == first.version.question_id
    assert set(Question.objects.values_list("answers", flat=True)) == {0}


def test_two_right_answers_in_a_row_clear_the_notebook(trainee, now):
    question = QuestionFactory()
    for number, good in enumerate([False, True, True]):
        at = now + timedelta(minutes=number)
        run = start_practice(learner=trainee, question_ids=[question.pk], purpose="notebook", at=at, seed=1)
        (item,) = items_of(run)
        answer = right(item) if good else None
        answer_practice(item_id=item.pk, learner_id=trainee.pk, answer=answer, at=at, client="p")
    entry = NotebookEntry.objects.get()
    assert (entry.wrong, entry.right_in_a_row, entry.cleared) == (1, 2, True)


def test_foreign_practice_and_retired_questions(trainee, supervisor, now):
    question = QuestionFactory()
    run = start_practice(learner=trainee, question_ids=[question.pk], purpose="notebook", at=now, seed=1)
    with pytest.raises(PaperItem.DoesNotExist):
        answer_practice(item_id=items_of(run)[0].pk, learner_id=supervisor.pk, answer=None, at=now, client="p")
    Question.objects.update(state="retired")
    with pytest.raises(NothingToPractise):
        start_practice(learner=supervisor, question_ids=[question.pk], purpose="notebook", at=now, seed=1)
