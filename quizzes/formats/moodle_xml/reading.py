"""Moodle XML → questions, one reader a question type."""

import re
from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from quizzes.formats import building
from quizzes.formats.building import About, Choice, Findings, Unsure
from quizzes.formats.found import FoundQuestion, QuestionsFound, Unreadable
from quizzes.formats.markup import html_to_text, lines_to_text
from quizzes.formats.moodle_xml import cloze
from quizzes.formats.moodle_xml.fields import Texts, about, name_of, share_of
from quizzes.formats.trees import child, child_text, children, descendants, local, parse_xml
from quizzes.rules.questions import GAP, split_stem
from quizzes.rules.vocabulary import Kind

Reader = Callable[[etree._Element, About, Texts], FoundQuestion]
PLACE = re.compile(r"\[\[(\d{1,3})\]\]")


def read_moodle_xml(data: bytes) -> QuestionsFound:
    """All questions of a Moodle XML file. Raises ``Unreadable`` where it is none."""
    root = parse_xml(data)
    if local(root) != "quiz":
        raise Unreadable("这不是 Moodle XML 题库：最外层应当是 <quiz>。请在 Moodle 里选“Moodle XML 格式”重新导出。")
    findings = Findings("moodle_xml")
    topic = ""
    for question in descendants(root, "question"):
        if question.get("type") == "category":
            category = child(question, "category")
            topic = building.category_topic(child_text(category, "text") or child_text(category))
        else:
            _read(question, topic, findings)
    return findings.result()


def _read(question: etree._Element, topic: str, findings: Findings) -> None:
    type_ = (question.get("type") or "").strip().lower()
    line = question.sourceline or 1
    if type_ == "description":
        findings.remove(line, _source(question), building.NOT_A_QUESTION)
        return
    try:
        reader = READERS.get(type_)
        if reader is None:
            raise Unsure(f"题型“{type_[:30] or '（空）'}”这里没有。请改成选择、判断、填空等题型。")
        texts = Texts()
        found = building.only_text(lambda: reader(question, about(question, texts, topic), texts), texts)
        findings.questions.append(replace(found, name=name_of(question, found.stem)))
    except Unsure as unsure:
        findings.hold(line, _source(question), unsure)


def _source(question: etree._Element) -> str:
    """The texts of a question as a person can read them."""
    texts = [html_to_text("".join(text.itertext())).text for text in descendants(question, "text")]
    return "\n".join(text for text in texts if text)


def _choices(question: etree._Element, texts: Texts) -> list[Choice]:
    return [
        Choice(texts.of(answer), share_of(answer), texts.of(child(answer, "feedback")))
        for answer in children(question, "answer")
    ]


def _plain_choices(question: etree._Element, texts: Texts) -> list[Choice]:
    """Short answers are plain text, whatever the format says."""
    return [
        Choice(_plain(answer), share_of(answer), texts.of(child(answer, "feedback")))
        for answer in children(question, "answer")
    ]


def _plain(element: etree._Element) -> str:
    return lines_to_text(child_text(element, "text") or (element.text or ""))


# --- one reader a type ---------------------------------------------------------------------------------------

def _multichoice(question: etree._Element, about: About, texts: Texts) -> FoundQuestion:
    several = child_text(question, "single").lower() in ("false", "0")
    return building.choice(about, _choices(question, texts), several=several)


def _truefalse(question: etree._Element, about: About, texts: Texts) -> FoundQuestion:
    right = [answer for answer in _plain_choices(question, texts) if answer.share >= 1]
    answer = building.truth(right[0].text) if len(right) == 1 else None
    if answer is None:
        raise Unsure("判断题没有标出哪个答案正确。请选“正确”或“错误”。")
    replies = [(answer.text, answer.why) for answer in _plain_choices(question, texts)]
    words = {True: "正确", False: "错误", None: "*"}
    return building.true_false(about, answer, [(words[building.truth(text)], why) for text, why in replies])


def _shortanswer(question: etree._Element, about: About, texts: Texts) -> FoundQuestion:
    answers = []
    for answer in _plain_choices(question, texts):
        if answer.text == "*" and answer.share <= 0:  # the reply to everything else
            answers.append(answer)
        else:
            answers.append(replace(answer, text=cloze.accepted(answer.text) if answer.share > 0 else answer.text))
    return building.fill(about, answers)


def _numerical(question: etree._Element, about: About, texts: Texts) -> FoundQuestion:
    answers = children(question, "answer")
    right = [answer for answer in answers if share_of(answer) >= 1]
    if not right:
        raise Unsure("数值题没有写出满分的答案。请补上。")
    about = building.explained(about, [(_plain(answer), texts.of(child(answer, "feedback"))) for answer in answers])
    found = building.numeric(about, _plain(right[0]), child_text(right[0], "tolerance"), _unit(question))
    if len(right) > 1 or any(0 < share_of(answer) < 1 for answer in answers):
        raise Unsure("数值题有几个算对的数或部分得分的数，这里只能有一个。请确认答案和误差。", found)
    if len(children(child(question, "units"), "unit")) > 1:
        raise Unsure("数值题可以用几种单位作答，这里只能有一种。请确认单位。", found)
    return found


def _unit(question: etree._Element) -> str:
    units = children(child(question, "units"), "unit")
    return lines_to_text(child_text(units[0], "unit_name")) if units else ""


def _matching(question: etree._Element, about: About, texts: Texts) -> FoundQuestion:
    pairs: list[tuple[str, str]] = []
    extra: list[str] = []
    for part in children(question, "subquestion"):
        left, answer = texts.of(part), child(part, "answer")
        right = _plain(answer) if answer is not None else ""
        if left:
            pairs.append((left, right))
        elif right:
            extra.append(right)
    return building.matching(about, pairs, extra)


def _essay(question: etree._Element, about: About, texts: Texts) -> FoundQuestion:
    return building.free_text(about, texts.of(child(question, "graderinfo")))


def _cloze(question: etree._Element, about: About, texts: Texts) -> FoundQuestion:
    text = child(question, "questiontext")
    raw = child_text(text, "text")
    if text is not None and text.get("format") not in ("html", "markdown"):
        raw = re.sub(r"\r\n|\r|\n", "<br>", raw)
    return cloze.read_cloze(about, raw, texts)


def _ordering(question: etree._Element, about: About, texts: Texts) -> FoundQuestion:
    answers = children(question, "answer")
    places = [share_of(answer) for answer in answers]
    if len(set(places)) == len(places):
        answers = [answer for _, answer in sorted(zip(places, answers, strict=True), key=lambda pair: pair[0])]
    return building.build(Kind.ORDERING, about, {"items": [texts.of(answer) for answer in answers]})


def _gaps_of_groups(question: etree._Element, about: About, texts: Texts) -> FoundQuestion:
    """``gapselect`` and ``ddwtos``: ``[[2]]`` stands where the second choice belongs, among those of its group."""
    choices = [
        (texts.of(option) if local(option) == "dragbox" else _plain(option), child_text(option, "group") or "1")
        for option in children(question, "selectoption", "dragbox")
    ]
    building.check_count(choices, PLACE.findall(about.stem))
    places = [int(number) for number in PLACE.findall(about.stem)]
    if not places or not all(1 <= place <= len(choices) for place in places):
        raise Unsure("题干里的 [[数字]] 和选项对不上。请改好题干或选项。")
    if len(split_stem(about.stem)) > 1:
        raise Unsure("题干里除了 [[数字]] 还有下划线空格，分不清哪些是空。请改好题干。")
    gaps = []
    for place in places:
        right, group = choices[place - 1]
        texts_of_group = dict.fromkeys(text for text, of in choices if of == group)
        gaps.append([{"text": text, "correct": text == right} for text in texts_of_group])
    return building.build(Kind.CLOZE, replace(about, stem=PLACE.sub(GAP, about.stem)), {"gaps": gaps})


READERS: dict[str, Reader] = {
    "multichoice": _multichoice,
    "multichoiceset": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "essay": _essay,
    "cloze": _cloze,
    "multianswer": _cloze,
    "ordering": _ordering,
    "gapselect": _gaps_of_groups,
    "ddwtos": _gaps_of_groups,
}

