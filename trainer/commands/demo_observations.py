"""What the demo supervisors saw of their people at work."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trainer.commands.observations import observe
from trainer.models import Observation, User
from trainer.rules.vocabulary import Verdict

SEEN = (
    ("liujing", "zhou", 6, Verdict.READY,
     "看了一小时，接了 11 位。错发的那位先道歉再给两种办法，登记当场做完；拿不准的一单先稳住顾客再来问我。"),
    ("wangrui", "zhou", 5, Verdict.ALMOST,
     "规则都说得对，就是快。有位顾客还没说完就发了链接，后来自己补了一句。再跟两次，先听完再回。"),
    ("tangwei", "chen", 7, Verdict.READY, "直播间的质疑接得稳，没有跟着吵，三句之内给出了核实的时间。"),
)  # fmt: skip


@transaction.atomic
def add_demo_observations(*, people: Mapping[str, User], at: datetime) -> None:
    """Whoever was seen before is left alone."""
    today = timezone.localdate(at)
    for learner, by, days, verdict, text in SEEN:
        if not Observation.objects.filter(learner=people[learner]).exists():
            when = at - timedelta(days=days)
            observe(
                learner=people[learner], verdict=verdict, text=text, on=today - timedelta(days=days),
                by=people[by], at=when,
            )  # fmt: skip
