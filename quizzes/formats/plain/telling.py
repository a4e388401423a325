"""Questions without options: right or wrong, gaps, numbers and free texts."""

import re

from quizzes.formats.found import FoundQuestion, Held
from quizzes.formats.lines import Emphasis
from quizzes.formats.plain.choosing import NO_KEY, emptied, reason
from quizzes.formats.plain.draft import RUBRIC, Draft, clean_stem, finish, held
from quizzes.formats.plain.fill import blanks_in, gap_count
from quizzes.formats.plain.joining import joined
from quizzes.formats.plain.keys import StemKey, keys_in_stem, letters_in, verdict_in
from quizzes.formats.plain.numbers import amount_in
from quizzes.formats.plain.rows import Row, shadow_of
from quizzes.rules.questions import GAP
from quizzes.rules.vocabulary import Kind

_MAPPED = re.compile(r"(?:正确|对|√)[^AB]{0,8}(A|B)|(A|B)[^AB]{0,6}(?:表示|代表|为|=|:)?\s?(?:正确|对|√)")
_NOTE = re.compile(r"\(\s{0,3}([^()_]{1,30}?)\s{0,3}\)")
_BEHIND = re.compile(r"\(\s{0,3}(?:答案\s?:?)?([^()_]{1,60}?)\s{0,3}\)\s?[.。]?$")
_CIRCLED = re.compile("[①-⑩]")
_ASIDE = re.compile("含|即|如|例|单位|注|见|指|也|又|或|以下简称|不|可|均")
_SHORT_LINE = re.compile(r"(?<!_)__([^_\s][^_]{0,30}?)__(?!_)")
_ON_LINE = re.compile(r"_{2,}\s{0,3}([^_\s][^_]{0,30}?)\s{0,3}_{2,}")
_ASKS_NUMBER = re.compile("多少|几[天个元次小分件条倍]|计算|算出|求")


def judge_verdict(draft: Draft) -> FoundQuestion | Held:
    """A true/false question whose key is a word, a sign, or A and B where the heading says what they mean."""
    stem = joined(draft.rows)
    said: list[bool] = []
    for text in (draft.answer, draft.block.front_key, joined(draft.block.end_key or [])):
        if not text:
            continue
        verdict = verdict_in(text, figures=draft.hint == Kind.TRUE_FALSE)
        if verdict:
            said.append(verdict[0])
            if verdict[1]:
                draft.explanation.append(reason(verdict[1]))
            continue
        letters = letters_in(text)
        if letters and letters[0] in ("A", "B"):
            said.append(_by_letter(draft, letters[0]))
            if letters[1]:
                draft.explanation.append(reason(letters[1]))
            continue
        return held(draft, "判断题的答案看不懂，请写“正确”或“错误”")
    key = _verdict_in_stem(draft, stem)
    if key is not None:
        stem = emptied(stem, key[0])
        said.append(key[1])
    if not said:
        return held(draft, NO_KEY)
    if len(set(said)) > 1:
        draft.doubts.append("这道题有两个不同的答案，请核对保留哪一个")
    return finish(draft, Kind.TRUE_FALSE, stem, {"answer": said[0]})


def _by_letter(draft: Draft, letter: str) -> bool:
    section = draft.block.section
    title = section.heading.title if section.heading else ""
    found = _MAPPED.search(shadow_of(" ".join([title, *(row.text for row in section.notes)])))
    if found is None:
        draft.doubts.append(f"判断题的答案写成了字母 {letter}，按 A 为正确、B 为错误理解，请确认")
        return letter == "A"
    return letter == (found[1] or found[2])


def _verdict_in_stem(draft: Draft, stem: str) -> tuple[StemKey, bool] | None:
    """The bracket with the verdict: at the beginning or the end of the stem, or the only one."""
    shadow = shadow_of(stem)
    found: list[tuple[StemKey, bool]] = []
    for key in keys_in_stem(shadow):
        verdict = verdict_in(key.text, figures=True)
        if verdict is not None:
            found.append((key, verdict[0]))
        elif draft.hint == Kind.TRUE_FALSE and key.text.upper() in ("A", "B"):
            found.append((key, key.text.upper() == "A"))
    if draft.hint == Kind.TRUE_FALSE and not found:
        figure = re.search(r"\(\s{0,3}([012])\s{0,3}\)[。.]?$|^\(\s{0,3}([012])\s{0,3}\)", shadow)
        if figure:
            group = 1 if figure[1] else 2
            start = shadow.index("(", figure.start())
            end = shadow.index(")", start) + 1
            found.append((StemKey(figure[group], start, end), figure[group] == "1"))
    bare = re.search(r"\s{0,4}([√×])\s{0,2}$", shadow)
    if bare and not found:
        return StemKey(bare[1], bare.start(), len(stem), bare=True), bare[1] == "√"
    ends = [one for one in found if one[0].start == 0 or not shadow[one[0].end :].strip(" 。.!！;；")]
    chosen = ends[-1] if ends else found[-1] if len(found) == 1 else None
    if chosen and chosen[0].text.upper() in ("A", "B") and len(found) == 1:
        return chosen[0], _by_letter(draft, chosen[0].text.upper())
    return chosen


def judge_text(draft: Draft) -> FoundQuestion | Held:
    """Gaps, a number or a free text, as the heading says or, without one, as stem and answer look."""
    end = joined(draft.block.end_key or [])
    answer = draft.answer or end
    if draft.answer and end and shadow_of(draft.answer).strip() != shadow_of(end).strip():
        draft.doubts.append("这道题有两个不同的答案，请核对保留哪一个")
    stem = joined(draft.rows)
    amount = amount_in(answer) if answer else None
    gapped = clean_stem(stem, gaps=True)
    if draft.hint == Kind.FILL or (draft.hint is None and gap_count(gapped)):
        if amount and amount.has_tolerance and gap_count(gapped) == 1:
            return _numeric(draft, gapped, answer)
        return _fill(draft, stem, answer)
    if draft.hint == Kind.NUMERIC or (draft.hint is None and amount):
        if amount and (draft.hint or amount.has_tolerance or _ASKS_NUMBER.search(shadow_of(stem))):
            return _numeric(draft, stem, answer)
        if not answer:
            return held(draft, NO_KEY)
    return _free_text(draft, stem, answer)


def _numeric(draft: Draft, stem: str, answer: str) -> FoundQuestion | Held:
    amount = amount_in(answer)
    if amount is None:
        return held(draft, f"答案“{answer[:20]}”不是一个数，请核对")
    data = {"answer": str(amount.value), "tolerance": str(amount.tolerance), "unit": amount.unit}
    return finish(draft, Kind.NUMERIC, stem, data)


def _free_text(draft: Draft, stem: str, answer: str) -> FoundQuestion | Held:
    if draft.hint in (Kind.SINGLE, Kind.MULTIPLE) or (draft.named and draft.hint is None):
        return held(draft, "没有找到选项，请补上" if answer else "没有找到选项和答案，请补上")
    if not answer and (draft.hint != Kind.FREE_TEXT):
        return held(draft, NO_KEY)
    letters = letters_in(answer) if answer else None
    if letters and not letters[1] and draft.hint is None:
        return held(draft, f"答案是“{answer.strip()}”，却没有找到选项，请补上")
    points = int(draft.marks) if draft.marks and draft.marks == int(draft.marks) and draft.marks >= 1 else 5
    return finish(draft, Kind.FREE_TEXT, stem, {"rubric": [{"points": points, "text": RUBRIC}], "sample": answer})


# --- gaps ------------------------------------------------------------------------------------------------


def _fill(draft: Draft, stem: str, answer: str) -> FoundQuestion | Held:
    gapped = clean_stem(stem, gaps=True)
    behind = _BEHIND.search(shadow_of(stem)) if not answer else None
    if behind:  # ____小时内发货，____小时内揽收。（48，24）
        rest = clean_stem(stem[: behind.start()], gaps=True)
        if gap_count(rest) and blanks_in(stem[behind.start(1) : behind.end(1)], gap_count(rest)):
            answer, gapped = stem[behind.start(1) : behind.end(1)], rest
    if not answer:
        return _filled_in(draft, stem)
    gaps = gap_count(gapped)
    lines_only = clean_stem(stem)
    fewer = gap_count(lines_only)
    if 0 < fewer < gaps and not blanks_in(answer, gaps) and blanks_in(answer, fewer):
        gapped, gaps = lines_only, fewer  # the empty brackets are no gaps
    if gaps == 0:
        gapped = _CIRCLED.sub(GAP, stem)  # 有 ① 和 ② 两种
        gaps = gap_count(gapped)
    if gaps == 0:
        return held(draft, "填空题的题干里没有找到空，请用 ____ 标出")
    blanks = blanks_in(answer, gaps)
    if blanks is None:
        draft.doubts.append(f"题干有 {gaps} 个空，答案“{answer[:30]}”分不清各空是什么，请用“；”隔开")
        blanks = _guess(answer, gaps)
        if blanks is None:
            return held(draft, "")
    return finish(draft, Kind.FILL, gapped, {"blanks": [list(variants) for variants in blanks]})


def _guess(answer: str, gaps: int) -> list[tuple[str, ...]] | None:
    if gaps == 1:
        return [tuple(part.strip() for part in re.split(r"[;；|]+", answer) if part.strip())]
    parts = [part.strip() for part in re.split(r"[;；、,，\s/]+", answer) if part.strip()]
    return [(part,) for part in parts] if len(parts) == gaps else None


def _filled_in(draft: Draft, stem: str) -> FoundQuestion | Held:
    """Answers that stand in their gaps: underlined, between underscores, or in brackets."""
    rows, underlined = _underlined(draft.rows)
    if underlined:
        blanks = [list((blanks_in(text, 1) or [(text,)])[0]) for text in underlined]
        return finish(draft, Kind.FILL, joined(rows), {"blanks": blanks})
    shadow = shadow_of(stem)
    for pattern, gap, sure in ((_SHORT_LINE, GAP, True), (_ON_LINE, GAP, False), (_NOTE, GAP, True)):
        found = list(pattern.finditer(shadow))
        if pattern is _SHORT_LINE and len(found) * 2 != len(re.findall("_{2,}", shadow)):
            continue
        if found and (pattern is not _NOTE or not gap_count(clean_stem(stem, gaps=True))):
            pieces, filled_in, start = [], [], 0
            for one in found:
                filled_in.append(blanks_in(stem[one.start(1) : one.end(1)], 1) or [(one[1],)])
                pieces += [stem[start : one.start()], gap]
                start = one.end()
            if not sure or any(_ASIDE.match(one[1]) for one in found):
                draft.doubts.append("答案像是直接写在空里，请确认")
            filled = "".join([*pieces, stem[start:]])
            return finish(draft, Kind.FILL, filled, {"blanks": [list(blank[0]) for blank in filled_in]})
    return held(draft, NO_KEY)


def _underlined(rows: list[Row]) -> tuple[list[Row], list[str]]:
    result, texts = [], []
    for row in rows:
        spans = sorted((s.start, s.end) for s in row.stretches if s.emphasis == Emphasis.UNDERLINE)
        merged: list[list[int]] = []
        for start, end in spans:
            if merged and not row.text[merged[-1][1] : start].strip():
                merged[-1][1] = max(end, merged[-1][1])
            else:
                merged.append([start, end])
        kept = [(start, end) for start, end in merged if row.text[start:end].strip(" _　")]
        pieces, begin = [], 0
        for start, end in kept:
            texts.append(row.text[start:end].strip(" _　"))
            pieces += [row.text[begin:start], GAP]
            begin = end
        result.append(Row(row.line, "".join([*pieces, row.text[begin:]]), source=row.source) if kept else row)
    return result, texts
