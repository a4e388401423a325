"""Separated text (.csv, .tsv): its separator found out, quoted line breaks kept."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from quizzes.formats.decoding import decode
from quizzes.formats.found import Unreadable
from quizzes.formats.sheets.cells import MOST_ROWS, NO_DOUBTS, Doubt, Gathering, Row, Sheet, clean

MOST_LINES = 2 * MOST_ROWS  # blank ones included
SEPARATORS = (",", "\t", ";", "，", "|")
_BROKEN = "这一格有读不出来的字（�），请核对原文件"
_LOOSE_QUOTE = "这一行的引号没有成对，分列可能不对，请核对"


def read_separated(data: bytes, name: str) -> Sheet:
    """A separated text as one sheet; rows are counted as Excel counts them, a quoted line break inside a row."""
    text = decode(data).removeprefix("\ufeff")
    separator, text = _separator(text, name)
    broken = "�" in text
    rows: list[Row] = []
    gathering = Gathering()
    for number, (cells, doubts) in enumerate(_records(text, separator), 1):
        texts = [clean(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        gathering.count(number, texts)
        if broken and any("�" in cell for cell in texts):
            doubts = {**doubts, **{n: Doubt(_BROKEN) for n, cell in enumerate(texts) if "�" in cell}}
        if len(rows) >= MOST_ROWS:
            raise Unreadable(f"表格超过 {MOST_ROWS // 10_000} 万行，请拆成几个文件再上传。")
        rows.append(Row(number, tuple(texts), doubts))
    return Sheet(name.rpartition("/")[2].rpartition(".")[0] or name, tuple(rows))


def _separator(text: str, name: str) -> tuple[str, str]:
    """The separator and the text without Excel's own line ``sep=;``."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], "\n" + rest  # the row stays counted
    if name.lower().endswith((".tsv", ".tab")) and "\t" in text[:100_000]:
        return "\t", text
    lines = _outside_quotes(text[:20_000]).split("\n")[:60]
    best, most = ",", (0, 0)
    for separator in SEPARATORS:
        counts = Counter(line.count(separator) for line in lines if separator in line)
        if counts:
            width, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
            if (times, width) > most:
                best, most = separator, (times, width)
    return best, text


def _outside_quotes(text: str) -> str:
    """The text without what stands in double quotes, where separators mean nothing."""
    return "".join(text.split('"')[::2])


def _records(text: str, separator: str) -> Iterator[tuple[list[str], dict[int, Doubt]]]:
    """The records in order, blank ones as empty lists. Where quotes do not pair, each line is a record."""
    if _is_sound(text, separator):
        for cells in csv.reader(StringIO(text, newline=""), delimiter=separator):
            yield cells, NO_DOUBTS
        return
    for line in text.split("\n"):
        cells = line.split(separator)
        doubts = {n: Doubt(_LOOSE_QUOTE) for n, cell in enumerate(cells) if '"' in cell}
        yield cells, doubts or NO_DOUBTS


def _is_sound(text: str, separator: str) -> bool:
    """Whether all quotes pair. Raises ``Unreadable`` where there are far too many lines."""
    try:
        for number, _ in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)):
            if number > MOST_LINES:
                raise Unreadable(f"表格超过 {MOST_LINES // 10_000} 万行，请拆成几个文件再上传。")
    except csv.Error:
        return False
    return True
