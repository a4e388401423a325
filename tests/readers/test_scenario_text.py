"""The text of a scenario as somebody typed it: whatever it is, an answer by line and beat, and soon."""

from copy import deepcopy
from itertools import count
from time import perf_counter

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.quizzes.scenarios import GOLDEN
from tests.rules.dialogue.sample import scenario_data
from trainer.readers.scenario_text import LONGEST, read_golden_text, read_scenario_text, sample_text

SOON = 2.0  # seconds, on a machine that is busy otherwise


def written(**changes):
    return yaml.safe_dump(scenario_data(**changes), allow_unicode=True, sort_keys=False)


def test_the_sample_that_a_new_one_begins_from_can_be_played():
    read = read_scenario_text(sample_text())

    assert read.faults == ()
    assert read.scenario.beats.keys() == {"opening"}


def test_a_dead_end_is_named_with_its_beat_and_line():
    beats = scenario_data()["beats"]
    beats["closing"]["then"] = [{"otherwise": True, "says": [["嗯"]]}]
    text = written(beats=beats)

    faults = read_scenario_text(text).faults

    assert {fault.beat for fault in faults} == {"closing", "done", "opening", ""}
    stuck = next(fault for fault in faults if fault.beat == "closing")
    assert "到不了结局" in stuck.message
    assert text.splitlines()[stuck.line - 1].strip() == "closing:"


def test_a_loop_without_a_way_out_is_named_with_its_beats():
    beats = scenario_data()["beats"]
    beats["closing"]["then"] = [{"otherwise": True, "to": "opening"}]
    beats["opening"]["then"] = [{"otherwise": True, "to": "closing"}]

    told = " ".join(map(str, read_scenario_text(written(beats=beats)).faults))

    assert "从环节“opening”出发" in told
    assert "只在这里打转：closing、opening" in told


def test_a_beat_that_is_never_reached_is_named():
    beats = scenario_data()["beats"]
    beats["island"] = deepcopy(beats["closing"])

    faults = read_scenario_text(written(beats=beats)).faults

    assert [fault.beat for fault in faults] == ["island"]


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "是空的"),
        ("   \n\n", "是空的"),
        ("# 只有说明\n", "是空的"),
        ("你好，我想写一个情景", "字段: 内容"),
        ("- a\n- b\n", "字段: 内容"),
        ("slug: [", "YAML 写法有误"),
        ("a: &x 1\nb: *x\n", "不能用 & 和 *"),
        (BOMB, "不能用 & 和 *"),
        ("a: !!python/object/apply:os.system [ls]\n", "不能用 ! 标签"),
        ("a: !!binary aGk=\n", "不能用 ! 标签"),
        ("[" * 900, "套得太深"),
        ("a:\n" + "".join(" " * n + "- \n" for n in range(1, 60)), "套得太深"),
        ("- x\n" * 30_000, "内容太多"),
        ("slug: a\nslug: b\n", "写了两次"),
        ("\x01\x02", "控制字符"),
        ("PK\x03\x04", "控制字符"),
        ("a: 1\tb\n\t- c: {", "YAML"),
        ("x" * (LONGEST + 1), "太长"),
        ("review_by: 2026-02-31\n", "没有"),
    ],
    ids=count(),
)
@pytest.mark.parametrize("read", [read_scenario_text, read_golden_text])
def test_what_is_no_scenario_is_answered_clearly(read, text, said):
    began = perf_counter()
    found = read(text)

    assert found.faults
    assert perf_counter() - began < SOON
    if not (read is read_golden_text and said == "字段: 内容"):
        assert said in str(found.faults[0])


def test_200_kb_are_read_or_refused_soon():
    lines = [f"第 {number} 条没有更新的物流记录，顾客很着急" for number in range(3_700)]
    text = written(truth="".join(lines))
    assert len(text.encode()) > 200_000
    began = perf_counter()

    faults = read_scenario_text(text).faults

    assert perf_counter() - began < SOON
    assert any(fault.where == "truth" and "太长" in fault.message for fault in faults)


def test_what_no_json_holds_is_kept_as_text():
    read = read_scenario_text(written() + "minutes_: .nan\nagain: .inf\nhuge: 99999999999999999999999\n")

    assert [read.data[key] for key in ("minutes_", "again", "huge")] == ["nan", "inf", "99999999999999999999999"]


@given(st.text(max_size=300))
def test_any_text_is_answered(text):
    assert isinstance(read_scenario_text(text).faults, tuple)
    assert isinstance(read_golden_text(text).faults, tuple)


@given(st.data())
def test_a_scenario_with_a_piece_cut_out_is_answered(data):
    text = written()
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, min(start + 400, len(text))))

    read = read_scenario_text(text[:start] + text[end:])

    assert read.scenario is not None or read.faults


def test_transcripts_say_their_lines():
    golden = [{**GOLDEN[0], "seed": "x"}, *GOLDEN[1:]]

    faults = read_golden_text(yaml.safe_dump(golden, allow_unicode=True, sort_keys=False)).faults

    assert [(fault.line, fault.where) for fault in faults] == [(2, "[1].seed")]
