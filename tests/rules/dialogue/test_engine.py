import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.dialogue.drawing import cast
from quizzes.rules.dialogue.engine import advance, begin, replay
from quizzes.rules.dialogue.matching import Text
from quizzes.rules.dialogue.scenario import Words
from quizzes.rules.dialogue.talk import Ended, Escalated, Leave, Look, Noted, Say, State, StepBack, UnknownItem, Wait
from quizzes.rules.replies.checks import NAMES
from tests.rules.dialogue.talks import drawn, said, script, verdicts

WORDS = ("您好", "包裹在无锡", "催", "保证今天到", "不能保证今天到", "", "雨伞" * 700)

events = st.lists(
    st.one_of(
        st.builds(Look, st.sampled_from(["order", "logistics"])),
        st.builds(
            lambda parts, yes: Say("，".join(parts), verdicts(*yes), 5.0),
            st.lists(st.sampled_from(WORDS), max_size=3),
            st.sets(st.sampled_from(NAMES), max_size=3),
        ),
        st.just(Wait()),
        st.just(StepBack()),
        st.just(Leave()),
    ),
    max_size=14,
)


def played(cast_, given_events):
    """The events up to the end of the talk, and the steps."""
    kept = []
    for event in given_events:
        if replay(cast_, kept)[-1].state.ending and not isinstance(event, StepBack):
            break
        kept.append(event)
    return kept, replay(cast_, kept)


@given(st.integers(0, 10_000), events)
def test_the_same_events_give_the_same_talk_whose_state_is_plain_data(seed, given_events):
    kept, steps = played(cast(script(), seed), given_events)

    assert replay(cast(script(), seed), kept) == steps
    for step in steps:
        assert State.from_data(json.loads(json.dumps(step.state.to_data()))) == step.state
        if step.noted:
            assert Noted.from_data(json.loads(json.dumps(step.noted.to_data()))) == step.noted


@given(st.integers(0, 100), events)
def test_counters_stay_in_range_and_every_talk_ends_in_time(seed, given_events):
    _kept, steps = played(cast(script(), seed), given_events)

    for step in steps:
        assert 0 <= step.state.patience <= 5
        assert 0 <= step.state.trust <= 5
        assert step.state.replies <= 6
        assert step.state.patience > 0 or step.state.ending


@given(events)
def test_stepping_back_gives_the_talk_as_it_was(given_events):
    kept, steps = played(drawn(), given_events)
    if not steps[-1].state.ending:
        assert replay(drawn(), [*kept, said("您好"), StepBack()]) == steps


def test_a_reply_is_followed_by_the_first_rule_that_fits():
    steps = replay(drawn(), [Look("logistics"), said("在无锡，我催一下"), said("好的")])

    assert steps[2].state.beat == "closing"
    assert steps[2].says == ("好的，明天要出门",)
    assert steps[2].noted.said == ("where", "chase")
    assert steps[3].state.ending == "done"
    assert steps[3].says == ("谢谢",)


def test_what_is_said_before_it_was_looked_up_is_unchecked_until_it_is_said_again():
    first, again = replay(drawn(), [said("在无锡"), Look("logistics"), said("在无锡")])[1::2]

    assert (first.noted.said, first.noted.unchecked) == ((), ("where",))
    assert again.state.met == {"where": 2}


def test_a_rule_that_speaks_again_speaks_otherwise():
    steps = replay(drawn(), [said("嗯"), said("嗯")])

    assert [step.says for step in steps[1:]] == [("到底在哪",), ("快点啊",)]


def test_patience_that_is_used_up_ends_the_talk():
    steps = replay(drawn(), [said("滚", "uncivil")])

    assert steps[-1].state.ending == "gone"
    with pytest.raises(Ended):
        advance(drawn(), steps[-1].state, said("对不起"))


def test_an_unsure_violation_does_not_anger_the_customer():
    step = replay(drawn(), [said("滚", unsure={"uncivil": 0.9})])[-1]

    assert step.state.patience == 2


def test_silence_costs_patience_to_the_end():
    assert replay(drawn(), [Wait(), Wait(), Wait()])[-1].state.ending == "gone"


def test_leaving_ends_the_talk():
    assert replay(drawn(), [Leave()])[-1].state.ending == "gone"


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("保证今天到", ("sure",)),
        ("不能保证今天到", ()),
        ("如果没问题保证今天到", ()),
        ("客服说“保证今天到”是违规的", ()),
        ("保 证 今天 到", ()),
    ],
)
def test_forbidden_is_what_is_promised_not_what_is_denied_or_quoted(text, forbidden):
    assert replay(drawn(), [said(text)])[-1].noted.forbidden == forbidden


def test_a_promise_is_allowed_once_the_order_was_looked_at():
    rule = {"key": "sure", "say": "打包票", "any": ["保证.{0,4}到"], "unless_looked": ["logistics"]}
    events_ = [said("保证今天到"), Look("logistics"), said("保证今天到")]

    first, second = replay(drawn(forbidden=[rule]), events_)[1::2]

    assert (first.noted.forbidden, second.noted.forbidden) == (("sure",), ())


def test_escalation_is_too_early_before_its_beat():
    escalation = {"at": ["closing"], "any": ["主管"]}
    cast_ = drawn(escalation=escalation)

    early = replay(cast_, [said("我请主管来"), Look("logistics"), said("无锡，催"), said("主管")])
    late = replay(cast_, [Look("logistics"), said("无锡，催"), said("请主管联系您")])

    assert early[-1].state.escalated == Escalated.TOO_EARLY
    assert late[-1].state.escalated == Escalated.IN_TIME


def test_names_that_are_not_there_are_told():
    state = begin(drawn()).state

    with pytest.raises(UnknownItem):
        advance(drawn(), state, Look("nothing"))
    with pytest.raises(UnknownItem):
        advance(drawn(), state, said("您好", choice="nothing"))


def test_a_variant_stands_for_its_own_words_in_patterns():
    data = {"variants": {"item": ["A+B (大)", "C*"]}, "points": [{"key": "item", "say": "说对", "any": ["{item}"]}]}
    cast_ = drawn(seed=1, **data)

    assert replay(cast_, [said(f"是{cast_.names['item']}")])[-1].noted.said == ("item",)
    assert replay(cast_, [said("是 AB")])[-1].noted.said == ()


def test_long_and_repeated_text_is_searched_quickly():
    text = Text.of("催一下保证" * 20_000)

    assert text.find(Words(any=("催.{0,40}到.{0,40}了",)), frozenset()) == ()
