from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.plans import asked_ones, evidences, known, scores, terms_of
from trainer.rules.confirmation import Asked, DaysInPost, ExamScore, State, Terms, judge
from trainer.rules.vocabulary import Part
from trainer.rules.what_if import least_steps, with_scores

EXAM = ExamScore("rules-exam", Decimal(85))


@given(asked_ones, evidences, st.data())
def test_the_steps_are_as_many_as_are_left_and_would_meet_the_plan(asked, evidence, data):
    terms = terms_of(asked, data.draw)
    standing = judge(terms, evidence)
    steps = least_steps(standing)

    assert len(steps) == len(set(steps)) == standing.left
    assert all(not standing.judgements[step].is_met for step in steps)
    for part in standing.parts:
        own = [
            replace(j, state=State.MET) if place in steps else j
            for place, j in enumerate(standing.judgements)
            if j.part is part.part
        ]
        assert all(j.is_met for j in own if j.weight is None)
        assert sum(j.weight for j in own if j.weight and j.is_met) >= part.needed


def test_of_what_is_weighted_the_heaviest_is_proposed():
    asked = tuple(Asked(DaysInPost(90), Part.PRACTICE, weight) for weight in (20, 50, 30))

    assert least_steps(judge(Terms(asked, {Part.PRACTICE: 80}), known(days=1))) == (1, 2)
    assert least_steps(judge(Terms(asked, {Part.PRACTICE: 50}), known(days=1))) == (1,)


@given(evidences, scores)
def test_the_score_that_is_needed_does_when_it_is_assumed(evidence, cut):
    terms = Terms((Asked(ExamScore("rules-exam", cut)),))
    (before,) = judge(terms, evidence).judgements
    if before.is_met:
        return

    (after,) = judge(terms, with_scores(evidence, {"rules-exam": before.needs})).judgements

    assert after.is_met


def test_an_assumed_score_changes_nothing_else():
    evidence = known(scored=["70"], days=20)
    terms = Terms((Asked(EXAM), Asked(DaysInPost(30))))

    exam, days = judge(terms, with_scores(evidence, {"rules-exam": Decimal(95)})).judgements

    assert (exam.state, days.state) == (State.MET, State.MISSING)
    assert evidence.sittings["rules-exam"] == known(scored=["70"]).sittings["rules-exam"]
