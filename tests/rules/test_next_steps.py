from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.confirmation import Asked, Evidence, ExamScore, LessonEvidence, LessonState, Sitting, Terms, judge
from trainer.rules.next_steps import Reason, StepKind, next_steps

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
PLAN = Terms((Asked(ExamScore("rules", Decimal(85))), Asked(ExamScore("aftersales", Decimal(80)))))
PAPERS = {"rules": 40.0, "aftersales": 40.0}
HOUR = timedelta(hours=1)


def steps(*, sittings=None, lessons=(), ready=(), wrong=0, due=0):
    evidence = Evidence(sittings=sittings or {}, papers=PAPERS, lessons=tuple(lessons))
    return next_steps(
        standing=judge(PLAN, evidence), evidence=evidence, ready_exams=ready, wrong_questions=wrong, at=NOON,
        reviews_due=due,
    )  # fmt: skip


def told(found):
    return [(step.kind, step.target) for step in found]


def scored(attempt, score):
    return Sitting(attempt, NOON - 3 * HOUR, NOON - 2 * HOUR, NOON - 2 * HOUR, score and Decimal(score))


def open_until(attempt, ends_at):
    return Sitting(attempt, NOON - HOUR, ends_at)


def test_steps_are_ranked_by_kind_and_inside_a_kind_by_what_presses():
    found = steps(
        sittings={"aftersales": [open_until(8, NOON + 2 * HOUR)], "other": [open_until(9, NOON + HOUR)]},
        lessons=[
            LessonEvidence("done", LessonState.DONE, NOON),
            LessonEvidence("new-first", LessonState.NEW),
            LessonEvidence("older", LessonState.AT_END, NOON - 2 * HOUR),
            LessonEvidence("newer", LessonState.BEGUN, NOON - HOUR),
            LessonEvidence("new-second", LessonState.NEW),
        ],
        ready=["rules"],
        wrong=3,
        due=4,
    )

    assert told(found) == [
        (StepKind.RESUME_EXAM, 9),
        (StepKind.RESUME_EXAM, 8),
        (StepKind.REVIEW_DUE, ""),
        (StepKind.FINISH_LESSON, "newer"),
        (StepKind.FINISH_LESSON, "older"),
        (StepKind.READ_LESSON, "new-first"),
        (StepKind.READ_LESSON, "new-second"),
        (StepKind.SIT_EXAM, "rules"),
        (StepKind.PRACTISE_WRONG, ""),
    ]
    assert [step.reason for step in found[3:5]] == [Reason.BEGUN, Reason.QUESTIONS_LEFT]
    assert found[2].count == found[5].count == 4
    assert found[-1].count == 3


def test_exams_follow_the_plan_and_say_whether_they_were_sat():
    found = steps(sittings={"rules": [scored(1, "70")]}, ready=["aftersales", "rules"])

    assert told(found) == [(StepKind.SIT_EXAM, "rules"), (StepKind.SIT_EXAM, "aftersales")]
    assert [step.reason for step in found] == [Reason.POINTS_SHORT, Reason.NOT_SAT]


def test_no_exam_is_proposed_that_is_passed_waits_for_a_mark_or_may_not_start():
    assert steps(sittings={"rules": [scored(1, "95")]}, ready=["rules"]) == []
    assert steps(sittings={"rules": [scored(1, None)]}, ready=["rules"]) == []
    assert steps(ready=["not-in-the-plan"]) == []


def test_a_mark_near_the_cut_asks_for_a_second_paper():
    (step,) = steps(sittings={"rules": [scored(1, "86")]}, ready=["rules"])

    assert (step.kind, step.reason) == (StepKind.SIT_EXAM, Reason.BORDERLINE)


def test_an_exam_past_its_deadline_is_not_resumed():
    assert steps(sittings={"rules": [open_until(1, NOON)]}, ready=["rules"]) == []


@given(
    st.lists(st.sampled_from(LessonState), max_size=6),
    st.sets(st.sampled_from(["rules", "aftersales", "other"])),
    st.integers(0, 3),
)
def test_the_kinds_never_mix_and_no_step_comes_twice(states, ready, wrong):
    lessons = [LessonEvidence(f"l{n}", state, NOON) for n, state in enumerate(states)]
    found = steps(lessons=lessons, ready=sorted(ready), wrong=wrong)

    order = [list(StepKind).index(step.kind) for step in found]
    assert order == sorted(order)
    assert len(set(told(found))) == len(found)
    assert bool(found) == (any(s is not LessonState.DONE for s in states) or bool(ready - {"other"}) or wrong > 0)
