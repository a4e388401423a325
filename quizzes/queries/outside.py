"""What the page about the outside model shows: how things stand, what is sent, and what was."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet

from quizzes.models import OutsideCall, OutsideSwitch, Session
from quizzes.queries.talks import lines, replies_of, standing
from quizzes.rules.dialogue.golden import reply_in
from quizzes.rules.outside.opinion import Message, ask_for_opinion
from quizzes.rules.outside.rewording import ask_for_rewording, lines_of

SHOWN_CHECKS = ("refuses_flatly", "perfunctory")


@dataclass(frozen=True)
class Outside:
    """``host`` is empty when no model is named. The examples are what the newest ended talk would send."""

    host: str
    model: str
    switch: OutsideSwitch | None
    opinion: list[Message]
    rewording: list[Message]


def outside() -> Outside:
    """Four queries at most."""
    named: dict[str, Any] = settings.QUIZZES_OUTSIDE_MODEL
    session = Session.objects.ended().select_related("version").first()
    opinion: list[Message] = []
    rewording: list[Message] = []
    if session:
        turns = standing(session.turns.all())
        replies = replies_of(turns)
        cast = session.cast()
        rewording = ask_for_rewording(cast, lines_of(cast))
        if replies:
            before = [turn for turn in turns if turn.number < replies[-1].number]
            opinion = ask_for_opinion(reply_in(cast, replies[-1].text, lines(before)), SHOWN_CHECKS)
    return Outside(
        urlsplit(named["url"]).hostname or "", named["name"], OutsideSwitch.objects.first(), opinion, rewording
    )


def newest_calls() -> QuerySet[OutsideCall]:
    return OutsideCall.objects.select_related("session__scenario")
