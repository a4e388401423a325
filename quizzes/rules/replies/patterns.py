"""The pattern library: words that speak for or against a check, with the scopes in which they do not count.

A library is data: one YAML file for each check and a lexicon of word lists. ``<word>`` in a pattern stands for one of
the lexicon's. ``parse_patterns`` checks what an admin wrote and says what is wrong; each pattern carries its own
examples, and ``failed_examples`` tries them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml

from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.clauses import Reading, Scope, read
from quizzes.rules.replies.normalise import normalise
from quizzes.rules.replies.regexes import BadPattern, compiled


class Means(StrEnum):
    """``SHOWS`` speaks for the check, ``CLEARS`` against it, ``CUE`` helps only together with others."""

    SHOWS = "shows"
    CLEARS = "clears"
    CUE = "cue"


class Where(StrEnum):
    """Which text is read: the reply, what the customer wrote before it, or what is true of the order."""

    REPLY = "reply"
    CUSTOMER = "customer"
    FACTS = "facts"


@dataclass(frozen=True)
class Pattern:
    """``words`` on the normalised text. It does not count in the scopes of ``unless``, nor where ``without`` is found
    in the same reply, nor where the facts do not match ``facts``."""

    id: str
    check: str
    words: re.Pattern[str]
    means: Means
    where: Where
    unless: frozenset[Scope]
    without: re.Pattern[str] | None
    facts: re.Pattern[str] | None
    note: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    facts_of_hits: str

    def places(self, reading: Reading) -> Iterator[tuple[int, int, bool]]:
        """Start, end and whether it counts, for each place of the words in ``reading``."""
        for match in self.words.finditer(reading.text):
            if match.end() > match.start():
                yield *match.span(), not (self.unless and reading.scopes_of(*match.span()) & self.unless)

    def applies(self, reply: str, facts: str) -> bool:
        if self.facts is not None and not self.facts.search(facts):
            return False
        return self.without is None or not self.without.search(reply)


_FIELDS = {"id", "words", "means", "where", "unless", "without", "facts", "note", "hit", "miss", "facts_hit"}


def parse_lexicon(text: str) -> dict[str, str]:
    """Word lists by name from YAML. Raises ``BadPattern``."""
    rows = _yaml(text, "词表")
    if not isinstance(rows, dict) or not all(isinstance(value, str) for value in rows.values()):
        raise BadPattern("词表应当是“名字: 词|词|词”，一行一个。")
    for name, words in rows.items():
        try:
            compiled(words)
        except BadPattern as error:
            raise BadPattern(f"词表“{name}”：{error}") from error
    return rows


def parse_patterns(text: str, lexicon: Mapping[str, str]) -> tuple[Pattern, ...]:
    """The patterns of one check's file. Raises ``BadPattern`` naming the pattern and the field."""
    rows = _yaml(text, "模式文件")
    if not isinstance(rows, dict) or rows.get("check") not in NAMES:
        raise BadPattern(f"文件开头要写 check，是这些之一：{'、'.join(NAMES)}。")
    listed = rows.get("patterns")
    if not isinstance(listed, list) or not listed:
        raise BadPattern("patterns 应当是一列模式，至少一条。")
    found = tuple(parse_pattern(row, rows["check"], lexicon) for row in listed)
    seen: set[str] = set()
    for pattern in found:
        if pattern.id in seen:
            raise BadPattern(f"id“{pattern.id}”用了两次，换一个名字。")
        seen.add(pattern.id)
    return found


def failed_examples(pattern: Pattern) -> list[str]:
    """What is wrong with a pattern's own examples; an empty list when all come out as written."""
    wrong = []
    facts = normalise(pattern.facts_of_hits).text
    for examples, expected, word in ((pattern.hits, True, "应当命中"), (pattern.misses, False, "不应当命中")):
        for example in examples:
            reading = read(normalise(example).text)
            counts = pattern.applies(reading.text, facts) and any(counts for *_, counts in pattern.places(reading))
            if counts is not expected:
                wrong.append(f"{pattern.id}：“{example}”{word}。")
    return wrong


@cache
def library() -> tuple[Pattern, ...]:
    """The patterns that come with the package, in the order of the checks."""
    return tuple(pattern for name in NAMES for pattern in parse_patterns(_shipped(f"{name}.yaml"), lexicon()))


@cache
def lexicon() -> dict[str, str]:
    """The word lists that come with the package."""
    return parse_lexicon(_shipped("lexicon.yaml"))


@cache
def shipped_rows() -> dict[str, dict[str, Any]]:
    """What the files of the package say of each pattern, by its id: the words as they were written, <…> and all."""
    files = [yaml.safe_load(_shipped(f"{name}.yaml")) for name in NAMES]
    return {row["id"]: row for rows in files for row in rows["patterns"]}


def _shipped(name: str) -> str:
    return (resources.files("quizzes.rules.replies") / "patterns" / name).read_text("utf-8")


def _yaml(text: str, what: str) -> Any:
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        where = f"第 {place.line + 1} 行" if place else ""
        raise BadPattern(f"{what}{where}不是 YAML：检查缩进和引号。") from error


def parse_pattern(row: Any, check: str, lexicon: Mapping[str, str]) -> Pattern:
    """One pattern as the files write it. Raises ``BadPattern`` naming the pattern and the field."""
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not row["id"]:
        raise BadPattern("每条模式要有 id，写一个英文短名。")
    try:
        unknown = set(row) - _FIELDS
        if unknown:
            raise BadPattern(f"不认识的字段：{'、'.join(map(str, sorted(unknown, key=str)))}。")
        hits, misses = _texts(row, "hit"), _texts(row, "miss")
        return Pattern(
            id=row["id"],
            check=check,
            words=_expression(row, "words", lexicon),
            means=_one_of(row, "means", Means),
            where=_one_of(row, "where", Where, Where.REPLY),
            unless=frozenset(_scopes(row)),
            without=_expression(row, "without", lexicon) if "without" in row else None,
            facts=_expression(row, "facts", lexicon) if "facts" in row else None,
            note=_text(row, "note"),
            hits=hits,
            misses=misses,
            facts_of_hits=str(row.get("facts_hit", "")),
        )
    except BadPattern as error:
        raise BadPattern(f"模式“{row['id']}”：{error}") from error


def _text(row: dict[str, Any], field: str) -> str:
    value = row.get(field)
    if not isinstance(value, str) or not value.strip():
        raise BadPattern(f"{field} 没有写。")
    return value


def _texts(row: dict[str, Any], field: str) -> tuple[str, ...]:
    value = row.get(field)
    if not isinstance(value, list) or not value or not all(isinstance(text, str) for text in value):
        raise BadPattern(f"{field} 至少写一个例句：hit 写应当命中的，miss 写不应当命中的。")
    return tuple(value)


def _expression(row: dict[str, Any], field: str, lexicon: Mapping[str, str]) -> re.Pattern[str]:
    def words(match: re.Match[str]) -> str:
        if match[1] not in lexicon:
            raise BadPattern(f"{field} 里的 <{match[1]}> 不在词表里。")
        return f"(?:{lexicon[match[1]]})"

    return compiled(re.sub(r"(?<!P)<(\w+)>", words, _text(row, field)))


def _one_of(row: dict[str, Any], field: str, kind: Any, otherwise: Any = None) -> Any:
    value = row.get(field, otherwise)
    if value not in list(kind):
        raise BadPattern(f"{field} 应当是这些之一：{'、'.join(kind)}。")
    return kind(value)


def _scopes(row: dict[str, Any]) -> Iterator[Scope]:
    value = row.get("unless", [])
    if not isinstance(value, list) or any(scope not in list(Scope) for scope in value):
        raise BadPattern(f"unless 应当是一列语境，可用的是：{'、'.join(Scope)}。")
    return (Scope(scope) for scope in value)
