"""Papers satisfy their blueprint, prefer the new, spread over the bank and are equally hard."""

from collections import Counter
from decimal import Decimal
from itertools import combinations
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.rules.blueprint import Candidate, Section, feasibility, pools
from quizzes.rules.drawing import ImpossibleBlueprint, draw, exposure, overlap, target_score
from quizzes.rules.vocabulary import EXPECTED_SHARE, Kind, Platform

TOPICS = ["returns", "logistics", "customers"]


@st.composite
def banks(draw_):
    return [
        Candidate(
            id=number,
            topic=draw_(st.sampled_from(TOPICS)),
            platform=draw_(st.sampled_from(list(Platform))),
            kind=draw_(st.sampled_from([Kind.SINGLE, Kind.TRUE_FALSE])),
            difficulty=(difficulty := draw_(st.integers(1, 5))),
            expected=EXPECTED_SHARE[difficulty],
            facts=frozenset(draw_(st.sets(st.sampled_from("abcdefgh"), max_size=2))),
            exposure=draw_(st.integers(0, 5)),
            seen=draw_(st.integers(0, 2)),
        )
        for number in range(draw_(st.integers(1, 25)))
    ]


blueprints = st.lists(
    st.builds(
        Section,
        title=st.just("部分"),
        count=st.integers(1, 3),
        marks=st.sampled_from([Decimal(1), Decimal("2.5")]),
        topics=st.frozensets(st.sampled_from(TOPICS), max_size=2),
        platforms=st.frozensets(st.sampled_from(list(Platform)), max_size=2),
        kinds=st.frozensets(st.sampled_from([Kind.SINGLE, Kind.TRUE_FALSE]), max_size=1),
        min_difficulty=st.integers(1, 2),
        max_difficulty=st.integers(3, 5),
    ),
    min_size=1,
    max_size=3,
)


def bank_of(count, rng, facts=None):
    return [
        Candidate(
            id=number,
            topic=TOPICS[number % 3],
            platform=Platform.ALL,
            kind=Kind.SINGLE,
            difficulty=(difficulty := rng.randint(1, 5)),
            expected=EXPECTED_SHARE[difficulty],
            facts=frozenset({f"f{rng.randrange(facts)}"}) if facts else frozenset(),
        )
        for number in range(count)
    ]


SECTIONS = [
    Section(topic, count, marks, topics=frozenset({topic}))
    for topic, count, marks in zip(TOPICS, (10, 14, 16), (Decimal(2), Decimal(3), Decimal("2.5")), strict=True)
]


@given(blueprints, banks(), st.integers())
def test_a_paper_fills_each_section_and_asks_no_fact_twice(sections, bank, seed):
    assume(not feasibility(sections, bank))

    paper = draw(sections, bank, Random(seed))

    assert Counter(item.section for item in paper.items) == {n: s.count for n, s in enumerate(sections)}
    fitting = [{bank[position].id for position in pool} for pool in pools(sections, bank)]
    assert all(item.candidate.id in fitting[item.section] for item in paper.items)
    ids = [item.candidate.id for item in paper.items]
    facts = [fact for item in paper.items for fact in item.candidate.facts]
    assert len(set(ids)) == len(ids) and len(set(facts)) == len(facts)


@given(blueprints, banks(), st.integers())
def test_what_is_impossible_is_refused_with_what_lacks(sections, bank, seed):
    assume(feasibility(sections, bank))

    with pytest.raises(ImpossibleBlueprint) as caught:
        draw(sections, bank, Random(seed))

    assert all(shortage.lacking > 0 for shortage in caught.value.shortages)


@given(blueprints, banks(), st.integers(), st.randoms())
def test_the_same_seed_gives_the_same_paper_in_whatever_order_the_bank_comes(sections, bank, seed, shuffler):
    assume(not feasibility(sections, bank))
    shuffled = list(bank)
    shuffler.shuffle(shuffled)

    assert draw(sections, bank, Random(seed)) == draw(sections, shuffled, Random(seed))


@given(blueprints, banks(), st.integers())
def test_the_expected_score_is_what_the_items_say(sections, bank, seed):
    assume(not feasibility(sections, bank))

    paper = draw(sections, bank, Random(seed))

    total = sum(section.count * section.marks for section in sections)
    earned = sum(float(sections[item.section].marks) * item.candidate.expected for item in paper.items)
    assert paper.expected == pytest.approx(100 * earned / float(total))


def test_a_hundred_papers_are_equally_hard():
    bank = bank_of(1500, Random(1), facts=800)
    target = target_score(SECTIONS, bank)

    scores = [draw(SECTIONS, bank, Random(seed)).expected for seed in range(100)]

    assert max(scores) - min(scores) <= 1
    assert all(abs(score - target) <= 0.5 for score in scores)


def test_ten_questions_of_forty_are_steered_too_where_that_takes_two_exchanges_at_once():
    for number in range(20):
        bank = bank_of(40, Random(number), facts=80)
        sections = [Section("都行", 5), Section("两个主题", 5, topics=frozenset(TOPICS[:2]))]
        for seed in range(5):
            paper = draw(sections, bank, Random(seed))
            assert paper.expected == pytest.approx(paper.target, abs=0.3)


def test_papers_are_steered_to_a_given_score():
    bank = bank_of(600, Random(2))

    assert draw(SECTIONS, bank, Random(1), target_expected=80.0).expected == pytest.approx(80, abs=0.3)
    assert draw(SECTIONS, bank, Random(1), target_expected=65.0).expected == pytest.approx(65, abs=0.3)


def test_two_questions_as_far_above_the_target_as_below_do_not_take_turns_for_ever():
    bank = [c._replace(expected=0.62 if c.id else 0.84) for c in bank_of(2, Random(9))]

    paper = draw([Section("一题", 1)], bank, Random(1))

    assert paper.target == pytest.approx(73)
    assert abs(paper.expected - paper.target) == pytest.approx(11)


def test_a_person_gets_what_they_have_not_seen_while_there_is_enough():
    bank = [c._replace(seen=1 if c.id % 2 else 0) for c in bank_of(200, Random(3))]

    for seed in range(20):
        assert all(item.candidate.seen == 0 for item in draw(SECTIONS, bank, Random(seed)).items)


def test_the_seen_fill_up_what_lacks_and_no_more_those_seen_least_first():
    bank = [c._replace(seen=0 if c.id < 90 else 1 if c.id < 120 else 3) for c in bank_of(300, Random(4))]
    sections = [Section("全部", 100)]

    for target in (None, 60.0):
        paper = draw(sections, bank, Random(1), target)
        assert Counter(item.candidate.seen for item in paper.items) == {0: 90, 1: 10}


def test_a_section_with_much_choice_among_the_seen_gets_the_only_unseen_one_that_fits_it():
    unseen = [c._replace(topic="returns", kind=kind) for c, kind in zip(bank_of(2, Random(5)), Kind, strict=False)]
    seen = [c._replace(id=c.id + 2, topic="logistics", seen=1) for c in bank_of(8, Random(5))]
    sections = [
        Section("退货", 1, topics=frozenset({"returns"})),
        Section("单选", 1, kinds=frozenset({Kind.SINGLE})),
    ]

    for seed in range(20):
        paper = draw(sections, unseen + seen, Random(seed))
        assert [item.candidate.id for item in paper.items] == [1, 0]


def test_papers_one_after_another_spread_over_the_bank():
    rng = Random(5)
    bank = {c.id: c for c in bank_of(240, rng)}
    for seed in range(24):
        for item in draw(SECTIONS, list(bank.values()), Random(seed)).items:
            candidate = bank[item.candidate.id]
            bank[candidate.id] = candidate._replace(exposure=candidate.exposure + 1)

    uses = [candidate.exposure for candidate in bank.values()]

    assert sum(uses) == 24 * 40
    assert min(uses) >= 2 and max(uses) <= 7  # 4 on average, each topic for itself a little more or less


def test_overlap_and_exposure_count_shared_questions():
    bank = bank_of(80, Random(6))
    one, other = draw(SECTIONS, bank, Random(1)), draw(SECTIONS, bank, Random(2))

    shared = {i.candidate.id for i in one.items} & {i.candidate.id for i in other.items}
    assert overlap(one, other) == overlap(other, one) == len(shared) / 40
    assert overlap(one, one) == 1
    assert exposure([one, other]).most == (2 if shared else 1)
    assert exposure([one, other]).distinct == 80 - len(shared)
    assert exposure([]) == exposure(()) and exposure([]).most == 0


def test_papers_of_a_large_bank_share_little():
    bank = bank_of(1500, Random(7))
    papers = [draw(SECTIONS, bank, Random(seed)) for seed in range(10)]

    assert max(overlap(one, other) for one, other in combinations(papers, 2)) <= 0.2


def test_questions_for_all_platforms_fit_only_where_they_are_asked_for():
    bank = [c._replace(platform=Platform.VIP if c.id < 5 else Platform.ALL) for c in bank_of(20, Random(8))]
    own = [Section("唯品会", 5, platforms=frozenset({Platform.VIP}))]
    both = [Section("都行", 9, platforms=frozenset({Platform.VIP, Platform.ALL}))]

    assert {item.candidate.platform for item in draw(own, bank, Random(1)).items} == {Platform.VIP}
    assert feasibility([Section("唯品会", 6, platforms=frozenset({Platform.VIP}))], bank)[0].lacking == 1
    assert len(draw(both, bank, Random(1)).items) == 9
