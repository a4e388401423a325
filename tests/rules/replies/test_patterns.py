import time

import pytest

from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.patterns import failed_examples, library, parse_lexicon, parse_patterns
from quizzes.rules.replies.regexes import BadPattern, compiled

FINE = """
check: offline_payment
patterns:
  - id: offline.add
    note: 加微信
    words: '加<tool>'
    means: shows
    unless: [negated, denied]
    hit: [加微信]
    miss: [不加微信]
"""
LEXICON = {"tool": "微信|qq"}


@pytest.mark.parametrize("pattern", library(), ids=lambda pattern: pattern.id)
def test_every_example_beside_a_pattern_comes_out_as_written(pattern):
    assert failed_examples(pattern) == []


def test_every_check_has_patterns_and_no_id_is_used_twice():
    assert {pattern.check for pattern in library()} == set(NAMES)
    assert len({pattern.id for pattern in library()}) == len(library())


def test_a_pattern_file_is_read():
    (pattern,) = parse_patterns(FINE, LEXICON)
    assert pattern.words.pattern == "加(?:微信|qq)"
    assert failed_examples(pattern) == []


def test_an_example_that_comes_out_otherwise_is_named():
    (pattern,) = parse_patterns(FINE.replace("hit: [加微信]", "hit: [别的话]"), LEXICON)
    assert failed_examples(pattern) == ["offline.add：“别的话”应当命中。"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("check: offline_payment", "check: nonsense", "文件开头要写 check"),
        ("id: offline.add", "title: offline.add", "每条模式要有 id"),
        ("means: shows", "means: perhaps", "means 应当是这些之一"),
        ("unless: [negated, denied]", "unless: [loudly]", "unless 应当是一列语境"),
        ("    miss: [不加微信]\n", "", "miss 至少写一个例句"),
        ("note: 加微信", "colour: red", "不认识的字段：colour"),
        ("加<tool>", "加<unknown>", "<unknown> 不在词表里"),
        ("加<tool>", "加(", "正则表达式写错了"),
        ("加<tool>", "(加|微)*", "没有上限的重复不能用"),
        ("patterns:", "patterns: [", "不是 YAML"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_said(old, new, said):
    with pytest.raises(BadPattern, match=said.replace("(", r"\(")):
        parse_patterns(FINE.replace(old, new), LEXICON)


def test_two_patterns_cannot_share_an_id():
    twice = FINE + FINE[FINE.index("  - id") :]
    with pytest.raises(BadPattern, match="用了两次"):
        parse_patterns(twice, LEXICON)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("a+", "没有上限"),
        ("a{2,}", "没有上限"),
        ("a{0,61}b", "没有上限"),
        ("(?:a{1,9}){1,9}b", "重复里面又有重复"),
        (r"(a)\1", "不能引用"),
        (".{0,40}a.{0,40}b.{0,40}c.{0,40}d", "伸缩的部分太多"),
        ("a?", "空的句子也会匹配"),
        ("a" * 6_001, "太长了"),
    ],
)
def test_an_expression_that_could_be_slow_is_refused(expression, said):
    with pytest.raises(BadPattern, match=said):
        compiled(expression)


def test_a_lexicon_is_checked_too():
    with pytest.raises(BadPattern, match="词表“tool”"):
        parse_lexicon("tool: '微信+'")
    with pytest.raises(BadPattern, match="词表应当是"):
        parse_lexicon("- 微信")


@pytest.mark.parametrize("part", ["不", "加", "1", "您看 还是 ", "退换补赔", '"', "您自己去找快递"])
def test_no_pattern_is_slow_on_any_text(part):
    text = part * (1200 // len(part))
    for pattern in library():
        started = time.process_time()
        pattern.words.search(text)
        assert time.process_time() - started < 0.25, pattern.id
