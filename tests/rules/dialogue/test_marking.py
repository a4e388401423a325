from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.dialogue.marking import Shows, Stretch, marked

places = st.lists(
    st.tuples(st.sampled_from(Shows), st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=3)),
    max_size=4,
)


@given(st.text(max_size=20), places)
def test_the_stretches_are_the_text(text, given_places):
    found = marked(text, given_places)

    assert "".join(stretch.text for stretch in found) == text
    assert all(one.shows != other.shows for one, other in pairwise(found))


def test_what_is_wrong_is_seen_before_what_is_good():
    found = marked("您好加微信", [(Shows.GOOD, [(0, 4)]), (Shows.WRONG, [(2, 5)])])

    assert found == (Stretch("您好", Shows.GOOD), Stretch("加微信", Shows.WRONG))
