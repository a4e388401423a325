"""One block of lines → a question, or held for a person with the reason and, where possible, a reading."""

import re

from quizzes.formats.found import FoundQuestion, Held
from quizzes.formats.plain.arranging import judge_cloze, judge_matching, judge_ordering
from quizzes.formats.plain.blocks import Block
from quizzes.formats.plain.choosing import judge_choice
from quizzes.formats.plain.draft import Draft, Signs, draft_of
from quizzes.formats.plain.joining import joined
from quizzes.formats.plain.keys import by_text, keys_in_stem, letters_in, verdict_in
from quizzes.formats.plain.options import Options, bulleted, choice_of, circled, lettered
from quizzes.formats.plain.pairs import bonds_in, columns_in, links_in
from quizzes.formats.plain.rows import Row, shadow_of
from quizzes.formats.plain.telling import judge_text, judge_verdict
from quizzes.rules.vocabulary import Kind

_NUMBERED_KEY = re.compile(r"\(?(\d{1,4})\)?\s?[.、:)]\s{0,3}([A-Ha-h]{1,8}|[√×○对错是否TFYN]|正确|错误)[.。]?")
_JOIN_WORDS = re.compile("连线|连起来|连接|匹配|配对|对应")
_STEM_ENDS = re.compile(r"[?？:：。.]\s*$|\(\s{0,4}[A-H\s]{0,8}\)\s*[。.?？:：]?$|_{2,}")


def judge(block: Block, signs: Signs) -> FoundQuestion | Held:
    """``signs`` are those of the whole file and grow as questions are judged."""
    draft = draft_of(block, signs)
    draft.answer = joined(block.answer or [])
    numbered = _NUMBERED_KEY.fullmatch(shadow_of(draft.answer)) if block.number is not None else None
    if numbered and int(numbered[1]) == block.number:  # a list of keys that has this one only
        draft.answer = draft.answer[numbered.start(2) :]
    key = draft.answer or block.front_key or joined(block.end_key or [])
    match draft.hint:
        case Kind.ORDERING:
            return judge_ordering(draft)
        case Kind.MATCHING:
            return judge_matching(draft)
        case Kind.CLOZE:
            return judge_cloze(draft)
    if draft.hint is None and key and columns_in(draft.rows):
        words = any(_JOIN_WORDS.search(row.shadow) for row in draft.rows[:2])
        if links_in(key) or (words and bonds_in(key)):
            return judge_matching(draft)
    options = _options(draft, key)
    if options is not None:
        return judge_choice(draft, options)
    if _is_verdict(draft, key):
        return judge_verdict(draft)
    return judge_text(draft)


def _options(draft: Draft, key: str) -> Options | None:
    """The options, unless the question is of a kind that has none and its key is no letter of theirs."""
    rows = draft.rows
    found = lettered(rows) or bulleted(rows)
    if found is None and (draft.named or (key and letters_in(key) and "①" <= key.strip("（( ")[0] <= "⑧")):
        found = circled(rows)
        if found is not None and key and not by_text(key, [joined(choice.parts) for choice in found.choices]):
            letters = letters_in(key)
            if not letters or letters[0][0] not in "①②③④⑤⑥⑦⑧":
                found = None
    if found is None:
        return _unlettered(rows, key, draft)
    if draft.hint in (Kind.FREE_TEXT, Kind.FILL, Kind.NUMERIC):
        named = letters_in(key) if key else None
        if not ((named and not named[1]) or any(keys_in_stem(row.shadow) for row in found.before)):
            return None if draft.hint != Kind.FREE_TEXT or key or not draft.soft else found
    return found


def _unlettered(rows: list[Row], key: str, draft: Draft) -> Options | None:
    """Options without letters: lines below the stem, one of which the key repeats."""
    if len(rows) < 3 or (draft.hint in (Kind.FREE_TEXT, Kind.FILL, Kind.TRUE_FALSE, Kind.NUMERIC) and not draft.soft):
        return None
    first = next((place + 1 for place, row in enumerate(rows) if _STEM_ENDS.search(row.shadow)), 1)
    if len(rows) - first < 2:
        first = 1
    lines = [row.text for row in rows[first:]]
    letters = letters_in(key) if key else None
    by_letter = (
        letters is not None and not letters[1] and all(letter in "ABCDEFGH"[: len(lines)] for letter in letters[0])
    )
    glowing = any(row.stretches for row in rows[first:])
    if len(lines) > 8 or not ((key and by_text(key, lines)) or by_letter or (draft.named and glowing)):
        return None
    return Options(tuple(rows[:first]), tuple(choice_of(row) for row in rows[first:]))


def _is_verdict(draft: Draft, key: str) -> bool:
    if draft.hint == Kind.TRUE_FALSE:
        return True
    if draft.hint is not None and not draft.soft:
        return False
    if key:
        verdict = verdict_in(key)
        return verdict is not None and (not verdict[1] or draft.hint is None)
    shadow = joined(draft.rows)
    return any(verdict_in(found.text) for found in keys_in_stem(Row(0, shadow).shadow))
