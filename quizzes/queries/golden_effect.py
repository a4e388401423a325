"""What else a change of the patterns concerns: golden transcripts, and what the house around us teaches."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from quizzes.models import Scenario
from quizzes.rules.dialogue.criteria import shipped
from quizzes.rules.dialogue.drawing import cast
from quizzes.rules.dialogue.golden import Golden, Judge, play, read_golden
from quizzes.rules.dialogue.scenario import Scenario as Script
from quizzes.rules.dialogue.talk import Verdicts
from quizzes.rules.replies.effect import Touches
from quizzes.rules.replies.judging import judge
from quizzes.rules.replies.records import Reply
from quizzes.rules.replies.shop import Library


@dataclass(frozen=True)
class GoldenChange:
    """A transcript that comes out otherwise; ``wrong`` says what does not hold then, nothing where all holds again."""

    scenario: Scenario
    name: str
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class GoldenEffect:
    """``read`` transcripts of the scenarios that people talk with were looked at."""

    read: int
    changes: tuple[GoldenChange, ...]


def golden_effect(touches: Touches, before: Library, after: Library) -> GoldenEffect:
    """Replay each transcript that has a reply which the change touches, and again where it is judged otherwise.

    One query.
    """

    @cache
    def as_before(reply: Reply) -> Verdicts:
        return judge(reply, library=before).verdicts

    @cache
    def as_after(reply: Reply) -> Verdicts:
        return judge(reply, library=after).verdicts if touches(reply.text) else as_before(reply)

    read, changes = 0, []
    for scenario in Scenario.objects.live().select_related("current").order_by("platform", "stage", "slug"):
        script = scenario.current.script()
        for golden in read_golden(scenario.current.golden)[0]:
            read += 1
            if any(touches(text) for text in _replies(script, golden)):
                found = _replayed(script, golden, as_before, as_after)
                if found is not None:
                    changes.append(GoldenChange(scenario, golden.name, found))
    return GoldenEffect(read, tuple(changes))


def _replayed(script: Script, golden: Golden, before: Judge, after: Judge) -> tuple[str, ...] | None:
    """What does not hold any more by the judge of ``after``; ``None`` where that is what did not hold before."""
    heard: list[Reply] = []

    def hearing(reply: Reply) -> Verdicts:
        heard.append(reply)
        return before(reply)

    old = play(script, golden, hearing, shipped()).wrong
    if all(after(reply) == before(reply) for reply in heard):
        return None  # the talk goes as it went
    new = play(script, golden, after, shipped()).wrong
    return new if new != old else None


def _replies(script: Script, golden: Golden) -> Iterator[str]:
    """What the agent may say in a transcript."""
    drawn = cast(script, golden.seed)
    for happens in golden.events:
        if happens.say:
            yield drawn.fill(happens.say)
    if any(happens.choose for happens in golden.events):
        yield from (choice.text for beat in drawn.scenario.beats.values() for choice in beat.choices)


def taught_effect(touches: Touches, before: Library, after: Library) -> list[Any]:
    """Examples that the house around us teaches and that are judged otherwise: with ``title``, ``url`` and ``says``."""
    return import_string(settings.QUIZZES_TAUGHT)(touches, before, after)
