"""The judge's patterns as the shop has them: the library of a moment, and the page that lists them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from quizzes.models import PatternVersion
from quizzes.rules.replies.judging import Judgement, judge
from quizzes.rules.replies.patterns import Means, Where, shipped_rows
from quizzes.rules.replies.records import Reply
from quizzes.rules.replies.shop import Library, as_shipped, with_edits


def newest_library() -> str:
    """The name of the library as it is now; empty while the shop has changed nothing. One query."""
    return PatternVersion.objects.order_by("-pk").values_list("library", flat=True).first() or ""


@lru_cache(maxsize=16)
def library_called(name: str) -> Library:
    """The library of that name, which never changes. One query, or none when it was read before."""
    if not name:
        return as_shipped()
    edits = []
    for version in PatternVersion.objects.order_by("pk"):
        edits.append(version.edit())
        if version.library == name:
            break
    return with_edits(edits)


def shop_judge() -> Callable[[Reply], Judgement]:
    """The judge with the patterns as the shop has them now. One query, and one more where they are new."""
    return partial(judge, library=library_called(newest_library()))


@dataclass(frozen=True)
class Listed:
    """A pattern as the list and its page show it. ``number`` is that of its newest version, 0 where it has none."""

    id: str
    check: str
    row: Mapping[str, Any]
    shipped: bool
    is_on: bool = True
    decisive: bool = False
    number: int = 0
    newest: PatternVersion | None = None

    @property
    def edited(self) -> bool:
        """Whether the shop worded a shipped pattern anew."""
        return self.shipped and self.newest is not None and self.newest.row is not None

    @property
    def means(self) -> Means:
        return Means(self.row["means"])

    @property
    def where(self) -> Where:
        return Where(self.row.get("where", Where.REPLY))


def listed(check: str) -> list[Listed]:
    """All patterns of a check, the shop's own last. One query."""
    versions = PatternVersion.objects.filter(check_name=check).select_related("by").order_by("pk")
    newest = {version.name: version for version in versions}
    found = [
        _listed(name, check, row, newest.pop(name, None))
        for name, row in shipped_rows().items()
        if _check_of(name) == check
    ]
    return found + [_listed(name, check, None, version) for name, version in sorted(newest.items())]


def one_listed(name: str) -> Listed | None:
    """The pattern of that name, ``None`` where there is none. One query."""
    version = PatternVersion.objects.filter(name=name).select_related("by").order_by("-number").first()
    row = shipped_rows().get(name)
    if row is None and version is None:
        return None
    return _listed(name, version.check_name if version else _check_of(name), row, version)


def history(name: str) -> list[PatternVersion]:
    return list(PatternVersion.objects.filter(name=name).select_related("by").order_by("-number"))


def changed_by_check() -> dict[str, int]:
    """How many patterns of each check the shop has touched. One query."""
    touched: dict[str, set[str]] = {}
    for check, name in PatternVersion.objects.values_list("check_name", "name").distinct():
        touched.setdefault(check, set()).add(name)
    return {check: len(names) for check, names in touched.items()}


def _listed(name: str, check: str, shipped: Mapping[str, Any] | None, version: PatternVersion | None) -> Listed:
    if version is None:
        return Listed(name, check, shipped or {}, True)
    row = version.row if version.row is not None else shipped or {}
    return Listed(name, check, row, shipped is not None, version.is_on, version.decisive, version.number, version)


@lru_cache(maxsize=1)
def _checks() -> dict[str, str]:
    return {pattern.id: pattern.check for pattern in as_shipped().patterns}


def _check_of(name: str) -> str:
    return _checks()[name]
