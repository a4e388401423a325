"""Practice drawn from weak topics."""

from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.mastery import Level, Tally
from quizzes.rules.practice import Practised
from quizzes.rules.weakness import TOPICS, Known, draw_weak, shares, weakest

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def known(topic, weight, credit):
    return Known(topic, Tally(weight, credit, NOW))


def test_weak_topics_lead_and_what_is_known_well_is_left_alone():
    weak, unsteady = known("weak", 20, 8), known("unsteady", 12, 9.5)
    few, strong = known("few", 2, 0), known("strong", 60, 59)
    never = Known("never")
    assert [one.level for one in (weak, unsteady, few, strong, never)] == [
        Level.WEAK, Level.UNSTEADY, Level.FEW, Level.STRONG, Level.FEW,
    ]  # fmt: skip
    assert [one.topic for one in weakest([strong, few, unsteady, never, weak])] == ["weak", "unsteady", "never"]
    assert weakest([strong]) == []


def test_three_topics_share_ten_questions():
    assert shares(3, 10) == [5, 3, 2]
    assert shares(1, 10) == [10]
    assert shares(0, 10) == []


def test_what_a_topic_cannot_fill_the_others_do():
    bank = {"a": [Practised(1)], "b": [Practised(n) for n in range(10, 20)]}
    drawn = draw_weak(["a", "b"], bank, 6, Random(1))
    assert drawn[0] == 1 and len(drawn) == 6 and set(drawn[1:]) <= set(range(10, 20))


banks = st.dictionaries(st.sampled_from("abc"), st.integers(0, 12), min_size=1)


@given(banks, st.integers(1, 20), st.integers())
def test_a_draw_is_full_without_repeats_and_the_seed_decides(sizes, count, seed):
    bank = {topic: [Practised(100 * n + i) for i in range(size)] for n, (topic, size) in enumerate(sizes.items())}
    topics = list(bank)[:TOPICS]
    drawn = draw_weak(topics, bank, count, Random(seed))
    assert len(drawn) == len(set(drawn)) == min(count, sum(sizes.values()))
    assert drawn == draw_weak(topics, bank, count, Random(seed))


@given(st.integers(1, 5), st.integers(0, 40))
def test_shares_add_up_and_fall(topics, count):
    found = shares(topics, count)
    assert sum(found) == count and found[:-1] == sorted(found[:-1], reverse=True)
