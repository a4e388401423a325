import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.facts import FactType
from trainer.rules.document import Block, BlockKind
from trainer.rules.proposals import propose

H, P, L, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE


def facts(*texts, title="退换货流程"):
    return propose(title, [Block(P, text, line) for line, text in enumerate(texts, 1)])


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("48 小时内发货，超时按平台规则赔付。", ("发货", "时限", "48", "小时")),
        ("首次响应时间不超过 30 秒。", ("首次响应时间", "上限", "30", "秒")),
        ("客服转化率不低于 30%。", ("客服转化率", "下限", "30", "%")),
        ("满 99 元包邮。", ("包邮", "门槛", "99", "元")),
        ("顾客签收后 7 天内可以申请七天无理由退货。", ("申请七天无理由退货", "顾客签收后的期限", "7", "天")),
        ("訂單簽收7天內可申請換貨。", ("申請換貨", "訂單簽收后的期限", "7", "天")),
        ("退款应在 24 小时内审核完毕。", ("退款", "审核完毕的时限", "24", "小时")),
        ("在线客服应在客户发起咨询后的30秒内响应。", ("响应", "客户发起咨询后的期限", "30", "秒")),
        ("发现违规，罚款 10 元。", ("退换货流程", "罚款", "10", "元")),
        ("客服必须在系统里登记。", ("客服", "必须", "在系统里登记", "")),
        ("旺旺上不能出现好评返现的内容。", ("旺旺", "不得", "出现好评返现的内容", "")),
        ("严禁私自下载安装软件。", ("退换货流程", "不得", "私自下载安装软件", "")),
        ("不得引导顾客线下交易，除非平台另有通知。", ("退换货流程", "例外", "平台另有通知", "")),
        ("除质量问题外，运费均由顾客承担。", ("运费", "例外", "质量问题", "")),
        ("GMV 是指成交总额。", ("GMV", "定义", "成交总额", "")),
        ("客户满意度是指：顾客的感受和期望之间的差距。", ("客户满意度", "定义", "顾客的感受和期望之间的差距", "")),
        ("冲动型客户：特征：易怒，说话快；对策：先道歉再处理。", ("冲动型客户", "特征", "易怒，说话快", "")),
        ("冲动型客户：特征：易怒，说话快；对策：先道歉再处理。", ("冲动型客户", "对策", "先道歉再处理", "")),
        ("买家咨询→拍下付款→打包→发货", ("退换货流程", "步骤", "买家咨询；拍下付款；打包；发货", "")),
    ],
)
def test_a_sentence_that_states_something_proposes_it(sentence, fact):
    found = facts(sentence)

    assert fact in [(f.subject, f.attribute, f.value, f.unit) for f in found]
    assert all(f.doubt == "" and f.line == 1 and f.evidence in sentence for f in found)


@pytest.mark.parametrize(
    ("sentence", "doubt"),
    [
        ("是不是 48 小时内发货？", "问句"),
        ("例如签收后 7 天内可以退货。", "举例"),
        ("以前签收后 15 天内可以退货。", "旧规定"),
        ("一般 48 小时内发货。", "不肯定"),
        ("亲，您必须在今天付款哦。", "像是对顾客说的话"),
        ("换货寄回时不会补偿 10 元。", "否定"),
    ],
)
def test_what_is_not_plainly_stated_is_proposed_with_its_doubt(sentence, doubt):
    found = facts(sentence)

    assert found
    assert all(doubt in fact.doubt for fact in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "客服是不可或缺的一环。",
        "懂得必须的关系处理。",
        "消费者一共买了 3 件。",
        "如果有些事情不能处理，就转给主管。",
        "早班 9:00-17:30 分。",
        "除了要了解产品外，还要了解规则。",
        "支持 7 天无理由退货。",
        "第 3 页的尺码表。",
        "先核对订单，再登记。",
    ],
)
def test_sentences_that_state_no_fact_propose_none(sentence):
    assert facts(sentence) == ()


def test_a_table_with_a_header_row_gives_row_by_column():
    table = Block(
        T, "", 5, rows=(("商品", "保质期", "包装"), ("酸奶", "21天", "盒装"), ("奶酪", "", "袋装")), header=True
    )

    assert [(f.subject, f.attribute, f.value, f.unit, f.type, f.line) for f in propose("商品", [table])] == [
        ("酸奶", "保质期", "21", "天", FactType.NUMBER, 6),
        ("酸奶", "包装", "盒装", "", FactType.VALUE, 6),
        ("奶酪", "包装", "袋装", "", FactType.VALUE, 7),
    ]
    assert propose("商品", [Block(T, "", 5, rows=(("1", "2"), ("3", "4")))]) == ()


def test_a_numbered_list_under_a_process_is_its_steps():
    blocks = [Block(H, "二、退货流程", 1, level=4)]
    blocks += [
        Block(L, f"{name}：先做好这件事。", n + 1, marker=f"{n}.", level=1) for n, name in enumerate("查登寄", 1)
    ]

    found = [fact for fact in propose("手册", blocks) if fact.type == FactType.STEPS]

    assert [(f.subject, f.attribute, f.value) for f in found] == [("退货流程", "步骤", "查；登；寄")]
    doubled = [blocks[0], blocks[1], blocks[2], *blocks[2:]]
    assert not [fact for fact in propose("手册", doubled) if fact.type == FactType.STEPS]
    assert not [f for f in propose("手册", [Block(H, "要求", 1, level=4), *blocks[1:]]) if f.type == FactType.STEPS]


def test_a_type_named_in_the_heading_owns_the_signs_below():
    blocks = [
        Block(H, "2、独断型客户:", 1, level=7),
        Block(P, "特征:异常自信;要求回报。 对策:小心应对,尽可能满足。", 2),
    ]

    assert [(f.subject, f.attribute, f.value) for f in propose("客户", blocks)] == [
        ("独断型客户", "特征", "异常自信;要求回报"),
        ("独断型客户", "对策", "小心应对,尽可能满足"),
    ]


@given(st.text(alphabet="客服必须不得除非外签收后48小时内满元是指→：，。？1、特征对策型", max_size=80))
def test_proposals_stand_on_their_evidence(text):
    for fact in facts(text or "空"):
        assert fact.subject and fact.attribute and fact.value
        assert fact.evidence in text
        assert set(fact.to_report()) == {"subject", "attribute", "value", "unit"}
