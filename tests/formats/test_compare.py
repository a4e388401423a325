"""The measure itself: what counts as read right, as wrong, as held."""

import pytest

from quizzes.formats.found import FoundQuestion, Held, QuestionsFound
from quizzes.rules.questions import content_from_data
from quizzes.rules.vocabulary import Kind
from tests.samples.compare import Verdict, compare, plain, score

STEM = "买家说商品有质量问题，客服首先应当（ ）。"
TRUE = {
    "kind": "single",
    "stem": STEM,
    "options": [{"text": "退款", "correct": False}, {"text": "请买家提供照片", "correct": True}],
    "answers": [],
    "pairs": [],
    "explanation": "先有凭证。",
}


def read(stem=STEM, options=("退款", "*请买家提供照片"), kind=Kind.SINGLE, explanation="先有凭证。"):
    data = {"options": [{"text": text.lstrip("*"), "correct": text.startswith("*")} for text in options]}
    return FoundQuestion(kind, stem, content_from_data(kind, data, stem=stem), 1, explanation)


def verdicts(*questions, held=(), truth=(TRUE,), to_hold=()):
    found = QuestionsFound("text", questions, tuple(Held(1, text, "没有答案") for text in held))
    return [
        outcome.verdict
        for outcome in compare(found, {"questions": truth, "held": [{"contains": piece} for piece in to_hold]})
    ]


@pytest.mark.parametrize(
    "question",
    [
        read(),
        read(stem=" 买家说商品有质量问题,客服首先应当（ ）。\n"),
        read(stem="買家說商品有質量問題，客服首先應當（ ）。"),
        read(options=("退 款", "*请买家提供照片")),
    ],
)
def test_width_white_space_and_traditional_characters_are_left_open(question):
    assert verdicts(question) == [Verdict.RIGHT]


@pytest.mark.parametrize(
    "question",
    [
        read(stem=f"1. {STEM}"),
        read(stem=STEM.replace("（ ）", "（B）")),
        read(stem=STEM.replace("（ ）", "()")),
        read(stem=STEM.replace("品", "⽤")),
        read(options=("*退款", "请买家提供照片")),
        read(options=("*请买家提供照片", "退款")),
        read(options=("退款", "*请买家提供照片", "C. 拒绝")),
        read(options=("退款 B. 拒绝", "*请买家提供照片")),
        read(kind=Kind.MULTIPLE),
    ],
)
def test_anything_else_is_wrong(question):
    assert verdicts(question) == [Verdict.WRONG]


def test_a_question_that_swallowed_the_next_is_wrong_and_the_next_is_missing():
    other = {**TRUE, "stem": "退款应当在几日内完成？（ ）"}
    assert verdicts(read(stem=f"{STEM} 2. 退款应当在几日内完成？（ ）"), truth=(TRUE, other)) == [
        Verdict.WRONG,
        Verdict.MISSING,
    ]


def test_what_is_sure_may_be_held_but_not_lost():
    assert verdicts(held=[f"1. {STEM}\nA. 退款"]) == [Verdict.HELD]
    assert verdicts(held=["2. 别的题"]) == [Verdict.MISSING]


def test_what_is_unsure_must_be_held():
    piece = STEM[:12]
    assert verdicts(held=[f"1. {STEM}"], truth=(), to_hold=[piece]) == [Verdict.RIGHT]
    assert verdicts(read(), truth=(), to_hold=[piece]) == [Verdict.GUESSED]
    assert verdicts(read(), held=[f"1. {STEM}"], truth=(), to_hold=[piece]) == [Verdict.GUESSED]
    assert verdicts(truth=(), to_hold=[piece]) == [Verdict.MISSING]


def test_what_is_not_there_is_invented():
    notice = read(stem="注意事项：请填写姓名，再检查一遍，然后交卷")
    assert verdicts(read(), notice) == [Verdict.RIGHT, Verdict.INVENTED]


def test_the_same_stem_twice_is_two_questions():
    second = {**TRUE, "options": [{"text": "道歉", "correct": True}, {"text": "拒绝", "correct": False}]}
    assert verdicts(read(options=("*道歉", "拒绝")), read(), truth=(TRUE, second)) == [Verdict.RIGHT, Verdict.RIGHT]


def test_a_lost_explanation_is_counted_beside_the_verdict():
    truth = {"questions": [TRUE], "held": []}
    kept = score(compare(QuestionsFound("text", (read(),)), truth))
    lost = score(compare(QuestionsFound("text", (read(explanation=""),)), truth))
    assert (kept.right, kept.explanations_lost) == (100, 0)
    assert (lost.right, lost.explanations_lost) == (100, 1)


def test_shares_are_of_what_was_asked():
    found = QuestionsFound("text", (read(), read(stem="并不存在的题目，谁也没有写过它")), (Held(1, "别的题", "？"),))
    result = score(compare(found, {"questions": [TRUE], "held": [{"contains": "别的题"}]}))
    assert (result.asked, result.right, result.harmful) == (2, 100, 50)


def test_spaces_count_between_latin_words_only():
    assert plain("iPhone 15 的 SKU") == "iPhone 15的SKU"
    assert plain("iPhone 15") != plain("iPhone15")
