"""Lines that end where the page ended: joined, where it is clear that they are one sentence."""

import re
from collections.abc import Sequence
from dataclasses import replace

from trainer.rules.cleaning.words import Words
from trainer.rules.document import Block, BlockKind
from trainer.rules.outline import ends_a_sentence, is_short, look

_WIDE = re.compile(r"[⺀-鿿豈-﫿＀-￯　-〿“”‘’…—]")
_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿，、；：。“”（）,;])[ \t]+(?=[㐀-鿿，、；：。“”（）])")
_INNER = re.compile(r"[，,；;：:。！？!?、（(“]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_LATIN_WORDS = re.compile(r"[A-Za-z,-][a-z]")
_OPEN_END = re.compile(r"[，,、（(“《]$|(?:而且|并且|以及|或者|但是|[的和与及或在对把被将])$")
_LABEL = re.compile(r"\S{1,6}[:：]")
_SHORTEST = 15.0  # full characters; a shorter line was ended by its author
_PAIR = 20.0  # from this width on, two lines of one width are enough to see a margin
_NEAR = 2.5  # full characters by which lines of one margin may differ
_AROUND = 6  # lines looked at before and after
_MONSTER = 3.0  # a line so many times longer was never wrapped
_WRAP_SPACE = 15  # characters before a blank that stands for the end of a line
_NO_START = "，。、；：！？）”’》】),.;:!?%"
_FIRST = 2  # characters by which lines that begin alike are told: a list without markers


def join_wraps(blocks: Sequence[Block], words: Words) -> list[Block]:
    """The blocks with wrapped lines joined. Headings, list items and finished sentences end where they end."""
    widths = [width(block.text) for block in blocks]
    joined: list[Block] = []
    open_line = False
    for place, block in enumerate(blocks):
        if joined and open_line:
            before = joined[-1]
            joined[-1] = replace(before, text=join(before.text, block.text), last=block.last_line)
        else:
            joined.append(block)
        open_line = _is_open(blocks, widths, place, words)
    return joined


def close_spaces(blocks: Sequence[Block], words: Words) -> list[Block]:
    """Blanks inside of long lines that once were line ends go; those between short words stay."""
    return [
        replace(block, text=_closed(block.text, words))
        if block.kind != BlockKind.TABLE and " " in block.text
        else block
        for block in blocks
    ]


def join(first: str, second: str) -> str:
    """One line of two: nothing between Chinese characters, a blank between words of letters, no broken hyphen."""
    if not first or not second:
        return first or second
    if first.endswith("-") and first[-2:-1].isalpha() and second[0].islower():
        return first[:-1] + second
    between = " " if _LATIN.match(first[-1]) and _LATIN.match(second[0]) else ""
    return f"{first}{between}{second}"


def width(text: str) -> float:
    """How long a line is in full characters: a Latin letter takes half of one."""
    return sum(1.0 if _WIDE.match(char) else 0.5 for char in text)


def _is_open(blocks: Sequence[Block], widths: Sequence[float], place: int, words: Words) -> bool:
    """Whether the line at ``place`` stops in the middle of a sentence, which the next line goes on with."""
    block, own = blocks[place], widths[place]
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or following is None or not _continues(following):
        return False
    if following.text[0] in _NO_START and (own >= _SHORTEST or following.text[0] in "”’》）)」』"):
        return True
    if ends_a_sentence(block.text):
        return False
    if block.full:
        return True
    if own < _SHORTEST:
        return False
    if words.joined(block.text, following.text) or _LATIN_WORDS.match(block.text[-1] + following.text[0]):
        return True
    if _OPEN_END.search(block.text) or _is_unclosed(block.text):
        return not is_short(following.text)
    near = range(max(place - _AROUND, 0), min(place + _AROUND + 1, len(blocks)))
    margin = max(widths[other] for other in near if widths[other] < own * _MONSTER)
    if _at_margin(blocks, widths, place, near) and own >= margin * 0.4:
        return True
    # No margin to go by: a sentence with its pauses, left without an end, and the next line ends one.
    unfinished = bool(_INNER.search(block.text)) or look(block.text) is not None
    return unfinished and own >= margin * 0.75 and ends_a_sentence(following.text)


def _at_margin(blocks: Sequence[Block], widths: Sequence[float], place: int, near: range) -> bool:
    """Whether lines around stop at the same width without an end, and are sentences, not items that begin alike."""
    own = blocks[place].text
    same = [
        blocks[other].text
        for other in near
        if abs(widths[other] - widths[place]) <= _NEAR and not ends_a_sentence(blocks[other].text)
    ]
    following = blocks[place + 1].text
    pair = widths[place] >= _PAIR and following in same and bool(_INNER.search(own) and _INNER.search(following))
    paused = sum(bool(_INNER.search(text)) for text in same) * 2 >= len(same)
    return following[:_FIRST] != own[:_FIRST] and (pair or (len(same) >= 3 and paused))


def _continues(block: Block) -> bool:
    """Whether a line can be the rest of the one before it."""
    return block.kind == BlockKind.PARAGRAPH and bool(block.text) and look(block.text) is None and not block.stands_out


def _is_unclosed(text: str) -> bool:
    return text.count("（") + text.count("(") > text.count("）") + text.count(")") or text.count("“") > text.count("”")


def _closed(text: str, words: Words) -> str:
    found = list(_BETWEEN_HAN.finditer(text))
    wraps = set()
    position = 0
    for blank in found:
        before, after = text[position : blank.start()], text[blank.end() :]
        torn = words.joined(before, after[:2]) and len(before) >= _WRAP_SPACE / 2
        if (len(before) >= _WRAP_SPACE or torn) and not _LABEL.match(after) and not look(after[:12]):
            wraps.add(blank.start())
        position = blank.end()
    sure = len(wraps) > 1 or any(words.joined(text[:start], text[start:].lstrip()[:2]) for start in wraps)
    if not wraps or not sure:
        return text
    pieces, position = [], 0
    for blank in found:
        pieces.append(text[position : blank.start()] + ("" if blank.start() in wraps else blank[0]))
        position = blank.end()
    return "".join([*pieces, text[position:]])
