"""When an attempt ends and when the next may begin. Datetimes are aware and in UTC."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil


class Start(StrEnum):
    """Whether an attempt may be started, and if not, why."""

    ALLOWED = "allowed"
    COOLING_DOWN = "cooling_down"
    NO_ATTEMPTS_LEFT = "no_attempts_left"


@dataclass(frozen=True)
class StartCheck:
    """``at`` is when it becomes possible again: only while cooling down, ``None`` otherwise."""

    reason: Start
    at: datetime | None = None


def deadline(started_at: datetime, minutes: int | None, extension_minutes: int = 0) -> datetime | None:
    """When the attempt is handed in by itself; ``None`` when the blueprint sets no time (``minutes``)."""
    if minutes is None:
        return None
    return started_at + timedelta(minutes=minutes + extension_minutes)


def seconds_left(ends_at: datetime | None, at: datetime) -> int | None:
    """Whole seconds until ``ends_at``, begun ones counted, so that 0 means over; ``None`` is no limit."""
    if ends_at is None:
        return None
    return max(ceil((ends_at - at).total_seconds()), 0)


def may_start(
    *,
    used: int,
    max_attempts: int | None,
    last_submitted_at: datetime | None,
    cool_down: timedelta,
    at: datetime,
) -> StartCheck:
    """Whether somebody with ``used`` attempts behind them may start another at ``at``.

    ``max_attempts`` ``None`` is any number. The cool-down runs from the last hand-in.
    """
    if max_attempts is not None and used >= max_attempts:
        return StartCheck(Start.NO_ATTEMPTS_LEFT)
    if last_submitted_at is not None and at < last_submitted_at + cool_down:
        return StartCheck(Start.COOLING_DOWN, last_submitted_at + cool_down)
    return StartCheck(Start.ALLOWED)
