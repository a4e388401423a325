"""All samples: the files of ``questions/``, those that code builds, and packages zipped from a folder.

Beside each sample lies ``NAME.truth.json``. Where that is all, the sample is built from it.
"""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.samples import sheet_headers, sheet_layouts, sheets, word_containers, word_layouts, words

FOLDER = Path(__file__).parent / "questions"
BUILT: Mapping[str, Callable[[words.Questions], bytes]] = {
    "red-options.docx": words.red_options,
    "highlighted-options.docx": words.highlighted_options,
    "red-letters-in-brackets.docx": words.red_letters_in_brackets,
    "numbered-automatically.docx": words.numbered_automatically,
    "one-row-each.docx": words.one_row_each,
    "options-in-columns.docx": words.options_in_columns,
    "bold-options.docx": word_layouts.bold_options,
    "red-letter-only.docx": word_layouts.red_letter_only,
    "underlined-gaps.docx": word_layouts.underlined_gaps,
    "line-breaks.docx": word_layouts.line_breaks,
    "tracked-changes.docx": word_layouts.tracked_changes,
    "lists-begin-anew.docx": word_layouts.lists_begin_anew,
    "a-table-each.docx": word_layouts.a_table_each,
    "keys-in-a-table.docx": word_layouts.keys_in_a_table,
    "options-in-a-borderless-table.docx": word_layouts.options_in_a_borderless_table,
    "red-words-in-stems.docx": word_containers.red_words_in_stems,
    "red-answer-lines.docx": word_containers.red_answer_lines,
    "numbered-by-style.docx": word_containers.numbered_by_style,
    "numbered-and-red.docx": word_containers.numbered_and_red,
    "paper-in-one-cell.docx": word_containers.paper_in_one_cell,
    "question-and-options-in-a-cell.docx": word_containers.question_and_options_in_a_cell,
    "content-controls.docx": word_containers.content_controls,
    "usual-headers.xlsx": sheets.usual_headers,
    "several-sheets.xlsx": sheets.several_sheets,
    "key-as-text.xlsx": sheets.key_as_text,
    "changed-cells.xlsx": sheets.changed_cells,
    "csv-of-windows.csv": sheets.csv_of_windows,
    "other-headers.xlsx": sheet_layouts.other_headers,
    "options-in-one-cell.xlsx": sheet_layouts.options_in_one_cell,
    "options-by-bars.xlsx": sheet_layouts.options_by_bars,
    "merged-kinds.xlsx": sheet_layouts.merged_kinds,
    "no-kinds.xlsx": sheet_layouts.no_kinds,
    "keys-as-numbers.xlsx": sheet_layouts.keys_as_numbers,
    "changed-options.xlsx": sheet_layouts.changed_options,
    "csv-with-semicolons.csv": sheet_layouts.csv_with_semicolons,
    "headers-in-two-rows.xlsx": sheet_headers.headers_in_two_rows,
    "headers-far-below.xlsx": sheet_headers.headers_far_below,
    "options-under-one-name.xlsx": sheet_headers.options_under_one_name,
    "lines-without-letters.xlsx": sheet_headers.lines_without_letters,
    "formulas.xlsx": sheet_headers.formulas,
    "shown-otherwise.xlsx": sheet_headers.shown_otherwise,
    "tabs-from-excel.tsv": sheet_layouts.tabs_from_excel,
}


@dataclass(frozen=True)
class Sample:
    """``file`` is the name a person would upload; ``truth`` has ``style``, ``questions`` and ``held``."""

    file: str
    truth: Mapping[str, Any]

    def content(self) -> bytes:
        if self.file in BUILT:
            return BUILT[self.file](self.truth["questions"])
        path = FOLDER / self.file
        return zipped(path.with_suffix("")) if path.suffix == ".zip" else path.read_bytes()


def samples(folder: Path = FOLDER) -> list[Sample]:
    """Every sample, by name."""
    built = {Path(file).stem: file for file in BUILT}
    found = []
    for path in sorted(folder.glob("*.truth.json")):
        name = path.name.removesuffix(".truth.json")
        files = [other.name for other in folder.glob(f"{name}.*") if other != path]
        if (folder / name).is_dir():
            files.append(f"{name}.zip")
        if name in built:
            files.append(built[name])
        (file,) = files
        found.append(Sample(file, json.loads(path.read_text(encoding="utf-8"))))
    return found


def zipped(folder: Path) -> bytes:
    """The folder as a package: its files with their paths, the manifest first."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*"), key=lambda path: (path.name != "imsmanifest.xml", str(path))):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return stream.getvalue()
