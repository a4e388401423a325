"""A small scenario, quick to read and to talk through, as a trainer would write it."""

from copy import deepcopy

DATA = {
    "slug": "late-parcel",
    "title": "包裹没到",
    "platform": "taobao",
    "stage": "aftersale",
    "customer_type": "type-impatient",
    "lessons": ["late-delivery"],
    "refs": ["A-13"],
    "minutes": 5,
    "source": "自己写的",
    "review_by": "2030-01-01",
    "status": "current",
    "persona": {"nick": "小鱼***1", "wish": "想今天拿到", "patience": 3, "trust": 2},
    "variants": {"item": ["雨伞", "水杯"]},
    "hidden": [{"key": "trip", "text": "明天要出门"}, {"key": "gift", "text": "要送人的"}],
    "panel": [
        {"key": "order", "title": "订单", "lines": ["{item} ×1，实付 59 元"]},
        {"key": "logistics", "title": "物流", "lines": ["昨天到达无锡分拨"], "must": True},
    ],
    "truth": "{item}停在无锡分拨，没有丢。",
    "opening": [["我的{item}呢"], ["{item}怎么还没到"]],
    "points": [
        {"key": "where", "say": "说清包裹在哪里", "any": ["无锡"], "needs": ["logistics"], "lesson": "late-delivery"},
        {"key": "chase", "say": "去催快递", "any": ["催"]},
    ],
    "beats": {
        "opening": {
            "wants": {"greets": 1},
            "choices": [
                {"key": "greet", "text": "您好，我看一下", "shows": ["greets", "respectful"]},
                {"key": "judged", "text": "您好，我帮您催一下快递"},
            ],
            "better": ["您好，包裹在无锡，我帮您催一下。"],
            "then": [
                {"when": {"violation": ["uncivil"]}, "patience": -3, "says": [["你骂人？"]]},
                {"when": {"points": ["where", "chase"]}, "trust": 1, "says": [["好的，{hidden}"]], "to": "closing"},
                {"otherwise": True, "patience": -1, "says": [["到底在哪"], ["快点啊"]]},
            ],
        },
        "closing": {
            "better": ["谢谢您，收到再联系。"],
            "then": [{"otherwise": True, "to": "done"}],
        },
    },
    "forbidden": [{"key": "sure", "say": "打包票", "any": ["保证.{0,4}到"], "critical": "beyond_authority"}],
    "silence": {"says": [["在吗"]], "after": 45},
    "endings": {
        "done": {"kind": "solved_satisfied", "says": [["谢谢"]], "note": "解决了"},
        "gone": {"kind": "complaint", "note": "走了"},
    },
    "out_of_patience": "gone",
    "turns": 6,
}


def scenario_data(**changes):
    return {**deepcopy(DATA), **changes}
