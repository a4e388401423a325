"""Entries of a list of keys → their questions, by group and number, or by order where the counts agree."""

from collections.abc import Sequence

from quizzes.formats.found import Held
from quizzes.formats.plain.blocks import Block, KeyList, source_lines
from quizzes.formats.plain.headings import Heading
from quizzes.formats.plain.keylists import Entry, Group, fitting, read_list
from quizzes.formats.plain.rows import Row


def give_keys(keys: KeyList, blocks: Sequence[Block]) -> list[Held]:
    """Write each key of the list into its question among ``blocks``; gives what found none, held."""
    held: list[Held] = []
    groups = [group for group in read_list(keys) if group.entries or group.loose]
    for group, members in _assigned(groups, blocks):
        held += [Held(row.line, row.source, "这一行在答案区里，但看不出是哪道题的答案，请核对") for row in group.loose]
        if not group.entries:
            continue
        if members is None:
            held.append(_held(group.entries, "答案区的这一组找不到对应的题目，请核对题号和标题"))
        elif all(entry.number is None for entry in group.entries):
            held += _by_order(group.entries, members)
        else:
            held += _by_number(group.entries, members)
    return held


def _by_order(entries: Sequence[Entry], members: Sequence[Block]) -> list[Held]:
    tokens = [entry.rows[0].text for entry in entries]
    choices = [tuple(members), tuple(block for block in members if not block.answer)]
    for blocks in choices:
        fitted = fitting(tokens, len(blocks))
        if fitted is not None and blocks:
            row = entries[0].rows[0]
            for block, key in zip(blocks, fitted, strict=True):
                block.end_key = [Row(row.line, key, source=key)]
            return []
    count = len(tokens) if len(tokens) > 1 else len(tokens[0])
    reason = f"按顺序写的答案有 {count} 个，题目有 {len(members)} 道，数目不一致，无法逐一对应，请核对"
    for block in members:
        block.doubts.append(reason)
    return [_held(entries, reason)]


def _by_number(entries: Sequence[Entry], members: Sequence[Block]) -> list[Held]:
    unclear: dict[tuple[int, str], list[Entry]] = {}
    known: dict[int | None, list[Block]] = {}
    for block in members:
        known.setdefault(block.number, []).append(block)
    counted = all(block.number is None for block in members)
    for entry in entries:
        candidates = known.get(entry.number, [])
        if not candidates and entry.number is not None and counted:
            candidates = list(members[entry.number - 1 : entry.number])  # unnumbered questions are counted
        if entry.number is None:
            candidates, problem = [], "没有写题号"
        elif not candidates:
            problem = "找不到这道题"
        elif len(candidates) > 1:
            problem = f"这个题号有 {len(candidates)} 道题，看不出答案属于哪一道"
        elif candidates[0].end_key is not None:
            problem = "答案写了两次"
        else:
            candidates[0].end_key = entry.rows
            candidates[0].end_explanation = entry.explanation
            continue
        for block in candidates:
            block.doubts.append(f"答案区里第 {entry.number} 题：{problem}，请核对")
        unclear.setdefault((entry.rows[0].line if entry.rows else 0, problem), []).append(entry)
    return [
        _held(those, f"答案区里第 {_numbers(those)} 题：{problem}，请核对") for (_, problem), those in unclear.items()
    ]


def _numbers(entries: Sequence[Entry]) -> str:
    shown = "、".join(str(entry.number or "？") for entry in entries[:10])
    return shown if len(entries) <= 10 else f"{shown} 等 {len(entries)} "


def _held(entries: Sequence[Entry], reason: str) -> Held:
    rows = [row for entry in entries for row in (*entry.rows, *entry.explanation)]
    line = rows[0].line if rows else 0
    return Held(line, " ".join(source_lines(rows)), reason)


# --- which group is for which section ----------------------------------------------------------------------


def _assigned(groups: Sequence[Group], blocks: Sequence[Block]) -> list[tuple[Group, list[Block] | None]]:
    parts = _parts(blocks)
    if any(group.heading for group in groups):
        return _by_heading(groups, parts, blocks)
    result: list[tuple[Group, list[Block] | None]] = []
    for group in groups:
        runs = _runs(group.entries)
        if len(parts) > 1 and len(runs) == len(parts) and _repeats(blocks):
            result += [(Group(None, run), part) for run, part in zip(runs, parts, strict=True)]
            group.entries = []
        result.append((group, list(blocks)))
    return result


def _by_heading(
    groups: Sequence[Group], parts: list[list[Block]], blocks: Sequence[Block]
) -> list[tuple[Group, list[Block] | None]]:
    result: list[tuple[Group, list[Block] | None]] = []
    free = list(parts)
    chosen: list[list[Block] | None] = []
    for group in groups:
        part = _for_heading(group.heading, free) if group.heading else None
        if part is not None:
            free.remove(part)
        chosen.append(part)
    for place, group in enumerate(groups):
        part = chosen[place]
        if part is None and group.heading is None:
            part = list(blocks)
        elif part is None and len(free) == 1 and chosen.count(None) == 1:
            part = free[0]
        elif part is None and len(parts) == 1:
            part = parts[0]
        result.append((group, part))
    return result


def _for_heading(heading: Heading, parts: Sequence[list[Block]]) -> list[Block] | None:
    """The part whose heading says the same: ordinal and kind, kind alone if only one has it, or the ordinal alone."""

    def same_kind(part: list[Block]) -> bool:
        other = part[0].section.heading
        return other is not None and heading.names_kind and other.names_kind and other.kind == heading.kind

    def same_ordinal(part: list[Block]) -> bool:
        other = part[0].section.heading
        return other is not None and bool(heading.ordinal) and other.ordinal == heading.ordinal

    both = [part for part in parts if same_kind(part) and same_ordinal(part)]
    kinds = [part for part in parts if same_kind(part)]
    ordinals = [part for part in parts if same_ordinal(part)]
    for candidates in (both, kinds, ordinals if not heading.names_kind else []):
        if candidates:
            return candidates[0]
    return None


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """The questions by section."""
    parts: list[list[Block]] = []
    for block in blocks:
        if not parts or parts[-1][0].section is not block.section:
            parts.append([])
        parts[-1].append(block)
    return parts


def _repeats(blocks: Sequence[Block]) -> bool:
    numbers = [block.number for block in blocks if block.number is not None]
    return len(set(numbers)) < len(numbers)


def _runs(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries, a new run wherever the numbers begin again."""
    runs: list[list[Entry]] = []
    for entry in entries:
        if not runs or (entry.number is not None and (runs[-1][-1].number or 0) >= entry.number):
            runs.append([])
        runs[-1].append(entry)
    return runs
