"""Takes out what matches the table of patterns: whole lines, sentences, or pieces of a line."""

import re
from dataclasses import replace

from trainer.rules.cleaning import patterns
from trainer.rules.cleaning.ledger import Ledger
from trainer.rules.cleaning.patterns import PATTERNS, Pattern, Scope
from trainer.rules.cleaning.shadow import compact, shadow
from trainer.rules.document import Block, BlockKind

_SENTENCE = re.compile(r"[^。!?;\n]*[。!?;\n]*[\"')》\]]*")
_LONGEST_LINE = 200  # characters; a longer line is no footer
_LINES = [pattern for pattern in PATTERNS if pattern.scope == Scope.LINE]
_SENTENCES = [pattern for pattern in PATTERNS if pattern.scope == Scope.SENTENCE]
_FRAGMENTS = [pattern for pattern in PATTERNS if pattern.scope == Scope.FRAGMENT]
_GREETING = re.compile(r"\s*(?:大家|各位|朋友们|hello|hi)\s?好?[\W_]*")  # of an article, not of a customer
_ONLY_MARKS = re.compile(r"[\W_]*(?:\d{1,3}[\W_]*)?")
_RELATED = 5  # titles in one line make a list of links


def sweep(blocks: list[Block], ledger: Ledger) -> list[Block | None]:
    """The blocks in their places, ``None`` where one went. Tables and headings by style are not looked into."""
    return [_swept(block, ledger) if block.kind != BlockKind.TABLE else block for block in blocks]


def _swept(block: Block, ledger: Ledger) -> Block | None:
    text = block.text
    reason = line_reason(text)
    if reason:
        return None if ledger.take(block.line, block.marked, reason) else block
    plain = shadow(text)
    spans = _fragments(plain) + _sentences(plain)
    if not spans:
        return block
    reason = spans[0][2]
    rest = _without(text, spans)
    if _ONLY_MARKS.fullmatch(rest):
        return None if ledger.take(block.line, block.marked, reason) else block
    for start, end, why in sorted(spans, reverse=True):
        if ledger.take(block.line, text[start:end], why):
            text = f"{text[:start].rstrip()}{text[end:].lstrip()}" if start == 0 or end == len(text) else (
                text[:start] + text[end:]
            )
    text = text.strip()
    reason = line_reason(text) if text != block.text else ""  # what a counter was pasted to
    if reason and ledger.take(block.line, text, reason):
        return None
    return replace(block, text=text) if text else None


def line_reason(text: str) -> str:
    """Why a whole line goes; empty where it does not."""
    if len(text) > _LONGEST_LINE:
        return ""
    line = compact(text)
    for pattern in _LINES:
        if pattern.compiled.fullmatch(line):
            return pattern.reason
    entries = text.split()
    if len(entries) >= _RELATED and not re.search(r"[。!?;]", line) and len(patterns.RELATED_WORDS.findall(line)) >= 3:
        return patterns.READING
    return ""


def _fragments(plain: str) -> list[tuple[int, int, str]]:
    return [
        (found.start(), found.end(), pattern.reason)
        for pattern in _FRAGMENTS
        for found in pattern.compiled.finditer(plain)
        if found[0]
    ]


def _sentences(plain: str) -> list[tuple[int, int, str]]:
    """The sentences that go. Where all others of a line keep them company, the whole line does."""
    cut = [(found.start(), found.end()) for found in _SENTENCE.finditer(plain) if found[0]]
    reasons = [_reason(plain[start:end]) for start, end in cut]
    if not any(reasons):
        return []
    if patterns.SITE in reasons and all(
        reason or patterns.SITE_COMPANY.search(plain[start:end]) or _ONLY_MARKS.fullmatch(plain[start:end])
        for (start, end), reason in zip(cut, reasons, strict=True)
    ):
        return [(0, len(plain), patterns.SITE)]
    if all(reason or _GREETING.fullmatch(plain[start:end]) for (start, end), reason in zip(cut, reasons, strict=True)):
        return [(0, len(plain), next(filter(None, reasons)))]
    gone: list[tuple[int, int, str]] = []
    for (start, end), reason in zip(cut, reasons, strict=True):
        if gone and gone[-1][1] == start and (reason == gone[-1][2] or _ONLY_MARKS.fullmatch(plain[start:end])):
            gone[-1] = (gone[-1][0], end, gone[-1][2])
        elif reason:
            gone.append((start, end, reason))
    return gone


def _reason(sentence: str) -> str:
    found: Pattern | None = next((p for p in _SENTENCES if p.compiled.search(sentence)), None)
    return found.reason if found else ""


def _without(text: str, spans: list[tuple[int, int, str]]) -> str:
    kept, position = [], 0
    for start, end, _ in sorted(spans):
        kept.append(text[position : max(start, position)])
        position = max(end, position)
    return "".join([*kept, text[position:]])
