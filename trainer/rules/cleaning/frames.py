"""What stands around a document: a site's header, a table of contents, a list of further reading."""

import re
from collections.abc import Sequence

from trainer.rules.cleaning import patterns
from trainer.rules.cleaning.ledger import Ledger
from trainer.rules.cleaning.shadow import compact
from trainer.rules.document import Block, BlockKind
from trainer.rules.outline import is_short, look

CONTENTS = "目录"
_HEAD = 60  # lines in which a site's header has to end
_CONTENTS = 80  # lines of a table of contents
_BARS = 3
_LINKS = 40
_CONTENTS_HEAD = re.compile(r"(?:contents?|catalogue|目录|目次|目录页|本文目录|文章目录|contents目录|目录contents):?")
_LEADER = re.compile(r"(.{1,60}?)[.·…。\s]{3,}\d{1,4}")
_NUMBER = re.compile(r"\d{1,3}")
_PUBLISHED = re.compile(r"(?:发布|更新|发表)(?:时间|日期|于)?:?\d{4}[-./年]")


def sweep_frames(blocks: Sequence[Block | None], source: Sequence[Block], ledger: Ledger) -> list[Block | None]:
    """The blocks without a site's header and without lists of links at the end. ``source`` is before anything went."""
    swept = _without_site_header(list(blocks), source, ledger)
    return _without_reading(swept, ledger)


def _without_site_header(
    blocks: list[Block | None], source: Sequence[Block], ledger: Ledger
) -> list[Block | None]:
    """Above a page's title stand its navigation, its name and its slogan; the date of publishing stands below it."""
    lines = [compact(block.text) for block in source[:_HEAD]]
    bars = [place for place, line in enumerate(lines) if _is_navigation(source[place], line)]
    if len(bars) < _BARS:
        return blocks
    published = next((place for place, line in enumerate(lines) if _PUBLISHED.match(line)), 0)
    end = bars[-1] + 1
    if bars[-1] < published:
        end = max(published - 1, end)  # the line above the date is the title
    for place in range(end):
        block = blocks[place]
        gone = block is not None and (place in bars or (place > bars[0] and len(block.text) <= 24))
        if block is not None and gone and ledger.take(block.line, block.text, patterns.NAVIGATION):
            blocks[place] = None
    return blocks


def _is_navigation(block: Block, line: str) -> bool:
    if line in patterns.NAVIGATION_WORDS:
        return True
    words = [compact(word) for word in re.split(r"[\s|/>·-]+", block.text) if word]
    known = sum(word in patterns.NAVIGATION_WORDS for word in words)
    return known > 0 and (known * 2 >= len(words) or known >= _BARS)


def _without_reading(blocks: list[Block | None], ledger: Ledger) -> list[Block | None]:
    """推荐阅读 and the titles under it, as far as they are mere titles."""
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if block is None or not patterns.READING_HEADS.fullmatch(compact(block.text)):
            place += 1
            continue
        end = place + 1
        while end < len(blocks) and end - place <= _LINKS and _is_link(blocks[end]):
            end += 1
        if end > place + 1 or end == len(blocks):
            for other in range(place, end):
                link = blocks[other]
                if link is not None and ledger.take(link.line, link.marked, patterns.READING):
                    blocks[other] = None
        place = end
    return blocks


def _is_link(block: Block | None) -> bool:
    if block is None:
        return True
    return block.kind != BlockKind.TABLE and len(block.text) <= 60 and not re.search(r"[。；;]", block.text)


def sweep_contents(
    blocks: Sequence[Block | None], source: Sequence[Block], ledger: Ledger
) -> tuple[list[Block | None], frozenset[str]]:
    """The blocks without tables of contents, and the entries of these (compact): the headings of the document.

    ``source`` still has the line 目录 itself.
    """
    swept = list(blocks)
    entries: set[str] = set()
    for place, block in enumerate(source):
        if block.kind == BlockKind.TABLE or not _CONTENTS_HEAD.fullmatch(compact(block.text)):
            continue
        listed = _listed(swept, place + 1)
        if len(listed) < 2:
            continue
        for other in listed:
            entry = swept[other]
            if entry is None:
                continue
            name = _entry(entry.text)
            if ledger.take(entry.line, entry.marked, CONTENTS):
                swept[other] = None
            if not _NUMBER.fullmatch(name):
                entries.add(name)
    return swept, frozenset(entries)


def _listed(blocks: Sequence[Block | None], start: int) -> list[int]:
    """The places of a table of contents' entries: short lines up to where the first of them comes back."""
    seen: set[str] = set()
    places: list[int] = []
    for place in range(start, min(start + _CONTENTS, len(blocks))):
        block = blocks[place]
        if block is None:
            continue
        text = compact(block.text)
        if _entry(block.text) in seen and not _NUMBER.fullmatch(text) and not _LEADER.fullmatch(text):
            return places
        if not (_NUMBER.fullmatch(text) or is_short(block.text) or _LEADER.fullmatch(text)):
            break
        places.append(place)
        seen.add(_entry(block.text))
    dotted = [place for place in places if (block := blocks[place]) and _LEADER.fullmatch(compact(block.text))]
    if len(dotted) > 1:
        return dotted
    later = {
        _entry(block.text)
        for block in blocks[places[-1] + 1 if places else start :]
        if block is not None and len(block.text) <= 60
    }
    returning = [place for place in places if (block := blocks[place]) and _entry(block.text) in later]
    return returning if len(returning) > 1 else []


def _entry(text: str) -> str:
    """An entry of a table of contents without its page and its number."""
    line = compact(text)
    found = _LEADER.fullmatch(line)
    line = found[1] if found else line
    numbered = look(line)
    return numbered.text if numbered and numbered.text else line
