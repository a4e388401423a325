"""Tables of questions, of one question, of keys, or only of layout → rows as if they had been written as lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

from quizzes.formats.lines import Stretch
from quizzes.formats.plain.labels import label_in
from quizzes.formats.plain.rows import Row, shadow_of

_COLUMNS = (
    ("number", r"序号|题号|编号|no\.?|#"),
    ("kind", r"题型|题目类型|试题类型|类型|种类"),
    ("stem", r"题目|题干|试题|问题|题目内容|试题内容|试题题干|内容|考题|question|stem"),
    ("option", r"(?:选项|答案选项|备选)?\s?\(?([a-h])\)?\s?(?:选项|项)?"),
    ("options", r"选项|备选项|备选答案|可选项|选项内容|options?|choices?"),
    ("answer", r"答案|正确答案|参考答案|标准答案|正确选项|answers?|key"),
    ("explanation", r"解析|答案解析|试题解析|说明|解释|依据|explanation"),
    ("marks", r"分值|分数|得分|marks?|points?"),
    ("difficulty", r"难度|难易度|难度系数|difficulty"),
    ("topic", r"知识点|章节|分类|类别|标签|模块|topic"),
)
_LABELS = {
    "kind": "题型",
    "answer": "答案",
    "explanation": "解析",
    "marks": "分值",
    "difficulty": "难度",
    "topic": "知识点",
}
_KEY_CELL = re.compile(r"[A-Ha-h](?:[,、]?\s?[A-Ha-h]){0,7}|[√×]|对|错|正确|错误|[TFYN]")
_NUMBERS_LINE = re.compile(r"题\s?号[\s:|]{0,6}(\d{1,4}(?:[\s|、,]{1,8}\d{1,4}){1,200})[\s|]{0,4}")
_KEYS_LINE = re.compile(r"答\s?案[\s:|]{0,6}(\S.{0,2000})")
_FIELD = re.compile(
    r"题目|题干|试题|问题|题号|题型|[A-Ha-h][.、:]?|选项\s?[A-H]?|答案|正确答案|参考答案|解析|答案解析|分值|难度|知识点"
)


def without_tables(rows: Sequence[Row]) -> list[Row]:
    """The rows with every table written out, and a line of numbers above a line of keys joined to pairs."""
    result: list[Row] = []
    place = 0
    while place < len(rows):
        if not rows[place].cells:
            place = _key_lines(rows, place, result)
            continue
        end = place
        while end < len(rows) and rows[end].cells:
            end += 1
        result += _table(rows[place:end])
        place = end
    return result


def _key_lines(rows: Sequence[Row], place: int, result: list[Row]) -> int:
    row = rows[place]
    numbers = _NUMBERS_LINE.fullmatch(row.shadow) if "题" in row.shadow and place + 1 < len(rows) else None
    keys = _KEYS_LINE.fullmatch(rows[place + 1].shadow) if numbers else None
    if numbers and keys:
        found = _pairs(re.findall(r"\d+", numbers[1]), [part for part in re.split(r"[\s|、,]+", keys[1]) if part])
        if found:
            result.append(Row(row.line, found, source=f"{row.source}\n{rows[place + 1].source}"))
            return place + 2
    result.append(row)
    return place + 1


def _pairs(numbers: Sequence[str], keys: Sequence[str]) -> str:
    """Numbers and keys as ``1.A 2.B``, or nothing where they are no such list."""
    both = [(number.strip(), shadow_of(key).strip()) for number, key in zip(numbers, keys, strict=False) if key.strip()]
    if len(both) < 1 or len([key for key in keys if key.strip()]) > len(numbers):
        return ""
    if not all(number.isdecimal() and _KEY_CELL.fullmatch(key) for number, key in both):
        return ""
    return " ".join(f"{number}.{key}" for number, key in both)


def _table(rows: Sequence[Row]) -> list[Row]:
    columns = _header(rows[0])
    if "stem" in columns.values():
        header = replace(rows[0], text="", cells=())
        return [header, *(piece for row in rows[1:] for piece in _question(row, columns))]
    return _key_table(rows) or [piece for row in rows for piece in _layout(row)]


def _header(row: Row) -> dict[int, str]:
    columns: dict[int, str] = {}
    for place, cell in enumerate(row.cells):
        shadow = shadow_of(cell).strip().strip("*").strip(" :")
        for name, pattern in _COLUMNS:
            found = re.fullmatch(pattern, shadow, re.I)
            if found:
                columns[place] = f"option {found[1].upper()}" if name == "option" else name
                break
    names = list(columns.values())
    if len(names) < 2 or names.count("stem") != 1 or len(set(names)) < len(names):
        return {place: name for place, name in columns.items() if name in ("number", "answer")}
    return columns


def _question(row: Row, columns: dict[int, str]) -> list[Row]:
    cells = row.in_cells()
    fields = {name: cells[place] for place, name in columns.items() if place < len(cells) and cells[place]}
    if not fields.get("stem"):
        return [piece for cell in cells for piece in cell]
    if "stem" in _header(row).values():
        return []  # the header once more, on the next page
    stem, *others = fields["stem"]
    number = fields["number"][0].text.strip(".、 ") if "number" in fields else ""
    prefix = f"{number}. " if number.isdecimal() and not _numbered(stem.text) else ""
    pieces = [stem.behind(prefix, begins=True), *others]
    for name, lines in fields.items():
        if name.startswith("option "):
            has_letter = re.match(rf"{name[-1]}\s?[.、．:：)）]", lines[0].text)
            pieces += [lines[0].behind("" if has_letter else f"{name[-1]}. "), *lines[1:]]
    pieces += _option_cell(fields.get("options", []))
    for name, label in _LABELS.items():
        if name in fields:
            first, *rest = fields[name]
            pieces += [first.behind("" if label_in(first.shadow) else f"【{label}】"), *rest]
    return pieces


def _option_cell(lines: Sequence[Row]) -> list[Row]:
    """Options in one cell: one a line or between bars, with letters or without."""
    parts: list[Row] = []
    for line in lines:
        start = 0
        for bar in re.finditer(r"[|｜]", line.text):
            parts.append(line.cut(start, bar.start()))
            start = bar.end()
        parts.append(line.cut(start))
    parts = [part for part in parts if part.text]
    plain = len(parts) > 1 and not any(re.match(r"\(?[A-Ha-h]\s?[.、:)]", part.shadow) for part in parts)
    return [part.behind("", bullet=plain) for part in parts]


def _numbered(stem: str) -> bool:
    return re.match(r"[(（]?\d{1,4}\s?[.、．)）]", stem) is not None


def _key_table(rows: Sequence[Row]) -> list[Row]:
    """题号 | 1 | 2 above 答案 | A | B, or the two side by side."""
    result: list[Row] = []
    first = [shadow_of(cell).replace(" ", "") for cell in rows[0].cells]
    if first and first[0] in ("题号", "序号", "题目"):
        if len(first) > 1 and first[1].isdecimal():
            for numbers, keys in zip(rows[::2], rows[1::2], strict=False):
                found = _pairs([shadow_of(cell) for cell in numbers.cells[1:]], keys.cells[1:])
                if not found:
                    return []
                result.append(Row(numbers.line, found, source=f"{numbers.source}\n{keys.source}"))
            return result if len(rows) % 2 == 0 else []
        if "答案" in first[1:2] or "正确答案" in first[1:2] or "参考答案" in first[1:2]:
            for row in rows[1:]:
                for place in range(0, len(row.cells) - 1, 2):
                    if row.cells[place].strip():
                        text = f"{row.cells[place].strip('.、 ')}. {row.cells[place + 1]}"
                        result.append(Row(row.line, text, source=row.source))
            return result
    return []


def _layout(row: Row) -> list[Row]:
    """A table that only arranges: a field name with its value, a question in one cell, options in several."""
    cells = [cell for cell in row.in_cells() if cell]
    name = cells[0][0].shadow.strip(" :") if len(cells) == 2 and len(cells[0]) == 1 else ""
    if name and _FIELD.fullmatch(name):
        first, *rest = cells[1]
        if re.fullmatch(r"[A-Ha-h][.、]?", name):
            return [first.behind(f"{name[0].upper()}. "), *rest]
        if name in ("题目", "题干", "试题", "问题"):
            return [first.behind("", begins=True), *rest]
        if name.startswith("选项"):
            letter = name[-1].upper()
            return [first.behind(f"{letter}. "), *rest] if letter in "ABCDEFGH" else _option_cell(cells[1])
        return [first.behind(f"【{name}】"), *rest]
    if any(len(cell) > 1 for cell in cells):
        return [piece for cell in cells for piece in cell]
    gone = Row(row.line, "")
    whole = replace(row, text="\t".join(cell[0].text for cell in cells), cells=(), stretches=_moved(cells))
    return [whole if cells else gone]


def _moved(cells: Sequence[Sequence[Row]]) -> tuple[Stretch, ...]:
    moved: list[Stretch] = []
    start = 0
    for cell in cells:
        moved += [Stretch(s.start + start, s.end + start, s.emphasis) for s in cell[0].stretches]
        start += len(cell[0].text) + 1
    return tuple(moved)
