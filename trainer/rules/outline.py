"""What a paragraph is by its looks: a heading with its level, an item of a list with its marker, or just text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.rules.document import Block, BlockKind

LABEL = 9  # the level of a short line above some text: a heading too small to begin a lesson
_HEADING_LENGTH = 26  # characters; a longer line is a sentence
_LABEL_LENGTH = 20

_CHINESE = "〇零一二三四五六七八九十百"
_NUMBER = rf"(?:[{_CHINESE}]{{1,4}}|[0-9]{{1,3}})"
_PART = re.compile(rf"第\s?{_NUMBER}\s?(?:篇|部分|编|編|单元|單元|讲|講|课|課)(?![本程堂件])\s?[:：、.．]?")
_CHAPTER = re.compile(rf"第\s?{_NUMBER}\s?章\s?[:：、.．]?")
_SECTION = re.compile(rf"第\s?{_NUMBER}\s?[节節](?![课課日目省])\s?[:：、.．]?")
_ARTICLE = re.compile(rf"第\s?{_NUMBER}\s?[条條](?![件款])\s?[:：、.．]?")
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}\s?[、.．]\s?|[Ⅰ-Ⅻ]{1,3}\s?[.．、]\s?")
_CHINESE_IN_BRACKETS = re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]\s?[、.．]?\s?")
_LEVELS = re.compile(
    r"[1-9][0-9]?(?:[.．][1-9][0-9]?){1,3}(?!\s?[0-9.．%％折元万倍点分天次秒件])[.．、]?\s?(?=[^\s0-9])"
)
_PLAIN_NUMBER = re.compile(r"([0-9]{1,3})\s?(?:[.．](?![0-9])|[、)）](?![0-9]+[、,，]))\s?(?=\S)")
_NUMBER_IN_BRACKETS = re.compile(r"[(（][0-9]{1,3}[)）]\s?[、.．]{0,2}\s?(?=\S)")
_CIRCLED = re.compile(r"[①-⑳❶-❿⑴-⒇]\s?[、.．:：]?\s?(?=\S)")
_BULLET = re.compile(r"[•●○▪■□◆◇★☆➢➤▶►✓✔√]\s*(?=\S)|[·‧∙]\s*(?=\S)|[-–—*+＊]\s+(?=\S)")
_COUNTED = re.compile(r"(.{2,20}?)\s?[(（]?([0-9]{1,2}|[一二三四五六七八九十]{1,2})[)）]?\s?[:：]?")
_SERIES_LEVEL = 5
_NUMBERED_LEVEL = 7
_COLON_INSIDE = re.compile(r"[:：](?=.)")
_FIRST = re.compile(r"第\s?[一1]\s?[章节節条條篇部]|[(（]?一[、.．)）]|Ⅰ")
_TEXTS = (BlockKind.PARAGRAPH, BlockKind.HEADING)
_ENDS = "。！？!?；;…"
_BREAKS = re.compile(r"[。！!；;，,？?…]")
_HAN = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True)
class Look:
    """How a line begins. ``marker`` is what stands before its text, ``level`` that of a heading so marked.

    ``level`` is 0 where such a marker never begins a heading. ``number`` is the number of ``1.`` and its kin.
    """

    marker: str
    text: str
    level: int = 0
    number: int = 0


def look(text: str) -> Look | None:
    """The marker that a line begins with, or ``None`` where it has none."""
    for pattern, level in (
        (_PART, 1),
        (_CHAPTER, 2),
        (_SECTION, 3),
        (_ARTICLE, 6),
        (_CHINESE_NUMBER, 4),
        (_CHINESE_IN_BRACKETS, 6),
        (_LEVELS, 5),
        (_NUMBER_IN_BRACKETS, 0),
        (_CIRCLED, 0),
        (_BULLET, 0),
    ):
        found = pattern.match(text)
        if found and text[found.end() :].strip():
            if pattern is _LEVELS:
                level += found[0].count(".") + found[0].count("．") - 1
            return Look(found[0].strip(), text[found.end() :].strip(), min(level, LABEL - 1))
    hashes = _HASHES.match(text)
    if hashes:
        return Look("", text[hashes.end() :].strip(), len(hashes[1]))
    found = _PLAIN_NUMBER.match(text)
    if found:
        return Look(found[0].strip(), text[found.end() :].strip(), _NUMBERED_LEVEL, int(found[1]))
    return None


def is_short(text: str, longest: int = _HEADING_LENGTH) -> bool:
    """Whether a line may be a heading: few characters, no sentence in it, and not left open by a comma."""
    return len(text) <= longest and bool(_HAN.search(text)) and not _BREAKS.search(text) and text[-1] not in "、—-→"


def ends_a_sentence(text: str) -> bool:
    """Whether a line is closed by a full stop or its like, a closing quote after it allowed."""
    return text.rstrip("”’\"'」』）)】").endswith(tuple(_ENDS)) or text.endswith(("：", ":", "”"))


def mark(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with the paragraphs that look like headings, labels or list items marked as such."""
    series = _series(blocks)
    return [
        replace(block, kind=BlockKind.HEADING, level=_SERIES_LEVEL) if position in series else _mark(blocks, position)
        for position, block in enumerate(blocks)
    ]


def _series(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of lines that differ by their number only: 岗位职责（1）： and later 岗位职责（2）：."""
    places: dict[str, dict[str, int]] = {}
    for position, block in enumerate(blocks):
        found = _COUNTED.fullmatch(block.text) if block.kind == BlockKind.PARAGRAPH else None
        if found and is_short(found[1]):
            places.setdefault(found[1], {}).setdefault(found[2], position)
    return frozenset(place for found in places.values() if len(found) > 1 for place in found.values())


def _mark(blocks: Sequence[Block], position: int) -> Block:
    block = blocks[position]
    if block.kind == BlockKind.LIST_ITEM and block.marker and block.stands_out:
        return _mark_item(block)
    if block.kind != BlockKind.PARAGRAPH:
        return block
    found = look(block.text)
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    if found and not found.marker:
        return replace(block, kind=BlockKind.HEADING, text=found.text, level=found.level)
    if found and found.level and is_short(found.text) and not _COLON_INSIDE.search(found.text):
        if not found.number:
            return replace(block, kind=BlockKind.HEADING, level=found.level)
        if _is_text_under(following):
            return replace(block, kind=BlockKind.HEADING, level=found.level)
    if found:
        return replace(block, kind=BlockKind.LIST_ITEM, text=found.text, marker=found.marker, level=1)
    if not is_short(block.text):
        return block
    over = _level_over(following)
    if over or block.stands_out:
        return replace(block, kind=BlockKind.HEADING, level=over or (2 if following else LABEL))
    if _may_be_label(block.text) and _is_over_text(blocks, position) and not _among_short_lines(blocks, position):
        return replace(block, kind=BlockKind.HEADING, level=LABEL)
    return block


def _level_over(following: Block | None) -> int:
    """The level of a line right above 第一章, 一、 or （一）: it names what is being numbered. 0 for other lines."""
    found = look(following.text) if following is not None and following.kind in _TEXTS else None
    if found is None or not _FIRST.match(found.marker) or not is_short(found.text):
        return 0
    return max(found.level - 1, 1)


def _may_be_label(text: str) -> bool:
    return len(text) <= _LABEL_LENGTH and "、" not in text


def _is_over_text(blocks: Sequence[Block], position: int) -> bool:
    """Whether a short line can name what follows: text, and not the next item of the list that it stands in."""
    if position + 1 >= len(blocks) or blocks[position + 1].kind == BlockKind.HEADING:
        return False
    before = look(blocks[position - 1].text) if position else None
    after = look(blocks[position + 1].text)
    in_list = before is not None and after is not None and 0 < before.number == after.number - 1
    return not in_list and (after is None or not after.level or after.level >= _NUMBERED_LEVEL)


def _mark_item(block: Block) -> Block:
    """An item that Word numbered by itself and that stands out is a heading, e.g. a bold “一、”."""
    found = look(f"{block.marker} {block.text}")
    if found and found.level and is_short(block.text):
        return replace(block, kind=BlockKind.HEADING, text=block.marked, marker="", level=found.level)
    return block


def _is_text_under(block: Block | None) -> bool:
    """Whether a block can be what a numbered heading stands above: text of its own, no further item."""
    return (
        block is not None
        and block.kind == BlockKind.PARAGRAPH
        and look(block.text) is None
        and not is_short(block.text, _LABEL_LENGTH)
    )


def _among_short_lines(blocks: Sequence[Block], position: int) -> bool:
    """Three short lines in a row are a list without markers, not headings; and the last line is above nothing."""
    if position + 1 >= len(blocks):
        return True
    short = [
        0 <= other < len(blocks)
        and blocks[other].kind == BlockKind.PARAGRAPH
        and is_short(blocks[other].text, _LABEL_LENGTH)
        and look(blocks[other].text) is None
        for other in range(position - 2, position + 3)
    ]
    return (short[0] and short[1]) or (short[1] and short[3]) or (short[3] and short[4])
