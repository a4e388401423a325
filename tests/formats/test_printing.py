"""Printed papers: what stands on them, what the edition without the key must not tell, and that ours can be loaded."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from random import Random

import pypdfium2
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.found import to_report
from quizzes.formats.printing import Paper, Part, printed, write_pdf, write_word
from quizzes.formats.word import read_docx
from quizzes.models.labels import LABELS
from quizzes.rules.questions import content_from_data
from quizzes.rules.vocabulary import Kind
from tests.formats.found_questions import of_kind

CHOICE = {"options": [{"text": text, "correct": text in ("次日", "两天")} for text in ("当日", "次日", "两天", "月底")]}
QUESTIONS = {
    Kind.SINGLE: ("七天从哪天起算？", {"options": [{"text": "签收当天"}, {"text": "签收次日", "correct": True}]}),
    Kind.MULTIPLE: ("可以在哪些天发货？", CHOICE),
    Kind.TRUE_FALSE: ("可以引导顾客加微信。", {"answer": False}),
    Kind.FILL: ("____内发货，运费____元。", {"blanks": [["48 小时", "两天"], ["10"]]}),
    Kind.NUMERIC: ("应赔多少？", {"answer": "600", "tolerance": "0.5", "unit": "元"}),
    Kind.MATCHING: ("连起来", {"pairs": [["错发", "补寄"], ["破损", "拍照"]], "extra": ["拒收"]}),
    Kind.ORDERING: ("排出次序", {"items": ["申请", "审核", "寄回", "退款"]}),
    Kind.CLOZE: (
        "先____再____。", {"gaps": [{"correct": "核对", "wrong": ["退款"]}, {"correct": "补寄", "wrong": ["拒绝"]}]}
    ),
    Kind.FREE_TEXT: ("怎么安抚？", {"rubric": [{"points": 2, "text": "先道歉"}], "sample": "先道歉，再给办法。"}),
}  # fmt: skip


def made(kind, seed=1, explanation="规则如此。"):
    stem, data = QUESTIONS[kind]
    content = content_from_data(kind, data, stem=stem)
    return printed(content, stem, explanation=explanation, rng=Random(seed))


def paper(*questions, title="规则考试"):
    return Paper(title, "共几题", "规则考试 · 1", (Part("第一部分", Decimal(2), questions),))


ALL = paper(*map(made, QUESTIONS))


def words_of_word(data):
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)


def words_of_pdf(data):
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))


@pytest.mark.parametrize(
    ("kind", "lines", "key"),
    [
        (Kind.SINGLE, ("A. 签收次日", "B. 签收当天"), "A"),
        (Kind.TRUE_FALSE, (), "错误"),
        (Kind.FILL, (), "48 小时/两天；10"),
        (Kind.NUMERIC, (), "600 ± 0.5"),
        (Kind.FREE_TEXT, (), "先道歉，再给办法。\n评分点（2 分）：先道歉"),
    ],
)
def test_what_a_question_looks_like(kind, lines, key):
    question = made(kind, seed=1)

    assert (question.lines, question.key) == (lines, key)


def test_the_key_follows_the_shuffle():
    for seed in range(6):
        ordering, matching = made(Kind.ORDERING, seed), made(Kind.MATCHING, seed)
        steps = dict(line.split(". ") for line in ordering.lines)
        rights = dict(line.split(". ") for line in matching.lines if ". " in line)

        assert [steps[letter] for letter in ordering.key.split("-")] == ["申请", "审核", "寄回", "退款"]
        assert [rights[pair[-1]] for pair in matching.key.split()] == ["补寄", "拍照"]


def test_a_section_of_one_kind_says_so_once_and_a_mixed_one_at_each_question():
    (heading, questions, names), = paper(made(Kind.SINGLE), made(Kind.SINGLE)).numbered()
    (_, _, mixed), = ALL.numbered()

    assert heading == "一、第一部分 单选题（每题 2 分，共 4 分）"
    assert ([number for number, _ in questions], names, mixed) == ([1, 2], False, True)
    assert made(Kind.SINGLE).stem_line(3, with_kind=True) == "3. [单选题] 七天从哪天起算？"


@pytest.mark.parametrize("kind", Kind)
def test_a_part_that_is_named_after_its_kind_does_not_say_it_twice(kind):
    part = Part(str(LABELS[kind]), Decimal(2), (made(kind),))
    (heading, _, _), = replace(ALL, parts=(part,)).numbered()

    assert heading == f"一、{LABELS[kind]}（每题 2 分，共 2 分）"


def test_no_question_is_torn_apart_between_two_pages():
    many = paper(*[made(Kind.SINGLE) for _ in range(40)])
    pages = pypdfium2.PdfDocument(write_pdf(many, with_key=True))

    assert len(pages) > 1
    for page in pages:
        words = page.get_textpage().get_text_range()
        assert words.count("七天从哪天起算") == words.count("答案：") == words.count("A.")


@pytest.mark.parametrize(("write", "words"), [(write_word, words_of_word), (write_pdf, words_of_pdf)])
def test_the_key_is_only_in_its_own_edition(write, words):
    plain, keyed = words(write(ALL, with_key=False)), words(write(ALL, with_key=True))

    for text in ("七天从哪天起算", "签收次日", "[排序题]", "规则考试"):
        assert text in plain
        assert text in keyed
    for text in ("答案：", "解析：", "先道歉，再给办法", "48 小时/两天"):
        assert text not in plain
        assert text in keyed
    assert "姓名" in plain


def test_markup_in_a_text_is_text():
    nasty = "<b>店铺</b> & \"引号\" \x0b </style><script>"
    page = paper(made(Kind.SINGLE, explanation=nasty), title=nasty)

    assert "<b>店铺</b> &" in words_of_pdf(write_pdf(page, with_key=True)).replace("\r\n", "")
    assert "<b>店铺</b> &" in words_of_word(write_word(page, with_key=True))


@settings(max_examples=20)
@given(st.sampled_from(list(Kind)).flatmap(of_kind))
def test_any_question_can_be_printed(question):
    one = printed(question.content, question.stem, explanation=question.explanation, rng=Random(0))

    assert words_of_word(write_word(paper(one), with_key=True))
    assert write_pdf(paper(one), with_key=False).startswith(b"%PDF")


@pytest.mark.parametrize(
    "kind", [Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.FILL, Kind.FREE_TEXT, Kind.ORDERING]
)
def test_our_own_printed_key_can_be_loaded(kind):
    question = made(kind)

    (found,) = read_docx(write_word(paper(question), with_key=True)).questions

    report = to_report(found)
    assert (found.kind, found.explanation) == (kind, "规则如此。")
    assert report["stem"].rstrip("（ ）") == QUESTIONS[kind][0]
    right = {option["text"] for option in report["options"] if option["correct"]}
    wanted = {option["text"] for option in QUESTIONS[kind][1].get("options", []) if option.get("correct")}
    if wanted:
        assert right == wanted
