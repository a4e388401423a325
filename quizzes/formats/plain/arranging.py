"""Questions that put things in order, join two columns, or choose words for gaps."""

import re

from quizzes.formats.found import FoundQuestion, Held
from quizzes.formats.plain.choosing import NO_KEY
from quizzes.formats.plain.draft import Draft, clean_stem, finish, held
from quizzes.formats.plain.fill import blanks_in, gap_count
from quizzes.formats.plain.joining import joined
from quizzes.formats.plain.keys import by_text
from quizzes.formats.plain.options import LETTERS, circled, lettered
from quizzes.formats.plain.pairs import bonds_in, columns_in, match
from quizzes.formats.plain.rows import Row, shadow_of
from quizzes.rules.text import fold
from quizzes.rules.vocabulary import Kind

_ITEM = re.compile(r"(?:\(\s?(\d{1,2})\s?\)|(\d{1,2})\s?[.、)](?!\d))\s{0,4}")
_BANK = re.compile(
    r"\(?\s?(?:备选|可选|供选|候选|选|词库|待选|参考)(?:择)?(?:的)?(?:词语|词汇|词|项|答案|库|短语)?\s?\)?\s?:\s{0,3}"
)
_WORDS = re.compile(r"[、,，;；|/\s\t]{1,6}")
_SIGNS = re.compile(r"\d{1,2}|[A-Ha-h]|[①-⑧]")


def judge_ordering(draft: Draft) -> FoundQuestion | Held:
    """Steps with letters, circled figures or numbers, and a key that names each once."""
    found = lettered(draft.rows) or circled(draft.rows)
    if found:
        before, labels = list(found.before), [choice.letter for choice in found.choices]
        texts = [joined(choice.parts) for choice in found.choices]
    else:
        before, labels, texts = _numbered(draft.rows)
    answer = draft.answer or joined(draft.block.end_key or [])
    if len(texts) < 3:
        return held(draft, "排序题要有至少三个选项，请核对")
    if not answer:
        return held(draft, NO_KEY)
    order = _order(answer, labels, texts)
    if order is None:
        return held(draft, "排序题的答案要把每个选项用一次，请核对")
    return finish(draft, Kind.ORDERING, joined(before), {"items": [texts[place] for place in order]}, tuple(texts))


def _numbered(rows: list[Row]) -> tuple[list[Row], list[str], list[str]]:
    before: list[Row] = []
    labels: list[str] = []
    texts: list[str] = []
    for row in rows:
        found = list(_ITEM.finditer(row.shadow))
        if not found or found[0].start() > 0:
            if texts:
                texts[-1] += row.text
            else:
                before.append(row)
            continue
        for place, one in enumerate(found):
            end = found[place + 1].start() if place + 1 < len(found) else len(row.text)
            labels.append(one[1] or one[2])
            texts.append(row.text[one.end() : end].strip(" \t;；,，"))
    return before, labels, texts


def _order(answer: str, labels: list[str], texts: list[str]) -> list[int] | None:
    shadow = shadow_of(answer).strip(" 。.;")
    if re.fullmatch(r"(?:(?:\d{1,2}|[A-Ha-h]|[①-⑧])[\s>,、;:()-]{0,5}){2,}", shadow):
        signs = [sign.upper() for sign in _SIGNS.findall(shadow)]
        if len(signs) == 1 or (signs and signs[0].isdigit() and len(signs) < len(texts)):
            signs = list(re.sub(r"\D", "", shadow))
        if len(set(labels) & set(signs)) == len(labels) == len(signs):
            return [labels.index(sign) for sign in signs]
        if len(signs) == len(texts) and set(signs) == set(LETTERS[: len(texts)]):
            return [LETTERS.index(sign) for sign in signs]
        return None
    parts = [fold(part) for part in re.split(r"\s{0,3}(?:-{1,3}>?|>|\n|;|,|、)\s{0,3}", shadow) if part.strip()]
    folded = [fold(shadow_of(text)) for text in texts]
    if sorted(parts) == sorted(folded):
        return [folded.index(part) for part in parts]
    named = by_text(answer, texts)
    return named if named and sorted(named) == list(range(len(texts))) else None


def judge_matching(draft: Draft) -> FoundQuestion | Held:
    """Two columns and a key such as 1-C 2-A; or a key that writes out the pairs."""
    answer = draft.answer or joined(draft.block.end_key or [], paragraphs=True)
    columns = columns_in(draft.rows)
    if not answer:
        return held(draft, NO_KEY)
    if columns is None:
        pairs = bonds_in(answer)
        if pairs is None:
            return held(draft, "看不出连线题的左右两列，请把左列写成 1. 2. 3.，右列写成 A. B. C.")
        draft.doubts.append("题目里看不出左右两列，按答案里的配对理解，请确认")
        return finish(draft, Kind.MATCHING, joined(draft.rows), {"pairs": [list(pair) for pair in pairs]})
    matched = match(columns, answer)
    if matched is None:
        return held(draft, "连线题的答案没有给左列每一项恰好一个搭档，请核对")
    pairs, extra = matched
    data = {"pairs": [list(pair) for pair in pairs], "extra": extra}
    return finish(draft, Kind.MATCHING, joined(columns.before), data)


def judge_cloze(draft: Draft) -> FoundQuestion | Held:
    """Gaps and a bank of words, in the question or above it; each gap takes one of them."""
    answer = draft.answer or joined(draft.block.end_key or [])
    stem, bank = _bank(draft.rows)
    if not bank:
        _, bank = _bank(draft.block.section.notes[1:])
    gapped = clean_stem(stem, gaps=True)
    gaps = gap_count(gapped)
    if not answer:
        return held(draft, NO_KEY)
    if len(bank) < 2 or not gaps:
        return held(draft, "看不出选词填空的备选词或空，请核对")
    words = _words(answer, gaps, bank)
    if words is None:
        return held(draft, f"题干有 {gaps} 个空，答案对不上备选词，请核对")
    data = {"gaps": [[{"text": text, "correct": text == word} for text in bank.values()] for word in words]}
    return finish(draft, Kind.CLOZE, gapped, data)


def _bank(rows: list[Row]) -> tuple[str, dict[str, str]]:
    """The stem without the words to choose from, and those words by their letters."""
    for place, row in enumerate(rows):
        found = _BANK.match(row.shadow)
        rest = row.cut(found.end()) if found else row
        listed = lettered([rest])
        if found or (listed and not listed.before):
            others = [other for number, other in enumerate(rows) if number != place]
            if listed:
                return joined(others), {choice.letter: joined(choice.parts) for choice in listed.choices}
            words = [word.strip(" （）()") for word in _WORDS.split(rest.text) if word.strip(" （）()")]
            return joined(others), dict(zip(LETTERS, words, strict=False))
        if (
            "_" not in row.shadow
            and re.fullmatch(r"\(.{3,}\)", row.shadow)
            and len(_WORDS.split(row.text[1:-1].strip())) > 2
        ):
            words = [word for word in _WORDS.split(row.text[1:-1].strip()) if word]
            others = [other for number, other in enumerate(rows) if number != place]
            return joined(others), dict(zip(LETTERS, words, strict=False))
    options = lettered(rows)
    if options:
        return joined(options.before), {choice.letter: joined(choice.parts) for choice in options.choices}
    return joined(rows), {}


def _words(answer: str, gaps: int, bank: dict[str, str]) -> list[str] | None:
    shadow = re.sub(r"\(?\d{1,2}\)?[.、:]?\s?(?=[A-Ha-h])", "", shadow_of(answer))
    if re.fullmatch(r"[A-Ha-h\s,、;.]{1,60}", shadow):
        letters = re.findall(r"[A-H]", shadow.upper())
        if len(letters) == gaps and all(letter in bank for letter in letters):
            return [bank[letter] for letter in letters]
        return None
    blanks = blanks_in(answer, gaps)
    if blanks is None:
        return None
    by_word = {fold(word): word for word in bank.values()}
    words = [by_word.get(fold(blank[0])) for blank in blanks]
    return [word for word in words if word] if all(words) else None
