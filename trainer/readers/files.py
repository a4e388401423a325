"""A file of any kind → what it holds: questions, lessons with facts, or products. One call for every way in."""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from quizzes.formats.aiken import looks_like_aiken, read_aiken
from quizzes.formats.archive import Ole, ole, open_archive, refuse_ole
from quizzes.formats.decoding import decode
from quizzes.formats.found import FoundQuestion, Held, QuestionsFound, Removed, Unreadable, to_report
from quizzes.formats.gift import looks_like_gift, read_gift
from quizzes.formats.lines import Line
from quizzes.formats.moodle_xml import read_moodle_xml
from quizzes.formats.plain import read_lines, read_text
from quizzes.formats.qti import read_qti
from quizzes.formats.sheets.cells import Sheet
from quizzes.formats.sheets.mapping import InvalidMapping, SheetMappings, mappings_from_data
from quizzes.formats.sheets.opening import read_sheets
from quizzes.formats.sheets.reading import mappings_by_headers, questions_in
from quizzes.formats.word import docx_lines, read_docx
from quizzes.rules.text import fold
from trainer.readers.drafts import DocumentRead, draft_document
from trainer.readers.loaded_scenarios import ENDINGS, read_loaded_scenario
from trainer.readers.product_sheet import ProductsFound, looks_like_products, products_in
from trainer.readers.registry import read_file as read_as_document
from trainer.readers.registry import refuse_foreign
from trainer.rules.document import Document
from trainer.rules.loaded_scenarios import LoadedScenario
from trainer.rules.loads import LoadKind

# A text is a bank of questions when at least this share of it ends up in questions: handbooks have a few at the end.
ENOUGH = 0.3

_SHEETS = (".xlsx", ".xls", ".ods", ".csv", ".tsv")
_WORD, _SLIDES, _WORKBOOK, _CALC = "word/document.xml", "ppt/presentation.xml", "xl/workbook.xml", "content.xml"
_OPTION = re.compile(r"(?:^|[\s　])[（(]?[A-HＡ-Ｈ][)）.．、:：]", re.IGNORECASE | re.MULTILINE)
_XML_ROOT = re.compile(r"<(?!\?|!)(?:[\w.-]{1,40}:)?([\w.-]{1,60})")


@dataclass(frozen=True)
class FileRead:
    """What one file holds. Where ``error`` is set the file could not be read and everything else is empty, but for
    the guess at the columns of a sheet."""

    format: str
    questions: tuple[FoundQuestion, ...] = ()
    held: tuple[Held, ...] = ()
    removed: tuple[Removed, ...] = ()
    document: DocumentRead | None = None
    products: ProductsFound | None = None
    scenarios: tuple[LoadedScenario, ...] = ()
    mappings: SheetMappings | None = None
    error: str | None = None

    def to_report(self, path: str) -> dict[str, Any]:
        """The public shape that ``load_content --dry-run --json`` prints of a file."""
        drafts = self.document.to_report() if self.document else {"lessons": [], "facts": []}
        return {
            "path": path,
            "format": self.format,
            "lessons": drafts["lessons"],
            "facts": drafts["facts"] + (_product_facts(self.products) if self.products else []),
            "questions": [to_report(question) for question in self.questions],
            "held": [{"line": h.line, "text": h.text, "reason": h.reason} for h in self.held],
            "removed": [{"line": r.line, "text": r.text, "reason": r.reason} for r in self.removed],
            "error": self.error,
        }


@dataclass(frozen=True)
class Wanted:
    """How to read a file.

    ``kind`` is what the person says that it holds. ``mapping`` says what the columns of a sheet mean, either whole
    (``quizzes.formats.sheets.mapping.mappings_to_data``) or as ``{header: code}``, other columns being guessed.
    ``keep`` holds the ids of removals that are undone.
    """

    kind: LoadKind = LoadKind.AUTO
    mapping: dict[str, Any] | None = None
    simplify: bool = False
    keep: Set[str] = frozenset()


def read_file(data: bytes, name: str, wanted: Wanted | None = None) -> FileRead:
    """Read a file of whatever kind; never raises for what is in it."""
    try:
        return _reader(data, name)(data, name, wanted or Wanted())
    except Unreadable as error:
        return FileRead("", error=str(error))


def _reader(data: bytes, name: str) -> Callable[[bytes, str, Wanted], FileRead]:
    if ole(data):
        refuse_ole(data, may_be={Ole.EXCEL})
        return _sheets
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        names = open_archive(data)
        if _WORKBOOK in names or _CALC in names:
            return _sheets
        if _WORD in names:
            return _word
        return _document if _SLIDES in names else _package
    if b"%PDF-" in data[:1024]:
        return _laid_out
    if name.lower().endswith(_SHEETS):
        return _sheets
    refuse_foreign(data)
    return _scenario if name.lower().endswith(ENDINGS) else _by_text


def _scenario(data: bytes, name: str, wanted: Wanted) -> FileRead:
    if not data.strip():
        return _document(data, name, wanted)  # says that the file is empty
    scenarios, held = read_loaded_scenario(data, name)
    return FileRead("scenario", held=held, scenarios=scenarios)


# --- by family of formats --------------------------------------------------------------------------------

def _sheets(data: bytes, name: str, wanted: Wanted) -> FileRead:
    if wanted.kind == LoadKind.DOCUMENT:
        return _document(data, name, wanted)
    sheets = read_sheets(data, name)
    if wanted.kind == LoadKind.PRODUCTS or (wanted.kind == LoadKind.AUTO and looks_like_products(sheets)):
        return _goods(products_in(sheets))
    mappings = _mappings(sheets, wanted.mapping)
    if wanted.kind == LoadKind.AUTO and not any(mapping.is_read for mapping in mappings.sheets):
        # Perhaps it is a bank under headers that we do not know: the person may say what its columns are.
        return replace(_document(data, name, wanted), mappings=mappings)
    try:
        return _asked(questions_in(sheets, mappings), mappings)
    except Unreadable as error:  # the person may say what its columns are
        return FileRead("", mappings=mappings, error=str(error))


def _goods(found: ProductsFound) -> FileRead:
    held = tuple(Held(problem.row, "", problem.text) for problem in found.problems)
    return FileRead("products", held=held, products=found)


def _product_facts(found: ProductsFound) -> list[dict[str, str]]:
    return [
        {"subject": product.name, "attribute": cell.name, "value": cell.value, "unit": cell.unit}
        for product in found.products
        for cell in product.attributes
    ]


def _mappings(sheets: Sequence[Sheet], chosen: dict[str, Any] | None) -> SheetMappings:
    try:
        if chosen and "sheets" in chosen:
            return mappings_from_data(chosen)
        return mappings_by_headers(sheets, chosen or {})
    except InvalidMapping as error:
        raise Unreadable(str(error)) from error


def _package(data: bytes, name: str, wanted: Wanted) -> FileRead:
    return _asked(read_qti(data))


def _word(data: bytes, name: str, wanted: Wanted) -> FileRead:
    text = "\n".join(line.text for line in docx_lines(data))
    return _either(read_docx(data, keep=wanted.keep), text, data, name, wanted)


def _laid_out(data: bytes, name: str, wanted: Wanted) -> FileRead:
    """A page or a PDF: its text read line by line, unless it is a document."""
    source = read_as_document(data, name)
    if wanted.kind == LoadKind.DOCUMENT:
        return _drafted(source, wanted)
    lines = [Line(number, text) for number, text in source.lines()]
    found = read_lines(lines, source.format, keep=wanted.keep)
    if wanted.kind == LoadKind.AUTO and not _is_a_bank(found, "\n".join(line.text for line in lines)):
        return _drafted(source, wanted)
    return _asked(found)


def _by_text(data: bytes, name: str, wanted: Wanted) -> FileRead:
    read_as = read_as_document(data, name) if not data.strip() else None  # says that the file is empty
    if read_as or wanted.kind == LoadKind.DOCUMENT:
        return _document(data, name, wanted)
    text = decode(data)
    root = _XML_ROOT.search(text[:20_000]) if text.lstrip("\ufeff \t\r\n").startswith("<") else None
    match root.group(1).lower() if root else "":
        case "quiz":
            return _asked(read_moodle_xml(data))
        case "questestinterop" | "assessmentitem" | "assessmenttest" | "qti-assessment-item" | "qti-assessment-test":
            return _asked(read_qti(data))
        case "":
            pass
        case _:
            return _laid_out(data, name, wanted)
    if name.lower().endswith(".gift") or looks_like_gift(text):
        return _asked(read_gift(text))
    if looks_like_aiken(text):
        return _asked(read_aiken(text))
    return _either(read_text(data, keep=wanted.keep), text, data, name, wanted)


def _either(found: QuestionsFound, text: str, data: bytes, name: str, wanted: Wanted) -> FileRead:
    """Questions where ``text`` is a bank of them or the person says so, a document otherwise.

    A bank is never read as a document: it may be longer than any document that somebody would review.
    """
    if wanted.kind == LoadKind.QUESTIONS or (wanted.kind == LoadKind.AUTO and _is_a_bank(found, text)):
        return _asked(found)
    return _document(data, name, wanted)


def _document(data: bytes, name: str, wanted: Wanted) -> FileRead:
    return _drafted(read_as_document(data, name), wanted)


def _drafted(source: Document, wanted: Wanted) -> FileRead:
    read = draft_document(source, simplify=wanted.simplify, keep=wanted.keep)
    return FileRead(read.format, removed=read.removed, document=read)


def _asked(found: QuestionsFound, mappings: SheetMappings | None = None) -> FileRead:
    return FileRead(found.format, found.questions, found.held, found.removed, mappings=mappings)


def _is_a_bank(found: QuestionsFound, text: str) -> bool:
    """Whether enough of the text became questions, or waits for a person with options to choose from.

    A numbered rule in a handbook is held, too, as a question without a key; but it has no options.
    """
    asked = [_all_of(question) for question in found.questions]
    asked += [held.text for held in found.held if len(_OPTION.findall(held.text)) > 1]
    return bool(asked) and sum(len(_flat(piece)) for piece in asked) >= ENOUGH * len(_flat(text))


def _all_of(question: FoundQuestion) -> str:
    report = to_report(question)
    options = [option["text"] for option in report["options"]]
    answers = [variant for gap in report["answers"] for variant in gap]
    pairs = [side for pair in report["pairs"] for side in pair]
    return "".join(map(str, [report["stem"], report["explanation"], *options, *answers, *pairs]))


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", fold(text))
