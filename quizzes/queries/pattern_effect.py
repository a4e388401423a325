"""What saving a pattern would change: on our own labelled replies, on what was said lately, and where replies teach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.conf import settings

from quizzes.queries.golden_effect import GoldenEffect, golden_effect, taught_effect
from quizzes.queries.labelled import recent_replies
from quizzes.queries.patterns import Listed, library_called, newest_library
from quizzes.rules.replies.effect import Effect, effect, touched_by
from quizzes.rules.replies.patterns import Pattern
from quizzes.rules.replies.records import Record, parse
from quizzes.rules.replies.shop import Edit, Library, checked

RECENT = 300


@dataclass(frozen=True)
class Preview:
    """``goldens`` are transcripts of scenarios, ``taught`` examples of the house around us (see ``taught_effect``)."""

    labelled: Effect
    recent: Effect
    goldens: GoldenEffect
    taught: Sequence[Any]


def preview(check: str, old: Listed | None, row: Mapping[str, Any], decisive: bool) -> Preview:
    """The effect of ``row`` in place of ``old``, or beside all others. Raises ``BadPattern`` as saving would."""
    name = old.id if old else "shop.new"
    return _preview(name, check, checked(Edit(name, check, row, True, decisive)), decisive)


def preview_switch(old: Listed, on: bool) -> Preview:
    """The effect of switching ``old`` on or off. Raises ``BadPattern`` where it cannot be read any more."""
    pattern = checked(Edit(old.id, old.check, old.row, True, old.decisive)) if on else None
    return _preview(old.id, old.check, pattern, old.decisive)


def _preview(name: str, check: str, pattern: Pattern | None, decisive: bool) -> Preview:
    before = library_called(newest_library())
    kept = [one for one in before.patterns if one.id != name]
    new = [pattern] if pattern else []
    decided = {name} if pattern and decisive else set()
    after = Library((*kept, *new), (before.decisive - {name}) | decided)
    touched = [*new, *(one for one in before.patterns if one.id == name)]
    touches = touched_by(touched)
    return Preview(
        effect(labelled(), check, touched, before, after),
        effect(recent_replies(RECENT), check, touched, before, after),
        golden_effect(touches, before, after),
        taught_effect(touches, before, after),
    )


@cache
def labelled() -> tuple[Record, ...]:
    """Our own labelled replies, where they are installed with the site."""
    files = sorted((settings.BASE_DIR / "fixtures" / "replies").glob("*.jsonl"))
    return tuple(
        replace(record, source=file.stem)
        for file in files
        for record in parse(file.read_text("utf-8").split("\n"), file.stem)
    )
