"""Lines that copying ran together: headings before their first item, items one after the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from trainer.rules.document import Block, BlockKind
from trainer.rules.outline import LABEL, look

_SECTION = re.compile(
    r"((?:[一二三四五六七八九十]{1,3}\s?[、.．]|[Ⅰ-Ⅻ]{1,3}\s?[.．、])\s?[^，。；：！？,;:!?\s0-9]{2,16}?)\s?"
    r"(?=1\s?[.．、]\s?[^\d\s]|第[一二三四五六七八九十百]{1,4}[条條])"
)
_CHAPTER = re.compile(
    r"(第[一二三四五六七八九十百]{1,4}[章篇节節]\s?[^，。；：！？,;:!?\s]{2,16}?)\s?(?=第[一二三四五六七八九十百]{1,4}[条條])"
)
_LABEL = re.compile(r"([㐀-鿿]{2,12})(?=1\s?[.．、]\s?[㐀-鿿])")
_ITEM = re.compile(r"(?<=[。；;！!？?：:”）)」\],，、\s])([0-9]{1,2})\s?([.．、)）])\s?(?=[^\s0-9])")
_CLOSED = "。；;！!？?：:”）)」]"
_CHINESE_ITEM = re.compile(r"(?<=[。；;！!”）)》」])\s{0,3}([二三四五六七八九十]|十[一二三四五六七八九])、(?=\S)")
_BULLET = re.compile(r"\s{0,3}(?=[●○■◆▪➢➤✓✔]\s?\S)|\s{1,3}(?=•\s?\S)")
_NEXT = 12  # lines in which item 2 has to follow item 1
_CHINESE = "〇一二三四五六七八九十"


def unglue(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each heading and each item on a line of its own. Not a character goes."""
    apart: list[Block] = []
    for place, block in enumerate(blocks):
        if block.kind != BlockKind.PARAGRAPH:
            apart.append(block)
            continue
        head, rest = _head(blocks, place)
        if head:
            apart.append(replace(block, text=head[0], kind=BlockKind.HEADING, level=head[1]))
        upcoming = look(blocks[place + 1].text) if place + 1 < len(blocks) else None
        apart += [replace(block, text=text) for text in _items(rest, upcoming.number if upcoming else 0)]
    return apart


def _head(blocks: Sequence[Block], place: int) -> tuple[tuple[str, int] | None, str]:
    """The heading with its level that a line begins with, if any, and the rest of the line."""
    text = blocks[place].text
    for pattern, level in ((_CHAPTER, 2), (_SECTION, 3)):
        found = pattern.match(text)
        if found:
            return (found[1].strip(), level), text[found.end() :].strip()
    found = _LABEL.match(text)
    if found and _second_follows(blocks, place):
        return (found[1], LABEL), text[found.end() :]
    return None, text


def _second_follows(blocks: Sequence[Block], place: int) -> bool:
    for block in blocks[place + 1 : place + 1 + _NEXT]:
        found = look(block.text)
        if found and found.number:
            return found.number == 2
    return False


def _items(text: str, upcoming: int) -> Iterator[str]:
    for bullet in _cut(text, [found.end() for found in _BULLET.finditer(text) if found.start()]):
        yield from _numbered(bullet, upcoming)


def _numbered(text: str, upcoming: int) -> Iterator[str]:
    """Cut before 2. after 1., before 3. after 2.: only numbers that count on from the line's own.

    After a mere comma or blank a number has to be written like the first, and the next line, if it is an item
    (``upcoming`` is its number), has to count on.
    """
    first = look(text)
    wanted = first.number + 1 if first and first.number else 1
    sign = first.marker[-1] if first and first.number else ""
    places: list[int] = []
    for found in _ITEM.finditer(text):
        if int(found[1]) != wanted:
            continue
        loose = text[: found.start()].rstrip()[-1:] not in _CLOSED
        after_comma = text[found.start() - 1] in ",，、"
        if loose and (found[2] != sign or (after_comma and upcoming not in (0, wanted + 1))):
            continue
        places.append(found.start())
        sign = sign or found[2]
        wanted += 1
    if not (first and first.number) and len(places) < 2:
        places = []
    for piece in _cut(text, places):
        chinese = [found.start() for found in _CHINESE_ITEM.finditer(piece)]
        yield from _cut(piece, chinese)


def _cut(text: str, places: Sequence[int]) -> Iterator[str]:
    for start, end in zip([0, *places], [*places, len(text)], strict=True):
        piece = text[start:end].strip()
        if piece:
            yield piece
