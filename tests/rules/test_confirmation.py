from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.rules import confirmation as rules
from trainer.rules.confirmation import (
    DaysInPost,
    Evidence,
    ExamScore,
    Lack,
    LessonEvidence,
    LessonsDone,
    LessonState,
    Sitting,
    State,
    judge,
)

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
CUT = ExamScore("rules-exam", Decimal(85))

scores = st.decimals(min_value=0, max_value=100, places=4)
states = st.sampled_from(LessonState)
standards = st.one_of(
    st.builds(ExamScore, st.just("rules-exam"), st.decimals(min_value=0, max_value=100, places=2)),
    st.just(LessonsDone()),
    st.builds(DaysInPost, st.integers(0, 200)),
)


def sitting(number: int, score: Decimal | str | None, *, submitted: bool = True) -> Sitting:
    begin = NOON + timedelta(hours=number)
    return Sitting(
        attempt=number,
        started_at=begin,
        ends_at=begin + timedelta(hours=1),
        submitted_at=begin + timedelta(minutes=40) if submitted else None,
        score=None if score is None else Decimal(score),
    )


def known(*, scored=(), lessons=(), days=0) -> Evidence:
    return Evidence(
        sittings={"rules-exam": tuple(sitting(n, score) for n, score in enumerate(scored, 1))},
        lessons=tuple(LessonEvidence(f"lesson-{n}", state) for n, state in enumerate(lessons)),
        days=days,
    )


evidences = st.builds(
    known,
    scored=st.lists(st.none() | scores, max_size=4),
    lessons=st.lists(states, max_size=8),
    days=st.integers(0, 250),
)


def only(standard, evidence) -> rules.Judgement:
    (judgement,) = judge([standard], evidence).judgements
    return judgement


@pytest.mark.parametrize(
    ("score", "state", "short"),
    [
        ("100", State.MET, "0"),
        ("85", State.MET, "0"),
        ("84.99", State.NEAR, "0.01"),
        ("84.9999", State.NEAR, "0.0001"),
        ("80", State.NEAR, "5"),
        ("79.9999", State.MISSING, "5.0001"),
        ("0", State.MISSING, "85"),
    ],
)
def test_the_exam_cut_is_met_exactly_at_its_own_score(score, state, short):
    judgement = only(CUT, known(scored=[score]))

    assert (judgement.state, judgement.missing) == (state, Decimal(short))
    assert judgement.lack is (Lack.NOTHING if state is State.MET else Lack.POINTS)


def test_the_best_attempt_counts_and_leads_the_evidence():
    judgement = only(CUT, known(scored=["70", "88.5", None, "80"]))

    assert judgement.value == Decimal("88.5")
    assert judgement.attempts == (2, 4, 1)
    assert judgement.scored_at == sitting(2, "88.5").submitted_at
    assert judgement.pending == (3,)


def test_an_exam_without_a_score_lacks_the_exam_and_tells_running_from_waiting():
    running = Evidence(sittings={"rules-exam": (sitting(7, None, submitted=False),)})

    assert only(CUT, Evidence()).lack is Lack.EXAM
    assert only(CUT, Evidence()).value is None
    assert only(CUT, running).running == 7
    assert only(CUT, running).pending == ()
    assert only(CUT, known(scored=[None])).pending == (1,)


def test_another_exam_is_no_evidence():
    evidence = Evidence(sittings={"aftersales-exam": (sitting(1, "100"),)})

    assert only(CUT, evidence).state is State.MISSING


@pytest.mark.parametrize(("done", "state"), [(10, State.MET), (9, State.NEAR), (8, State.NEAR), (7, State.MISSING)])
def test_lessons_are_near_from_four_fifths(done, state):
    judgement = only(LessonsDone(), known(lessons=[LessonState.DONE] * done + [LessonState.AT_END] * (10 - done)))

    assert (judgement.state, judgement.value, judgement.target) == (state, done, 10)
    assert judgement.missing == len(judgement.lessons) == 10 - done


def test_no_required_lessons_is_a_mistake_in_the_content_and_meets_nothing():
    judgement = only(LessonsDone(), known())

    assert (judgement.state, judgement.lack) == (State.MISSING, Lack.CONTENT)


@pytest.mark.parametrize(("days", "state"), [(30, State.MET), (29, State.NEAR), (23, State.NEAR), (22, State.MISSING)])
def test_days_are_near_in_the_last_week(days, state):
    judgement = only(DaysInPost(30), known(days=days))

    assert (judgement.state, judgement.missing) == (state, 30 - days)


@given(standards, evidences)
def test_met_is_reaching_the_standard_and_nothing_else(standard, evidence):
    judgement = only(standard, evidence)
    match standard:
        case ExamScore(at_least=cut):
            reached = any(s.score is not None and s.score >= cut for s in evidence.sittings["rules-exam"])
        case LessonsDone():
            reached = bool(evidence.lessons) and all(x.state is LessonState.DONE for x in evidence.lessons)
        case DaysInPost(at_least=days):
            reached = evidence.days >= days

    assert (judgement.state is State.MET) == reached == (judgement.progress == 1) == (judgement.percent == 100)
    assert 0 <= judgement.progress <= 1
    assert reached == (judgement.lack is Lack.NOTHING)


RANK = {State.MISSING: 0, State.NEAR: 1, State.MET: 2}


@given(standards, evidences, st.none() | scores, st.data())
def test_more_evidence_never_worsens_anything(standard, evidence, score, data):
    lessons = tuple(
        LessonEvidence(x.slug, data.draw(st.sampled_from([x.state, LessonState.DONE]))) for x in evidence.lessons
    )
    more = Evidence(
        sittings={"rules-exam": (*evidence.sittings["rules-exam"], sitting(9, score))},
        lessons=lessons,
        days=evidence.days + data.draw(st.integers(0, 20)),
    )
    before, after = only(standard, evidence), only(standard, more)

    assert RANK[after.state] >= RANK[before.state]
    assert after.progress >= before.progress
    assert after.missing <= before.missing


@given(st.lists(standards, max_size=5), evidences)
def test_nothing_makes_up_for_anything_else(standards, evidence):
    standing = judge(standards, evidence)

    assert standing.judgements == tuple(only(standard, evidence) for standard in standards)
    assert standing.all_met == (bool(standards) and all(j.state is State.MET for j in standing.judgements))
    assert (standing.percent == 100) == standing.all_met
    assert 0 <= standing.ring <= 1
    assert not (standing.near and standing.all_met)


def test_near_is_nothing_missing_and_something_near():
    standards = [CUT, DaysInPost(30)]

    assert judge(standards, known(scored=["90"], days=25)).near
    assert not judge(standards, known(scored=["90"], days=30)).near
    assert not judge(standards, known(scored=["90"], days=2)).near


@pytest.mark.parametrize(("today", "short"), [(date(2026, 11, 16), False), (date(2026, 11, 17), True)])
def test_probation_is_short_in_its_last_fortnight_while_something_is_missing(today, short):
    left = rules.days_left(date(2026, 12, 1), today)

    assert rules.is_short(left, judge([DaysInPost(30)], known(days=5))) is short
    assert rules.is_short(left, judge([DaysInPost(30)], known(days=30))) is False


@pytest.mark.parametrize(
    ("kind", "params", "standard"),
    [
        ("exam_score", {"blueprint": "rules-exam", "at_least": 85}, CUT),
        ("exam_score", {"blueprint": "rules-exam", "at_least": "85.0"}, CUT),
        ("lessons_done", {}, LessonsDone()),
        ("days_in_post", {"at_least": 30}, DaysInPost(30)),
    ],
)
def test_params_become_a_standard(kind, params, standard):
    assert rules.standard_from_params(kind, params) == standard


@pytest.mark.parametrize(
    ("kind", "params", "names"),
    [
        ("exam_score", {"at_least": 85}, "blueprint"),
        ("exam_score", {"blueprint": "x", "at_least": -1}, "at_least"),
        ("exam_score", {"blueprint": "x", "at_least": 100.5}, "at_least"),
        ("exam_score", {"blueprint": "x", "at_least": True}, "at_least"),
        ("exam_score", {"blueprint": "x", "at_least": "many"}, "at_least"),
        ("exam_score", {"blueprint": "x", "at_least": 85, "weight": 2}, "weight"),
        ("lessons_done", {"at_least": 3}, "at_least"),
        ("days_in_post", {"at_least": -1}, "at_least"),
        ("days_in_post", {"at_least": True}, "at_least"),
        ("days_in_post", {}, "at_least"),
    ],
)
def test_wrong_params_name_their_key(kind, params, names):
    with pytest.raises(ValueError, match=f"^{names}:"):
        rules.standard_from_params(kind, params)
