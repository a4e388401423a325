"""Lines that copying ran together: headings before their first item, items one after the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from trainer.rules.document import Block, BlockKind
from trainer.rules.outline import LABEL, Look, look

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
_ANY_BULLET = re.compile(r"\s{0,3}(?=•\s?\S)|\s{0,3}(?=[●○■◆▪➢➤✓✔]\s?\S)")
_FIRST_SECTION = re.compile(r"(?<=[:：。])(?=一、[^，。；：！？,;:!?\s0-9]{2,16}1\s?[.．、]\s?[^\d\s])")
_NEXT = 12  # lines in which item 2 has to follow item 1


def unglue(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each heading and each item on a line of its own. Not a character goes."""
    apart: list[Block] = []
    counted = 0  # the number of the last item
    for place, block in enumerate(blocks):
        if block.kind != BlockKind.PARAGRAPH:
            apart.append(block)
            counted = 0 if block.kind == BlockKind.HEADING else counted
            continue
        upcoming = look(blocks[place + 1].text) if place + 1 < len(blocks) else None
        for part in _cut(block.text, [found.start() for found in _FIRST_SECTION.finditer(block.text)]):
            head, rest = _head(part, blocks, place)
            if head:
                apart.append(replace(block, text=head[0], kind=BlockKind.HEADING, level=head[1]))
                counted = 0
            for text in _items(rest, counted, upcoming):
                apart.append(replace(block, text=text))
                item = look(text)
                counted = item.number if item and item.number else counted
    return apart


def _head(text: str, blocks: Sequence[Block], place: int) -> tuple[tuple[str, int] | None, str]:
    """The heading with its level that a line begins with, if any, and the rest of the line."""
    for pattern, level in ((_CHAPTER, 2), (_SECTION, 4)):
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


def _items(text: str, counted: int, upcoming: Look | None) -> Iterator[str]:
    pattern = _ANY_BULLET if upcoming and upcoming.marker == "•" else _BULLET
    for bullet in _cut(text, [found.end() for found in pattern.finditer(text) if found.start()]):
        yield from _numbered(bullet, counted, upcoming.number if upcoming else 0)


def _numbered(text: str, counted: int, upcoming: int) -> Iterator[str]:
    """Cut before 2. after 1., before 3. after 2.: only numbers that count on from the line's own.

    A line without a number goes on from ``counted``, the last item above, or begins with 1. After a mere comma or
    blank a number has to be written like the first, and the next line, if it is an item (``upcoming`` is its
    number), has to count on.
    """
    first = look(text)
    own = first.number if first else 0
    wanted = own + 1 if own else 0
    sign = first.marker[-1] if first and own else ""
    places: list[int] = []
    for found in _ITEM.finditer(text):
        number = int(found[1])
        if number != wanted and (wanted or number not in (1, counted + 1)):
            continue
        after_comma = text[found.start() - 1] in ",，、"
        loose = text[: found.start()].rstrip()[-1:] not in _CLOSED
        if loose and (found[2] != sign or (after_comma and upcoming not in (0, number + 1))):
            continue
        places.append(found.start())
        sign = sign or found[2]
        wanted = number + 1
    goes_on = own or len(places) > 1 or upcoming == wanted or (wanted == counted + 2 and counted)
    for piece in _cut(text, places if goes_on else []):
        yield from _cut(piece, [found.start() for found in _CHINESE_ITEM.finditer(piece)])


def _cut(text: str, places: Sequence[int]) -> Iterator[str]:
    for start, end in zip([0, *places], [*places, len(text)], strict=True):
        piece = text[start:end].strip()
        if piece:
            yield piece
