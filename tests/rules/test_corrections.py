from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.answers import parse_answer
from quizzes.rules.corrections import same_key, shows_the_same
from quizzes.rules.marking import mark
from quizzes.rules.questions import Cloze, Fill, FreeText, Matching, Multiple, Numeric, Ordering, Single, TrueFalse
from quizzes.rules.vocabulary import RULES_FOR_KIND
from tests.rules.contents import ONE_OF_EACH, answers_to, contents

CLOSED = [content for content in ONE_OF_EACH if not isinstance(content, FreeText)]


def with_another_key(content):
    """The same page with another key."""
    match content:
        case Single(options):
            return Single(tuple(replace(o, correct=not o.correct) for o in options))
        case Multiple(options):
            return Multiple((replace(options[0], correct=False), *options[1:]))
        case TrueFalse(answer):
            return TrueFalse(not answer)
        case Fill(blanks):
            return Fill((("别的",), *blanks[1:]))
        case Numeric(answer, tolerance, unit):
            return Numeric(answer + 1, tolerance, unit)
        case Matching(pairs, extra):
            one, other, *rest = pairs
            swapped = (replace(one, right=other.right), replace(other, right=one.right), *rest)
            return Matching(swapped, extra)
        case Ordering(items):
            return Ordering(items[::-1])
        case Cloze(gaps):
            return Cloze((tuple(replace(o, correct=not o.correct) for o in gaps[0]), *gaps[1:]))


@pytest.mark.parametrize("content", CLOSED, ids=lambda content: content.kind)
def test_another_key_shows_the_same_page(content):
    corrected = with_another_key(content)

    assert not same_key(content, corrected)
    assert shows_the_same(content, corrected)


@pytest.mark.parametrize("content", ONE_OF_EACH, ids=lambda content: content.kind)
def test_a_question_of_another_kind_is_another_question(content):
    others = [other for other in ONE_OF_EACH if other is not content]

    assert not any(same_key(content, other) or shows_the_same(content, other) for other in others)


@given(contents, st.data())
def test_the_same_key_gives_every_answer_the_same_credit(content, data):
    answer = parse_answer(content, data.draw(answers_to(content)))
    other = shuffled_with_other_reasons(content, Random(1))

    assert same_key(content, other)
    for rule in RULES_FOR_KIND[content.kind]:
        assert mark(content, answer, rule).fraction == mark(other, answer, rule).fraction


def shuffled_with_other_reasons(content, rng):
    match content:
        case Single(options) | Multiple(options):
            shuffled = rng.sample(options, len(options))
            return replace(content, options=tuple(replace(option, why="另一个理由") for option in shuffled))
        case Matching(pairs, extra):
            return Matching(tuple(rng.sample(pairs, len(pairs))), extra)
        case FreeText(rubric):
            return FreeText(rubric, "另一个参考回答")
    return content


def test_a_reworded_option_with_its_id_kept_has_the_same_key_but_another_page():
    content = ONE_OF_EACH[0]
    reworded = Single((replace(content.options[0], text="退货退款"), *content.options[1:]))

    assert same_key(content, reworded)
    assert not shows_the_same(content, reworded)
    assert mark(reworded, "o0", RULES_FOR_KIND[content.kind][0]).fraction == Fraction(1)
