"""The first rows of each sheet of a file, for a person who says what its columns mean."""

from dataclasses import dataclass

from quizzes.formats.found import Unreadable
from quizzes.formats.sheets.opening import read_sheets
from trainer.readers.files import Wanted

ROWS, COLUMNS, LONGEST = 20, 40, 60


@dataclass(frozen=True)
class FirstRows:
    """``rows``: the number of each row and its cells, cut to what a page can show. A hidden sheet is left out."""

    sheet: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def width(self) -> int:
        return max((len(cells) for _, cells in self.rows), default=0)


def first_rows(data: bytes, name: str, wanted: Wanted | None = None) -> tuple[FirstRows, ...]:
    """Nothing for a file that is no sheet. Read apart like the file itself: see ``commands.bounded_reading``."""
    try:
        sheets = read_sheets(data, name)
    except Unreadable:
        return ()
    return tuple(
        FirstRows(
            sheet.name,
            tuple((row.number, tuple(cell[:LONGEST] for cell in row.cells[:COLUMNS])) for row in sheet.rows[:ROWS]),
        )
        for sheet in sheets
        if not sheet.hidden
    )
