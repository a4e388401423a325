"""The formats that questions can be exported to. What is written here, the reader of the format reads back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizzes.formats.found import FoundQuestion
from quizzes.formats.gift import write_gift
from quizzes.formats.moodle_xml import write_moodle_xml
from quizzes.formats.qti import write_qti
from quizzes.formats.sheets.writing import write_sheet


@dataclass(frozen=True)
class Export:
    """One format: its name, how its file names end (with the dot), its media type, and what makes the file.

    ``write`` raises ``Unwritable`` where a question does not fit into the format.
    """

    title: str
    ending: str
    media_type: str
    write: Callable[[Sequence[FoundQuestion]], bytes]


FORMATS: dict[str, Export] = {
    "xlsx": Export(
        "Excel", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_sheet
    ),
    "gift": Export("GIFT", ".gift.txt", "text/plain; charset=utf-8", lambda questions: write_gift(questions).encode()),
    "moodle_xml": Export("Moodle XML", ".xml", "application/xml", write_moodle_xml),
    "qti": Export("QTI 2.1", ".zip", "application/zip", write_qti),
}
