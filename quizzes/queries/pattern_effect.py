"""What saving a pattern would change, on our own labelled replies and on what was said lately."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.conf import settings

from quizzes.queries.labelled import recent_replies
from quizzes.queries.patterns import Listed, library_called, newest_library
from quizzes.rules.replies.effect import Effect, effect
from quizzes.rules.replies.patterns import Pattern
from quizzes.rules.replies.records import Record, parse
from quizzes.rules.replies.shop import Edit, Library, checked

RECENT = 300


@dataclass(frozen=True)
class Preview:
    labelled: Effect
    recent: Effect


def preview(check: str, old: Listed | None, row: Mapping[str, Any], decisive: bool) -> Preview:
    """The effect of ``row`` in place of ``old``, or beside all others. Raises ``BadPattern`` as saving would."""
    name = old.id if old else "shop.new"
    pattern = checked(Edit(name, check, row, True, decisive))
    before = library_called(newest_library())
    kept = [one for one in before.patterns if one.id != name]
    after = Library((*kept, pattern), (before.decisive - {name}) | ({name} if decisive else set()))
    touched: list[Pattern] = [pattern, *(one for one in before.patterns if one.id == name)]
    return Preview(
        effect(labelled(), check, touched, before, after),
        effect(recent_replies(RECENT), check, touched, before, after),
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
