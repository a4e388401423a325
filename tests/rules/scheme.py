"""A small but complete assessment scheme, as ``SchemeVersion.data`` holds it."""

from typing import Any

from quizzes.rules.dialogue.scenario import Dimension
from trainer.rules.vocabulary import Figure

WEIGHTS = dict(zip(Dimension, (15, 15, 20, 20, 10, 10, 10), strict=True))
LOWER = (Figure.FIRST_REPLY, Figure.AVERAGE_REPLY, Figure.REFUND_RATE, Figure.COMPLAINT_RATE)


def scheme_data() -> dict[str, Any]:
    """Knowledge needs an exam, efficiency the figures of a month, every other dimension an interview and role-play."""
    return {
        "dimensions": [
            {
                "key": dimension.value,
                "weight": weight,
                "meaning": f"{dimension.value} 看什么",
                "methods": _methods(dimension),
                "topics": ["returns"] if dimension == Dimension.KNOWLEDGE else [],
                "figures": ["first_reply", "average_reply"] if dimension == Dimension.EFFICIENCY else [],
                "anchors": [f"{point} 分：{dimension.value}" for point in range(1, 6)],
            }
            for dimension, weight in WEIGHTS.items()
        ],
        "figures": [
            {
                "key": figure.value,
                "unit": "秒" if figure in (Figure.FIRST_REPLY, Figure.AVERAGE_REPLY) else "%",
                "definition": "一个月里的平均值。",
                "formula": "合计 ÷ 次数",
                "better": "lower" if figure in LOWER else "higher",
                "tiers": {"excellent": "20", "good": "30", "fair": "60"}
                if figure in LOWER
                else {"excellent": "95", "good": "90", "fair": "80"},
                "flag": "shop_policy",
                "source": "K-02",
            }
            for figure in Figure
        ],
    }


def _methods(dimension: Dimension) -> dict[str, str]:
    match dimension:
        case Dimension.KNOWLEDGE:
            return {"exam": "required", "interview": "helpful"}
        case Dimension.EFFICIENCY:
            return {"performance": "required"}
    return {"interview": "required", "roleplay": "helpful"}
