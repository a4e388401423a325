"""Questions written as fields, 题目：… 选项A：… 答案：…: each begins with its 题目, whatever field came before it."""

import re
from collections.abc import Sequence

from quizzes.formats.plain.labels import Label, label_in
from quizzes.formats.plain.rows import Row

_STEM = re.compile(r"\(?(?:题目内容|试题内容|题目|题干|试题|题面)\)?\s{0,2}:\s{0,4}")
_NUMBER = re.compile(r"\(?(?:题号|序号|编号)\)?\s{0,2}:\s{0,4}(\d{1,4})\s?")
_AHEAD = (Label.KIND, Label.TOPIC, Label.MARKS, Label.DIFFICULTY)
_FEWEST = 2  # so many fields named 题目 make a file of fields


def without_fields(rows: Sequence[Row]) -> list[Row]:
    """The rows with each 题目 first among the fields of its question, marked as where the question begins."""
    stems = [place for place, row in enumerate(rows) if "题" in row.shadow[:8] and _STEM.match(row.shadow)]
    if len(stems) < _FEWEST:
        return list(rows)
    leading = {_field(row) for row in _ahead(rows[: stems[0]])}
    result: list[Row] = []
    for row in rows:
        found = _STEM.match(row.shadow) if "题" in row.shadow[:8] else None
        if not found:
            result.append(row)
            continue
        ahead: list[Row] = []
        while result and _field(result[-1]) in leading - {""}:
            ahead.insert(0, result.pop())
        numbers = [said[1] for field in ahead if (said := _NUMBER.fullmatch(field.shadow))]
        prefix = f"{numbers[-1]}. " if numbers else ""
        result.append(row.cut(found.end()).behind(prefix, begins=True))
        result += [field for field in ahead if not _NUMBER.fullmatch(field.shadow)]
    return result


def _ahead(rows: Sequence[Row]) -> list[Row]:
    """The fields directly above the end of ``rows``."""
    start = len(rows)
    while start > 0 and _field(rows[start - 1]):
        start -= 1
    return list(rows[start:])


def _field(row: Row) -> str:
    """Which field a row is, of those that may stand above 题目; empty for any other row."""
    if _NUMBER.fullmatch(row.shadow):
        return "number"
    label = label_in(row.shadow)
    return label.label.value if label is not None and label.label in _AHEAD else ""
