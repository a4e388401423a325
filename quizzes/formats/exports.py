"""The formats that questions can be exported to. What is written here, the reader of the format reads back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizzes.formats.found import FoundQuestion
from quizzes.formats.gift import write_gift
from quizzes.formats.moodle_xml import write_moodle_xml
from quizzes.formats.qti import write_qti


@dataclass(frozen=True)
class Export:
    """One format: how its file names end (with the dot), its media type, and what makes the file."""

    ending: str
    media_type: str
    write: Callable[[Sequence[FoundQuestion]], bytes]


FORMATS: dict[str, Export] = {
    "gift": Export(".gift.txt", "text/plain; charset=utf-8", lambda questions: write_gift(questions).encode()),
    "moodle_xml": Export(".xml", "application/xml", write_moodle_xml),
    "qti": Export(".zip", "application/zip", write_qti),
}
