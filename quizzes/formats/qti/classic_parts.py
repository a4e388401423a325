"""The parts of an item of QTI 1.2: its texts, the places to answer, and what is said afterwards."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lxml import etree

from quizzes.formats.building import About, Unsure, check_count
from quizzes.formats.markup import MARKUP, Rendered, element_to_text, html_to_text, lines_to_text
from quizzes.formats.qti.conditions import Conditions
from quizzes.formats.trees import children, descendants, local
from quizzes.rules.questions import GAP

RESPONSES = {
    "response_lid": "lid", "response_str": "str", "response_num": "num",
    "response_xy": "xy", "response_grp": "grp",
}
TEXTS = {"mattext", "mat_formattedtext", "matemtext"}
GENERAL = re.compile("(?i)general|explanation|rationale")
SAMPLE = re.compile("(?i)solution|model_?answer")
WRONG, RIGHT = re.compile("(?i)incorrect|wrong"), re.compile("(?i)correct")


@dataclass(frozen=True)
class Response:
    """A place to answer: ``prompt`` is the text that belongs to it alone, ``labels`` its choices."""

    identifier: str
    type: str
    cardinality: str
    prompt: str
    labels: tuple[tuple[str, str], ...]
    rows: int


@dataclass
class Item:
    """One item while it is read."""

    element: etree._Element
    conditions: Conditions
    media: list[str] = field(default_factory=list)
    whole: bool = True

    def text(self, element: etree._Element) -> str:
        """All texts of a part of the item, one after the other."""
        texts = [self._shown(each) for each in element.iter(etree.Element) if local(each) in TEXTS]
        self.media += [
            {"matimage": "图片", "mataudio": "录音", "matvideo": "视频"}[local(each)]
            for each in descendants(element, "matimage", "mataudio", "matvideo")
        ]
        return "\n".join(text for text in texts if text)

    def _shown(self, element: etree._Element) -> str:
        raw = element.text or ""
        format = (element.get("texttype") or element.get("type") or "").lower()
        if len(element):
            return self._kept(element_to_text(element))
        if "html" in format or (format != "text/plain" and MARKUP.search(raw)):
            return self._kept(html_to_text(raw))
        return lines_to_text(raw)

    def _kept(self, rendered: Rendered) -> str:
        self.media += rendered.media
        self.whole = self.whole and rendered.whole
        return rendered.text


def response(item: Item, element: etree._Element) -> Response:
    # Canvas puts empty labels where an answer is written.
    found = descendants(element, "response_label") if local(element) == "response_lid" else []
    check_count(found)
    labels = tuple((label.get("ident") or "", item.text(label)) for label in found)
    prompt = "\n".join(item.text(material) for material in children(element, "material", "material_ref"))
    if labels and not any(text for _, text in labels):
        prompt, labels = _blackboard_pair(item, element, labels)
    fib = next(iter(descendants(element, "render_fib")), None)
    rows = fib.get("rows") or "" if fib is not None else ""
    return Response(
        element.get("ident") or "",
        RESPONSES[local(element)],
        (element.get("rcardinality") or "Single").lower(),
        prompt,
        labels,
        int(rows) if re.fullmatch("[0-9]{1,4}", rows) else 1,
    )


def _blackboard_pair(
    item: Item, element: etree._Element, labels: tuple[tuple[str, str], ...]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Blackboard writes the left text beside the response, and the right ones in a block of their own."""
    row = element.getparent()
    left = "\n".join(item.text(each) for each in children(row) if each is not element)
    block = next((each for each in item.element.iter(etree.Element) if each.get("class") == "RIGHT_MATCH_BLOCK"), None)
    rights = [item.text(each) for each in children(block)]
    if len(rights) != len(labels):
        raise Unsure("连线题左右两边对不上。请改好题目。")
    return left, tuple((identifier, text) for (identifier, _), text in zip(labels, rights, strict=True))


def stem(item: Item, presentation: etree._Element) -> str:
    """The texts outside of the responses, with ``____`` where an answer is written in the middle of them."""
    pieces: list[str] = []
    skipped: set[etree._Element] = set()
    for element in presentation.iter(etree.Element):
        if any(parent in skipped for parent in element.iterancestors()):
            continue
        name = local(element)
        if name in RESPONSES:
            skipped.add(element)
            pieces += [GAP] if name in ("response_str", "response_num") else []
        elif element.get("class") in ("RESPONSE_BLOCK", "RIGHT_MATCH_BLOCK"):
            skipped.add(element)
            pieces += [GAP] * len(descendants(element, "response_str", "response_num"))
        elif name == "material":
            skipped.add(element)
            pieces.append(item.text(element))
    pieces = [piece for piece in pieces if piece]
    if pieces[-1:] == [GAP] and pieces.count(GAP) == 1:  # answered below the text, not in it
        pieces.pop()
    stem = ""
    for piece in pieces:
        joined = not stem or piece == GAP or stem.endswith(GAP)
        stem += piece if joined else f"\n{piece}"
    return stem


def explained(item: Item, about: About, responses: Iterable[Response]) -> About:
    for_choices = {key for response in responses for key in item.conditions.replies(response.identifier)}
    lines = []
    for feedback in descendants(item.element, "itemfeedback"):
        identifier, text = feedback.get("ident") or "", item.text(feedback)
        if text and (identifier not in for_choices or _is_general(identifier)) and not SAMPLE.search(identifier):
            label = "答错时：" if WRONG.search(identifier) else "答对时：" if RIGHT.search(identifier) else ""
            lines.append(text if GENERAL.search(identifier) and not label else label + text)
    return replace(about, explanation="\n".join(dict.fromkeys(lines)))


def sample(item: Item) -> str:
    """The reference answer of an essay."""
    feedbacks = descendants(item.element, "itemfeedback")
    return "\n".join(item.text(each) for each in feedbacks if SAMPLE.search(each.get("ident") or ""))


def _is_general(identifier: str) -> bool:
    return bool(GENERAL.search(identifier) or RIGHT.search(identifier) or WRONG.search(identifier))


def replies(item: Item, response: Response) -> dict[str, str]:
    """What is said to each value of an answer."""
    texts = {feedback.get("ident") or "": feedback for feedback in descendants(item.element, "itemfeedback")}
    return {
        value: item.text(texts[identifier])
        for identifier, value in item.conditions.replies(response.identifier).items()
        if identifier in texts and not _is_general(identifier)
    }
