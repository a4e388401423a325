"""Drawing tickets, and what sorting them comes to."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.drills.shipped import sorting_terms, tickets
from quizzes.rules.sorting import Sorted, Ticket, TicketClass, Urgency, draw, result

START = datetime(2026, 11, 26, 9, tzinfo=UTC)
seeds = st.integers(0, 2**31)
answers = st.lists(st.tuples(st.sampled_from(TicketClass), st.sampled_from(Urgency)), max_size=16)


def answered(given_answers):
    return [
        Sorted(place, kind, urgency, START + timedelta(seconds=7 * place))
        for place, (kind, urgency) in enumerate(given_answers, start=1)
    ]


@given(seeds, st.integers(1, 40))
def test_a_draw_is_balanced_and_repeatable(seed, count):
    drawn = draw(tickets(), count, Random(seed))

    assert drawn == draw(tickets(), count, Random(seed))
    assert len({ticket.slug for ticket in drawn}) == count
    for word in (TicketClass, Urgency):
        counts = Counter(ticket.ticket_class if word is TicketClass else ticket.urgency for ticket in drawn)
        spread = max(counts[one] for one in word) - min(counts[one] for one in word)
        assert word is Urgency or spread <= 1


def test_sixteen_tickets_have_each_class_and_each_urgency_four_times():
    drawn = draw(tickets(), 16, Random(7))

    assert set(Counter(ticket.ticket_class for ticket in drawn).values()) == {4}
    assert set(Counter(ticket.urgency for ticket in drawn).values()) == {4}


def test_too_few_tickets_are_refused():
    with pytest.raises(ValueError, match="65 tickets"):
        draw(tickets(), 65, Random(1))


@given(seeds, answers)
def test_every_ticket_is_in_each_matrix_once(seed, given_answers):
    drawn = draw(tickets(), 16, Random(seed))

    found = result(drawn, answered(given_answers), START)

    for confusion in (found.classes, found.urgencies):
        assert confusion.total == 16
        assert sum(confusion.unanswered) == 16 - len(given_answers)
        assert 0 <= confusion.accuracy <= 1
    assert found.both_right <= min(found.classes.right, found.urgencies.right)
    assert len(found.seconds) == len(given_answers)


@given(seeds)
def test_the_key_sorts_everything_rightly(seed):
    drawn = draw(tickets(), 16, Random(seed))

    found = result(drawn, answered([(ticket.ticket_class, ticket.urgency) for ticket in drawn]), START)

    assert (found.classes.accuracy, found.urgencies.accuracy, found.both_right) == (1, 1, 16)
    assert found.classes.most_confused is None
    assert found.median_seconds == 7


def test_what_was_taken_for_what():
    drawn = [ticket for ticket in tickets() if ticket.ticket_class is TicketClass.PROMOTION][:3]
    wrong = [(TicketClass.PAYMENT, ticket.urgency) for ticket in drawn[:2]]

    found = result(drawn, answered(wrong), START)

    assert found.classes.most_confused == (TicketClass.PROMOTION, TicketClass.PAYMENT, 2)
    assert found.classes.accuracy_of(TicketClass.PROMOTION) == 0
    assert found.classes.accuracy_of(TicketClass.PRODUCT) is None
    assert found.classes.unanswered[list(TicketClass).index(TicketClass.PROMOTION)] == 1


def test_nobody_passes_by_pressing_the_same_keys():
    terms = sorting_terms()
    drawn = draw(tickets(), terms.count, Random(3))

    for kind in TicketClass:
        for urgency in Urgency:
            found = result(drawn, answered([(kind, urgency)] * terms.count), START)
            assert found.classes.accuracy < terms.class_accuracy
            assert found.urgencies.accuracy < terms.urgency_accuracy


def test_the_shipped_tickets_are_many_masked_and_explained():
    found = tickets()

    assert len(found) >= 60
    assert len({ticket.slug for ticket in found}) == len({ticket.text for ticket in found}) == len(found)
    assert all("*" in ticket.buyer for ticket in found)
    assert all(ticket.why_class and ticket.why_urgency for ticket in found)
    assert {ticket.platform for ticket in found} == {"tmall", "taobao", "douyin", "vip"}
    assert all(Ticket.from_data(ticket.to_data()) == ticket for ticket in found)
