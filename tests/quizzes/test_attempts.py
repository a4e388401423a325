"""Starting, saving and handing in, straight through the commands."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.commands.attempts import (
    AlreadySubmitted,
    BlueprintClosed,
    CannotStart,
    ImpossibleBlueprint,
    close_overdue,
    grant_time,
    record_leave,
    set_flag,
    start_exam,
    submit_attempt,
)
from quizzes.commands.saving import Given, WrongShape, save_answers
from quizzes.models import Attempt, LateAnswer, Mark, NotebookEntry, Question, Step
from quizzes.rules.timing import Start
from quizzes.rules.vocabulary import Kind
from quizzes.signals import attempt_marked
from tests.factories.quizzes import BlueprintFactory, QuestionFactory
from tests.rules.contents import right_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def exam():
    QuestionFactory.create_batch(3)
    return BlueprintFactory(sections=1, sections__count=3, minutes=30, max_attempts=2, cooldown_hours=24)


@pytest.fixture
def attempt(exam, trainee, now):
    return start_exam(blueprint_id=exam.pk, learner=trainee, at=now, seed=7)


def items_of(attempt):
    return list(attempt.items.select_related("version__question").order_by("position"))


def right(item):
    return right_answer(item.version.parsed())


def save(attempt, *given, client="tab-1", at=None):
    at = at or attempt.started_at + timedelta(minutes=1)
    return save_answers(attempt_id=attempt.pk, learner_id=attempt.learner_id, given=given, client=client, at=at)


# --- starting --------------------------------------------------------------------------------------------


def test_a_second_start_gives_the_open_attempt_back(attempt, exam, trainee, now):
    again = start_exam(blueprint_id=exam.pk, learner=trainee, at=now + timedelta(minutes=5), seed=8)
    assert again == attempt
    assert Attempt.objects.count() == 1


def test_the_same_seed_lays_out_the_same_paper(exam, trainee, supervisor, now):
    papers = [start_exam(blueprint_id=exam.pk, learner=who, at=now, seed=3) for who in (trainee, supervisor)]
    assert papers[0].ends_at == now + timedelta(minutes=30)
    # Exposure has changed between the two draws, but here every question is needed.
    first, second = ({i.version_id: i.arrangement for i in items_of(paper)} for paper in papers)
    assert first.keys() == second.keys()
    assert set(Question.objects.values_list("exposure", flat=True)) == {2}


def test_attempts_and_cool_down_are_kept_to(attempt, exam, trainee, now):
    submit_attempt(attempt_id=attempt.pk, at=now + timedelta(minutes=3))
    with pytest.raises(CannotStart) as refused:
        start_exam(blueprint_id=exam.pk, learner=trainee, at=now + timedelta(hours=1), seed=1)
    assert (refused.value.reason, refused.value.at) == (Start.COOLING_DOWN, now + timedelta(hours=24, minutes=3))

    second = start_exam(blueprint_id=exam.pk, learner=trainee, at=now + timedelta(hours=25), seed=1)
    submit_attempt(attempt_id=second.pk, at=now + timedelta(hours=25, minutes=1))
    with pytest.raises(CannotStart) as refused:
        start_exam(blueprint_id=exam.pk, learner=trainee, at=now + timedelta(days=9), seed=1)
    assert (refused.value.reason, refused.value.at) == (Start.NO_ATTEMPTS_LEFT, None)


def test_a_closed_or_impossible_exam_does_not_start(exam, trainee, now):
    Question.objects.filter(pk=Question.objects.first().pk).update(state="retired")
    with pytest.raises(ImpossibleBlueprint):
        start_exam(blueprint_id=exam.pk, learner=trainee, at=now, seed=1)
    exam.is_open = False
    exam.save()
    with pytest.raises(BlueprintClosed):
        start_exam(blueprint_id=exam.pk, learner=trainee, at=now, seed=1)
    assert not Attempt.objects.exists()


def test_granted_time_counts_for_the_open_attempt_and_the_next(attempt, exam, trainee, supervisor, now):
    grant_time(learner=trainee, blueprint=exam, minutes=10, reason="手受伤", by=supervisor, at=now)
    attempt.refresh_from_db()
    assert attempt.ends_at == now + timedelta(minutes=40)

    submit_attempt(attempt_id=attempt.pk, at=now + timedelta(minutes=1))
    later = start_exam(blueprint_id=exam.pk, learner=trainee, at=now + timedelta(days=2), seed=1)
    assert later.ends_at - later.started_at == timedelta(minutes=40)


@pytest.mark.parametrize("questions", [40, 80])
def test_starting_an_exam_of_forty_costs_the_same_for_any_bank(questions, trainee, now):
    QuestionFactory.create_batch(questions)
    exam = BlueprintFactory(sections=1, sections__count=40)
    with CaptureQueriesContext(connection) as queries:
        start_exam(blueprint_id=exam.pk, learner=trainee, at=now, seed=1)
    assert len(queries) == 17


# --- saving ----------------------------------------------------------------------------------------------


def test_saving_twice_is_saving_once(attempt):
    item = items_of(attempt)[0]
    for _ in range(2):
        assert save(attempt, Given(item.pk, 1, right(item))).saved == {item.pk: 1}
    assert Step.objects.count() == 1


def test_a_stale_tab_does_not_overwrite_and_learns_the_newer_answer(attempt):
    item = items_of(attempt)[0]
    save(attempt, Given(item.pk, 1, None))
    save(attempt, Given(item.pk, 2, right(item)), client="tab-2")

    told = save(attempt, Given(item.pk, 2, None))

    assert not told.saved
    assert told.stale == {item.pk: {"sequence": 2, "answer": right(item), "mine": False}}
    assert Step.objects.filter(item=item).latest("sequence").answer == right(item)


def test_a_lost_acknowledgement_is_told_as_ones_own(attempt):
    item = items_of(attempt)[0]
    save(attempt, Given(item.pk, 1, right(item)))
    told = save(attempt, Given(item.pk, 1, None))
    assert told.stale == {item.pk: {"sequence": 1, "answer": right(item), "mine": True}}
    assert save(attempt, Given(item.pk, 2, None)).saved == {item.pk: 2}


def test_a_number_from_nowhere_leaves_no_gap(attempt):
    item = items_of(attempt)[0]
    assert save(attempt, Given(item.pk, 5, right(item))).stale[item.pk]["sequence"] == 0
    assert not Step.objects.exists()


def test_foreign_attempts_and_items_are_not_found(attempt, supervisor, exam, now):
    item = items_of(attempt)[0]
    with pytest.raises(Attempt.DoesNotExist):
        save_answers(
            attempt_id=attempt.pk, learner_id=supervisor.pk, given=[Given(item.pk, 1, None)], client="x", at=now
        )
    other = start_exam(blueprint_id=exam.pk, learner=supervisor, at=now, seed=1)
    with pytest.raises(Attempt.DoesNotExist):
        save(attempt, Given(items_of(other)[0].pk, 1, None))
    assert not Step.objects.exists()


def test_an_answer_of_the_wrong_shape_is_refused_and_nothing_half_kept(attempt):
    first, second, _ = items_of(attempt)
    with pytest.raises(WrongShape) as refused:
        save(attempt, Given(first.pk, 1, right(first)), Given(second.pk, 1, {"no": "such"}))
    assert refused.value.item_id == second.pk
    assert not Step.objects.exists()


@pytest.mark.parametrize("handed_in", [True, False])
def test_what_comes_after_the_end_is_kept_but_not_marked(attempt, handed_in):
    item = items_of(attempt)[0]
    if handed_in:
        submit_attempt(attempt_id=attempt.pk, at=attempt.started_at + timedelta(minutes=1))
    for _ in range(2):
        told = save(attempt, Given(item.pk, 1, right(item)), at=attempt.ends_at)
        assert (told.closed, told.kept_late, told.saved) == (True, {item.pk}, {})
    assert not Step.objects.exists()
    assert LateAnswer.objects.get().answer == right(item)

    told = save(attempt, Given(item.pk, 2, None), at=attempt.ends_at + timedelta(days=2))
    assert told.closed
    assert not told.kept_late


def test_ten_answers_are_saved_in_two_statements(trainee, now):
    QuestionFactory.create_batch(10)
    exam = BlueprintFactory(sections=1, sections__count=10)
    attempt = start_exam(blueprint_id=exam.pk, learner=trainee, at=now, seed=1)
    given = [Given(item.pk, 1, right(item)) for item in items_of(attempt)]
    with CaptureQueriesContext(connection) as queries:
        assert len(save(attempt, *given).saved) == 10
    assert len(queries) == 2


# --- handing in ------------------------------------------------------------------------------------------


def test_the_newest_answer_counts_and_an_empty_one_earns_nothing(attempt):
    first, second, _ = items_of(attempt)
    save(attempt, Given(first.pk, 1, None))
    save(attempt, Given(first.pk, 2, right(first)))
    save(attempt, Given(second.pk, 1, right(second)))
    save(attempt, Given(second.pk, 2, None))
    heard = []
    attempt_marked.connect(listener := lambda **kwargs: heard.append(kwargs["attempt"].pk))

    done = submit_attempt(attempt_id=attempt.pk, at=attempt.started_at + timedelta(minutes=9))

    assert listener
    assert heard == [attempt.pk]
    assert float(done.score) == pytest.approx(33.3333)
    assert done.passed is False
    assert set(NotebookEntry.objects.values_list("question", "wrong")) == {
        (item.version.question_id, 1) for item in items_of(attempt)[1:]
    }
    answered = dict(Question.objects.values_list("pk", "credit"))
    assert answered[first.version.question_id] == 1
    assert set(Question.objects.values_list("answers", flat=True)) == {1}


def test_three_thirds_are_a_whole(trainee, now):
    QuestionFactory(kind=Kind.MATCHING)
    exam = BlueprintFactory(sections=1, sections__count=1, pass_mark=100)
    attempt = start_exam(blueprint_id=exam.pk, learner=trainee, at=now, seed=1)
    (item,) = items_of(attempt)
    save(attempt, Given(item.pk, 1, right(item)))
    done = submit_attempt(attempt_id=attempt.pk, at=now + timedelta(minutes=2))
    assert (done.score, done.passed) == (100, True)


def test_a_second_hand_in_is_refused_and_changes_nothing(attempt):
    submit_attempt(attempt_id=attempt.pk, at=attempt.started_at + timedelta(minutes=1))
    with pytest.raises(AlreadySubmitted):
        submit_attempt(attempt_id=attempt.pk, at=attempt.started_at + timedelta(minutes=2))
    assert Mark.objects.count() == 3


def test_what_runs_out_is_handed_in_as_of_its_end(attempt, supervisor, exam, now):
    start_exam(blueprint_id=exam.pk, learner=supervisor, at=now + timedelta(minutes=10), seed=2)
    assert close_overdue(at=now + timedelta(minutes=35)) == 1
    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.handed_in_by) == (attempt.ends_at, Attempt.DEADLINE)
    assert close_overdue(at=now + timedelta(minutes=35)) == 0


def test_a_free_text_waits_for_a_person(trainee, now):
    QuestionFactory(kind=Kind.FREE_TEXT)
    QuestionFactory()
    exam = BlueprintFactory(sections=1, sections__count=2)
    attempt = start_exam(blueprint_id=exam.pk, learner=trainee, at=now, seed=1)
    save(attempt, *(Given(item.pk, 1, right(item)) for item in items_of(attempt)))
    done = submit_attempt(attempt_id=attempt.pk, at=now + timedelta(minutes=2))
    assert (done.score, done.passed) == (None, None)
    assert Mark.objects.count() == 1


def test_flags_and_leaves_are_kept_while_the_attempt_is_open(attempt, now):
    who = {"attempt_id": attempt.pk, "learner_id": attempt.learner_id}
    set_flag(**who, position=2, on=True, at=now)
    set_flag(**who, position=9, on=True, at=now)
    record_leave(**who, seconds=30, at=now)
    attempt.refresh_from_db()
    assert attempt.flagged == [2]
    assert attempt.leaves.get().seconds == 30

    submit_attempt(attempt_id=attempt.pk, at=now + timedelta(minutes=1))
    record_leave(**who, seconds=30, at=now + timedelta(minutes=2))
    set_flag(**who, position=2, on=False, at=now + timedelta(minutes=2))
    attempt.refresh_from_db()
    assert (attempt.flagged, attempt.leaves.count()) == ([2], 1)
