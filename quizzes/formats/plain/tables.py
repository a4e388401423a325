"""Tables of questions, of one question, of keys, or only of layout → rows as if they had been written as lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

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
        return [piece for row in rows[1:] for piece in _question(row, columns)]
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
    fields = {name: row.cells[place].strip() for place, name in columns.items() if place < len(row.cells)}
    if not fields.get("stem"):
        return [replace(row, cells=())] if row.text else []
    if _header(row).values() and "stem" in _header(row).values():
        return []  # the header once more, on the next page

    def made(text: str, *, begins: bool = False, bullet: bool = False) -> Row:
        return Row(row.line, text, source=row.source, begins=begins, bullet=bullet)

    stem, *others = fields["stem"].split("\n")
    number = fields.get("number", "").strip(".、 ")
    pieces = [
        made(f"{number}. {stem.strip()}" if number.isdecimal() and not _numbered(stem) else stem.strip(), begins=True)
    ]
    pieces += [made(text.strip()) for text in others]
    for name, text in fields.items():
        if name.startswith("option ") and text:
            letter = name[-1]
            pieces.append(made(text if re.match(rf"{letter}\s?[.、．:：)）]", text) else f"{letter}. {text}"))
    if fields.get("options"):
        parts = [part.strip() for part in re.split(r"[\n|｜]", fields["options"]) if part.strip()]
        plain = len(parts) > 1 and not any(re.match(r"[(（]?[A-Ha-hＡ-Ｈ]\s?[.、．:：)）]", part) for part in parts)
        pieces += [made(part, bullet=plain) for part in parts]
    for name, label in _LABELS.items():
        if fields.get(name):
            first, *rest = fields[name].split("\n")
            said = label_in(shadow_of(first))
            pieces.append(made(first if said else f"【{label}】{first.strip()}"))
            pieces += [made(text.strip()) for text in rest]
    return [piece for piece in pieces if piece.text]


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
    cells = [cell for cell in row.cells if cell.strip()]
    if len(cells) == 2 and _FIELD.fullmatch(shadow_of(cells[0]).strip(" :")):
        name = shadow_of(cells[0]).strip(" :")
        first, *rest = cells[1].split("\n")
        if re.fullmatch(r"[A-Ha-h][.、]?", name):
            text = f"{name[0].upper()}. {first}"
        elif name in ("题目", "题干", "试题", "问题"):
            return [Row(row.line, first, source=row.source, begins=not _numbered(first)), *_lines(row, rest)]
        elif name == "选项":
            text = first
        else:
            text = f"【{name}】{first}"
        return [Row(row.line, text, source=row.source), *_lines(row, rest)]
    if any("\n" in cell for cell in cells):
        return [piece for cell in cells for piece in _lines(row, cell.split("\n"))]
    return [replace(row, text="\t".join(cells), cells=())] if cells else []


def _lines(row: Row, texts: Sequence[str]) -> list[Row]:
    return [Row(row.line, text.strip(), source=row.source) for text in texts if text.strip()]
