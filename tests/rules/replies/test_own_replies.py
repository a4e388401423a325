"""Our own labelled replies are whole: what teaches the judge must not be half a record."""

import json
from collections import Counter
from pathlib import Path

import pytest

from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.records import parse

FILES = sorted((Path(__file__).resolve().parents[3] / "fixtures" / "replies").glob("writer_*.jsonl"))
SCENE = {"platform", "stage", "customer_type", "facts"}


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_reply_has_a_whole_scene_a_customer_who_spoke_last_and_a_word_on_every_check(file):
    for row in lines(file):
        assert set(row["scene"]) == SCENE and all(row["scene"].values()), row["id"]
        assert row["history"][-1]["who"] == "customer", row["id"]
        assert 0 < len(row["reply"]) <= 300, row["id"]
        assert set(row["labels"]) == set(NAMES), row["id"]
        assert all(type(label) is bool for label in row["labels"].values()), row["id"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_records_are_read_by_the_command_that_learns_from_them(file):
    assert len(list(parse(file.read_text("utf-8").splitlines(), file.stem))) == len(lines(file)) > 0


def test_no_id_and_no_reply_in_its_scene_comes_twice():
    rows = [row for file in FILES for row in lines(file)]
    said = Counter((row["scene"]["facts"], row["reply"]) for row in rows)
    assert [reply for reply, times in said.items() if times > 1] == []
    assert len({row["id"] for row in rows}) == len(rows)


def test_every_check_is_taught_by_both_answers():
    rows = [row for file in FILES for row in lines(file)]
    for name in NAMES:
        yes = sum(row["labels"][name] for row in rows)
        assert yes >= 60 and len(rows) - yes >= 80, name
