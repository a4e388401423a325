import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.replies.clauses import Scope, read
from quizzes.rules.replies.normalise import normalise


def scopes(text: str, words: str) -> set[str]:
    reading = read(normalise(text).text)
    start = reading.text.index(words)
    return {str(scope) for scope in reading.scopes_of(start, start + len(words))}


@pytest.mark.parametrize(
    ("text", "words", "scope"),
    [
        ("我们不能加微信", "微信", Scope.NEGATED),
        ("从不搞好评返现", "返现", Scope.NEGATED),
        ("请勿扫码", "扫码", Scope.NEGATED),
        ("微信加不了哈", "微信", Scope.DENIED),
        ("微信我们不接的", "微信", Scope.DENIED),
        ("有人说“加微信返现”", "加微信", Scope.QUOTED),
        ("“爱买不买”这话不该说", "爱买不买", Scope.QUOTED),
        ("如果是质量问题，您拍照", "质量问题", Scope.CONDITION),
        ("要是磕坏了就换", "磕坏", Scope.CONDITION),
        ("有人让您加微信返现", "返现", Scope.REPORTED),
        ("卡片上写扫码领钱", "扫码", Scope.REPORTED),
        ("让您加微信的都是骗子", "微信", Scope.WARNED),
        ("平台不允许好评返现", "返现", Scope.WARNED),
        ("千万别信加微信的", "微信", Scope.WARNED),
        ("昨天同事说退不了", "退不了", Scope.REPORTED),
        ("您说的加微信，我们不做", "加微信", Scope.REPORTED),
        ("怎么会不给您退呢", "不给您退", Scope.NEGATED),
        ("您看退款可以吗？", "退款", Scope.QUESTION),
        ("您说的我都记下了，不过这款不退", "不退", None),
        ("不喜欢的话退不了", "退不了", None),
        ("这样的话就不给退", "不给退", None),
        ("怎么会退呢，放心", "放心", None),
        ("要不要换货", "换货", None),
        ("加我微信吧，便宜", "微信", None),
        ("不好意思，加微信聊", "微信", None),
        ("那是骗子。您加这个微信", "微信", None),
        ("没问题 加微信", "微信", None),
        ("别的都行，加微信", "微信", None),
    ],
)
def test_what_holds_for_words(text, words, scope):
    found = scopes(text, words) - {"question"} if scope is not Scope.QUESTION else scopes(text, words)
    assert (str(scope) in found) if scope else not found


@pytest.mark.parametrize(("text", "asks"), [("说明看了没有", True), ("差价没有。", False), ("这个退不", True)])
def test_only_after_what_was_done_does_a_last_not_ask(text, asks):
    assert ("question" in scopes(text, text[:2])) is asks


def test_a_negation_inside_the_words_does_not_deny_them():
    assert "negated" not in scopes("绝对不会掉色", "绝对不会")


@pytest.mark.parametrize(("text", "denied"), [("验证码千万别发给我", True), ("验证码收到不用急，发给我", False)])
def test_a_negation_inside_words_that_looked_for_none_denies_them_where_it_reaches_their_end(text, denied):
    reading = read(normalise(text).text)
    end = reading.text.index("发给我") + 1
    assert (Scope.NEGATED in reading.scopes_of(0, end, inside=True)) is denied


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("可以退，今天办。行吗？", ["可以退,", "今天办.", "行吗?"]),
        ("可以啊 扫这个码就行", ["可以啊 ", "扫这个码就行"]),
        ("型号 A20 的", ["型号 a20 的"]),
        ("", [""]),
    ],
)
def test_where_clauses_end(text, clauses):
    reading = read(normalise(text).text)
    assert [reading.text[clause.start : clause.end] for clause in reading.clauses] == clauses


@given(st.text(st.sampled_from('不别微信加,.?!"如果有人说骗子 吗~\n') | st.characters(), max_size=80))
def test_any_text_is_read_and_its_clauses_follow_each_other(text):
    reading = read(normalise(text).text)
    for before, after in zip(reading.clauses, reading.clauses[1:], strict=False):
        assert before.end <= after.start
    reading.scopes_of(0, len(reading.text))


@pytest.mark.parametrize("sign", ["不", "别，", '"', "如果", "，", "骗子。", "有人说", "吗"])
def test_reading_takes_no_longer_than_the_length(sign):
    started = time.process_time()
    read(sign * (100_000 // len(sign)))
    assert time.process_time() - started < 5
