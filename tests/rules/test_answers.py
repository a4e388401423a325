import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.answers import AnswerShapeError, check_size, is_blank, parse_answer, parse_number
from quizzes.rules.questions import FreeText
from tests.rules.contents import ONE_OF_EACH, contents, json_values, right_answer, with_answers

SINGLE, MULTIPLE, TRUE_FALSE, FILL, NUMERIC, MATCHING, ORDERING, CLOZE, FREE_TEXT = ONE_OF_EACH


@given(with_answers)
def test_a_well_shaped_answer_is_kept_and_keeping_it_again_changes_nothing(case):
    content, answer = case

    kept = parse_answer(content, answer)

    assert parse_answer(content, json.loads(json.dumps(kept))) == kept
    assert is_blank(content, kept) == is_blank(content, answer)
    check_size(kept)


@given(contents, json_values)
def test_any_json_is_kept_or_refused_in_words(content, raw):
    try:
        kept = parse_answer(content, raw)
    except AnswerShapeError as error:
        assert str(error)
    else:
        check_size(kept)
        assert parse_answer(content, kept) == kept


@given(contents)
def test_not_answered_is_allowed_and_blank_and_the_right_answer_is_neither(content):
    assert parse_answer(content, None) is None
    assert is_blank(content, None)
    assert not is_blank(content, parse_answer(content, right_answer(content)))


@pytest.mark.parametrize(
    ("content", "raw"),
    [
        (SINGLE, "o9"),
        (SINGLE, ""),
        (SINGLE, ["o0"]),
        (MULTIPLE, "o0"),
        (MULTIPLE, ["o0", "o0"]),
        (MULTIPLE, ["o0", "o9"]),
        (MULTIPLE, [0]),
        (TRUE_FALSE, 1),
        (TRUE_FALSE, "true"),
        (FILL, ["七天"]),
        (FILL, ["七天", None]),
        (FILL, ["七天", "签" * 201]),
        (NUMERIC, 500),
        (NUMERIC, "1" * 201),
        (MATCHING, {"l9": "r0"}),
        (MATCHING, {"l0": "r9"}),
        (MATCHING, {"l0": ["r0"]}),
        (MATCHING, [["l0", "r0"]]),
        (ORDERING, ["s0", "s1"]),
        (ORDERING, ["s0", "s1", "s1"]),
        (ORDERING, ["s0", "s1", "s9"]),
        (CLOZE, ["a0"]),
        (CLOZE, ["a0", "a1"]),
        (FREE_TEXT, "好" * 5001),
        (FREE_TEXT, "好\0"),
        (FREE_TEXT, "\ud83d"),
        (FREE_TEXT, ["好"]),
    ],
)
def test_a_wrong_shape_is_refused(content, raw):
    with pytest.raises(AnswerShapeError):
        parse_answer(content, raw)


def test_the_stored_form_does_not_depend_on_the_order_of_clicks():
    assert parse_answer(MULTIPLE, ["o2", "o0"]) == ["o0", "o2"]
    assert list(parse_answer(MATCHING, {"l1": "r0", "l0": "r1"})) == ["l0", "l1"]
    assert parse_answer(MATCHING, {"l1": "r0", "l0": ""}) == {"l1": "r0"}
    assert parse_answer(FILL, [" 七天 ", ""]) == ["七天", ""]
    assert parse_answer(ORDERING, ["s2", "s0", "s1"]) == ["s2", "s0", "s1"]
    assert parse_answer(FREE_TEXT, "好" * 5000) == "好" * 5000


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (MULTIPLE, []),
        (FILL, ["", " "]),
        (NUMERIC, " "),
        (MATCHING, {}),
        (MATCHING, {"l0": ""}),
        (ORDERING, []),
        (CLOZE, ["", ""]),
        (FREE_TEXT, "\n"),
    ],
)
def test_an_empty_answer_is_blank(content, answer):
    assert is_blank(content, answer)


@pytest.mark.parametrize(
    ("content", "answer"),
    [(TRUE_FALSE, False), (FILL, ["", "签"]), (MATCHING, {"l0": "x0"}), (SINGLE, ["o0"]), (MULTIPLE, "o0")],
)
def test_something_given_is_not_blank(content, answer):
    assert not is_blank(content, answer)


@pytest.mark.parametrize(
    "raw",
    [
        1,
        1.5,
        [["a"]],
        {"a": ["b"]},
        [None],
        {"a": None},
        [True],
        "x" * 20_001,
        "好" * 7_000,
        ["好" * 700] * 10,
        "a\0",
        ["\ud800"],
        {"\0": "a"},
        {1: "a"},
        ("a",),
        b"a",
    ],
)
def test_autosave_refuses_what_no_question_could_take(raw):
    with pytest.raises(AnswerShapeError):
        check_size(raw)


@pytest.mark.parametrize("raw", [None, True, "", "好" * 5_000, ["a"] * 50, {"l0": "r0"}, [], {}])
def test_autosave_takes_what_some_question_could_take(raw):
    check_size(raw)


@given(json_values)
def test_what_a_question_takes_autosave_takes(raw):
    free = FreeText(rubric=())
    try:
        parse_answer(free, raw)
    except AnswerShapeError:
        return
    check_size(raw)


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("500", "元", "500"),
        ("５００", "元", "500"),
        ("1,000", "元", "1000"),
        ("１，０００．５０ 元", "元", "1000.50"),
        ("30％", "%", "30"),
        ("30%", "％", "30"),
        ("30", "%", "30"),
        ("2 kg", "KG", "2"),
        ("-3", "", "-3"),
        ("+.5", "", "0.5"),
        ("3.", "", "3"),
        ("48小時", "小时", "48"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, unit, number):
    assert parse_number(typed, unit) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("", "元"),
        ("元", "元"),
        ("500天", "元"),
        ("30%", "元"),
        ("1,00", ""),
        ("1e9", ""),
        ("NaN", ""),
        ("三", ""),
        ("٣", ""),
        ("1,0000", ""),
        ("--3", ""),
        ("3 5 天 7", "天"),
    ],
)
def test_what_is_no_number_in_this_unit_is_none(typed, unit):
    assert parse_number(typed, unit) is None


@given(st.text(max_size=200), st.sampled_from(["", "元", "%"]))
def test_any_text_is_a_finite_number_or_none(typed, unit):
    number = parse_number(typed, unit)

    assert number is None or number.is_finite()
