from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.answers import parse_answer
from quizzes.rules.marking import mark
from quizzes.rules.plausible import right_answer, slip
from quizzes.rules.questions import FreeText, Multiple
from quizzes.rules.vocabulary import RULES_FOR_KIND
from tests.rules.contents import contents


@given(contents, st.integers())
def test_the_right_answer_earns_all_and_a_slip_does_not(content, seed):
    right, wrong = right_answer(content), slip(content, Random(seed))

    assert parse_answer(content, right) == right
    parse_answer(content, wrong)
    if isinstance(content, FreeText):
        return
    for rule in RULES_FOR_KIND[content.kind]:
        assert mark(content, right, rule).fraction == 1
        assert mark(content, wrong, rule).fraction < 1 or _nothing_is_wrong(content)


def _nothing_is_wrong(content):
    return isinstance(content, Multiple) and all(option.correct for option in content.options)


@given(contents, st.integers())
def test_the_same_seed_slips_the_same_way(content, seed):
    assert slip(content, Random(seed)) == slip(content, Random(seed))
