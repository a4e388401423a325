"""A scenario, or the golden transcripts of one, in a file that was loaded."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Part(StrEnum):
    SCENARIO = "scenario"
    GOLDEN = "golden"


@dataclass(frozen=True)
class LoadedScenario:
    """``text`` is what the file says; transcripts belong to the scenario of ``slug``, by the name of their file.
    ``count`` is how many beats or transcripts there are."""

    part: Part
    slug: str
    title: str
    text: str
    count: int

    def to_data(self) -> dict[str, Any]:
        return asdict(self)


def scenario_from_data(data: Mapping[str, Any]) -> LoadedScenario:
    return LoadedScenario(**{**data, "part": Part(data["part"])})
