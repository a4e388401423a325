"""Titles of texts that were pasted one after the other: copying doubles them and glues them to what follows."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from trainer.rules.cleaning.ledger import Ledger
from trainer.rules.cleaning.patterns import DECK, FILE_ENDING, TITLE_TAIL
from trainer.rules.cleaning.repeats import TITLE_REASON
from trainer.rules.cleaning.shadow import compact, shadow
from trainer.rules.document import Block, BlockKind
from trainer.rules.outline import is_short, look

_LONGEST = 40
_SHORTEST = 4
_PART = 6  # characters that part of a title must have to be known for one
_SENTENCE = re.compile(r"[。!?;]")
# What goes on with a sentence: the title before it is its subject, not a title.
_GOES_ON = re.compile(
    r"[是指的地得和与及或在中里后前时应须需要可必能会不也都有由将被把按,.:、()!?;》\"]|对于|为(?!了)|如下|以及|主要|包括|包含|就|则|人员|部门|工作$"
)
_ECHO = re.compile(r"(.{4,40}?)([(（]\1[^()（）]{1,20}[)）])")
_NUMBERED = re.compile(r"(\d?)(?=1\s?[.、)])")


def strip_tails(blocks: Sequence[Block | None], ledger: Ledger) -> list[Block | None]:
    """Titles without the file's ending and what else a slide deck is called (PPT课件, 共 92 张); these are headings."""
    stripped = list(blocks)
    for place, block in enumerate(blocks):
        if block is None or block.kind != BlockKind.PARAGRAPH or len(block.text) > _LONGEST:
            continue
        plain = shadow(block.text)
        found = FILE_ENDING.search(plain) or TITLE_TAIL.search(plain)
        if found and found[0].strip() and found.start() >= _SHORTEST and not _SENTENCE.search(plain):
            text = block.text[: found.start()].rstrip()
            if ledger.take(block.line, block.text[found.start() :], DECK):
                block = replace(block, text=text)
            stripped[place] = replace(block, kind=BlockKind.HEADING, level=1)
    return stripped


def drop_echoes(blocks: Sequence[Block | None], ledger: Ledger) -> list[Block | None]:
    """Titles without a bracket that says them again, as search engines are fed: 工作内容(工作内容有哪些)."""
    dropped = list(blocks)
    for place, block in enumerate(blocks):
        found = _ECHO.fullmatch(block.text) if block is not None and len(block.text) <= 2 * _LONGEST else None
        if block is not None and found and ledger.take(block.line, found[2], TITLE_REASON):
            dropped[place] = replace(block, text=found[1])
    return dropped


def find_titles(blocks: Sequence[Block | None]) -> frozenset[str]:
    """The compact shadows of lines that are titles: the next line begins with the same words."""
    titles = {compact(block.text) for block in blocks if block is not None and block.kind == BlockKind.HEADING}
    alive = [block for block in blocks if block is not None]
    titles |= {compact(block.text) for block in alive[:1] if _may_be_title(block) and is_short(block.text)}
    for block, following in pairwise(alive):
        if _may_be_title(block) and following.kind == BlockKind.PARAGRAPH:
            text, other = _named(block), compact(following.text)
            doubled = other == text or (other.startswith(text) and _may_follow(other[len(text) :]))
            if doubled or any(other.startswith(text[start:]) for start in range(1, len(text) - _PART + 1)):
                titles |= {text, compact(block.text)}
    return frozenset(titles)


def undouble(blocks: Sequence[Block | None], titles: frozenset[str], ledger: Ledger) -> list[Block]:
    """Known titles as headings, and the lines under them without their doubles."""
    single: list[Block] = []
    title, counted = "", 0  # the title that the lines stand under, and the number of the last item among them
    for block in blocks:
        if block is None:
            continue
        text = compact(block.text)
        if block.kind == BlockKind.HEADING and _named(block) == title and ledger.take(
            block.line, block.text, TITLE_REASON
        ):
            continue  # the next slide goes on under the same title
        rest = _before_next(title, counted, block)
        if rest and ledger.take(block.line, block.text[:rest], TITLE_REASON):
            block = replace(block, text=block.text[rest:].strip())
        before = single[-1] if single else None
        if before is not None and before.kind == BlockKind.HEADING and block.kind != BlockKind.TABLE:
            rest = _after_title(before, block)
            if rest < len(block.text) and rest and ledger.take(block.line, block.text[:rest], TITLE_REASON):
                block = replace(block, text=block.text[rest:].strip())
            elif rest and rest == len(block.text) and ledger.take(block.line, block.text, TITLE_REASON):
                continue
        if block.kind == BlockKind.PARAGRAPH and text in titles and _may_be_title(block):
            numbered = look(block.text)
            block = replace(block, kind=BlockKind.HEADING, level=numbered.level if numbered else 1)
        single.append(block)
        if block.kind == BlockKind.HEADING:
            title, counted = _named(block), 0
        elif (item := look(block.text)) and item.number:
            counted = item.number
    return single


def unglue_titles(blocks: Sequence[Block]) -> list[Block]:
    """A known title with a number of its own at the head of a line: 客服主管的工作职责51、负责… is two lines."""
    names = {_named(block) for block in blocks if block.kind == BlockKind.HEADING}
    names = {name for name in names if len(name) >= _PART}
    apart: list[Block] = []
    for block in blocks:
        plain = compact(block.text) if block.kind == BlockKind.PARAGRAPH else ""
        name = next((name for name in names if plain.startswith(name)), "")
        if name and re.fullmatch(r"\d{1,2}", plain[len(name) :]):
            block = replace(block, kind=BlockKind.HEADING, level=2)
        elif name and (found := _NUMBERED.match(plain[len(name) :])):
            end = _place_of(block.text, len(name) + len(found[1]))
            apart.append(replace(block, kind=BlockKind.HEADING, level=2, text=block.text[:end].strip()))
            block = replace(block, text=block.text[end:].strip())
        apart.append(block)
    return apart


def _may_be_title(block: Block) -> bool:
    if block.kind != BlockKind.PARAGRAPH or not _SHORTEST <= len(block.text) <= _LONGEST:
        return False
    found = look(block.text)
    if found is not None and found.level > 2:
        return False
    return not _SENTENCE.search(shadow(block.text)) and block.text[-1] not in "：:，,、"


def _named(block: Block) -> str:
    """What a title says without its 第一篇."""
    found = look(block.text)
    return compact(found.text if found and found.text else block.text)


def _may_follow(rest: str) -> bool:
    return not _GOES_ON.match(rest)


def _after_title(title: Block, block: Block) -> int:
    """How many characters of ``block`` say the title over again."""
    name, plain = _named(title), compact(block.text)
    if len(name) < _SHORTEST:
        return 0
    said = 0
    while plain.startswith(name, said) and (said + len(name) == len(plain) or _may_follow(plain[said + len(name) :])):
        said += len(name)
    if said < len(plain):
        said += _part_of_title(name, plain[said:]) if said else 0
    return _place_of(block.text, said)


def _before_next(title: str, counted: int, block: Block) -> int:
    """How many characters of a line say the title before the next item: 沟通技巧2、梳理流程 under 沟通技巧."""
    if len(title) < _PART or block.kind != BlockKind.PARAGRAPH or not compact(block.text).startswith(title):
        return 0
    end = _place_of(block.text, len(title))
    item = look(block.text[end:].strip())
    return end if item and item.number == counted + 1 else 0


def _part_of_title(name: str, plain: str) -> int:
    """The first words of the title once more, right before a numbered line."""
    for length in range(min(len(name), len(plain)), _PART - 1, -1):
        if plain.startswith(name[:length]):
            numbered = look(plain[length:])
            return length if numbered and numbered.marker else 0
    return 0


def _place_of(text: str, count: int) -> int:
    """The place in ``text`` after its first ``count`` characters that are no white space."""
    seen = 0
    for place, char in enumerate(text):
        if seen == count:
            return place
        seen += not char.isspace()
    return len(text)
