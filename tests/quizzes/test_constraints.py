"""What must hold whoever writes: each named constraint of the engine, broken once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.utils import timezone
from factory import LazyAttribute, SelfAttribute

from quizzes.models import Mark
from tests.constraints import complaint, constraints_of
from tests.factories import desk, drills, reviews, roleplay
from tests.factories import quizzes as make
from tests.factories.people import UserFactory


def twice(factory, **same):
    factory(**same)
    factory(**same)


def second_open_attempt():
    first = make.AttemptFactory(items=0)
    make.AttemptFactory(items=0, learner=first.learner, blueprint=first.blueprint)


def same_version_twice_in_a_paper():
    first = make.PaperItemFactory()
    make.PaperItemFactory(attempt=first.attempt, version=first.version)


def decided_without_a_reply():
    make.AppealFactory(decided=True, reply="")


BREAKS = {
    "attempt_one_open_per_learner_and_quiz": second_open_attempt,
    "attempt_ends_after_it_starts": lambda: make.AttemptFactory(items=0, ends_at=SelfAttribute("started_at")),
    "attempt_submitted_after_it_starts": lambda: make.AttemptFactory(
        items=0, submitted_at=LazyAttribute(lambda o: o.started_at - timedelta(seconds=1))
    ),
    "attempt_exam_has_its_terms": lambda: make.AttemptFactory(items=0, pass_mark=None),
    "attempt_score_of_100": lambda: make.AttemptFactory(items=0, score=Decimal("100.0001")),
    "paper_item_position_once": lambda: twice(make.PaperItemFactory, attempt=make.AttemptFactory(items=0), position=1),
    "paper_item_version_once": same_version_twice_in_a_paper,
    "paper_item_has_marks": lambda: make.PaperItemFactory(marks=0),
    "step_sequence_once": lambda: twice(make.StepFactory, item=make.PaperItemFactory(), sequence=1),
    "step_sequence_from_one": lambda: make.StepFactory(sequence=0),
    "late_answer_once": lambda: twice(make.LateAnswerFactory, item=make.PaperItemFactory(), client="tab", sequence=3),
    "accommodation_gives_time": lambda: make.AccommodationFactory(extra_minutes=0),
    "accommodation_has_a_reason": lambda: make.AccommodationFactory(reason=""),
    "blueprint_pass_mark_of_100": lambda: make.BlueprintFactory(pass_mark=Decimal("100.5")),
    "blueprint_takes_time": lambda: make.BlueprintFactory(minutes=0),
    "blueprint_section_position_once": lambda: twice(
        make.BlueprintSectionFactory, blueprint=make.BlueprintFactory(sections=0), position=1
    ),
    "blueprint_section_difficulty_range": lambda: make.BlueprintSectionFactory(min_difficulty=4, max_difficulty=3),
    "blueprint_section_asks_something": lambda: make.BlueprintSectionFactory(count=0),
    "mark_one_stands_per_item": lambda: twice(make.MarkFactory, item=make.PaperItemFactory()),
    "mark_between_none_and_full": lambda: make.MarkFactory(numerator=4, denominator=3),
    "mark_by_a_person_names_the_person": lambda: make.MarkFactory(origin=Mark.APPEAL, by=None),
    "appeal_decided_with_name_and_reply": decided_without_a_reply,
    "appeal_has_a_reason": lambda: make.AppealFactory(reason=""),
    "notebook_entry_once": lambda: twice(
        make.NotebookEntryFactory, learner=make.UserFactory(), question=make.QuestionFactory()
    ),
    "key_shown_once_at_a_time": lambda: twice(
        reviews.KeyShownFactory, item=make.PaperItemFactory(), at=timezone.now()
    ),
    "review_card_once": lambda: twice(
        reviews.ReviewCardFactory, learner=make.UserFactory(), question=make.QuestionFactory()
    ),
    "review_card_in_range": lambda: reviews.ReviewCardFactory(difficulty=11),
    "review_card_lapses_within_recalls": lambda: reviews.ReviewCardFactory(lapses=2),
    "question_live_has_a_version": lambda: make.BareQuestionFactory(state="live"),
    "question_credit_within_answers": lambda: make.BareQuestionFactory(answers=1, credit=Decimal("1.5")),
    "question_version_number_once": lambda: twice(
        make.QuestionVersionFactory, question=make.BareQuestionFactory(), number=1
    ),
    "question_version_difficulty_in_range": lambda: make.QuestionVersionFactory(difficulty=6),
    "scenario_live_has_a_version": lambda: roleplay.ScenarioFactory(data=False, state="live"),
    "scenario_version_number_once": lambda: twice(
        roleplay.ScenarioVersionFactory, scenario=roleplay.ScenarioFactory(data=False)
    ),
    "scenario_basis_once": lambda: twice(
        roleplay.ScenarioBasisFactory, version=roleplay.ScenarioVersionFactory(), lesson_key="late-delivery"
    ),
    "scenario_basis_lesson_or_fact": lambda: roleplay.ScenarioBasisFactory(fact_key="a14-first"),
    "session_trial_is_practice": lambda: roleplay.SessionFactory(trial=True, level="exam"),
    "session_one_open_per_scenario": lambda: twice(
        roleplay.SessionFactory, learner=make.UserFactory(), scenario=roleplay.ScenarioFactory()
    ),
    "session_ends_after_it_starts": lambda: roleplay.SessionFactory(
        ended=True, ended_at=LazyAttribute(lambda o: o.started_at - timedelta(seconds=1))
    ),
    "session_ended_has_its_score": lambda: roleplay.SessionFactory(ended=True, score=None),
    "session_score_of_100": lambda: roleplay.SessionFactory(ended=True, score=Decimal("100.1")),
    "turn_number_once": lambda: twice(roleplay.TurnFactory, session=roleplay.SessionFactory(), number=1),
    "turn_sent_once": lambda: twice(
        roleplay.TurnFactory, session=roleplay.SessionFactory(), client="tab", sequence=1
    ),
    "turn_number_from_one": lambda: roleplay.TurnFactory(number=0),
    "turn_reply_has_text_and_time": lambda: roleplay.TurnFactory(text=""),
    "check_result_once": lambda: twice(roleplay.CheckResultFactory, turn=roleplay.TurnFactory()),
    "check_result_probability": lambda: roleplay.CheckResultFactory(probability=1.01),
    "ruling_against_the_machine_has_a_reason": lambda: roleplay.RulingFactory(reason=""),
    "ruling_blind_once_per_person": lambda: twice(
        roleplay.RulingFactory, result=roleplay.CheckResultFactory(), by=make.UserFactory(), blind=True
    ),
    "check_appeal_has_a_reason": lambda: roleplay.CheckAppealFactory(reason=""),
    "session_comment_has_text": lambda: roleplay.SessionCommentFactory(text=""),
    "typing_run_one_open_per_learner": lambda: twice(drills.TypingRunFactory, learner=make.UserFactory()),
    "typing_run_ends_after_it_starts": lambda: drills.TypingRunFactory(ends_at=SelfAttribute("started_at")),
    "typing_run_finished_in_its_time": lambda: drills.TypingRunFactory(
        finished=True, finished_at=LazyAttribute(lambda o: o.ends_at + timedelta(seconds=1))
    ),
    "typing_run_finished_has_figures": lambda: drills.TypingRunFactory(finished=True, correct=None),
    "typing_run_accuracy_share": lambda: drills.TypingRunFactory(finished=True, accuracy=Decimal("1.01")),
    "typing_run_counted_or_why_not": lambda: drills.TypingRunFactory(finished=True, mode="practice"),
    "sorting_run_one_open_per_learner": lambda: twice(drills.SortingRunFactory, learner=make.UserFactory()),
    "sorting_run_ends_after_it_starts": lambda: drills.SortingRunFactory(ends_at=SelfAttribute("started_at")),
    "sorting_run_finished_in_its_time": lambda: drills.SortingRunFactory(
        finished=True, finished_at=LazyAttribute(lambda o: o.ends_at + timedelta(seconds=1))
    ),
    "sorting_run_finished_has_shares": lambda: drills.SortingRunFactory(finished=True, class_accuracy=None),
    "sorting_run_shares": lambda: drills.SortingRunFactory(finished=True, urgency_accuracy=Decimal("1.1")),
    "sorting_answer_once": lambda: twice(drills.SortingAnswerFactory, run=drills.SortingRunFactory()),
    "sorting_answer_position_from_one": lambda: drills.SortingAnswerFactory(position=0),
    "question_basis_once": lambda: twice(
        make.QuestionBasisFactory, version=make.QuestionVersionFactory(), fact_key="r05-sign"
    ),
    "pattern_version_number_once": lambda: twice(roleplay.PatternVersionFactory, name="shop.1"),
    "pattern_version_from_one": lambda: roleplay.PatternVersionFactory(number=0),
    "pattern_version_has_a_reason": lambda: roleplay.PatternVersionFactory(reason=""),
    "mastery_credit_within_weight": lambda: desk.MasteryFactory(weight=3, credit=3.5),
    "mastery_once_per_learner_and_topic": lambda: desk.MasteryFactory.create_batch(
        2, learner=UserFactory(), topic=make.TopicFactory()
    ),
    "outside_call_takes_time": lambda: roleplay.OutsideCallFactory(seconds=-1),
    "pattern_own_has_words": lambda: roleplay.PatternVersionFactory(row=None),
    "pattern_shipped_votes_not": lambda: roleplay.PatternVersionFactory(shipped=True, decisive=True),
}


def test_each_constraint_is_broken_below():
    assert BREAKS.keys() == constraints_of("quizzes").keys()


@pytest.mark.django_db
@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses(name):
    model, constraint = constraints_of("quizzes")[name]

    with pytest.raises(IntegrityError, match=complaint(model, constraint)):
        BREAKS[name]()


@pytest.mark.django_db
def test_a_submitted_attempt_makes_room_for_the_next():
    first = make.AttemptFactory(items=0, submitted=True)

    make.AttemptFactory(items=0, learner=first.learner, blueprint=first.blueprint)


@pytest.mark.django_db
def test_a_superseded_mark_makes_room_for_the_next():
    first = make.MarkFactory(superseded=True)

    make.MarkFactory(item=first.item)
