"""Valid content and a stem for each kind of question, in the JSON shape that versions store."""

from decimal import Decimal
from typing import Any

from quizzes.rules.questions import Kind, content_from_data, content_to_data

STEMS = {
    Kind.SINGLE: "顾客说鞋子开胶了，最先做什么？",
    Kind.MULTIPLE: "登记退件时要写下哪些内容？",
    Kind.TRUE_FALSE: "签收次日算第 1 天。",
    Kind.FILL: "____后七天内可以申请无理由退货，原路____。",
    Kind.NUMERIC: "假一赔三，一只 500 元的包至少赔多少？",
    Kind.MATCHING: "把顾客类型和首要对策连起来。",
    Kind.ORDERING: "把错发的处理排成正确的次序。",
    Kind.CLOZE: "遇到急躁型顾客，先____再____。",
    Kind.FREE_TEXT: "顾客收到空包裹，请写出第一句回复。",
}
_DATA: dict[Kind, dict[str, Any]] = {
    Kind.SINGLE: {
        "options": [
            {"text": "道歉并请顾客拍照", "correct": True},
            {"text": "让顾客先退回来再说", "why": "还没有核实就让顾客奔波。"},
            {"text": "说明这是正常损耗", "why": "推责会让顾客更急。"},
        ]
    },
    Kind.MULTIPLE: {
        "options": [
            {"text": "快递单号", "correct": True},
            {"text": "开箱时的状况", "correct": True},
            {"text": "顾客的口气", "why": "与退件无关。"},
            {"text": "天气", "why": "与退件无关。"},
        ]
    },
    Kind.TRUE_FALSE: {"answer": True},
    Kind.FILL: {"blanks": [["签收", "收货"], ["退款", "返还"]]},
    Kind.NUMERIC: {"answer": Decimal(1500), "tolerance": Decimal(0), "unit": "元"},
    Kind.MATCHING: {"pairs": [["急躁型", "先安抚"], ["犹豫型", "给建议"], ["内行型", "讲参数"]], "extra": ["不理会"]},
    Kind.ORDERING: {"items": ["核对订单", "道歉", "安排补发", "登记"]},
    Kind.CLOZE: {
        "gaps": [{"correct": "安抚", "wrong": ["解释", "转接"]}, {"correct": "给方案", "wrong": ["讲规则", "等主管"]}]
    },
    Kind.FREE_TEXT: {
        "rubric": [{"points": 2, "text": "先道歉"}, {"points": 3, "text": "说明接下来怎么核实"}],
        "sample": "非常抱歉，我马上联系仓库和快递核实。",
    },
}


def content_data(kind: Kind | str) -> dict[str, Any]:
    """What ``QuestionVersion.content`` holds for an ordinary question of this kind."""
    kind = Kind(kind)
    return content_to_data(content_from_data(kind, _DATA[kind], stem=STEMS[kind]))
