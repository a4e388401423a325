"""What people write for figures: read when it is clear, asked about when it is not."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.performance import (
    BadValue,
    Column,
    Share,
    changed_figures,
    month_of,
    percent_of,
    seconds_of,
    shares_of,
)
from trainer.rules.vocabulary import Figure


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("24", "24"), ("24.5", "24.5"), ("24秒", "24"), ("24 s", "24"), ("1:20", "80"), ("0:01:20", "80"),
        ("01:20", "80"), ("1分20秒", "80"), ("2分钟", "120"), ("１：２０", "80"), ("1,200", "1200"), ("0", "0"),
    ],
)  # fmt: skip
def test_seconds_in_every_spelling(text, seconds):
    assert seconds_of(text) == Decimal(seconds)


@pytest.mark.parametrize("text", ["", "-3", "abc", "1:75", "1:20:00", "90000", "秒", "1:2:3:4", "快"])
def test_times_that_are_none_are_refused(text):
    with pytest.raises(BadValue):
        seconds_of(text)


@given(st.integers(0, 59), st.integers(0, 59))
def test_minutes_and_seconds_come_back(minutes, seconds):
    wanted = minutes * 60 + seconds
    assert seconds_of(f"{minutes}:{seconds:02}") == wanted
    assert seconds_of(f"{minutes}分{seconds}秒") == wanted
    assert seconds_of(str(wanted)) == wanted
    assert seconds_of(str(minutes), minutes=True) == minutes * 60


@given(st.decimals(0, 100, places=2))
def test_a_sign_decides_whatever_the_column_says(percent):
    for share in Share:
        assert percent_of(f"{percent}%", share) == percent


@given(st.decimals(0, 1, places=4))
def test_a_fraction_is_a_hundredfold(fraction):
    assert percent_of(str(fraction), Share.FRACTION) == fraction * 100


@pytest.mark.parametrize("share", [Share.MIXED, Share.UNKNOWN])
def test_what_can_be_read_in_two_ways_is_asked(share):
    with pytest.raises(BadValue, match="看不出"):
        percent_of("0.35", share)
    assert percent_of("35", share) == 35
    assert percent_of("0", share) == 0


@pytest.mark.parametrize("text", ["-1", "-0.5%", "101", "120%", "好", "", "1e400", "NaN"])
def test_percentages_that_are_none_are_refused(text):
    with pytest.raises(BadValue):
        percent_of(text, Share.PERCENT)


@pytest.mark.parametrize(
    ("header", "texts", "share"),
    [
        ("满意度", ("0.92", "0.88"), Share.FRACTION),
        ("满意度", ("92", "88%"), Share.PERCENT),
        ("满意度", ("0.92", "88"), Share.MIXED),
        ("满意度（%）", ("0.92", "0.88"), Share.PERCENT),
        ("满意度", ("92%",), Share.UNKNOWN),
        ("满意度", ("92%", "0.88"), Share.MIXED),
    ],
)
def test_a_large_rate_tells_by_its_column(header, texts, share):
    assert shares_of([Column(Figure.SATISFACTION, header, texts)])[Figure.SATISFACTION] == share


@pytest.mark.parametrize(
    ("beside", "texts", "share"),
    [
        (("0.92",), ("0.003",), Share.FRACTION),
        (("92",), ("0.3",), Share.PERCENT),
        (("92",), ("0.3", "1.2"), Share.PERCENT),
        (("92",), ("0.3", "30"), Share.MIXED),
        ((), ("0.3",), Share.UNKNOWN),
        (("92%", "0.88"), ("0.3",), Share.UNKNOWN),
        (("0.92",), ("0.5%", "0.3"), Share.MIXED),
        (("0.92",), ("0.5%",), Share.UNKNOWN),
    ],
)
def test_a_small_rate_is_written_as_the_large_one_beside_it(beside, texts, share):
    columns = [Column(Figure.COMPLAINT_RATE, "投诉率", texts), Column(Figure.SATISFACTION, "满意度", beside)]
    assert shares_of(columns)[Figure.COMPLAINT_RATE] == share


@pytest.mark.parametrize("text", ["2026-10", "2026/10", "2026.10", "2026年10月", "202610", "2026-10-31"])
def test_a_month_in_every_spelling(text):
    assert month_of(text) == date(2026, 10, 1)


@pytest.mark.parametrize("text", ["", "10月", "2026", "2026-13", "上个月", "26-10"])
def test_months_that_are_none_are_refused(text):
    with pytest.raises(BadValue):
        month_of(text)


def test_what_a_line_is_silent_on_stays():
    before = {Figure.CONVERSION: Decimal(40), Figure.SATISFACTION: Decimal(90)}

    assert changed_figures(before, {Figure.SATISFACTION: Decimal("90.00")}) == ()
    assert changed_figures(before, {Figure.SATISFACTION: Decimal(91)}) == (Figure.SATISFACTION,)
    assert changed_figures({}, before) == (Figure.CONVERSION, Figure.SATISFACTION)


@given(st.text(max_size=12))
def test_nothing_that_somebody_types_breaks_the_readers(text):
    for read in (seconds_of, month_of, lambda said: percent_of(said, Share.UNKNOWN)):
        with suppress(BadValue):
            read(text)
