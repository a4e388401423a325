import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.vocabulary import Platform
from trainer.rules.document import Block, BlockKind, Document
from trainer.rules.lesson_body import body_of, escape
from trainer.rules.lesson_kinds import guess_kind, guess_platforms
from trainer.rules.markdown import plain, render
from trainer.rules.outline import LABEL, look, mark
from trainer.rules.splitting import LONGEST, split
from trainer.rules.vocabulary import LessonKind

H, P, L, T, N = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.NOTE
TEXT = "先核对订单，再登记原因。"


def blocks(*pieces):
    """Blocks from (kind, text, level) or plain texts, one a line."""
    made = []
    for line, piece in enumerate(pieces, 1):
        kind, text, level = piece if isinstance(piece, tuple) else (P, piece, 0)
        made.append(Block(kind, text, line, level=level))
    return tuple(made)


def drafts(*pieces, title="手册", format="docx"):
    return split(Document(format, title, blocks(*pieces)))


# --- splitting -----------------------------------------------------------------------------------------------


def test_a_short_document_is_one_lesson_under_its_own_title():
    (draft,) = drafts((H, "退货流程", 2), TEXT, (H, "一、受理", 4), TEXT)

    assert (draft.title, draft.first_line, draft.last_line) == ("退货流程", 1, 4)
    assert draft.body == f"{TEXT}\n\n## 一、受理\n\n{TEXT}"


def test_titles_of_the_first_level_are_lessons_of_their_own():
    assert [draft.title for draft in drafts((H, "退货", 1), TEXT * 8, (H, "换货", 1), TEXT * 8)] == ["退货", "换货"]


def test_a_long_document_is_split_at_its_headings_and_crumbs_are_joined():
    found = drafts(
        (H, "手册", 1), TEXT,
        (H, "一、受理", 4), TEXT * 70,
        (H, "二、判责", 4), TEXT * 3,
        (H, "三、回访", 4), TEXT * 40,
    )  # fmt: skip

    assert [draft.title for draft in found] == ["手册：受理", "手册：判责、回访"]


def test_what_has_no_headings_is_cut_in_pieces_of_one_size():
    found = drafts((H, "规定", 1), *[TEXT * 10] * 18)

    assert [draft.title for draft in found] == ["规定（1）", "规定（2）"]
    assert max(len(draft.body) for draft in found) < LONGEST + 200


def test_a_piece_never_ends_with_the_label_of_the_next():
    label = (H, "注意事项", LABEL)
    found = drafts((H, "规定", 1), *[TEXT * 10] * 9, label, *[TEXT * 10] * 10)

    assert not any(draft.blocks[-1].kind == H for draft in found)


def test_a_heading_without_text_goes_with_what_follows():
    (first,) = drafts((H, "第一部分", 1), (H, "退货", 1), TEXT)

    assert (first.title, first.first_line) == ("退货", 1)
    assert "第一部分" in first.body


@given(
    st.lists(
        st.tuples(
            st.sampled_from([H, P, L, N]),
            st.sampled_from(["退货", TEXT, TEXT * 40, "一、受理", "。"]),
            st.integers(1, LABEL),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_every_block_is_in_one_draft_in_its_order(pieces):
    found = drafts(*pieces)

    assert [block.line for draft in found for block in draft.blocks] == list(range(1, len(pieces) + 1))
    for draft in found:
        assert draft.title.strip()
        assert draft.first_line <= draft.last_line


# --- looks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marker", "number"),
    [("1、", 1), ("12.", 12), ("3)", 3), ("第三条", 0), ("1.2", 0), ("第二章", 0)]
    + [(marker, 0) for marker in ("（2）", "①", "一、", "（一）", "●", "-")],
)
def test_markers_are_told_from_text(marker, number):
    found = look(f"{marker} 核对")

    assert found is not None
    assert (found.marker, found.text, found.number) == (marker, "核对", number)


@pytest.mark.parametrize(
    "text",
    ["3.5 折商品", "16.00 催付", "第一节课", "2024 年", "-5 度", "一般情况", "第三条件", "1", "1.5%", "12 点吃饭"],
)
def test_numbers_in_text_are_no_markers(text):
    assert look(text) is None


def test_lines_become_headings_items_and_labels_by_their_looks():
    marked = mark(
        blocks(
            "一、受理",
            "1. 核对订单",
            "2. 登记原因",
            "注意事项",
            "不要当场下结论，先查物流。",
            "退款",
            "换货",
            "补发",
            TEXT,
        )
    )

    assert [(block.kind, block.level) for block in marked] == [
        (H, 4), (L, 1), (L, 1), (H, LABEL), (P, 0), (P, 0), (P, 0), (P, 0), (P, 0),
    ]  # fmt: skip


def test_a_numbered_line_is_a_heading_only_above_text_of_its_own():
    marked = mark(blocks("1. 热情接待", TEXT, "2. 了解需求", TEXT, "3. 登记", "4. 归档"))

    assert [block.kind for block in marked] == [H, P, H, P, L, L]


# --- bodies -------------------------------------------------------------------------------------------------------


def items(*markers):
    return [Block(L, f"第{n}件", n, level=1, marker=marker) for n, marker in enumerate(markers, 1)]


@pytest.mark.parametrize(
    ("markers", "body"),
    [
        (("1.", "2.", "3."), "1. 第1件\n2. 第2件\n3. 第3件"),
        (("1、", "2、"), "1. 第1件\n2. 第2件"),
        (("1.", "2.", "1."), "1. 第1件\n2. 第2件\n\n1) 第3件"),
        (("2、", "5、"), "2、第1件\n\n5、第2件"),
        (("•", "●"), "- 第1件\n- 第2件"),
        (("（1）", "（2）"), "（1）第1件\n\n（2）第2件"),
    ],
)
def test_lists_keep_their_numbers(markers, body):
    assert body_of(items(*markers)) == body


def test_tables_quotes_and_notes_become_markdown():
    table = Block(T, "", 1, rows=(("类型", "对策"), ("急|躁", "先给结论")), header=True)
    notes = [Block(N, text, 3, place="第 1 张幻灯片") for text in ("举例", "再问一遍")]

    assert body_of([table, *notes]) == (
        "| 类型 | 对策 |\n| --- | --- |\n| 急\\|躁 | 先给结论 |\n\n> 备注：举例\n>\n> 再问一遍"
    )
    assert "<td>急|躁</td>" in render(body_of([table]))


@pytest.mark.parametrize(
    "text",
    [
        "1. 退货",
        "12) 退货",
        "# 退货",
        "- 退货",
        "+ 退货",
        "> 退货",
        "=== ",
        "---",
        "*退*货*",
        "__退__",
        "`退`",
        "[退](货)",
        "\\*退",
    ],
)
def test_signs_of_markdown_in_a_text_stay_signs(text):
    assert plain(escape(text)).strip() == text.strip()


@given(st.text(alphabet="退货# *_`[]()<>!-+1.、|\\>=&~:\n", max_size=40))
def test_a_body_shows_its_text_as_it_is(text):
    line = " ".join(text.split())

    assert "".join(plain(escape(line)).split()) == "".join(line.split())


# --- guesses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("售前客服岗位职责", "", LessonKind.DUTY),
        ("唯品会客服话术900句", "", LessonKind.SCRIPT),
        ("天猫规则客服培训", "", LessonKind.PLATFORM_RULE),
        ("客服绩效考核", "", LessonKind.METRIC),
        ("退货流程", "", LessonKind.PLAYBOOK),
        ("难缠的买家类型", "", LessonKind.CUSTOMER_TYPE),
        ("在平台做客服的經歷", "", LessonKind.CASE),
        ("说明", "面料是真丝，尺码表见下，材质见吊牌。", LessonKind.PRODUCT),
        ("说明", "天气很好。", LessonKind.PLAYBOOK),
    ],
)
def test_the_kind_is_guessed_with_its_reason(title, body, kind):
    guessed, reason = guess_kind(title, body)

    assert guessed == kind
    assert reason


def test_platforms_are_those_of_the_title_before_those_of_the_body():
    assert guess_platforms("天貓规则", "", "淘宝淘宝") == (Platform.TMALL,)
    assert guess_platforms("规则", "手册", "抖音小店和抖店的规则") == (Platform.DOUYIN,)
    assert guess_platforms("规则", "手册", "先核对。" * 100 + "比如唯品会") == (Platform.ALL,)


def test_a_heading_of_no_level_stands_on_its_own():
    blocks = (Block(BlockKind.HEADING, "请稍等", 1, level=0), Block(BlockKind.PARAGRAPH, "马上来。", 2))

    (draft,) = split(Document("text", "", blocks))

    assert (draft.title, draft.body) == ("请稍等", "马上来。")
