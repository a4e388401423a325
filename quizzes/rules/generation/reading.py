"""Whether generated text reads as Chinese."""

import re
from collections.abc import Iterator

from quizzes.rules.generation.form import right_texts, wrong_texts
from quizzes.rules.generation.wording import HAN
from quizzes.rules.questions import Cloze, Content, Fill, Matching, Multiple, Numeric, Ordering, Single

SHORTEST_STEM, LONGEST_STEM, LONGEST_OPTION = 8, 200, 80
LEAST_SHARE_OF_HAN = 0.35

_STUTTERS = re.compile(r"([的是由把被])\1|(等于|最多|至少|超过|少于)\2")
_TWICE = re.compile(rf"((?!一|考虑|商量|沟通|了解|研究|检查|核对|琢磨){HAN}{{2,6}})\1")
_MARKS = re.compile(r"([，。、；：])\1|[，、；：][，。、；：？！]|[。？！][，、；：。]|。”[。，]|[？！]”。")
_SHOUTS = re.compile(r"([？！])\1")
_LOOSE_SPACE = re.compile(rf"{HAN}\s+{HAN}|[，。、；：？！“”（）]\s|\s[，。、；：？！“”（）]|\s\s")
_PAIRS = ("“”", "‘’", "（）", "【】", "《》")
_END = re.compile(r"[。？！]$|[。？！]?（[^（）]+）$|[。？！]”$")


def texts(content: Content) -> list[str]:
    """Every text of a content that the reader sees as a choice."""
    match content:
        case Single() | Multiple() | Cloze():
            return right_texts(content) + wrong_texts(content)
        case Matching(pairs, extra):
            return [part.text for pair in pairs for part in (pair.left, pair.right)] + [p.text for p in extra]
        case Ordering(items):
            return [item.text for item in items]
    return []


def unquoted(text: str) -> str:
    """The text without what is quoted: people may repeat themselves and shout."""
    return re.sub(r"“[^“”]*”|‘[^‘’]*’", "", text)


def why_unreadable(stem: str, content: Content) -> str | None:
    """The first thing that a Chinese reader would stumble over, or ``None``."""
    return next(iter(_stumbles(stem, content)), None)


def _stumbles(stem: str, content: Content) -> Iterator[str]:
    if not SHORTEST_STEM <= len(stem) <= LONGEST_STEM:
        yield f"题干长 {len(stem)} 字，要在 {SHORTEST_STEM}–{LONGEST_STEM} 字之间"
    if not _END.search(stem):
        yield "题干没有用句号、问号或叹号结束"
    yield from _badly_written(stem)
    if found := _TWICE.search(unquoted(stem)):
        yield f"字词重复“{found[0]}”：{stem}"
    letters = re.sub(r"[\W_]", "", stem)
    if len(re.findall(HAN, letters)) < LEAST_SHARE_OF_HAN * len(letters):
        yield "题干里汉字太少"
    for text in texts(content):
        if len(text) > LONGEST_OPTION:
            yield f"选项“{text[:12]}…”超过 {LONGEST_OPTION} 字"
        yield from _badly_written(text)
    yield from _right_stands_out(content)
    yield from _given_away(stem, content)


def _badly_written(text: str) -> Iterator[str]:
    if re.search(r"[{}]|\bNone\b|\\", text):
        yield f"模板没有填完：{text}"
    if found := _MARKS.search(text) or _SHOUTS.search(unquoted(text)):
        yield f"标点连用“{found[0]}”：{text}"
    if found := _STUTTERS.search(text):
        yield f"字词重复“{found[0]}”：{text}"
    if _LOOSE_SPACE.search(text) or text != text.strip():
        yield f"多余的空格：{text}"
    if re.search("“[^”]*“|‘[^’]*‘", text):
        yield f"引号套着同样的引号：{text}"
    for pair in _PAIRS:
        if text.count(pair[0]) != text.count(pair[1]):
            yield f"{pair}不成对：{text}"


def _right_stands_out(content: Content) -> Iterator[str]:
    if not isinstance(content, Single):
        return
    longest_wrong = max(len(text) for text in wrong_texts(content))
    right = right_texts(content)[0]
    if len(right) > 2 * longest_wrong and len(right) > 6:
        yield f"正确项“{right}”比别的长一倍多，一看就知道"


def _given_away(stem: str, content: Content) -> Iterator[str]:
    """The right answer must not be read off the stem while the wrong ones are not there."""
    match content:
        case Single() | Cloze():
            right = [text for text in right_texts(content) if len(text) > 1 and text in stem]
            if right and not any(text in stem for text in wrong_texts(content)):
                yield f"题干里已经有正确答案“{right[0]}”"
        case Fill(blanks):
            for variants in blanks:
                if any(len(text) > 1 and text in stem for text in variants):
                    yield f"题干里已经有答案“{variants[0]}”"
        case Numeric(answer, _, unit):
            number = format(answer.normalize(), "f")
            if re.search(rf"(?<![\d.]){re.escape(number)}\s*{re.escape(unit)}(?![\d.])", stem):
                yield f"题干里已经有答案“{number} {unit}”"
