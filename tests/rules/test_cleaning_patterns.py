import pytest

from trainer.rules.cleaning import clean
from trainer.rules.cleaning.patterns import PATTERNS
from trainer.rules.document import Block, BlockKind, Document


def cleaned(*lines, format="text"):
    blocks = tuple(Block(BlockKind.PARAGRAPH, line, number) for number, line in enumerate(lines, 1))
    return clean(Document(format, "样本", blocks))


def words(result):
    return "\n".join(block.marked for block in result.document.blocks)


BEFORE, AFTER = "顾客来问，先在 30 秒内应答，再核对订单。", "核对无误后，按流程登记，并告知处理时间。"


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.gone[:24])
def test_each_pattern_takes_its_example_away_and_lists_it(pattern):
    result = cleaned(BEFORE, pattern.gone, AFTER)

    assert words(result) == f"{BEFORE}\n{AFTER}"
    assert [(entry.line, entry.text, entry.reason) for entry in result.removed] == [(2, pattern.gone, pattern.reason)]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.stays[:24])
def test_each_pattern_spares_a_line_about_the_job_with_the_same_words(pattern):
    result = cleaned(BEFORE, pattern.stays, AFTER)

    assert result.removed == ()
    assert "".join(pattern.stays.split()).strip("*-") in "".join(words(result).split())


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.gone[:24])
def test_each_removal_can_be_undone_by_its_id(pattern):
    document = Document(
        "text",
        "样本",
        tuple(Block(BlockKind.PARAGRAPH, line, n) for n, line in enumerate((BEFORE, pattern.gone, AFTER), 1)),
    )
    removed = clean(document).removed

    again = clean(document, keep={entry.id for entry in removed})

    assert again.removed == ()
    assert "".join(pattern.gone.split()) in "".join(words(again).split())


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.expression[:24])
@pytest.mark.parametrize(
    "text", ["文档" * 50_000, "a" * 100_000, "1" * 100_000, "下载，" * 33_000, " " * 100_000, "第页" * 50_000]
)
def test_no_pattern_takes_long_over_a_long_line(pattern, text):
    pattern.compiled.search(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "严禁私自下载安装软件，发现一次按公司规定处理。",
        "顾客下载 App 后，引导他领取新人优惠券。",
        "成为 VIP 会员后，退货运费由平台承担。",
        "唯品会会员的退货申请，客服要在 24 小时内处理。",
        "如有任何问题或意见，请不吝联系我们。",
        "如果还有其他问题，欢迎随时联系我们。",
        "平台客服电话：95188，顾客要投诉时告诉他。",
        "向顾客推荐商品前，先问清楚用途和预算。",
        "关联推荐：主推款的推荐、搭配套餐，提升客单价。",
        "不得把培训文档上传到任何网站。",
        "下载最新的话术文档，按里面的流程回复。",
        "顾客要求加微信时，不得添加，请他在平台内沟通。",
        "投诉电话要在三声之内接起。",
        "版权投诉先转给法务，客服不下结论。",
        "感谢您的阅读和配合，本店将在 48 小时内发货。",
        "商品编辑修改标题后，客服要重新核对卖点。",
        "以上就是退换货流程的具体步骤，客服必须逐条核对。",
        "大家好，今天由我负责接待。",
        "第 3 页的尺码表以最新一版为准。",
        "24/7 都要有人值班。",
        "首页的活动规则每天早上看一遍。",
        "仅供试穿的样品不要发给顾客。",
    ],
)
def test_sentences_about_the_job_stay_whatever_words_they_share_with_websites(sentence):
    result = cleaned(BEFORE, sentence, AFTER)

    assert result.removed == ()
    assert sentence in words(result)
