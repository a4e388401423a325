"""Lines that are nothing but a number: of a page, of a slide, of a box in a diagram."""

import re
from collections.abc import Sequence

from trainer.rules.cleaning.ledger import Ledger
from trainer.rules.cleaning.patterns import COUNTER
from trainer.rules.cleaning.shadow import compact
from trainer.rules.document import Block, BlockKind

_NUMBER = re.compile(r"\d{1,4}")
_OF = re.compile(r"(\d{1,4})/(\d{1,4})")
_BOX = "图中的序号"
_RUN = 3


def sweep_numbers(blocks: Sequence[Block | None], source: Sequence[Block], ledger: Ledger) -> list[Block | None]:
    """``blocks`` without counters. ``source`` is the same list before anything went: what stood beside them tells."""
    texts = [compact(block.text) if block and block.kind == BlockKind.PARAGRAPH else "" for block in blocks]
    numbers = {place: int(text) for place, text in enumerate(texts) if _NUMBER.fullmatch(text)}
    series = _series(numbers)
    padded = sum(text.startswith("0") for place, text in enumerate(texts) if place in numbers)
    swept = list(blocks)
    for place, text in enumerate(texts):
        block = blocks[place]
        if block is None:
            continue
        reason = ""
        of = _OF.fullmatch(text)
        if of and 0 < int(of[1]) <= int(of[2]) and _at_edge(blocks, place):
            reason = COUNTER
        elif place in numbers:
            if _beside_furniture(blocks, place) or place in series or _at_page_edge(source, place):
                reason = COUNTER
            elif (len(text) == 2 and text.startswith("0") and padded > 1) or _in_run(numbers, place):
                reason = _BOX
        if reason and ledger.take(block.line, block.text, reason):
            swept[place] = None
    return swept


def _series(numbers: dict[int, int]) -> set[int]:
    """Numbers that grow by one through the whole document, well apart: pages."""
    found: set[int] = set()
    chain: list[int] = []
    for place, number in numbers.items():
        if chain and number == numbers[chain[-1]] + 1 and place - chain[-1] > _RUN:
            chain.append(place)
        elif chain and number == numbers[chain[-1]]:
            continue
        else:
            chain = [place]
        if len(chain) >= _RUN:
            found.update(chain)
    return found


def _in_run(numbers: dict[int, int], place: int) -> bool:
    """1, 2, 3 on lines in a row: boxes of a diagram that lost their text."""
    for first in range(place - 2, place + 1):
        if all(numbers.get(first + step) == numbers.get(first, -9) + step for step in range(_RUN)):
            return True
    return False


def _beside_furniture(blocks: Sequence[Block | None], place: int) -> bool:
    return place > 0 and blocks[place - 1] is None


def _at_page_edge(source: Sequence[Block], place: int) -> bool:
    """Whether a line is the first or last of its page, where the file has pages."""
    here = source[place].place
    if not here:
        return False
    before = source[place - 1].place if place else ""
    after = source[place + 1].place if place + 1 < len(source) else ""
    return before != here or after != here


def _at_edge(blocks: Sequence[Block | None], place: int) -> bool:
    """3/12 alone on a line is a counter unless its neighbours are such numbers, too (a table that lost its lines)."""
    near = [blocks[other] for other in (place - 1, place + 1) if 0 <= other < len(blocks)]
    return not any(block is not None and _OF.fullmatch(compact(block.text)) for block in near)
