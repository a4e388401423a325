import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.found import Removed
from trainer.rules.cleaning import clean
from trainer.rules.document import Block, BlockKind, Document

H, P, L, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE


def document(*lines, format="text", place=""):
    blocks = (Block(P, line, number, place=place) for number, line in enumerate(lines, 1))
    return Document(format, "样本", tuple(blocks))


def lines(*source, **options):
    return [block.marked for block in clean(document(*source), **options).document.blocks]


def reasons(*source):
    return {entry.text: entry.reason for entry in clean(document(*source)).removed}


SAYS = "顾客来问，先在 30 秒内应答，再核对订单。"
DOES = "核对无误后，按流程登记，并告知处理时间。"


# --- characters -------------------------------------------------------------------------------------------


def test_pinyin_after_its_character_goes_and_other_words_in_brackets_stay():
    assert lines("嚴(yán)格執(zhí)行，天貓(Tmall)、旺旺(WW)、猫(mao)和客服(KF)都算。", "好") == [
        "嚴格執行，天貓(Tmall)、旺旺(WW)、猫和客服(KF)都算。",
        "好",
    ]


def test_pinyin_that_is_no_reading_of_its_character_is_flagged_not_removed():
    cleaned = clean(document("因為專I(yè)，必须_(kāi)发票，猫(yè)。", "好"))

    assert cleaned.removed == ()
    assert "拼音" in cleaned.flagged[0].reason


def test_simplifying_goes_by_phrases_and_only_where_wished():
    assert lines("先瞭解乾淨的頭髮，再發貨。", "好", simplify=True)[0] == "先了解干净的头发，再发货。"
    assert lines("先瞭解乾淨的頭髮，再發貨。", "好")[0] == "先瞭解乾淨的頭髮，再發貨。"


def test_radicals_and_unseen_characters_become_what_would_be_typed():
    assert lines("使⽤⻓⽅形的\u200b箱⼦，ＶＩＰ优先。", "好")[0] == "使用长方形的箱子，VIP优先。"


@pytest.mark.parametrize(
    "text",
    [
        "这里�丢了字",
        "锟斤拷锟斤拷",
        "图标\ue001在这里",
        "å…³äºŽé€€è´§",
        "建议??蛻糍徺I意向",
        "浣犲ソ鍏充簬閫€璐",
        "除.外的",
    ],
)
def test_broken_characters_are_flagged_and_stay(text):
    cleaned = clean(document(text, SAYS))

    assert [doubt.line for doubt in cleaned.flagged] == [1]
    assert cleaned.document.blocks[0].text == text


@pytest.mark.parametrize(
    "text", ["亲，您好！请问要什么？目前有现货。", "要退货吗?先看订单。", "3.5 折，Café 专供", SAYS, "饕餮大餐，麒麟臂"]
)
def test_sound_text_is_not_flagged(text):
    assert clean(document(text, SAYS)).flagged == ()


def test_half_sentences_at_the_ends_of_an_excerpt_are_flagged():
    cleaned = clean(document("的需要求顾客在后台申请，写上旺旺号。", SAYS, "做好了，好评率和动态评分都会上升，而且"))

    assert [doubt.line for doubt in cleaned.flagged] == [1, 3]


# --- lines ------------------------------------------------------------------------------------------------


def test_wrapped_lines_are_joined_also_across_a_page_counter():
    assert lines(
        "首次响应不超过 30 秒，先报店名，再问顾客需要什么帮",
        "助，不要一上来就发链接，也不要让顾客久等，等得太久",
        "- 3 -",
        "顾客就走了。",
        SAYS,
    ) == [
        "首次响应不超过 30 秒，先报店名，再问顾客需要什么帮"
        "助，不要一上来就发链接，也不要让顾客久等，等得太久顾客就走了。",
        SAYS,
    ]


@pytest.mark.parametrize(
    "separate",
    [
        ("处理完成后回访一次", "不满意的转给主管", "满意的请他评价"),
        ("负责店铺日常咨询接待与订单跟进的工作", "负责退换货登记与物流异常的跟踪处理", "负责整理每日数据并汇报情况"),
        (
            "负责接待顾客，解答疑问，登记每天的订单数据",
            "负责回访顾客，收集意见，汇总每周的投诉数据",
            "负责盘点样品，核对数量，整理每月的样品数据",
        ),
        ("1、核对订单编号和收货地址，不清楚的当场问", "2、登记原因，写明时间、单号和处理方式"),
        ("退货的条件", "商品完好，不影响二次销售。"),
        (SAYS, DOES),
    ],
)
def test_lines_that_their_author_ended_stay_apart(separate):
    assert len(lines(*separate)) == len(separate)


def test_words_of_letters_are_joined_with_a_blank_and_hyphens_close():
    source = ("顾客的订单号在后台可以用 customer", "service 的账号查到，密码是 re-", "fund 加当天日期，每天更换。")

    assert lines(SAYS, *source)[1:] == [
        "顾客的订单号在后台可以用 customer service 的账号查到，密码是 refund 加当天日期，每天更换。"
    ]


def test_a_line_never_begins_with_what_closes_a_sentence():
    assert lines(SAYS, "结束时说“祝您愉快。", "”再登记。") == [SAYS, "结束时说“祝您愉快。”再登记。"]


def test_a_line_that_runs_to_the_margin_of_its_page_goes_on_in_the_next():
    texts = (SAYS, "窄栏里的每行都很", "短", "也要接上。", "完")
    blocks = tuple(Block(P, text, n, full=n in (2, 3)) for n, text in enumerate(texts, 1))

    assert [block.text for block in clean(Document("pdf", "样本", blocks)).document.blocks] == [
        SAYS,
        "窄栏里的每行都很短也要接上。",
        "完",
    ]


def test_blanks_that_were_line_ends_go_and_those_between_words_stay():
    wrapped = (
        "已经签收则无法更改地址，只能由顾客自己联系快递。做 好解释和安抚，在未签收的情况下可以联系快递修改收件人信 息。"
    )

    assert lines(wrapped, "好")[0] == wrapped.replace(" ", "")
    assert lines("微笑 问候 核对 登记 道别", "好")[0] == "微笑 问候 核对 登记 道别"


def test_items_that_ran_together_are_taken_apart():
    cleaned = clean(document("一、准备1. 打开工单；2. 核对价格；3. 备好话术。", "二、接待1. 应答。", "2. 核对。"))

    assert [(block.kind, block.marked) for block in cleaned.document.blocks] == [
        (H, "一、准备"), (L, "1. 打开工单；"), (L, "2. 核对价格；"), (L, "3. 备好话术。"),
        (H, "二、接待"), (L, "1. 应答。"), (L, "2. 核对。"),
    ]  # fmt: skip


def test_a_number_written_otherwise_is_no_next_item():
    assert lines(SAYS, "1. 发货前先核对，2、件以上要加固")[1:] == ["1. 发货前先核对，2、件以上要加固"]


def test_numbers_in_a_sentence_are_no_items():
    text = "签收后 7 天内：3. 5 折商品除外，2 件起售；满 99 元包邮。"

    assert lines(text, SAYS) == [text, SAYS]


# --- furniture ----------------------------------------------------------------------------------------------


def test_lone_numbers_are_counters_only_where_something_shows_it():
    assert reasons(SAYS, "ppt课件", "12", DOES)["12"] == "页码"
    assert set(reasons(SAYS, "1", "2", "3", DOES)) == {"1", "2", "3"}
    assert set(reasons(SAYS, "01", "退货", "02", DOES)) == {"01", "02"}
    assert reasons("单价", "99", DOES) == {}


def test_a_counter_of_pages_is_no_fraction_of_a_table():
    assert "3/12" in reasons(SAYS, "3/12", DOES)
    assert reasons(SAYS, "24/7", DOES) == {}
    assert reasons(SAYS, "1/2", "1/3", DOES) == {}


def test_a_line_on_top_of_every_page_goes_and_sentences_stay():
    pages = [("客服培训手册", f"第{n}种情况先登记，再转给主管。", f"内部资料 {n}") for n in range(1, 5)]
    blocks = [
        Block(P, text, page * 3 + offset, place=f"第 {page + 1} 页")
        for page, texts in enumerate(pages)
        for offset, text in enumerate(texts, 1)
    ]

    cleaned = clean(Document("pdf", "手册", tuple(blocks)))

    assert [block.text for block in cleaned.document.blocks] == [texts[1] for texts in pages]
    assert len(cleaned.removed) == 8


def test_a_doubled_title_is_a_heading_once():
    rule = "客服接待规则客服接待规则为了提高效率，制定本规则。"
    cleaned = clean(document("客服接待规则", rule, SAYS, "客服接待礼仪", "客服接待礼仪", DOES))

    assert [(block.kind, block.text) for block in cleaned.document.blocks] == [
        (H, "客服接待规则"), (P, "为了提高效率，制定本规则。"), (P, SAYS), (H, "客服接待礼仪"), (P, DOES),
    ]  # fmt: skip


def test_a_sentence_that_begins_with_its_title_keeps_it():
    sentence = "工单分类规则是指按紧急程度处理的办法。"

    assert lines("工单分类规则", sentence, SAYS)[1] == sentence


def test_a_table_of_contents_names_the_chapters_and_goes():
    cleaned = clean(document("接待手册", "目录", "准备工作", "接待话术", "准备工作", SAYS, "接待话术", DOES))

    assert [(block.kind, block.text) for block in cleaned.document.blocks] == [
        (H, "接待手册"), (H, "准备工作"), (P, SAYS), (H, "接待话术"), (P, DOES),
    ]  # fmt: skip
    assert [entry.text for entry in cleaned.removed] == ["目录", "准备工作", "接待话术"]


def test_links_after_further_reading_go_and_what_comes_after_a_sentence_stays():
    assert lines(SAYS, "相关阅读：", "网店怎么取名", "开店要多少钱", DOES) == [SAYS, DOES]


# --- undoing ------------------------------------------------------------------------------------------------


def test_what_a_reader_left_out_is_listed_and_can_be_put_back():
    source = Document("docx", "手册", (Block(P, SAYS, 1), Block(P, DOES, 2)), (Removed(2, "内部资料", "页眉或页脚"),))

    removed = clean(source).removed
    again = clean(source, keep={removed[0].id})

    assert [(entry.line, entry.text, entry.reason) for entry in removed] == [(2, "内部资料", "页眉或页脚")]
    assert "内部资料" in [block.text for block in again.document.blocks]


PIECES = st.sampled_from(
    [
        SAYS,
        DOES,
        "目录",
        "01",
        "12",
        "- 3 -",
        "ppt课件",
        "客服接待规则",
        "客服接待规则先应答。",
        "1、核对",
        "2、登记；3、回访。",
        "一、准备",
        "本站文档由网友上传。",
        "嚴(yán)格",
        "推荐阅读：",
        "网店怎么取名",
        "*",
        "退货流程",
        "第一章总则第一条先应答。",
        "●核对●登记",
        "做好 登记 工作",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=25), st.data())
def test_nothing_is_lost_and_any_choice_can_be_undone(source, data):
    whole = document(*source)
    first = clean(whole)
    chosen = {entry.id for entry in first.removed if data.draw(st.booleans())}

    again = clean(whole, keep=chosen)

    assert not chosen & {entry.id for entry in again.removed}
    for cleaned in (first, again):
        kept = "".join(block.marked for block in cleaned.document.blocks) + "".join(e.text for e in cleaned.removed)
        assert sorted("".join(kept.split())) == sorted("".join("".join(source).split()))
