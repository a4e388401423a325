"""Blocks of a document → the Markdown of a lesson's body."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from trainer.rules.document import Block, BlockKind
from trainer.rules.outline import LABEL

_PLAIN_NUMBER = re.compile(r"([0-9]{1,3})\s?[.．、)）]")
_LIST = re.compile(r"(?m)^([0-9]{1,3})\.(?= )")
_LINE_START = re.compile(r"(?m)^(\s*)(?=[#>|]|[-+*=](?:\s|$)|[-*_=]{3,}\s*$)")
_NUMBER_START = re.compile(r"(?m)^(\s*[0-9]{1,9})(?=[.)](?:\s|$))")
_BULLETS = "•●○▪■□◆◇★☆➢➤▶►✓✔√·‧∙-–—*+＊"


def body_of(blocks: Sequence[Block], *, written: bool = False) -> str:
    """The Markdown. The highest headings become ``##``, deeper ones follow step by step; labels become bold lines.

    ``written`` says that the texts are Markdown already. Numbers of list items stay as they are in the file: where
    they run on, as a list, else as text.
    """
    levels = sorted({block.level for block in blocks if block.kind == BlockKind.HEADING and block.level < LABEL})
    signs = {level: "#" * min(rank, 6) for rank, level in enumerate(levels, 2)}
    parts: list[str] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        run = list(group)
        if kind == BlockKind.LIST_ITEM:
            parts += _lists(run, written)
        elif kind in (BlockKind.NOTE, BlockKind.QUOTE):
            parts += _quotes(run, written)
        else:
            parts += [_block(block, signs, written) for block in run]
    return "\n\n".join(_told_apart(part for part in parts if part))


def _told_apart(parts: Iterable[str]) -> Iterator[str]:
    """Two numbered lists in a row would become one: the second takes the other delimiter."""
    before = ""
    for part in parts:
        found = _LIST.match(part)
        if found and before == ".":
            part = _LIST.sub(r"\1)", part)
        before = (")" if before == "." else ".") if found else ""
        yield part


def _block(block: Block, signs: Mapping[int, str], written: bool) -> str:
    if block.kind == BlockKind.TABLE:
        return _table(block, written)
    if block.kind != BlockKind.HEADING:
        return block.text if written else escape(block.marked)
    line = " ".join((block.text if written else escape_inline(block.marked)).split())
    if block.level >= LABEL:
        return f"**{line}**" if not line.startswith("**") else line
    return f"{signs[block.level]} {line}"


def _quotes(run: Iterable[Block], written: bool) -> Iterator[str]:
    for (kind, _place), group in groupby(run, key=lambda block: (block.kind, block.place)):
        lines = [line for block in group for line in (block.text if written else escape(block.text)).split("\n")]
        if kind == BlockKind.NOTE:
            lines[0] = f"备注：{lines[0]}"
            yield "\n>\n".join(f"> {line}" for line in lines)
        else:
            yield "\n".join(f"> {line}" if line else ">" for line in lines)


def _lists(run: Sequence[Block], written: bool) -> Iterator[str]:
    """The run as Markdown lists and, where numbers do not run on, as single lines of text."""
    for in_list, segment in _segments(run):
        texts = [" ".join((block.text if written else escape(block.text)).split()) for block in segment]
        if not in_list:
            block = segment[0]
            marked = f"{block.marker}{' ' if block.marker[-1:] == '.' else ''}{texts[0]}"
            yield _NUMBER_START.sub(r"\1\\", marked)
            continue
        lines: list[str] = []
        for block, text in zip(segment, texts, strict=True):
            indent = "   " * (max(block.level, 1) - 1) if lines else ""
            number = _number(block)
            lines.append(f"{indent}- {text}" if number is None else f"{indent}{number}. {text}")
        yield "\n".join(lines)


def _segments(run: Sequence[Block]) -> Iterator[tuple[bool, list[Block]]]:
    """Stretches of the run, each one list, or one single item that is to stand as text."""
    segment: list[Block] = []
    numbers: dict[int, int] = {}
    for block, in_list in zip(run, _listed(run), strict=True):
        number = _number(block)
        goes_on = number is None or numbers.get(block.level, number - 1) == number - 1
        if segment and not (in_list and goes_on):
            yield True, segment
            segment, numbers = [], {}
        if not in_list:
            yield False, [block]
            continue
        segment.append(block)
        if number is not None:
            numbers[block.level] = number
    if segment:
        yield True, segment


def _listed(run: Sequence[Block]) -> list[bool]:
    """Which items may be items of a Markdown list: bullets, and numbers that follow on each other."""
    upcoming: list[int | None] = []
    seen: dict[int, int | None] = {}
    for block in reversed(run):
        upcoming.append(seen.get(block.level))
        seen[block.level] = _number(block)
    flags = []
    last: dict[int, int] = {}
    for block, after in zip(run, reversed(upcoming), strict=True):
        number = _number(block)
        if number is None:
            flags.append(block.marker[:1] in _BULLETS or not block.marker)
        else:
            runs_on = number == 1 or last.get(block.level) == number - 1 or after == number + 1
            flags.append(runs_on or block.marker[-1] in ".)")
            last[block.level] = number
    return flags


def _number(block: Block) -> int | None:
    found = _PLAIN_NUMBER.fullmatch(block.marker)
    return int(found[1]) if found else None


def _table(block: Block, written: bool) -> str:
    rows = [[_cell(cell, written) for cell in row] for row in block.rows]
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    if not block.header:
        rows.insert(0, [""] * width)
    rows.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(text: str, written: bool) -> str:
    line = " ".join((text if written else escape(text)).split())
    return line.replace("\\|", "|").replace("|", "\\|")


def escape(text: str) -> str:
    """``text`` so that Markdown shows it as it is; no more backslashes than are needed for that."""
    return _NUMBER_START.sub(r"\1\\", _LINE_START.sub(r"\1\\", escape_inline(text)))


def escape_inline(text: str) -> str:
    """The same for a text that does not begin a line."""
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~])", r"\\\\", text)
    for sign in "*_`":
        if len(re.findall(rf"{re.escape(sign)}+", text)) > 1:
            text = text.replace(sign, f"\\{sign}")
    return re.sub(r"\](?=\()", r"\\]", text)
