"""Where a piece of evidence can be looked at: it depends on who reads the packet."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.urls import reverse

from trainer.models import User
from trainer.permissions import learners_in_reach


class Reader(StrEnum):
    OWN = "own"  # the person it is about
    CARING = "caring"  # who has them in reach
    OTHER = "other"  # a second signature, an appeal, somebody who has left: the packet itself is all there is to see


def reader_of(user: User, person: int) -> Reader:
    """How ``user`` stands to the person of a packet (by id)."""
    if user.pk == person:
        return Reader.OWN
    return Reader.CARING if learners_in_reach(user).filter(pk=person).exists() else Reader.OTHER


def evidence_url(one: Mapping[str, Any], person: int | None, reader: Reader) -> str:
    """The page of a piece of evidence that this reader may open; empty where there is none."""
    if reader is Reader.OTHER:
        return ""
    own = reader is Reader.OWN
    match one["kind"]:
        case "attempt" if own:
            return reverse("quizzes:result", args=[one["id"]])
        case "attempt":
            return reverse("trainer:person_attempt", args=[person, one["id"]])
        case "session":
            return reverse("quizzes:debrief", args=[one["id"]])
        case "typing":
            return reverse("quizzes:typing_run", args=[one["id"]])
        case "interview":
            return reverse("trainer:interview", args=[one["id"]])
        case "month":
            return month_url(person, date.fromisoformat(one["month"]), own=own)
        case "observation":
            return reverse("trainer:observation", args=[one["id"]])
    return ""


def month_url(person: int | None, month: date, *, own: bool) -> str:
    """The line of a month among the figures of a person's work."""
    page = reverse("trainer:own_assessment") if own else reverse("trainer:assessment", args=[person])
    return f"{page}#month-{month:%Y-%m}"
