"""Running headers and footers: the same short line on page after page."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from trainer.rules.cleaning.furniture import line_reason
from trainer.rules.cleaning.ledger import Ledger
from trainer.rules.cleaning.patterns import COUNTER, DECK
from trainer.rules.cleaning.shadow import compact
from trainer.rules.document import Block, BlockKind
from trainer.rules.outline import ends_a_sentence, look

PAGE_REASON = "每页重复的页眉或页脚"
TITLE_REASON = "重复的标题"
_EDGE = 3  # lines from the top or the bottom of a page
_TIMES = 3
_SHARE = 0.5  # of the pages of a short document
_LONGEST = 60
_NUMBER = re.compile(r"\d{1,4}")
# Digits at an end of the line: what changes from page to page.
_COUNTER = re.compile(r"^\d{1,4}(?=\D)|(?:第?\d{1,4}页?(?:[/,|]?共?\d{1,4}页?)?|[-|/]\d{1,4}[-|]?)$")


def sweep_repeats(
    blocks: Sequence[Block | None], source: Sequence[Block], titles: frozenset[str], ledger: Ledger
) -> list[Block | None]:
    """The blocks without the lines that return on every page; ``titles`` are the compact shadows of known titles."""
    repeated = _on_pages(blocks)
    reasons = _in_text(blocks, source, titles) if not repeated else {}
    swept = list(blocks)
    for place, block in enumerate(blocks):
        reason = repeated.get(place) or reasons.get(place)
        if block is not None and reason and ledger.take(block.line, block.text, reason):
            swept[place] = None
    return swept


def _on_pages(blocks: Sequence[Block | None]) -> dict[int, str]:
    pages: dict[str, list[int]] = defaultdict(list)
    for place, block in enumerate(blocks):
        if block is not None and block.place and block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            pages[block.place].append(place)
    if len(pages) < 2:
        return {}
    edges: dict[str, dict[str, int]] = defaultdict(dict)
    for page, places in pages.items():
        for place in dict.fromkeys(places[:_EDGE] + places[-_EDGE:]):
            block = blocks[place]
            if block is not None and _may_run(block, place in (places[0], places[-1])):
                edges[_COUNTER.sub("#", compact(block.text))].setdefault(page, place)
    found: dict[int, str] = {}
    for text, where in edges.items():
        enough = len(where) >= _TIMES or (len(where) >= 2 and len(where) >= len(pages) * _SHARE)
        plain = [block for place in where.values() if (block := blocks[place]) is not None]
        # A heading may return, on slides that continue each other; a numbered line may be one of a list.
        if enough and text and not any(block.kind == BlockKind.HEADING or look(block.text) for block in plain):
            found |= dict.fromkeys(where.values(), PAGE_REASON)
    return found


def _may_run(block: Block, outermost: bool) -> bool:
    """Whether a line at the edge of a page can be a running header: short, no sentence, no heading, no first line
    of a paragraph (which runs to the margin)."""
    if len(block.text) > _LONGEST or ends_a_sentence(block.text) or block.stands_out:
        return False
    return outermost or not block.full


def _is_counter(block: Block) -> bool:
    return bool(_NUMBER.fullmatch(block.text)) or line_reason(block.text) in (COUNTER, DECK)


def _in_text(
    blocks: Sequence[Block | None], source: Sequence[Block], titles: frozenset[str]
) -> dict[int, str]:
    """Without pages: a title that comes back three times, or one that always stands beside a page's counter."""
    places: dict[str, list[int]] = defaultdict(list)
    before = ""  # a title said twice in a row counts once
    for place, block in enumerate(blocks):
        text = ""
        if block is not None and block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and len(block.text) <= _LONGEST:
            text = compact(block.text)
            if not ends_a_sentence(block.text) and not look(block.text) and len(text) >= 4 and text != before:
                places[text].append(place)
        before = text or (before if block is None else "")
    counts = Counter({text: len(where) for text, where in places.items()})
    found: dict[int, str] = {}
    for text, where in places.items():
        beside = [place for place in where if place and blocks[place - 1] is None and _is_counter(source[place - 1])]
        if text in titles and counts[text] >= _TIMES:
            found |= dict.fromkeys(where[1:], TITLE_REASON)
        elif text in titles and len(where) > 1:
            found |= dict.fromkeys([place for place in beside if place != where[0]], TITLE_REASON)
        elif len(where) >= _TIMES and len(beside) * 2 > len(where):
            found |= dict.fromkeys(where, PAGE_REASON)
    return found
