"""What one seed fixes: the wording, the item, the hidden detail. The same seed gives the same customer."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from quizzes.rules.dialogue.scenario import Hidden, Scenario, Words
from quizzes.rules.replies.normalise import normalise

PLACE = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
HIDDEN = "hidden"


@dataclass(frozen=True)
class Cast:
    """A scenario with every ``{name}`` filled. ``names`` are what was drawn."""

    scenario: Scenario
    seed: int
    opening: tuple[str, ...]
    hidden: Hidden | None
    names: Mapping[str, str]

    def fill(self, text: str) -> str:
        """``text`` with the drawn names in their places; unknown places stay."""
        return PLACE.sub(lambda match: self.names.get(match[1], match[0]), text)


def names_of(scenario: Scenario) -> set[str]:
    """The names that texts of the scenario may hold."""
    names = {name for rows in scenario.variants.values() for row in rows[:1] for name in row}
    return names | ({HIDDEN} if scenario.hidden else set())


def cast(scenario: Scenario, seed: int) -> Cast:
    """Draw by ``seed``. Neighbouring seeds differ in the opening and the hidden detail, where there are two."""
    names: dict[str, str] = {}
    for key, rows in scenario.variants.items():
        names |= random.Random(f"{seed}:{key}").choice(rows)  # noqa: S311 - no secret
    hidden = scenario.hidden[seed % len(scenario.hidden)] if scenario.hidden else None
    if hidden:
        hidden = replace(hidden, text=_fill(hidden.text, names))
        names[HIDDEN] = hidden.text
    in_patterns = {name: re.escape(normalise(text).text) for name, text in names.items()}
    filled: Scenario = _filled(replace(scenario, variants={}, hidden=()), names, in_patterns)
    opening = filled.opening[seed % len(filled.opening)] if filled.opening else ()
    return Cast(filled, seed, opening, hidden, names)


def _fill(text: str, names: Mapping[str, str]) -> str:
    return PLACE.sub(lambda match: names.get(match[1], match[0]), text)


def _filled(value: Any, names: Mapping[str, str], in_patterns: Mapping[str, str]) -> Any:
    """``value`` with its texts filled; in patterns a name stands for exactly its normalised text."""
    if isinstance(value, Words):
        names = in_patterns
    if isinstance(value, str):
        return _fill(value, names) if "{" in value and type(value) is str else value
    if isinstance(value, tuple):
        return tuple(_filled(inner, names, in_patterns) for inner in value)
    if isinstance(value, Mapping):
        return {key: _filled(inner, names, in_patterns) for key, inner in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: getattr(value, one.name) for one in fields(value)}
        return replace(value, **_filled(parts, names, in_patterns))
    return value
