"""The typing check's alignment, its figures, and what is not counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from quizzes.rules.drills.shipped import next_passage, passages, typing_terms
from quizzes.rules.typing import Doubt, Input, Same, align, doubt_of, letters, per_minute

words = st.text("您好亲，。1２aＡ 快递", max_size=40)


@given(words, words)
def test_both_texts_are_read_off_the_pieces(passage, typed):
    found = align(passage, typed)

    assert letters(passage).startswith("".join(piece.wanted for piece in found.pieces))
    assert "".join(piece.typed for piece in found.pieces) == letters(typed)
    assert found.reached == sum(len(piece.wanted) for piece in found.pieces)


@given(words, words)
def test_no_other_beginning_of_the_passage_has_fewer_errors(passage, typed):
    wanted, given_ = letters(passage), letters(typed)
    fewest = min(Levenshtein.distance(wanted[:end], given_) for end in range(len(wanted) + 1))

    assert align(passage, typed).errors == fewest


@given(words, words)
def test_figures_stay_in_their_ranges(passage, typed):
    found = align(passage, typed)

    assert 0 <= found.accuracy <= 1
    assert found.correct <= min(len(letters(passage)), len(letters(typed)))
    assert (found.accuracy == 1) == (found.errors == 0 and found.correct > 0)


@given(words, st.integers(0, 40))
def test_a_beginning_typed_rightly_is_right(passage, length):
    found = align(passage, letters(passage)[:length])

    assert found.errors == 0
    assert found.correct == min(length, len(letters(passage)))


@pytest.mark.parametrize(
    ("typed", "correct", "wrong", "left_out", "added"),
    [
        ("您好，马上查", 6, 0, 0, 0),
        ("您好,马上查", 5, 1, 0, 0),
        ("您好马上查", 5, 0, 1, 0),
        ("您好，，马上查", 6, 0, 0, 1),
        ("您好，马下查", 5, 1, 0, 0),
        (" 您好，\n马上查", 6, 0, 0, 0),
        ("", 0, 0, 0, 0),
    ],
)
def test_what_kind_of_error_it_is(typed, correct, wrong, left_out, added):
    found = align("您好，马上查物流", typed)

    assert (found.correct, found.wrong, found.left_out, found.added) == (correct, wrong, left_out, added)


def test_neighbours_of_one_kind_are_one_piece():
    pieces = align("您好，马上查物流", "您好马下查物流").pieces

    assert [(piece.same, piece.wanted, piece.typed) for piece in pieces] == [
        (Same.RIGHT, "您好", "您好"),
        (Same.LEFT_OUT, "，", ""),
        (Same.RIGHT, "马", "马"),
        (Same.WRONG, "上", "下"),
        (Same.RIGHT, "查物流", "查物流"),
    ]


def test_width_of_letters_and_digits_does_not_matter_but_punctuation_does():
    assert align("M码３件", "Ｍ码3件").errors == 0
    assert align("好。", "好.").errors == 1


@given(st.integers(0, 2_000), st.floats(1, 3_600))
def test_speed_is_correct_characters_by_minutes(correct, seconds):
    assert per_minute(correct, seconds) == pytest.approx(correct / (seconds / 60))


# --- what is not counted -----------------------------------------------------------------------------------

TEXT = "亲，让您着急了，我马上查这笔订单的物流，五分钟内回您，请稍等一下，谢谢您的耐心等待，祝您生活愉快，再会。"


def typed_at(rate, text=TEXT, phrase=4):
    """A log of ``text`` in phrases at ``rate`` characters a minute."""
    places = range(0, len(text), phrase)
    return [Input(round((place + phrase) * 60_000 / rate), len(text[place : place + phrase])) for place in places]


def doubt(inputs, text=TEXT, seconds=None, stopped=True):
    length = len(letters(TEXT))
    return doubt_of(
        align(TEXT, text), length=length, seconds=60 if seconds is None else seconds, inputs=inputs,
        terms=typing_terms(), stopped=stopped,
    )  # fmt: skip


def test_ordinary_typing_is_counted():
    assert doubt(typed_at(80)) is None


def test_a_text_without_inputs_is_not_counted():
    assert doubt([]) is Doubt.NO_KEYS
    assert doubt(typed_at(80)[:3]) is Doubt.NO_KEYS


def test_a_whole_stretch_at_once_is_not_counted():
    assert doubt([Input(5_000, len(TEXT))]) is Doubt.BURST


def test_nobody_types_that_fast():
    assert doubt(typed_at(80), seconds=5) is Doubt.TOO_FAST
    assert doubt(typed_at(2_000), seconds=300) is Doubt.TOO_FAST


def test_stopping_early_is_not_counted_but_running_out_of_time_is():
    half = TEXT[: len(TEXT) // 2]

    assert doubt(typed_at(60, half), half) is Doubt.UNFINISHED
    assert doubt(typed_at(60, half), half, stopped=False) is None


def test_nothing_typed_is_not_counted():
    assert doubt([], "", stopped=False) is Doubt.UNFINISHED


# --- what is shipped ---------------------------------------------------------------------------------------


def test_the_shipped_passages_are_fit_to_type():
    found = passages()

    assert len(found) >= 20
    assert len({passage.slug for passage in found}) == len({passage.text for passage in found}) == len(found)
    for passage in found:
        text = letters(passage.text)
        assert 120 <= len(text) <= 260, passage.slug
        assert any(char.isdigit() for char in text), passage.slug
        assert not set(text) & set("“”‘’…—\"'"), passage.slug


def test_the_bar_is_data():
    assert (typing_terms().bar, typing_terms().accuracy) == (50, 0.95)


@given(st.integers(0, 1_000))
def test_the_passages_come_round_before_one_comes_again(offset):
    done = []
    for _run in passages():
        done.append(next_passage(done, offset).slug)

    assert len(set(done)) == len(done)
