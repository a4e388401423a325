"""What the demo team's last Monday meeting agreed on."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trainer.commands.meetings import add_action, settle_action
from trainer.models import Action, User
from trainer.rules.pack import monday_of

# What, who, days after the meeting, what came of it
AGREED = (
    ("把“七天从哪天起算”做成一张小卡片，贴在工位上", "zhaoyi", 3, "已贴好，组里都看过了"),
    ("周三下午一起练“拿五星换钱”的三种回法", "zhou", 2, ""),
    ("整理上周三单破损的举证截图，遮住顾客信息", "wangrui", 9, ""),
)


@transaction.atomic
def add_demo_actions(*, people: Mapping[str, User], at: datetime) -> None:
    """Three actions of this week's Monday, one of them done. A team that has some is left alone."""
    supervisor = people["zhou"]
    team = supervisor.teams.first()
    if team is None or Action.objects.filter(team=team).exists():
        return
    monday = monday_of(timezone.localdate(at))
    morning = min(at, timezone.localtime(at).replace(hour=9, minute=40) - (timezone.localdate(at) - monday))
    for text, owner, days, result in AGREED:
        action = add_action(
            team=team, text=text, owner=people[owner], due_on=monday + timedelta(days=days), by=supervisor, at=morning
        )
        if result:
            settle_action(action_id=action.pk, done=True, result=result, by=people[owner], at=at)
