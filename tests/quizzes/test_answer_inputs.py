"""The inputs of each kind of question: what they show, and what a plain form post of them means."""

from random import Random

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from quizzes.forms.answers import posted_answer
from quizzes.rules.answers import is_blank, parse_answer
from quizzes.rules.arrangement import arrange
from quizzes.rules.cards import card_of
from quizzes.rules.vocabulary import Kind
from tests.quizzes.forms_of_pages import posted
from tests.rules.contents import ONE_OF_EACH, contents, with_answers
from tests.rules.test_cards import stem_of


def page(content, answer=None, seed=1):
    card = card_of(content, stem_of(content), arrange(content, Random(seed)), answer)
    return render_to_string("components/question/answer.html", {"card": card, "name": "a-7"})


@given(with_answers, st.integers(0, 2**32))
def test_an_untouched_page_posts_the_answer_that_it_showed(pair, seed):
    content, answer = pair
    saved = parse_answer(content, answer)
    arrangement = arrange(content, Random(seed))
    post = posted(page(content, saved, seed))

    again = parse_answer(content, posted_answer(content, arrangement, post, "a-7"))
    assert again is None if is_blank(content, saved) else again == saved


@given(contents, st.text(max_size=12), st.integers(0, 2**32))
def test_any_post_is_read_without_an_error(content, text, seed):
    arrangement = arrange(content, Random(seed))
    post = QueryDict(mutable=True)
    for name in ("a-7", *(f"a-7-{id_}" for id_ in ("l0", "s0", "s1"))):
        post.setlist(name, [text, text])

    posted_answer(content, arrangement, post, "a-7")


@pytest.mark.parametrize("content", ONE_OF_EACH, ids=lambda content: content.kind)
def test_the_inputs_hold_nothing_of_the_key(content):
    html = page(content)

    for word in ("KEY", "correct", "right", "why"):
        assert word not in html.replace('class="rights"', "")


@pytest.mark.parametrize("content", ONE_OF_EACH, ids=lambda content: content.kind)
def test_every_input_has_a_name_that_is_read_aloud(content):
    html = page(content)

    if content.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE):
        assert html.count("<label") == html.count("<input")
        assert 'aria-labelledby="a-7-stem"' in html
    else:
        inputs = html.count("<input") + html.count("<select") + html.count("<textarea")
        assert html.count("<label") + html.count("aria-label") >= inputs


def test_text_in_a_question_is_escaped():
    content = ONE_OF_EACH[4]
    card = card_of(content, "<script>1</script>", {}, '"><b>')
    html = render_to_string("components/question/answer.html", {"card": card, "name": "a-7"})

    assert "<script>" not in html
    assert "<b>" not in html
