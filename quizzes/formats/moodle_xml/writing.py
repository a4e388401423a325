"""Questions → Moodle XML."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from lxml import etree

from quizzes.formats.building import Choice, labels, plain_number
from quizzes.formats.found import FoundQuestion
from quizzes.formats.guides import guide_text
from quizzes.formats.markup import text_to_html
from quizzes.formats.moodle_xml import cloze
from quizzes.formats.trees import writable
from quizzes.rules.questions import (
    Cloze,
    Fill,
    FreeText,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Single,
    TrueFalse,
    split_stem,
)
from quizzes.rules.vocabulary import Kind

TYPES = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.FILL: "shortanswer",
    Kind.NUMERIC: "numerical",
    Kind.MATCHING: "matching",
    Kind.ORDERING: "ordering",
    Kind.CLOZE: "cloze",
    Kind.FREE_TEXT: "essay",
}
NAME_LENGTH = 40


def write_moodle_xml(questions: Sequence[FoundQuestion]) -> bytes:
    """A file that Moodle imports and ``read_moodle_xml`` reads back as the same questions."""
    quiz = etree.Element("quiz")
    topic = ""
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            _category(quiz, topic)
        _question(quiz, question)
    return etree.tostring(quiz, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _category(quiz: etree._Element, topic: str) -> None:
    path = "$course$/top" + (f"/{topic.replace('/', '//')}" if topic else "")
    _text(etree.SubElement(etree.SubElement(quiz, "question", type="category"), "category"), path)


def _question(quiz: etree._Element, question: FoundQuestion) -> None:
    gaps = _gaps(question)
    element = etree.SubElement(quiz, "question", type="cloze" if gaps else TYPES[question.kind])
    _text(etree.SubElement(element, "name"), _title(question))
    stem = _cloze_html(question.stem, gaps) if gaps else text_to_html(question.stem)
    _text(etree.SubElement(element, "questiontext", format="html"), stem)
    if question.explanation:
        _html(element, "generalfeedback", question.explanation)
    if question.marks is not None:
        etree.SubElement(element, "defaultgrade").text = plain_number(question.marks)
    if question.name:
        etree.SubElement(element, "idnumber").text = writable(question.name)
    _content(element, question)
    found = labels(question)
    if found:
        tags = etree.SubElement(element, "tags")
        for tag in found:
            _text(etree.SubElement(tags, "tag"), tag)


def _title(question: FoundQuestion) -> str:
    """Moodle wants a name; the reader knows one that only repeats how the stem begins."""
    stem = " ".join(question.stem.split())
    return stem if len(stem) <= NAME_LENGTH else f"{stem[:NAME_LENGTH]}…"


def _gaps(question: FoundQuestion) -> list[cloze.Gap]:
    """The embedded answers of a question that has more than one text to fill in, or gaps to choose for."""
    match question.content:
        case Cloze(gaps):
            return [cloze.Gap("choice", tuple(_choice(option) for option in gap)) for gap in gaps]
        case Fill(blanks) if len(blanks) > 1:
            return [cloze.Gap("text", tuple(Choice(text, Decimal(1)) for text in blank)) for blank in blanks]
    return []


def _choice(option: Option) -> Choice:
    return Choice(option.text, Decimal(int(option.correct)), option.why)


def _cloze_html(stem: str, gaps: Iterable[cloze.Gap]) -> str:
    # The whole stem becomes HTML first: it decides on a space by its neighbours.
    pieces = split_stem(text_to_html(stem).translate(cloze.BRACES))
    written = [cloze.written(gap) for gap in gaps]
    return "".join(piece + gap for piece, gap in zip(pieces, [*written, ""], strict=True))


def _content(element: etree._Element, question: FoundQuestion) -> None:
    match question.content:
        case Single(options):
            _options(element, options, "true")
        case Multiple(options):
            _options(element, options, "false")
        case TrueFalse(answer):
            _answer(element, "true", 100 if answer else 0, "moodle_auto_format")
            _answer(element, "false", 0 if answer else 100, "moodle_auto_format")
        case Fill(blanks) if len(blanks) == 1:
            etree.SubElement(element, "usecase").text = "0"
            for text in blanks[0]:
                _answer(element, text.replace("*", "\\*"), 100, "plain_text")
        case Numeric(value, tolerance, unit):
            answer = _answer(element, plain_number(value), 100, "moodle_auto_format")
            etree.SubElement(answer, "tolerance").text = plain_number(tolerance)
            if unit:
                one = etree.SubElement(etree.SubElement(element, "units"), "unit")
                etree.SubElement(one, "multiplier").text = "1"
                etree.SubElement(one, "unit_name").text = writable(unit)
        case Matching(pairs, extra):
            etree.SubElement(element, "shuffleanswers").text = "true"
            for left, right in [*((pair.left.text, pair.right.text) for pair in pairs), *(("", e.text) for e in extra)]:
                part = _html(element, "subquestion", left)
                _text(etree.SubElement(part, "answer"), right)
        case Ordering(items):
            etree.SubElement(element, "layouttype").text = "VERTICAL"
            etree.SubElement(element, "selecttype").text = "ALL"
            etree.SubElement(element, "selectcount").text = "0"
            etree.SubElement(element, "gradingtype").text = "RELATIVE_NEXT_EXCLUDE_LAST"
            for place, item in enumerate(items, 1):
                _answer(element, text_to_html(item.text), place, "html")
        case FreeText() as content:
            etree.SubElement(element, "responseformat").text = "plain"
            _html(element, "graderinfo", guide_text(content))


def _options(element: etree._Element, options: Sequence[Option], single: str) -> None:
    etree.SubElement(element, "single").text = single
    etree.SubElement(element, "shuffleanswers").text = "true"
    etree.SubElement(element, "answernumbering").text = "ABCD"
    share = Decimal(100) / sum(option.correct for option in options)
    for option in options:
        # As with us, a wrong choice costs as much as a right one earns; of one right answer it costs nothing.
        wrong = Decimal(0) if single == "true" else -share
        answer = _answer(element, text_to_html(option.text), share if option.correct else wrong, "html")
        if option.why:
            _html(answer, "feedback", option.why)


def _answer(element: etree._Element, text: str, fraction: Decimal | int, format: str) -> etree._Element:
    answer = etree.SubElement(element, "answer", fraction=f"{Decimal(fraction):.5f}", format=format)
    _text(answer, text)
    return answer


def _html(element: etree._Element, name: str, text: str) -> etree._Element:
    field = etree.SubElement(element, name, format="html")
    _text(field, text_to_html(text))
    return field


def _text(element: etree._Element, text: str) -> None:
    etree.SubElement(element, "text").text = writable(text)
