"""Asking the outside language model in the background: whatever it does, talks and scores go on as without it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

import requests
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from quizzes.models import (
    AuditEntry,
    CallOutcome,
    CheckResult,
    OutsideCall,
    OutsideSwitch,
    Purpose,
    SecondOpinion,
    Session,
)
from quizzes.queries.talks import lines, standing
from quizzes.rules.dialogue.golden import reply_in
from quizzes.rules.outside.answers import BadAnswer
from quizzes.rules.outside.opinion import Message, ask_for_opinion, read_opinions
from quizzes.rules.outside.rewording import ask_for_rewording, lines_of, read_rewording

CONNECT = 3  # seconds
LARGEST_ANSWER = 300_000  # bytes
REST = timedelta(minutes=10)
FAILURES_BEFORE_REST = 3


class OutsideFailed(Exception):
    """The outside model did not answer, or not in time; the message says what happened, without the key."""


@transaction.atomic
def switch_outside(*, opinions: bool, rewording: bool, by, at: datetime) -> OutsideSwitch:
    """Let the outside model be asked, or not, from now on."""
    switch = OutsideSwitch.objects.create(opinions=opinions, rewording=rewording, by=by, at=at)
    detail = {"opinions": opinions, "rewording": rewording}
    AuditEntry.objects.create(at=at, by=by, action="outside_switched", target="outside-model", detail=detail)
    return switch


def configured() -> bool:
    """Whether the operator named an outside model at all. Costs nothing, so that talks without one pay nothing."""
    return bool(settings.QUIZZES_OUTSIDE_MODEL["url"])


def ask_after(session_id: int, purpose: Purpose) -> None:
    """Once the running transaction holds, have the outside model asked by the worker."""
    if configured():
        job = opinions_later if purpose == Purpose.OPINION else rewording_later
        transaction.on_commit(partial(job.enqueue, session_id))


@task()
def opinions_later(session_id: int) -> None:
    ask_for_opinions(session_id=session_id)


@task()
def rewording_later(session_id: int) -> None:
    reword_customer(session_id=session_id)


def ask_for_opinions(*, session_id: int, now: Callable[[], datetime] = timezone.now) -> int:
    """Ask about the open checks of an ended talk, reply by reply; how many opinions were kept. Safe to repeat."""
    kept = 0
    waiting = CheckResult.objects.filter(open__session=session_id, opinion=None).select_related(
        "turn__session__version"
    )
    by_turn: dict[int, list[CheckResult]] = {}
    for result in waiting.order_by("turn__number", "pk"):
        by_turn.setdefault(result.turn_id, []).append(result)
    for results in by_turn.values():
        if not _may_ask("opinions", now()):
            break
        kept += _opinions_on(results, now)
    return kept


def _opinions_on(results: list[CheckResult], now: Callable[[], datetime]) -> int:
    turn = results[0].turn
    session = turn.session
    before = standing(session.turns.filter(number__lt=turn.number))
    checks = [result.check_name for result in results]
    messages = ask_for_opinion(reply_in(session.cast(), turn.text, lines(before)), checks)
    found = _call(session, Purpose.OPINION, messages, partial(read_opinions, checks=checks, text=turn.text), now)
    model = settings.QUIZZES_OUTSIDE_MODEL["name"]
    opinions = [
        SecondOpinion(
            result=result,
            yes=found[result.check_name].yes,
            words=found[result.check_name].words,
            model=model[:80],
            at=now(),
        )
        for result in results
        if result.check_name in found
    ]
    return len(SecondOpinion.objects.bulk_create(opinions, ignore_conflicts=True))


def reword_customer(*, session_id: int, now: Callable[[], datetime] = timezone.now) -> int:
    """Have the customer's lines said in other words; how many were taken. Those said before stay as they were."""
    session = Session.objects.select_related("version").get(pk=session_id)
    if session.rewordings or not session.is_open or not _may_ask("rewording", now()):
        return 0
    cast = session.cast()
    asked = lines_of(cast)
    if not asked:
        return 0
    read = partial(read_rewording, lines=asked, names=cast.names.values())
    found = _call(session, Purpose.REWORDING, ask_for_rewording(cast, asked), read, now)
    Session.objects.filter(pk=session_id, ended_at=None).update(rewordings=found)
    return len(found)


def _may_ask(what: str, at: datetime) -> bool:
    """Named by the operator, switched on by an admin, and not resting after failures."""
    switch = OutsideSwitch.objects.first() if configured() else None
    if switch is None or not getattr(switch, what):
        return False
    newest = OutsideCall.objects.values_list("outcome", "at")[:FAILURES_BEFORE_REST]
    return not resting([(outcome, called) for outcome, called in newest], at)


def resting(newest: Iterable[tuple[str, datetime]], at: datetime) -> bool:
    """Whether the last calls (newest first) all failed a short while ago: then nobody waits for another."""
    calls = list(newest)
    return (
        len(calls) >= FAILURES_BEFORE_REST
        and all(outcome == CallOutcome.FAILED for outcome, _called in calls)
        and at - calls[0][1] < REST
    )


def _call(session: Session, purpose: Purpose, messages: list[Message], read: Callable, now: Callable) -> dict:
    """What ``read`` takes from the answer, empty when there was none; what was sent is kept either way."""
    began, found, outcome, detail = monotonic(), {}, CallOutcome.USED, ""
    try:
        found = read(complete(messages))
    except BadAnswer as error:
        outcome, detail = CallOutcome.REFUSED, str(error)
    except OutsideFailed as error:
        outcome, detail = CallOutcome.FAILED, str(error)
    OutsideCall.objects.create(
        session=session, purpose=purpose, sent=messages, outcome=outcome, detail=detail[:200],
        seconds=monotonic() - began, at=now(),
    )  # fmt: skip
    return found


@dataclass(frozen=True)
class _Answer:
    """The body of an answer, read up to ``LARGEST_ANSWER`` bytes and ``until`` a moment of the monotonic clock."""

    response: requests.Response
    until: float

    def text(self) -> str:
        body = b""
        for part in self.response.iter_content(16_384):
            body += part
            if len(body) > LARGEST_ANSWER:
                raise OutsideFailed("answer too large")
            if monotonic() > self.until:
                raise OutsideFailed("too slow")
        return body.decode("utf-8", "replace")


def complete(messages: list[Message]) -> str:
    """What the outside model answers, by the chat-completions protocol. Raises ``OutsideFailed``."""
    model = settings.QUIZZES_OUTSIDE_MODEL
    body = {
        "model": model["name"],
        "messages": messages,
        "temperature": 0,
        "response_format": {"type": "json_object"},
    }
    headers = {"Authorization": f"Bearer {model['key']}"} if model["key"] else {}
    try:
        with requests.post(
            f"{model['url'].rstrip('/')}/chat/completions",
            json=body,
            headers=headers,
            timeout=(CONNECT, model["seconds"]),
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.status_code != 200:
                raise OutsideFailed(f"status {response.status_code}")
            text = _Answer(response, monotonic() + model["seconds"]).text()
        answer = json.loads(text)["choices"][0]["message"]["content"]
    except requests.RequestException as error:
        raise OutsideFailed(type(error).__name__) from error
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise OutsideFailed("not the chat-completions protocol") from error
    if not isinstance(answer, str):
        raise OutsideFailed("no text")
    return answer
