import json
from dataclasses import asdict, replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.answers import parse_answer
from quizzes.rules.arrangement import arrange, shown
from quizzes.rules.questions import Fill, Matching, TrueFalse
from tests.rules.contents import ONE_OF_EACH, contents, orderings, right_answer

seeds = st.integers(0, 2**32)
FILL, TRUE_FALSE = ONE_OF_EACH[3], ONE_OF_EACH[2]


def ids_in(value):
    """Every id in what is shown, in the order of the page."""
    if isinstance(value, dict):
        return ([value["id"]] if "id" in value else []) + [i for v in value.values() for i in ids_in(v)]
    return [i for v in value for i in ids_in(v)] if isinstance(value, list | tuple) else []


def ids_of(content):
    match content:
        case TrueFalse():
            return ["true", "false"]
        case Matching(pairs, extra):
            return [p.left.id for p in pairs] + [p.right.id for p in pairs] + [part.id for part in extra]
    parts = getattr(content, "options", getattr(content, "items", ()))
    return [part.id for part in parts] + [o.id for gap in getattr(content, "gaps", ()) for o in gap]


@given(contents, seeds)
def test_everything_to_choose_is_shown_once_and_the_same_seed_shows_the_same(content, seed):
    arrangement = json.loads(json.dumps(arrange(content, Random(seed))))
    page = shown(content, arrangement)

    assert sorted(ids_in(asdict(page))) == sorted(ids_of(content))
    assert arrangement == arrange(content, Random(seed))
    assert page.kind == content.kind


@given(contents, seeds)
def test_the_page_holds_nothing_of_the_key(content, seed):
    page = shown(content, arrange(content, Random(seed)))
    text = repr(page)

    assert "KEY" not in text
    assert "correct" not in text
    if isinstance(content, Fill):
        assert not any(variant in text for variants in content.blanks for variant in variants)


@given(contents, seeds)
def test_two_questions_that_differ_only_in_their_key_look_the_same(content, seed):
    match content:
        case TrueFalse(answer):
            other = TrueFalse(not answer)
        case _ if hasattr(content, "options"):
            flipped = tuple(replace(o, correct=not o.correct, why="") for o in content.options)
            other = replace(content, options=flipped)
        case _ if hasattr(content, "gaps"):
            other = replace(
                content, gaps=tuple(tuple(replace(o, correct=not o.correct) for o in g) for g in content.gaps)
            )
        case _ if hasattr(content, "tolerance"):
            other = replace(content, answer=content.answer + 1, tolerance=content.tolerance + 1)
        case Fill(blanks):
            other = Fill((("别的",),) * len(blanks))
        case _:
            return
    assert shown(other, arrange(other, Random(seed))) == shown(content, arrange(content, Random(seed)))


@given(orderings, seeds)
def test_steps_to_order_never_start_in_the_right_order(content, seed):
    assert arrange(content, Random(seed))["items"] != right_answer(content)


@given(contents, seeds)
def test_what_is_shown_can_be_sent_back(content, seed):
    page = shown(content, arrange(content, Random(seed)))
    match content.kind:
        case "single":
            raw = page.options[0].id
        case "multiple":
            raw = [option.id for option in page.options]
        case "true_false":
            raw = json.loads(page.options[0].id)
        case "ordering":
            raw = [item.id for item in page.items]
        case "matching":
            raw = {left.id: right.id for left, right in zip(page.lefts, page.rights, strict=False)}
        case "cloze":
            raw = [gap[0].id for gap in page.gaps]
        case "fill":
            raw = ["字" * page.limit] * page.blanks
        case _:
            raw = "5" * page.limit
    parse_answer(content, raw)


def test_true_and_false_keep_their_places():
    assert [choice.text for choice in shown(TRUE_FALSE, {}).options] == ["正确", "错误"]


def test_different_seeds_give_different_orders():
    for content in ONE_OF_EACH:
        orders = {json.dumps(arrange(content, Random(seed))) for seed in range(30)}
        assert (len(orders) > 1) == (content.kind not in {"true_false", "fill", "numeric", "free_text"})
