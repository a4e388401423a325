"""Quick phrases for the talk with a simulated customer: the good examples of the lessons on scripts."""

import re
from dataclasses import dataclass

from django.utils import timezone

from quizzes.rules.vocabulary import Platform
from trainer.models import Lesson, LessonVersion
from trainer.rules.vocabulary import LessonKind

_GOOD = re.compile(r"^> \[!正解\][^\n]*\n((?:>[^\n]*\n?)+)", re.MULTILINE)
_QUOTED = re.compile(r"“([^“”\n]{2,200})”")


@dataclass(frozen=True)
class Phrases:
    """What one lesson teaches to say."""

    title: str
    phrases: tuple[str, ...]


def quick_phrases(platform: str) -> list[Phrases]:
    """The phrases of the lessons in force that hold on ``platform``, in the order of the lessons. One query."""
    published = Lesson.objects.published(timezone.localdate())
    versions = LessonVersion.objects.filter(pk__in=published.values("in_force_id"), kind=LessonKind.SCRIPT)
    found = []
    for version in versions.order_by("position", "pk"):
        phrases = good_phrases(version.body)
        if phrases and {platform, Platform.ALL} & set(version.platforms):
            found.append(Phrases(str(version), phrases))
    return found


def good_phrases(body: str) -> tuple[str, ...]:
    """What stands in quotation marks in the good examples of a lesson's text."""
    return tuple(phrase for block in _GOOD.findall(body) for phrase in _QUOTED.findall(block))
