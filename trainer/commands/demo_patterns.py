"""A shop's own hand in the judge, to look at: a pattern added."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from quizzes.commands.patterns import add_pattern
from quizzes.models import PatternVersion
from trainer.models import User

CHECK = "offline_payment"
ROW = {
    "note": "叫顾客去朋友圈下单",
    "words": "朋友圈.{0,6}(?:下单|拍|买|有货)|(?:下单|拍|买).{0,4}朋友圈",
    "means": "shows",
    "unless": ["negated", "warned"],
    "hit": ["这款平台没货，您去我朋友圈下单", "要更低的价可以在我朋友圈拍"],
    "miss": ["朋友圈下单没有保障，别去", "您可以把活动转到朋友圈"],
}


def add_demo_pattern(*, people: Mapping[str, User], at: datetime) -> None:
    """A pattern of the shop's own, made two days ago; nothing where one is there already."""
    if PatternVersion.objects.filter(shipped=False).exists():
        return
    reason = "上周抽查到两次这样的说法，机器没有认出来"
    add_pattern(check=CHECK, row=ROW, decisive=False, reason=reason, by=people["admin"], at=at - timedelta(days=2))
