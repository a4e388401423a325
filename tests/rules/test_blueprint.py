"""What fits a section, and what a bank lacks, compared with trying every paper of a tiny bank."""

from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.rules.blueprint import Candidate, Section, feasibility, pools
from quizzes.rules.vocabulary import Kind, Platform


def candidate(id_, topic="a", facts=(), **changes):
    given = {"platform": Platform.TMALL, "kind": Kind.SINGLE, "difficulty": 3, "expected": 0.7, **changes}
    return Candidate(id=id_, topic=topic, facts=frozenset(facts), **given)


tiny_banks = st.lists(
    st.tuples(st.sampled_from("abc"), st.frozensets(st.sampled_from("uvwxyz"), max_size=3)), max_size=8
).map(lambda rows: [candidate(number, topic, facts) for number, (topic, facts) in enumerate(rows)])
tiny_blueprints = st.lists(
    st.builds(
        Section,
        title=st.just("部分"),
        count=st.integers(1, 3),
        topics=st.frozensets(st.sampled_from("abc"), max_size=2),
    ),
    min_size=1,
    max_size=3,
)


def most_that_can_be_seated(sections, bank):
    """The number of questions in the fullest paper, found by trying every way to seat or skip each."""

    @cache
    def best(position, open_seats, facts):
        if position == len(bank):
            return 0
        this = bank[position]
        most = best(position + 1, open_seats, facts)
        if facts.isdisjoint(this.facts):
            for number, section in enumerate(sections):
                if open_seats[number] and (not section.topics or this.topic in section.topics):
                    left = (*open_seats[:number], open_seats[number] - 1, *open_seats[number + 1 :])
                    most = max(most, 1 + best(position + 1, left, facts | this.facts))
        return most

    return best(0, tuple(section.count for section in sections), frozenset())


@settings(max_examples=300)
@given(tiny_blueprints, tiny_banks)
def test_what_lacks_is_what_lacks_after_trying_everything(sections, bank):
    lacking = sum(shortage.lacking for shortage in feasibility(sections, bank))

    assert lacking == sum(section.count for section in sections) - most_that_can_be_seated(sections, bank)


@given(tiny_blueprints, tiny_banks, st.randoms())
def test_the_order_of_the_bank_does_not_matter(sections, bank, shuffler):
    shuffled = list(bank)
    shuffler.shuffle(shuffled)

    assert feasibility(sections, bank) == feasibility(sections, shuffled)


@given(tiny_blueprints, tiny_banks, st.sampled_from("abc"))
def test_one_question_more_never_lacks_more(sections, bank, topic):
    more = [*bank, candidate(99, topic)]

    def lacking(candidates):
        return sum(shortage.lacking for shortage in feasibility(sections, candidates))

    assert lacking(bank) - 1 <= lacking(more) <= lacking(bank)


def test_a_shortage_says_what_is_wanted_what_fits_and_what_is_left():
    """Five of topic a fit both sections, two of them rest on one fact: four can be seated, six are wanted."""
    bank = [candidate(n, "a", {"same"} if n < 2 else {f"f{n}"}) for n in range(5)]
    sections = [Section("一", 3), Section("二", 3, topics=frozenset("a"))]

    (shortage,) = feasibility(sections, bank)

    assert (shortage.section, shortage.title, shortage.wanted) == (1, "二", 3)
    assert (shortage.fitting, shortage.available, shortage.lacking) == (5, 1, 2)


def test_sections_that_share_questions_make_room_for_each_other():
    """The first section must leave its two flexible questions to the second, whose only ones they are."""
    bank = [candidate(0, "a"), candidate(1, "a"), candidate(2, "b"), candidate(3, "b")]
    sections = [Section("都行", 2), Section("甲", 2, topics=frozenset("a"))]

    assert feasibility(sections, bank) == feasibility(sections[::-1], bank) == ()


def test_a_question_on_several_facts_gives_way_to_two_on_one_each():
    bank = [candidate(0, facts="uv"), candidate(1, facts="u"), candidate(2, facts="v")]

    assert feasibility([Section("一", 2)], bank) == ()
    assert feasibility([Section("一", 3)], bank)[0].available == 2


@pytest.mark.parametrize(
    ("section", "fits"),
    [
        (Section("", 1), [0, 1, 2, 3]),
        (Section("", 1, topics=frozenset("b")), [1]),
        (Section("", 1, topics=frozenset("ab"), kinds=frozenset({Kind.FILL})), [2]),
        (Section("", 1, kinds=frozenset({Kind.FILL, Kind.CLOZE})), [2]),
        (Section("", 1, platforms=frozenset({Platform.VIP})), [3]),
        (Section("", 1, platforms=frozenset({Platform.VIP, Platform.TMALL})), [0, 2, 3]),
        (Section("", 1, min_difficulty=4), [1]),
        (Section("", 1, min_difficulty=2, max_difficulty=3), [0, 2]),
        (Section("", 1, max_difficulty=1), [3]),
    ],
)
def test_a_question_fits_when_every_property_does(section, fits):
    bank = [
        candidate(0),
        candidate(1, "b", platform=Platform.ALL, difficulty=5),
        candidate(2, kind=Kind.FILL, difficulty=2),
        candidate(3, "c", platform=Platform.VIP, difficulty=1),
    ]

    assert pools([section, Section("", 1)], bank) == [fits, [0, 1, 2, 3]]


@pytest.mark.parametrize("wrong", [{"count": 0}, {"marks": Decimal(0)}, {"min_difficulty": 4, "max_difficulty": 3}])
def test_a_section_that_nothing_can_fill_is_refused(wrong):
    with pytest.raises(ValueError):
        Section(**{"title": "部分", "count": 1, **wrong})
