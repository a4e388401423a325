"""Questions with options: which of them the key names, wherever the key stands."""

import re
from collections.abc import Sequence

from quizzes.formats.found import FoundQuestion, Held
from quizzes.formats.lines import Emphasis
from quizzes.formats.plain.draft import Draft, finish, held
from quizzes.formats.plain.joining import joined
from quizzes.formats.plain.keys import (
    EMPTY,
    HOLE,
    StemKey,
    by_text,
    indexes,
    keys_in_stem,
    letters_in,
    verdict_in,
    verdict_of_option,
)
from quizzes.formats.plain.options import Options, standing_out
from quizzes.formats.plain.rows import shadow_of
from quizzes.rules.questions import GAP
from quizzes.rules.vocabulary import Kind

ORDER_WORDS = re.compile("排序|排列|顺序|先后|次序|步骤依次")
_LOUD = (Emphasis.RED, Emphasis.HIGHLIGHT)  # bold or underlined words often mean nothing
NO_KEY = "没有找到答案，请补上"


def judge_choice(draft: Draft, options: Options) -> FoundQuestion | Held:
    """Single, multiple, true/false with its two options, or ordering: as the heading says and the key bears out."""
    texts = [joined(choice.parts) for choice in options.choices]
    labels = [choice.letter for choice in options.choices]
    stem = joined(options.before)
    if _swallowed(options):
        draft.doubts.append("最后一个选项后面的文字像是解析，不像选项的一部分，请确认")
    if not all(texts):
        return held(draft, "有选项是空白（可能是图片），请补上")
    stem, chosen = _chosen(draft, options, stem, labels, texts)
    if chosen is None:
        return held(draft, "" if draft.doubts else NO_KEY)
    return _conclude(draft, stem, texts, chosen)


def _conclude(draft: Draft, stem: str, texts: Sequence[str], chosen: list[int]) -> FoundQuestion | Held:
    verdicts = [verdict_of_option(text) for text in texts]
    if draft.hint in (Kind.TRUE_FALSE, None) and len(texts) == 2 and set(verdicts) == {True, False}:
        if len(chosen) != 1:
            return held(draft, "判断题只能有一个答案，请核对")
        return finish(draft, Kind.TRUE_FALSE, stem, {"answer": verdicts[chosen[0]]})
    in_order = draft.hint == Kind.ORDERING or (
        draft.hint is None and not draft.named and len(chosen) == len(texts) > 2 and chosen != sorted(chosen)
    )
    if in_order:
        if draft.hint is None and not ORDER_WORDS.search(shadow_of(stem)):
            draft.doubts.append("答案把全部选项排了顺序，像是排序题，但没有写明，请确认题型")
        if sorted(chosen) != list(range(len(texts))):
            return held(draft, "排序题的答案要把每个选项用一次，请核对")
        return finish(draft, Kind.ORDERING, stem, {"items": [texts[place] for place in chosen]}, tuple(texts))
    if len(set(chosen)) < len(chosen):
        return held(draft, "答案里同一个选项写了两次，请核对")
    kind = Kind.MULTIPLE if len(chosen) > 1 else Kind.SINGLE
    if draft.hint == Kind.MULTIPLE:
        kind = Kind.MULTIPLE
    elif draft.hint == Kind.SINGLE and kind == Kind.MULTIPLE:
        draft.doubts.append(f"标明是单选题，答案却有 {len(chosen)} 个，请确认是改为多选题还是改答案")
    elif draft.hint not in (None, Kind.SINGLE) and not draft.soft:
        draft.doubts.append("标明的题型和选项对不上，请确认题型")
    data = {"options": [{"text": text, "correct": place in chosen} for place, text in enumerate(texts)]}
    return finish(draft, kind, stem, data)


def _swallowed(options: Options) -> bool:
    """Whether a line below the last option is no part of it: a broken line is longer than what follows it."""
    parts = options.choices[-1].parts
    return len(parts) > 1 and len(parts[0].text) < 20 and len(parts[1].text) > len(parts[0].text) + 4


# --- which options the key names ---------------------------------------------------------------------------


def _chosen(
    draft: Draft, options: Options, stem: str, labels: Sequence[str], texts: Sequence[str]
) -> tuple[str, list[int] | None]:
    """The stem with its bracket emptied, and the options that the key names."""
    said: list[list[int]] = []
    sources = (("题后", draft.answer), ("题号前", draft.block.front_key), ("答案区", joined(draft.block.end_key or [])))
    for source, text in sources:
        if text:
            found = _read(draft, text, labels, texts)
            if found is None and source == "题后":  # one option a line
                found = by_text(joined(draft.block.answer or [], paragraphs=True), texts)
            if found is None:
                draft.doubts.append(f"{source}的答案“{_short(text)}”和选项对不上，请核对")
                return stem, None
            said.append(found)
    stem, inline = _inline(draft, stem, labels, said)
    if inline:
        said.append(inline)
    signed = [place for place, choice in enumerate(options.choices) if choice.signed]
    if signed:
        said.append(signed)
    if not said:
        return stem, _glowing(draft, options)
    loud = [those for emphasis, those in standing_out(options.choices) if emphasis in _LOUD]
    if loud and all(sorted(those) != sorted(said[0]) for those in loud):
        draft.doubts.append("选项里标红或加亮的和写出的答案不一致，请核对")
    if any(sorted(other) != sorted(said[0]) for other in said[1:]):
        draft.doubts.append("这道题有两个不同的答案，请核对保留哪一个")
    return stem, said[0] if said else None


def _glowing(draft: Draft, options: Options) -> list[int] | None:
    """The options that stand out, where nothing else says the key."""
    found = standing_out(options.choices)
    if found:
        if len({those for _, those in found}) > 1:
            draft.doubts.append("选项里有两种不同的标记，看不出哪一种是答案，请核对")
        draft.signs.seen[found[0][0]] += 1
        return sorted(found[0][1])
    for emphasis in draft.signs.trusted():
        if all(emphasis in choice.glows for choice in options.choices):
            return list(range(len(options.choices)))
    return None


def _read(draft: Draft, text: str, labels: Sequence[str], texts: Sequence[str]) -> list[int] | None:
    """The options that a written key names, by letter or by their words. What follows the letters explains."""
    text = text.strip()
    letters = letters_in(text)
    whole = by_text(text, texts) if letters is None or letters[1] else None
    if letters and not (whole and len(letters[0]) == 1 and letters[1]):
        found = indexes(letters[0], labels)
        if found is not None:
            rest = letters[1]
            if all(label == "" for label in labels):
                draft.doubts.append("选项没有写字母，答案却是字母，请确认对应关系")
            named = by_text(rest, texts) if rest else None
            if rest and named is None:
                if letters_in(rest) or re.match(r"[或/]", rest):
                    return None
                draft.explanation.append(reason(rest))
            elif named is not None and named != found[: len(named)]:
                return by_text(text, texts)
            return found
    if whole:
        return whole
    verdict = verdict_in(text)
    if verdict and len(texts) == 2:
        verdicts = [verdict_of_option(option) for option in texts]
        if verdict[0] in verdicts and set(verdicts) == {True, False}:
            if verdict[1]:
                draft.explanation.append(reason(verdict[1]))
            return [verdicts.index(verdict[0])]
    return None


def _inline(draft: Draft, stem: str, labels: Sequence[str], said: Sequence[list[int]]) -> tuple[str, list[int]]:
    """The key in a bracket of the stem: the stem with that bracket emptied, and what it names."""
    candidates: list[tuple[StemKey, list[int]]] = []
    shadow = shadow_of(stem)
    strange = ""
    for key in keys_in_stem(shadow):
        letters = letters_in(key.text)
        found = indexes(letters[0], labels) if letters else None
        if found is not None:
            candidates.append((key, found))
        elif letters and re.fullmatch(r"[\s。.?？:：]*", shadow[key.end :]):
            strange = key.text
    if said:
        same = [one for one in candidates if sorted(one[1]) == sorted(said[0])]
        if same:
            return emptied(stem, same[-1][0]), []
        if not candidates or EMPTY.search(shadow) or draft.block.front_key:
            return stem, []
        key, found = candidates[-1]
        return (emptied(stem, key), found) if len(candidates) == 1 else (stem, [])
    if not candidates:
        bare = re.search(r"(?<=[\s是为选:])([A-H]{1,8})\s?[.。]?$", shadow)
        named = indexes(bare[1], labels) if bare else None
        if bare and named:  # 正确的是 A
            draft.doubts.append(f"题干末尾的“{bare[1]}”像是答案，请确认")
            return stem[: bare.start()] + HOLE, named
        if strange:
            draft.doubts.append(f"括号里的答案“{strange}”不在选项里，请核对")
        return stem, []
    if len(candidates) > 1:
        draft.doubts.append("题干里有几个括号都像答案，请核对")
    key, found = candidates[-1]
    return emptied(stem, key), found


def reason(text: str) -> str:
    """What follows a key; of （解析：…） only what is inside."""
    found = re.fullmatch(r"\((?:答案)?解析\s?:?(.+)\)[。.]?", shadow_of(text), re.S)
    return text[found.start(1) : found.end(1)].strip() if found and ")" not in found[1].strip(")") else text


def emptied(stem: str, key: StemKey) -> str:
    hole = "" if key.bare else GAP if key.on_line else HOLE
    return stem[: key.start] + hole + stem[key.end :]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 20 else text[:20] + "…"
