"""A shop's own hand in the pattern library: patterns added, shipped ones worded anew or switched off.

A shipped pattern keeps the weight that was learned for it, whatever its words are now. A pattern that the regression
has not learned votes instead: see ``voting``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from quizzes.rules.replies.patterns import (
    Means,
    Pattern,
    Where,
    failed_examples,
    lexicon,
    library,
    parse_pattern,
    shipped_rows,
)
from quizzes.rules.replies.regexes import BadPattern

LONGEST_WORDS = 600  # what one person can still read and check


@dataclass(frozen=True)
class Edit:
    """What the shop says of one pattern. ``row`` is written like those of the files; without one the shipped holds."""

    id: str
    check: str
    row: Mapping[str, Any] | None
    on: bool = True
    decisive: bool = False


@dataclass(frozen=True)
class Library:
    """The patterns that are read, and which of them a person made ``decisive``."""

    patterns: tuple[Pattern, ...]
    decisive: frozenset[str] = frozenset()


class ExamplesFail(BadPattern):
    """The pattern's own examples come out otherwise; ``examples`` are sentences that say which."""

    def __init__(self, examples: Sequence[str]):
        super().__init__("".join(examples))
        self.examples = tuple(examples)


@cache
def as_shipped() -> Library:
    return Library(library())


def with_edits(edits: Iterable[Edit]) -> Library:
    """The shipped library as the shop has it. Of two edits of one pattern the later holds.

    What cannot be read any more (a word list that a newer release dropped) is left out rather than stopping the judge.
    """
    said = {edit.id: edit for edit in edits}
    patterns = []
    for pattern in library():
        edit = said.pop(pattern.id, None)
        if edit is None:
            patterns.append(pattern)
        elif edit.on:
            patterns.append(_read(edit) or pattern)
    own = [(edit, _read(edit)) for edit in said.values() if edit.on and edit.row is not None]
    patterns += [pattern for _edit, pattern in own if pattern]
    return Library(tuple(patterns), frozenset(edit.id for edit, pattern in own if pattern and edit.decisive))


def checked(edit: Edit) -> Pattern:
    """The pattern of an edit that is to be saved. Raises ``BadPattern``, or ``ExamplesFail`` naming the examples."""
    pattern = parse_pattern({**(edit.row or {}), "id": edit.id}, edit.check, lexicon())
    shipped = shipped_rows().get(edit.id)
    if shipped is None:
        if pattern.where is not Where.REPLY:
            raise BadPattern("自己加的句式只看客服的回复；要看订单情况，写在“只在这种情况下”里。")
        if pattern.means is Means.CUE:
            raise BadPattern("自己加的句式要么说明有，要么说明没有。")
    elif (shipped["means"], shipped.get("where", Where.REPLY)) != (pattern.means, pattern.where):
        raise BadPattern("自带的句式说明什么、看哪段文字，机器学过，不能改；另加一条新的。")
    if len(str((edit.row or {}).get("words", ""))) > LONGEST_WORDS and shipped is None:
        raise BadPattern(f"太长了：最多 {LONGEST_WORDS} 个字符，拆成几条写。")
    failed = failed_examples(pattern)
    if failed:
        raise ExamplesFail([text.removeprefix(f"{pattern.id}：") for text in failed])
    return pattern


def _read(edit: Edit) -> Pattern | None:
    if edit.row is None:
        return None
    try:
        pattern = parse_pattern({**edit.row, "id": edit.id}, edit.check, lexicon())
    except BadPattern:
        return None
    return replace(pattern, check=edit.check)
