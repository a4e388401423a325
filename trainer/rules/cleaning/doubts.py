"""What copying broke beyond repair: shown to a person, never guessed."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from trainer.rules.cleaning.characters import is_toned
from trainer.rules.cleaning.shadow import shadow
from trainer.rules.document import Block, BlockKind, Doubt
from trainer.rules.outline import ends_a_sentence

_AROUND = 12  # characters shown before and after
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]+")
_REPLACED = re.compile(r"�+|锟斤拷|烫烫烫|屯屯屯")
_LATIN_1 = re.compile(r"(?:[ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐâãäåæçèéêëìíîï][\x80-¿€‚ƒ„…†‡ˆ‰Š‹Œ–—‘’“”•˜™š›œžŸ]{1,2}){2,}")
_LOST = re.compile(r"\?\?(?=[㐀-鿿A-Za-z])|(?<=[㐀-鿿])\?(?=[㐀-鿿a-zA-Zà-ǿ])")
_BRACKET = re.compile(r"[(（]([a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6})[)）]")
_STRAY = re.compile(r"(?<=[㐀-鿿])[.`](?=[㐀-鿿])")
_RUN = re.compile(r"[^\x00-\x7f]{6,}")
_CUT_END = re.compile(r"[，,、（(]$|(?:而且|并且|以及|或者|因为|所以|但是|如果|的|和|与|及|或|在|对|把|被)$")
_CUT_START = re.compile(r"^[，,、。；;）)”]|^的(?!确|士|话)")
_RARE_WINDOW, _RARE = 6, 4
_LONG = 25
_CLOSED = 0.7  # of the long paragraphs: then one without an end is odd


def find_doubts(blocks: Sequence[Block]) -> list[Doubt]:
    """Everything odd, in the order of the document."""
    doubts: list[Doubt] = []
    long = [block for block in blocks if block.kind == BlockKind.PARAGRAPH and len(block.text) >= _LONG]
    closed = sum(ends_a_sentence(block.text) for block in long) >= len(long) * _CLOSED
    for place, block in enumerate(blocks):
        texts = [block.text] if block.kind != BlockKind.TABLE else [cell for row in block.rows for cell in row]
        for text in texts:
            doubts += [Doubt(block.line, shown, reason) for shown, reason in _odd(text)]
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            doubts += _cut_off(blocks, place, closed)
    return doubts


def _odd(text: str) -> Iterator[tuple[str, str]]:
    """Each odd place once, with the first reason there is."""
    end = -1
    for start, stop, reason in sorted(_places(text), key=lambda place: place[0]):
        if start > end:
            yield _shown(text, start, stop), reason
            end = stop + _AROUND


def _places(text: str) -> Iterator[tuple[int, int, str]]:
    for pattern, reason in (
        (_PRIVATE, "私有区字符，原字体里才认得，请对照原件补上"),
        (_REPLACED, "乱码，请对照原件改正"),
        (_LATIN_1, "像是编码读错的乱码，请对照原件改正"),
        (_STRAY, "句中多出的符号，请确认是否删去"),
    ):
        for found in pattern.finditer(text):
            yield found.start(), found.end(), reason
    for found in _BRACKET.finditer(text):
        if is_toned(found[1]):
            yield found.start(), found.end(), "拼音前面的字对不上，可能丢了字，请对照原件改正"
    for start, end in _broken(text):
        yield start, end, "可能丢了字或读错了编码，请对照原件改正"


def _broken(text: str) -> Iterator[tuple[int, int]]:
    """Where a question mark stands for a lost character, and where rare characters crowd."""
    for found in _LOST.finditer(text):
        after = text[found.end() : found.end() + _RARE_WINDOW]
        if len(found[0]) > 1 or is_toned(after[:2]) or sum(map(_is_rare, after)) > 1 or after[:1].isascii():
            yield found.start(), found.end()
    for run in _RUN.finditer(text):
        rare = [place for place in range(run.start(), run.end()) if _is_rare(text[place])]
        for first, last in zip(rare, rare[_RARE - 1 :], strict=False):
            if last - first < _RARE_WINDOW:
                yield first, last + 1
                break


@cache
def _is_rare(char: str) -> bool:
    """Whether a character is outside of the 3,755 that everyday Chinese is written with (GB 2312, first level)."""
    if not "㐀" <= char <= "鿿":
        return "゠" <= char <= "ヿ" or char == "€"  # what misread bytes leave among such characters
    try:
        return shadow(char).encode("gb2312")[0] > 0xD7
    except UnicodeEncodeError:
        return True


def _cut_off(blocks: Sequence[Block], place: int, closed: bool) -> Iterator[Doubt]:
    """Half sentences: at the end of an excerpt, and at the beginning of one. ``closed``: most sentences have an end."""
    block = blocks[place]
    last = place + 1 == len(blocks) or blocks[place + 1].kind == BlockKind.HEADING
    first = place == 0 or blocks[place - 1].kind == BlockKind.HEADING
    text = block.text
    if last and (
        _CUT_END.search(text)
        or (closed and len(text) >= _LONG and block.kind == BlockKind.PARAGRAPH and not ends_a_sentence(text))
    ):
        yield Doubt(block.last_line, text[-2 * _AROUND :], "这一段像是没有说完，请对照原件")
    if first and _CUT_START.search(text):
        yield Doubt(block.line, text[: 2 * _AROUND], "这一段像是从半句开始，请对照原件")


def _shown(text: str, start: int, end: int) -> str:
    before, after = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    return f"{'…' if before else ''}{text[before:after]}{'…' if after < len(text) else ''}"
