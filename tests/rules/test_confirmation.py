from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.plans import (
    PAPERS,
    RANK,
    asked_ones,
    evidences,
    improved,
    known,
    sitting,
    standards,
    terms_of,
)
from trainer.rules import confirmation as rules
from trainer.rules.confirmation import (
    Asked,
    Certainty,
    DaysInPost,
    Evidence,
    ExamScore,
    Lack,
    LessonsDone,
    LessonState,
    State,
    Terms,
    judge,
)
from trainer.rules.judging import judge_one
from trainer.rules.vocabulary import Part

CUT = ExamScore("rules-exam", Decimal(85))


@pytest.mark.parametrize(
    ("score", "state", "certainty", "short"),
    [
        ("100", State.MET, Certainty.SURE, "0"),
        ("90", State.MET, Certainty.SURE, "0"),
        ("85", State.NEAR, Certainty.BORDERLINE, "0"),
        ("84.99", State.NEAR, Certainty.BORDERLINE, "0.01"),
        ("79", State.NEAR, Certainty.BORDERLINE, "6"),
        ("77", State.MISSING, Certainty.SURE, "8"),
        ("0", State.MISSING, Certainty.SURE, "85"),
    ],
)
def test_an_exam_near_its_cut_is_borderline_and_asks_for_a_second_paper(score, state, certainty, short):
    judgement = judge_one(CUT, known(scored=[score]))

    assert (judgement.state, judgement.certainty, judgement.missing) == (state, certainty, Decimal(short))
    expected = {State.MET: Lack.NOTHING, State.NEAR: Lack.SECOND_PAPER, State.MISSING: Lack.POINTS}
    assert judgement.lack is expected[state]


def test_evidence_is_named_the_best_first_with_those_that_decide():
    judgement = judge_one(CUT, known(scored=["70", "86", None, "85"]))

    assert (judgement.state, judgement.value) == (State.MET, Decimal("85.5"))
    assert judgement.attempts == (2, 4, 1)
    assert judgement.papers == (2, 4)
    assert judgement.scored_at == sitting(4, "85").submitted_at
    assert judgement.pending == (3,)


def test_an_exam_without_a_score_lacks_the_exam_and_tells_running_from_waiting():
    running = Evidence(sittings={"rules-exam": (sitting(7, None, submitted=False),)}, papers=PAPERS)

    assert judge_one(CUT, Evidence()).lack is Lack.EXAM
    assert judge_one(CUT, Evidence()).value is None
    assert judge_one(CUT, running).running == 7
    assert judge_one(CUT, running).pending == ()
    assert judge_one(CUT, known(scored=[None])).pending == (1,)


def test_another_exam_is_no_evidence():
    evidence = Evidence(sittings={"aftersales-exam": (sitting(1, "100"),)}, papers=PAPERS)

    assert judge_one(CUT, evidence).state is State.MISSING


def test_an_exam_of_few_questions_says_too_little_whatever_the_mark():
    evidence = Evidence(sittings={"rules-exam": (sitting(1, "100"),)}, papers={"rules-exam": 9.5})

    judgement = judge_one(CUT, evidence)

    assert (judgement.state, judgement.certainty, judgement.lack) == (State.NEAR, Certainty.TOO_FEW, Lack.QUESTIONS)


@given(standards, evidences)
def test_met_lack_and_progress_agree_and_what_is_unsure_is_not_met(standard, evidence):
    judgement = judge_one(standard, evidence)
    met = judgement.state is State.MET

    assert met == (judgement.progress == 1) == (judgement.percent == 100) == (judgement.lack is Lack.NOTHING)
    assert 0 <= judgement.progress <= 1
    assert judgement.certainty is Certainty.SURE or not met


@given(standards, evidences, st.data())
def test_better_evidence_never_worsens_a_requirement(standard, evidence, data):
    before, after = judge_one(standard, evidence), judge_one(standard, improved(evidence, data.draw))

    assert RANK[after.state] >= RANK[before.state]
    assert after.progress >= before.progress


@given(asked_ones, evidences, st.data())
def test_better_evidence_never_worsens_the_whole(asked, evidence, data):
    terms = terms_of(asked, data.draw)
    before, after = judge(terms, evidence), judge(terms, improved(evidence, data.draw))

    assert after.met >= before.met
    assert after.left <= before.left
    assert after.all_met >= before.all_met
    assert after.percent >= before.percent


@given(asked_ones, evidences, st.data())
def test_the_order_of_requirements_changes_nothing(asked, evidence, data):
    terms = terms_of(asked, data.draw)
    shuffled = Terms(tuple(data.draw(st.permutations(asked))), terms.cuts)
    one, other = judge(terms, evidence), judge(shuffled, evidence)

    assert (one.met, one.left, one.all_met, one.near) == (other.met, other.left, other.all_met, other.near)
    assert set(one.parts) == set(other.parts)


@given(asked_ones, evidences, st.data())
def test_theory_and_practice_do_not_make_up_for_each_other(asked, evidence, data):
    terms = terms_of(asked, data.draw)
    standing = judge(terms, evidence)

    for part in standing.parts:
        alone = judge(Terms(tuple(one for one in asked if one.part is part.part), terms.cuts), evidence)
        assert alone.parts == (part,)
        assert part.passed or not standing.all_met
    assert standing.all_met == (bool(asked) and all(part.passed for part in standing.parts))
    assert (standing.percent == 100) == standing.all_met
    assert 0 <= standing.ring <= 1
    assert not (standing.near and standing.all_met)


@given(asked_ones, evidences, st.data())
def test_a_part_passes_with_all_that_is_mandatory_and_enough_of_the_weight(asked, evidence, data):
    terms = terms_of(asked, data.draw)
    standing = judge(terms, evidence)

    for part in standing.parts:
        own = [j for j in standing.judgements if j.part is part.part]
        weight = sum(j.weight for j in own if j.weight)
        reached = sum(j.weight for j in own if j.weight and j.is_met)
        enough = 100 * reached >= terms.cuts.get(part.part, 100) * weight
        assert part.passed == (enough and all(j.is_met for j in own if j.weight is None))


def weighted(*weights, cut, met):
    """A part of practice with so many weights; ``met``: how many of them, the first ones, are met."""
    asked = tuple(Asked(DaysInPost(10 if n < met else 90), Part.PRACTICE, weight) for n, weight in enumerate(weights))
    return judge(Terms(asked, {Part.PRACTICE: cut}), known(days=30))


@pytest.mark.parametrize(
    ("weights", "cut", "met", "left"),
    [
        ((50, 30, 20), 70, 0, 2),
        ((50, 30, 20), 70, 1, 1),
        ((50, 30, 20), 70, 2, 0),
        ((50, 30, 20), 80, 2, 0),
        ((20, 30, 50), 80, 1, 2),
        ((50, 30, 20), 100, 2, 1),
        ((1, 1, 1), 67, 2, 1),  # two of three are 66.7 %: not enough
    ],
)
def test_the_least_number_of_weighted_requirements_that_are_still_to_be_met(weights, cut, met, left):
    standing = weighted(*weights, cut=cut, met=met)

    assert standing.left == left
    assert standing.all_met == (not left)


def test_what_is_met_beyond_the_cut_of_one_part_does_not_help_the_other():
    asked = (
        Asked(DaysInPost(1), Part.THEORY, 90),
        Asked(DaysInPost(1), Part.THEORY, 90),
        Asked(DaysInPost(90), Part.PRACTICE, 1),
    )

    standing = judge(Terms(asked, {Part.THEORY: 10, Part.PRACTICE: 10}), known(days=30))

    assert [(part.part, part.passed) for part in standing.parts] == [(Part.THEORY, True), (Part.PRACTICE, False)]
    assert not standing.all_met


def test_near_is_nothing_needed_that_is_far():
    terms = Terms((Asked(CUT), Asked(DaysInPost(30))))

    assert judge(terms, known(scored=["95"], days=25)).near
    assert not judge(terms, known(scored=["95"], days=30)).near
    assert not judge(terms, known(scored=["95"], days=2)).near
    far_but_not_needed = Terms(
        (Asked(DaysInPost(32), Part.PRACTICE, 80), Asked(DaysInPost(300), Part.PRACTICE, 20)), {Part.PRACTICE: 80}
    )
    assert judge(far_but_not_needed, known(days=30)).near


def test_an_empty_plan_is_met_by_nobody():
    assert not judge(Terms(()), known(days=30)).all_met


@pytest.mark.parametrize(("done", "state"), [(10, State.MET), (9, State.NEAR), (8, State.NEAR), (7, State.MISSING)])
def test_lessons_are_near_from_four_fifths(done, state):
    evidence = known(lessons=[LessonState.DONE] * done + [LessonState.AT_END] * (10 - done))
    judgement = judge_one(LessonsDone(), evidence)

    assert (judgement.state, judgement.value, judgement.target) == (state, done, 10)
    assert judgement.missing == len(judgement.lessons) == 10 - done


def test_no_required_lessons_is_a_mistake_in_the_content_and_meets_nothing():
    judgement = judge_one(LessonsDone(), known())

    assert (judgement.state, judgement.lack) == (State.MISSING, Lack.CONTENT)


@pytest.mark.parametrize(("days", "state"), [(30, State.MET), (29, State.NEAR), (23, State.NEAR), (22, State.MISSING)])
def test_days_are_near_in_the_last_week(days, state):
    judgement = judge_one(DaysInPost(30), known(days=days))

    assert (judgement.state, judgement.missing) == (state, 30 - days)


@pytest.mark.parametrize(("today", "short"), [(date(2026, 11, 16), False), (date(2026, 11, 17), True)])
def test_probation_is_short_in_its_last_fortnight_while_something_is_missing(today, short):
    left, terms = rules.days_left(date(2026, 12, 1), today), Terms((Asked(DaysInPost(30)),))

    assert rules.is_short(left, judge(terms, known(days=5))) is short
    assert rules.is_short(left, judge(terms, known(days=30))) is False
