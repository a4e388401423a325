"""A script that a demo supervisor has written and that waits for somebody to approve it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from trainer.commands.scripts import save_script, submit_script
from trainer.models import Script, User
from trainer.models.scripts import PLATFORM_FIELDS

WRITTEN = {
    "title": "下雪天送得慢",
    "category": "logistics",
    "situation": "aftersale",
    "asked": "怎么还在路上，都四天了",
    "good": (
        "让您久等了。我查到包裹昨晚到了沈阳，那边下大雪，车停了一晚，今天早上已经接着走。"
        "我今晚 8 点再帮您看一次，把进展告诉您。"
    ),
    "bad": "下雪了我也没办法，您等着吧。",
    "bad_check": "shirks",
    "why": "天气是实话，可一句没办法，等于没人管。",
    **{f"on_{platform}": True for platform in PLATFORM_FIELDS},
}


@transaction.atomic
def add_demo_scripts(*, people: Mapping[str, User], at: datetime) -> None:
    """Safe to repeat: one script of this title is enough."""
    if Script.objects.filter(title=WRITTEN["title"]).exists():
        return
    written = at - timedelta(hours=20)
    script = save_script(script_id=None, fields=WRITTEN, by=people["zhou"], at=written)
    submit_script(script_id=script.pk, by=people["zhou"], at=written)
