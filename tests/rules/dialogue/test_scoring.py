import pytest
import yaml
from hypothesis import given

from quizzes.rules.dialogue.criteria import BadCriteria, Level, read_criteria, shipped
from quizzes.rules.dialogue.scenario import Critical, Dimension
from quizzes.rules.dialogue.scoring import Outcome, Reply, Source, score
from quizzes.rules.dialogue.talk import Look, Say, StepBack
from tests.rules.dialogue.talks import drawn, said
from tests.rules.dialogue.test_engine import events, played

GREETED = ("greets", "respectful")


def scored(*given_events, level=Level.PRACTICE, cast_=None):
    cast_ = cast_ or drawn()
    kept, steps = played(cast_, given_events)
    noted = [step.noted for step in steps if step.noted]
    spoken = [event for event in kept if isinstance(event, Say)]
    replies = [Reply(one, event.verdicts, event.seconds) for one, event in zip(noted, spoken, strict=True)]
    return score(cast_.scenario, steps[-1].state, replies, shipped(), level, cast_.hidden.key)


GOOD = (Look("logistics"), said("您好，在无锡，我催一下", *GREETED), said("谢谢您", "respectful"))


def test_everything_wanted_and_nothing_wrong_is_full_marks():
    result = scored(*GOOD)

    assert result.total.value == 100
    assert (result.outcome, result.provisional, result.settled) == (Outcome.PASSED, False, True)
    assert set(result.dimensions) == {Dimension.ATTITUDE, Dimension.KNOWLEDGE, Dimension.PROBLEM_SOLVING}


def test_a_critical_error_fails_whatever_the_score():
    result = scored(Look("logistics"), said("您好，在无锡，催了，保证明天到", *GREETED), said("谢谢您"))

    assert result.outcome == Outcome.CRITICAL
    assert result.critical == (Critical.BEYOND_AUTHORITY,)
    assert 40 <= result.total.value < 100


def test_polite_and_unsolved_is_an_outcome_of_its_own():
    polite = scored(*[said("您好，非常抱歉", *GREETED)] * 3)
    rude = scored(*[said("等着")] * 3)

    assert (polite.outcome, rude.outcome) == (Outcome.POLITE_UNSOLVED, Outcome.UNSOLVED)
    assert polite.total.value < 60


def test_solved_with_too_little_is_below():
    result = scored(Look("logistics"), said("无锡，催", "perfunctory", "blames_customer"), said("嗯", "perfunctory"))

    assert result.outcome == Outcome.BELOW


def test_an_unsure_good_move_counts_by_its_probability_and_makes_a_range():
    result = scored(
        Look("logistics"), said("您好，在无锡，催", "respectful", unsure={"greets": 0.4}), said("谢谢您", "respectful")
    )
    item = next(item for item in result.items if item.key == "greets")

    assert (item.credit.low, item.credit.value, item.credit.high) == (0.0, 0.4, 1.0)
    assert result.total.low < result.total.value < result.total.high == 100
    assert [(one.reply, one.check) for one in result.unsure] == [(1, "greets")]


def test_an_unsure_violation_costs_nothing_yet_but_may_fail_the_talk():
    result = scored(
        Look("logistics"), said("您好，在无锡，催", *GREETED, unsure={"offline_payment": 0.8}), said("谢谢您")
    )

    assert result.total.value == 100
    assert result.possible_critical == (Critical.OFFLINE_PAYMENT,)
    assert (result.outcome, result.provisional, result.settled) == (Outcome.PASSED, True, False)


def test_an_unlikely_critical_violation_is_open_but_does_not_threaten_the_talk():
    result = scored(
        Look("logistics"), said("您好，在无锡，催", *GREETED, unsure={"offline_payment": 0.35}), said("谢谢您")
    )

    assert [fault.probability for fault in result.faults] == [0.35]
    assert result.possible_critical == ()


def test_an_unlikely_violation_is_nobodys_business():
    result = scored(Look("logistics"), said("您好，在无锡，催", *GREETED, unsure={"shirks": 0.2}), said("谢谢您"))

    assert (result.faults, result.unsure) == ((), ())


def test_speed_counts_in_an_exam_only():
    slow = [Look("logistics"), said("您好，在无锡，催", *GREETED, seconds=300), said("谢谢您", seconds=300)]

    assert Dimension.EFFICIENCY not in scored(*slow).dimensions
    assert scored(*slow, level=Level.EXAM).dimensions[Dimension.EFFICIENCY].value == 0


def test_what_was_said_but_not_looked_up_earns_nothing():
    result = scored(said("您好，在无锡，催", *GREETED))
    points = {item.key: item.credit.value for item in result.items if item.source == Source.POINT}

    assert points == {"where": 0, "chase": 1}
    assert next(item for item in result.items if item.source == Source.LOOK).credit.value == 0


def test_escalation_that_was_due_and_missed_counts():
    cast_ = drawn(escalation={"at": ["closing"], "any": ["主管"]})
    first = [Look("logistics"), said("您好，在无锡，催", *GREETED)]

    missed = scored(*first, said("谢谢您"), cast_=cast_)
    in_time = scored(*first, said("请主管联系您"), cast_=cast_)

    assert missed.dimensions[Dimension.TEAMWORK].value == 0
    assert in_time.dimensions[Dimension.TEAMWORK].value == 100


def test_points_of_another_hidden_detail_are_not_asked_for():
    point = {"key": "gift", "say": "包装", "any": ["包装"], "hidden": "gift"}

    assert "gift" not in {item.key for item in scored(*GOOD, cast_=drawn(seed=2, points=[point])).items}
    assert "gift" in {item.key for item in scored(*GOOD, cast_=drawn(seed=3, points=[point])).items}


@given(events)
def test_every_talk_has_a_score_in_range(given_events):
    result = scored(*(one for one in given_events if not isinstance(one, StepBack)), level=Level.EXAM)

    assert 0 <= result.total.low <= result.total.value <= result.total.high <= 100


def test_frozen_criteria_read_back_as_they_were():
    assert read_criteria(yaml.safe_load(yaml.safe_dump(shipped().data))) == shipped()


@pytest.mark.parametrize(
    "change",
    [
        {"dimensions": {"attitude": 100}},
        {"pass": "viel"},
        {"violations": {}},
        {"levels": {}},
        {"checks": {"greets": "charm"}},
        {"endings": None},
    ],
)
def test_criteria_that_cannot_be_scored_by_are_refused(change):
    with pytest.raises(BadCriteria):
        read_criteria({**shipped().data, **change})


@pytest.mark.parametrize("data", [None, [], {}, "x"])
def test_other_data_is_no_criteria(data):
    with pytest.raises(BadCriteria):
        read_criteria(data)
