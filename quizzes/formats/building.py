"""From what the question formats have in common to questions, or the reason why a person has to look.

Readers say what they found in plain pieces (choices with their share of the marks, accepted texts, pairs);
here it is decided which kind of question that is, and whether nothing was lost.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from quizzes.formats.found import FoundQuestion, Held, QuestionsFound, Removed
from quizzes.formats.guides import read_guide
from quizzes.rules.question_fields import InvalidQuestion
from quizzes.rules.questions import GAP, content_from_data, split_stem
from quizzes.rules.vocabulary import MAX_DIFFICULTY, MIN_DIFFICULTY, Kind, Platform

NOT_A_QUESTION = "没有答案的说明文字，不是题目"
LIKE_A_QUESTION = re.compile(r"[？?：:][”\"」]?\s*\Z|_{3,}|[（(][ \u3000]{0,20}[）)]")
MOST_PARTS = 500  # options, gaps or pairs of one question; nobody answers more, and some checks compare each with each
MOST_SOURCE = 2_000  # characters of the source that a held question shows
GAP_IN_BRACKETS = re.compile(r"[（(][ \u3000]{1,40}[）)]")
TRUTH = {
    **dict.fromkeys(("正确", "对", "是", "√", "✓", "✔", "t", "true", "yes"), True),
    **dict.fromkeys(("错误", "错", "否", "不正确", "×", "✗", "✘", "f", "false", "no"), False),
}


class Unsure(Exception):
    """A person has to look at the question. ``proposal`` is what it probably says."""

    def __init__(self, reason: str, proposal: FoundQuestion | None = None):
        super().__init__(reason)
        self.reason = reason
        self.proposal = proposal


class Seen(Protocol):
    """What reading the texts of a question brought up, as in ``markup.Rendered``."""

    media: list[str]
    whole: bool


def only_text(read: Callable[[], FoundQuestion], seen: Seen) -> FoundQuestion:
    """The question that ``read`` gives. Raises ``Unsure``, too, where a text alone may not be the whole question."""
    found: FoundQuestion | None = None
    unsure: Unsure | None = None
    try:
        found = read()
    except Unsure as caught:
        unsure = caught
    if not seen.whole:
        raise Unsure("题目的网页代码嵌套太深，读不完整。请把文字重新贴一遍。")
    if seen.media:
        proposal = unsure.proposal if unsure else found
        what = "、".join(dict.fromkeys(seen.media[:3]))
        raise Unsure(f"题目里有{what}，这里只能放文字。请确认没有它也能作答，或改写题目。", proposal)
    if found is None:
        raise unsure or Unsure("没有读到题目。")
    return found


def check_count(*parts: Sized) -> None:
    """Raises ``Unsure`` where a question has more parts than any person could answer."""
    if any(len(some) > MOST_PARTS for some in parts):
        raise Unsure(f"一道题里的选项或空超过 {MOST_PARTS} 个，没有往下读。请拆成几道题。")


@dataclass(frozen=True)
class Choice:
    """One option; ``share`` is its part of the marks: 1 all, 0 none, below 0 a penalty."""

    text: str
    share: Decimal
    why: str = ""


@dataclass(frozen=True)
class About:
    """What a file says of a question besides its content; becomes the fields of the same names."""

    line: int
    stem: str = ""
    explanation: str = ""
    marks: Decimal | None = None
    topic: str = ""
    platform: str = ""
    difficulty: int | None = None
    tags: tuple[str, ...] = ()
    name: str = ""


@dataclass
class Findings:
    """What a reader has found so far, in order."""

    format: str
    questions: list[FoundQuestion] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)

    def hold(self, line: int, source: str, unsure: Unsure, where: str = "") -> None:
        self.held.append(Held(line, _shortened(source), unsure.reason + where, unsure.proposal))

    def remove(self, line: int, source: str, reason: str) -> None:
        self.removed.append(Removed(line, _shortened(source), reason))

    def result(self) -> QuestionsFound:
        return QuestionsFound(self.format, tuple(self.questions), tuple(self.held), tuple(self.removed))


def _shortened(source: str) -> str:
    source = source.strip()
    return source if len(source) <= MOST_SOURCE else f"{source[: MOST_SOURCE - 1]}…"


# --- one builder a kind --------------------------------------------------------------------------------------

def build(kind: Kind, about: About, data: Mapping[str, Any], displayed: Sequence[str] = ()) -> FoundQuestion:
    """Raises ``Unsure`` with the rule that the content breaks."""
    if not about.stem.strip():
        raise Unsure("没有读到题干。请补上题干。")
    about = replace(about, stem=re.sub("_{5,}", GAP, about.stem))
    try:
        content = content_from_data(kind, data, stem=about.stem)
    except InvalidQuestion as broken:
        raise Unsure(f"{broken.message}。请补全或改好后再确认。") from None
    return FoundQuestion(
        kind=kind,
        stem=about.stem,
        content=content,
        line=about.line,
        explanation=about.explanation,
        displayed=tuple(displayed),
        marks=about.marks,
        topic=about.topic,
        platform=about.platform,
        difficulty=about.difficulty,
        tags=about.tags,
        name=about.name,
    )


def choice(about: About, choices: Sequence[Choice], *, several: bool) -> FoundQuestion:
    """A single or multiple choice. In a single one only an option with all marks is right."""
    if len(choices) < 2:
        raise Unsure(f"只读到 {len(choices)} 个选项，选择题至少要有 2 个。请补上选项。")
    right = [option.share > 0 if several else option.share >= 1 for option in choices]
    best = max(option.share for option in choices)
    if not any(right) and best <= 0:
        raise Unsure("没有标出正确选项。请选出正确答案。")
    if not any(right):  # the best one stands in for the key
        right = [option.share == best for option in choices]
    if not several and sum(right) > 1:
        raise Unsure(
            f"单选题有 {sum(right)} 个选项都算对。请只留一个，或者改成多选题。", _choice(about, choices, right, True)
        )
    question = _choice(about, choices, right, several)
    partly = [option.text for option, key in zip(choices, right, strict=True) if not key and option.share > 0]
    if partly or (not several and best < 1):
        which = "、".join(partly) or "没有满分的选项"
        raise Unsure(f"有选项只得一部分分（{which}），这里不支持。请确认正确答案。", question)
    return question


def _choice(about: About, choices: Sequence[Choice], right: Sequence[bool], several: bool) -> FoundQuestion:
    options = [
        {"text": option.text, "correct": key, "why": option.why} for option, key in zip(choices, right, strict=True)
    ]
    return build(Kind.MULTIPLE if several else Kind.SINGLE, about, {"options": options})


def true_false(about: About, answer: bool, replies: Iterable[tuple[str, str]] = ()) -> FoundQuestion:
    """``replies`` are pairs of an answer and what is said to it; they go into the explanation."""
    return build(Kind.TRUE_FALSE, explained(about, replies), {"answer": answer})


def fill(about: About, answers: Sequence[Choice]) -> FoundQuestion:
    """One gap with the texts that are accepted. A stem that shows no gap gets one at its end."""
    stem = one_gap(about.stem)
    gaps = len(split_stem(stem)) - 1
    about = explained(replace(about, stem=stem), [(answer.text, answer.why) for answer in answers])
    if gaps > 1:
        raise Unsure(f"题干里有 {gaps} 个空，答案却只有一组。请按空分开写答案。")
    right = [answer.text for answer in answers if answer.share >= 1]
    if not right:
        raise Unsure("没有写出满分的答案。请补上正确答案。")
    data = {"blanks": [tuple(dict.fromkeys(right))]}
    if partly := [answer.text for answer in answers if 0 < answer.share < 1]:
        raise Unsure(
            f"有答案只得一部分分（{'、'.join(partly)}），这里不支持。请确认是算对还是算错。",
            _proposed(Kind.FILL, about, data),
        )
    return build(Kind.FILL, about, data)


def one_gap(stem: str) -> str:
    """The stem with its gap written ``____``: underscores, else an empty bracket, else one put at the end."""
    if GAP not in stem:
        stem = re.sub("_{2,}", GAP, stem)
    if GAP not in stem and len(GAP_IN_BRACKETS.findall(stem)) == 1:
        stem = GAP_IN_BRACKETS.sub(GAP, stem)
    return stem if GAP in stem else f"{stem}{GAP}"


def numeric(about: About, answer: str, tolerance: str = "0", unit: str = "") -> FoundQuestion:
    return build(Kind.NUMERIC, about, {"answer": number(answer), "tolerance": number(tolerance or "0"), "unit": unit})


def number(text: str) -> Decimal:
    """Raises ``Unsure`` where the text is no number. A comma parts thousands or, alone, decimals."""
    clean = re.sub(r"(?<=\d),(?=\d{3}(\D|$))", "", text.strip()).replace(",", ".")
    try:
        value = Decimal(clean)
    except InvalidOperation:
        raise Unsure(f"数值题的答案“{text.strip()[:40]}”不是一个数。请改成数字。") from None
    if not value.is_finite() or abs(value.adjusted()) > 30:
        raise Unsure(f"数值题的答案“{text.strip()[:40]}”超出了范围。请改成普通的数字。")
    return value


def matching(about: About, pairs: Iterable[tuple[str, str]], extra: Iterable[str] = ()) -> FoundQuestion:
    return build(Kind.MATCHING, about, {"pairs": [list(pair) for pair in pairs], "extra": list(dict.fromkeys(extra))})


def free_text(about: About, guide: str) -> FoundQuestion:
    """``guide`` is what the marker is told: the reference answer, or the lines that ``guides.guide_text`` writes."""
    rubric, sample = read_guide(guide, about.marks)
    return build(
        Kind.FREE_TEXT,
        about,
        {"rubric": [{"points": line.points, "text": line.text} for line in rubric], "sample": sample},
    )


def _proposed(kind: Kind, about: About, data: Mapping[str, Any]) -> FoundQuestion | None:
    try:
        return build(kind, about, data)
    except Unsure:
        return None


def explained(about: About, replies: Iterable[tuple[str, str]]) -> About:
    """Replies to single answers, where the kind of question has no place of its own for them."""
    lines = [about.explanation] if about.explanation else []
    said = [(answer, reply) for answer, reply in replies if reply and reply != about.explanation]
    lines += [f"答“{answer}”：{reply}" if answer != "*" else f"答其他的：{reply}" for answer, reply in said]
    return replace(about, explanation="\n".join(lines))


def truth(text: str) -> bool | None:
    """What a word for right or wrong says, or ``None`` where it is another word."""
    return TRUTH.get(text.strip().strip("。.").lower())


# --- labels: what a format has no field for --------------------------------------------------------------------

def labelled(about: About, tags: Iterable[str]) -> About:
    """Tags as a file has them; of those that ``labels`` makes up, ``platform:…`` and ``difficulty:…``, the fields."""
    kept: list[str] = []
    for tag in (tag.strip() for tag in tags):
        name, _, value = tag.partition(":")
        if name == "platform" and value in set(Platform):
            about = replace(about, platform=value)
        elif name == "difficulty" and value in LEVELS:
            about = replace(about, difficulty=int(value))
        elif tag and tag not in kept:
            kept.append(tag)
    return replace(about, tags=tuple(kept))


LEVELS = {str(level) for level in range(MIN_DIFFICULTY, MAX_DIFFICULTY + 1)}


def category_topic(path: str) -> str:
    """The innermost category of Moodle's ``$course$/top/售后/退货``; ``//`` is a slash within a name."""
    parts = [part.replace("\0", "/").strip() for part in path.replace("//", "\0").split("/")]
    if parts and re.fullmatch(r"\$.*\$", parts[0]):
        parts = parts[2:] if parts[1:2] == ["top"] else parts[1:]
    return parts[-1] if parts else ""


def labels(question: FoundQuestion) -> list[str]:
    """The tags of a question, with its platform and difficulty among them."""
    found = list(question.tags)
    if question.platform:
        found.append(f"platform:{question.platform}")
    if question.difficulty is not None:
        found.append(f"difficulty:{question.difficulty}")
    return found


def plain_number(value: Decimal) -> str:
    """Without an exponent and without zeros that say nothing: ``15``, ``0.5``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
