"""GIFT → questions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from quizzes.formats import building
from quizzes.formats.building import About, Choice, Findings, Unsure
from quizzes.formats.found import FoundQuestion, QuestionsFound
from quizzes.formats.gift.blocks import Block, blocks
from quizzes.formats.gift.escapes import Reading, hidden, marked, meant
from quizzes.formats.moodle_xml.cloze import accepted
from quizzes.rules.questions import GAP
from quizzes.rules.vocabulary import Kind

WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,9})?)%")


@dataclass(frozen=True)
class Parts:
    """A question taken apart; the pieces still hide what was escaped. ``answers`` is what the braces hold."""

    title: str
    before: str
    answers: str
    after: str
    format: str
    said: str


def read_gift(text: str) -> QuestionsFound:
    """All questions of a GIFT text."""
    findings = Findings("gift")
    for block in blocks(text.removeprefix("\ufeff")):
        for line, comment in block.comments:
            findings.remove(line, comment, "注释")
        if block.text:
            _read(block, findings)
    return findings.result()


def _read(block: Block, findings: Findings) -> None:
    try:
        parts = _taken_apart(block.text)
        if parts is None:
            if building.LIKE_A_QUESTION.search(block.text) or block.text.startswith("::"):
                raise Unsure("没有写答案（花括号 {…}）。请补上答案；如果只是说明文字，不用导入。")
            findings.remove(block.line, block.text, building.NOT_A_QUESTION)
            return
        reading = Reading(parts.format)
        findings.questions.append(building.only_text(lambda: _question(block, parts, reading), reading))
    except Unsure as unsure:
        findings.hold(block.line, block.text, unsure)


def _taken_apart(text: str) -> Parts | None:
    """``None`` where there are no braces at all. Raises ``Unsure`` where they do not pair up."""
    text = hidden(text)
    title = ""
    if text.startswith("::") and "::" in text[2:]:
        title, text = text[2:].split("::", 1)
    start = text.find("{")
    end = text.find("}", start + 1)
    if start < 0 and end < 0:
        return None
    if start < 0 or end < 0:
        raise Unsure("花括号不成对：少了“{”或“}”。请补上；文字里的花括号前要加反斜杠（\\{）。")
    if "{" in text[start + 1 : end] or re.search("[{}]", text[end + 1 :]):
        raise Unsure("一道题里有不止一对花括号。请拆成几道题；文字里的花括号前要加反斜杠（\\{）。")
    format, before = marked(text[:start])
    answers, _, said = text[start + 1 : end].partition("####")
    return Parts(title, before, answers.strip(), text[end + 1 :], format, said)


def _question(block: Block, parts: Parts, reading: Reading) -> FoundQuestion:
    said = dict(block.labels)
    stem = parts.before + (GAP + parts.after if parts.after.strip() else "")
    about = About(
        line=block.line,
        stem=reading.text(f"[{parts.format or 'moodle'}]{stem}"),
        explanation=reading.text(parts.said),
        marks=_marks(said.get("marks", "")),
        topic=building.category_topic(block.category),
        name=said.get("id", "").strip() or meant(parts.title),
    )
    about = building.labelled(about, [value for name, value in block.labels if name == "tag"])
    answers = parts.answers
    match said.get("kind"):
        case "ordering":
            return _ordering(about, _pairs(answers, reading))
        case "cloze" if "~" in answers:
            options = [_option(choice.text, choice.share >= 1, choice.why) for choice in _choices(answers, reading)]
            return building.build(Kind.CLOZE, replace(about, stem=building.one_gap(about.stem)), {"gaps": [options]})
        case "cloze" | "fill" if any(name == "gap" for name, _ in block.labels):
            return _gaps(about, block, _pairs(answers, reading), reading)
        case "fill":
            return _short(about, answers, reading)
    if not answers:
        return building.free_text(about, said.get("guide", ""))
    if answers.startswith("#"):
        return _numeric(about, answers[1:], said.get("unit", ""), reading)
    if "~" in answers:
        return building.choice(about, _choices(answers, reading), several="=" not in answers)
    if "=" in answers and "->" in answers:
        pairs = _pairs(answers, reading)
        extra = [right for left, right in pairs if not left and right]
        return building.matching(about, [pair for pair in pairs if pair[0]], extra)
    word, *replies = answers.split("#")
    truth = building.truth(meant(word))
    if truth is not None:
        words = ("错误", "正确") if truth else ("正确", "错误")
        said_to = [(answer, reading.text(reply)) for answer, reply in zip(words, replies, strict=False)]
        return building.true_false(about, truth, said_to)
    return _short(about, answers, reading)


def _marks(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 < value < 10_000 else None


def _choices(answers: str, reading: Reading, *, short: bool = False) -> list[Choice]:
    """Each answer begins with ``=`` or ``~``; ``%50%`` says what it is worth, ``#`` what is said to it."""
    first, *rest = re.split("([=~])", answers)
    if first.strip():
        raise Unsure(f"花括号里的“{meant(first)[:40]}”前面没有 = 或 ~。请补上。")
    choices = []
    for mark, piece in zip(rest[::2], rest[1::2], strict=True):
        share = Decimal(mark == "=")
        if found := WEIGHT.match(piece):
            share, piece = Decimal(found[1]) / 100, piece[found.end() :]
        share = Decimal(1) if share >= Decimal("0.9999") else share
        text, _, why = piece.partition("#")
        choices.append(Choice((reading.plain if short else reading.text)(text), share, reading.text(why)))
    return choices


def _short(about: About, answers: str, reading: Reading) -> FoundQuestion:
    choices = _choices(answers, reading, short=True)
    return building.fill(
        about,
        [replace(choice, text=accepted(choice.text)) if choice.share > 0 else choice for choice in choices],
    )


def _numeric(about: About, answers: str, unit: str, reading: Reading) -> FoundQuestion:
    pieces = answers if re.match(r"\s*[=~]", answers) else f"={answers}"
    choices = _choices(pieces, reading, short=True)
    right = [choice for choice in choices if choice.share >= 1]
    if not right:
        raise Unsure("数值题没有写出满分的答案。请补上。")
    value, tolerance = _range(right[0].text)
    about = building.explained(about, [(choice.text, choice.why) for choice in choices])
    found = building.numeric(about, str(value), str(tolerance), unit)
    if len(right) > 1 or any(0 < choice.share < 1 for choice in choices):
        raise Unsure("数值题有几个算对的数或部分得分的数，这里只能有一个。请确认答案和误差。", found)
    return found


def _range(text: str) -> tuple[Decimal, Decimal]:
    """``3.14:0.01`` (value and tolerance) or ``1..5`` (from and to) → value and tolerance."""
    low, dots, high = text.partition("..")
    if dots:
        least, most = building.number(low), building.number(high)
        if most < least:
            raise Unsure(f"数值范围“{text[:40]}”的上限比下限小。请改好。")
        return (least + most) / 2, (most - least) / 2
    value, _, tolerance = text.partition(":")
    return building.number(value), building.number(tolerance.strip() or "0")


def _pairs(answers: str, reading: Reading) -> list[tuple[str, str]]:
    pairs = []
    for piece in re.split("=", answers)[1:]:
        left, arrow, right = piece.partition("->")
        if not arrow:
            raise Unsure(f"连线题的“{meant(piece)[:40]}”没有写成“左 -> 右”。请补上。")
        pairs.append((reading.text(left), meant(right)))
    return pairs


def _option(text: str, correct: bool, why: str = "") -> dict:
    return {"text": text, "correct": correct, "why": why}


def _ordering(about: About, pairs: Sequence[tuple[str, str]]) -> FoundQuestion:
    places = [left for left, _ in pairs]
    if not all(re.fullmatch("[0-9]{1,3}", place) for place in places) or len(set(places)) != len(places):
        raise Unsure("排序题的每一步要写成“=1 -> 第一步”，数字不能重复。请改好。")
    items = [right for _, right in sorted(pairs, key=lambda pair: int(pair[0]))]
    return building.build(Kind.ORDERING, about, {"items": items})


def _gaps(about: About, block: Block, pairs: Sequence[tuple[str, str]], reading: Reading) -> FoundQuestion:
    """Several gaps: their answers from the comments, checked against the pairs that other systems read."""
    values = [value.partition(":")[2] for name, value in block.labels if name == "gap"]
    gaps = [_choices(hidden(value).strip(), reading, short=True) for value in values]
    is_fill = dict(block.labels)["kind"] == Kind.FILL
    right = [[accepted(one.text) if is_fill else one.text for one in gap if one.share >= 1] for gap in gaps]
    if [answer for _, answer in pairs] != [words[0] if words else "" for words in right]:
        raise Unsure("注释里每个空的答案（[gap:…]）和花括号里的不一致。请改成一样的。")
    if is_fill:
        return building.build(Kind.FILL, about, {"blanks": right})
    options = [[_option(choice.text, choice.share >= 1, choice.why) for choice in gap] for gap in gaps]
    return building.build(Kind.CLOZE, about, {"gaps": options})
