import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.agreement import agreement

pairs = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30)


def test_kappa_of_a_worked_example():
    """20 yes by both, 15 no by both, 5 and 10 apart: 0.7 observed, 0.5 by chance."""
    found = agreement([(True, True)] * 20 + [(False, False)] * 15 + [(True, False)] * 5 + [(False, True)] * 10)

    assert found.share == pytest.approx(0.7)
    assert found.kappa == pytest.approx(0.4)


@given(pairs)
def test_kappa_is_symmetric_and_at_most_one(given_pairs):
    found, turned = agreement(given_pairs), agreement([(b, a) for a, b in given_pairs])

    assert found.same == turned.same
    if found.kappa is not None:
        assert found.kappa == pytest.approx(turned.kappa)
        assert -1 <= found.kappa <= 1


@pytest.mark.parametrize("given_pairs", [[], [(True, True)] * 3])
def test_where_chance_cannot_be_told_there_is_no_kappa(given_pairs):
    assert agreement(given_pairs).kappa is None
