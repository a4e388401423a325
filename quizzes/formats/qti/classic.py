"""Items of QTI 1.2, as Canvas, Blackboard and older systems write them → questions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from lxml import etree

from quizzes.formats import building
from quizzes.formats.building import About, Choice, Unsure
from quizzes.formats.found import FoundQuestion
from quizzes.formats.markup import MARKUP, Rendered, element_to_text, html_to_text, lines_to_text
from quizzes.formats.qti.conditions import Conditions, conditions, number_and_tolerance
from quizzes.formats.trees import child, child_text, children, descendants, local
from quizzes.rules.questions import GAP
from quizzes.rules.vocabulary import Kind

RESPONSES = {
    "response_lid": "lid", "response_str": "str", "response_num": "num",
    "response_xy": "xy", "response_grp": "grp",
}
TEXTS = {"mattext", "mat_formattedtext", "matemtext"}
BY_NAME = re.compile(r"\[([^\[\]\n]{1,60})\]")
GENERAL = re.compile("(?i)general|explanation|rationale")
SAMPLE = re.compile("(?i)solution|model_?answer")
WRONG, RIGHT = re.compile("(?i)incorrect|wrong"), re.compile("(?i)correct")
NO_QUESTION = {"text_only_question", "text only", "description"}
NOT_HERE = {
    "calculated_question": "答案要按公式计算",
    "calculated": "答案要按公式计算",
    "file_upload_question": "要上传文件",
    "file upload": "要上传文件",
    "hot spot": "要在图片上点选",
    "jumbled sentence": "是打乱的句子",
}


class NoQuestion(Exception):
    """The item is a piece of text between questions."""


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


def read_classic_item(element: etree._Element, about: About) -> FoundQuestion:
    """The question of an item. Raises ``Unsure``, or ``NoQuestion`` where it only is a text."""
    item = Item(element, conditions(element))
    said = _said(element)
    type_ = (said.get("question_type") or said.get("bbmd_questiontype") or said.get("qmd_itemtype") or "").lower()
    if type_ in NO_QUESTION:
        raise NoQuestion
    presentation = child(element, "presentation")
    if presentation is None:
        raise Unsure("没有读到题目的正文（presentation）。请重新导出。")
    if type_ in NOT_HERE:
        raise Unsure(f"这道题{NOT_HERE[type_]}，这里不支持。请改成选择、判断、填空等题型。")
    about = replace(about, marks=_marks(said), name=(element.get("ident") or "").strip())
    return building.only_text(lambda: _question(item, presentation, about, type_), item)


def _said(element: etree._Element) -> dict[str, str]:
    """The metadata of an item by their names."""
    found = {
        child_text(pair, "fieldlabel").lower(): child_text(pair, "fieldentry")
        for pair in descendants(element, "qtimetadatafield")
    }
    for metadata in children(element, "itemmetadata"):
        found.update({local(each): "".join(each.itertext()).strip() for each in children(metadata) if not len(each)})
    return found


def _marks(said: dict[str, str]) -> Decimal | None:
    try:
        value = Decimal(said.get("points_possible") or said.get("qmd_absolutescore_max") or "")
    except InvalidOperation:
        return None
    return value.normalize() + 0 if value.is_finite() and 0 < value < 10_000 else None


# --- the parts of an item ------------------------------------------------------------------------------------

def _response(item: Item, element: etree._Element) -> Response:
    # Canvas puts empty labels where an answer is written.
    found = descendants(element, "response_label") if local(element) == "response_lid" else []
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


def _stem(item: Item, presentation: etree._Element) -> str:
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


def _explained(item: Item, about: About, responses: Iterable[Response]) -> About:
    for_choices = {key for response in responses for key in item.conditions.replies(response.identifier)}
    lines = []
    for feedback in descendants(item.element, "itemfeedback"):
        identifier, text = feedback.get("ident") or "", item.text(feedback)
        if text and (identifier not in for_choices or _is_general(identifier)) and not SAMPLE.search(identifier):
            label = "答错时：" if WRONG.search(identifier) else "答对时：" if RIGHT.search(identifier) else ""
            lines.append(text if GENERAL.search(identifier) and not label else label + text)
    return replace(about, explanation="\n".join(dict.fromkeys(lines)))


def _sample(item: Item) -> str:
    """The reference answer of an essay."""
    feedbacks = descendants(item.element, "itemfeedback")
    return "\n".join(item.text(each) for each in feedbacks if SAMPLE.search(each.get("ident") or ""))


def _is_general(identifier: str) -> bool:
    return bool(GENERAL.search(identifier) or RIGHT.search(identifier) or WRONG.search(identifier))


def _replies(item: Item, response: Response) -> dict[str, str]:
    """What is said to each value of an answer."""
    texts = {feedback.get("ident") or "": feedback for feedback in descendants(item.element, "itemfeedback")}
    return {
        value: item.text(texts[identifier])
        for identifier, value in item.conditions.replies(response.identifier).items()
        if identifier in texts and not _is_general(identifier)
    }


# --- one reader a kind ---------------------------------------------------------------------------------------

def _question(item: Item, presentation: etree._Element, about: About, type_: str) -> FoundQuestion:
    responses = [_response(item, found) for found in descendants(presentation, *RESPONSES)]
    about = _explained(item, replace(about, stem=_stem(item, presentation)), responses)
    if not responses:
        raise Unsure("题目没有可以作答的地方。请补上选项或填空；如果只是说明文字，不用导入。")
    types = {response.type for response in responses}
    first = responses[0]
    if "essay" in type_ or "short response" in type_:
        return building.free_text(about, _sample(item))
    if types == {"lid"} and len(responses) > 1:
        several = _matching if _are_pairs(about, responses) else _named_gaps
        return several(item, about, responses)
    if types == {"lid"}:
        return _choice(item, about, first)
    if types <= {"str", "num"} and len(responses) == 1:
        if first.type == "num" or "numeric" in type_:
            value, tolerance = number_and_tolerance(item.conditions, first.identifier)
            return building.numeric(about, str(value), str(tolerance))
        if not item.conditions.winning(first.identifier) and (first.rows > 1 or not type_):
            return building.free_text(about, _sample(item))
        return building.fill(about, _accepted(item, first))
    if types <= {"str", "num"}:
        return _written_gaps(item, about, responses)
    raise Unsure("一道题里有几种作答方式，这里不支持。请拆成几道题。")


def _choice(item: Item, about: About, response: Response) -> FoundQuestion:
    if response.cardinality == "ordered":
        texts = dict(response.labels)
        order = item.conditions.in_order(response.identifier)
        if sorted(order) != sorted(texts):
            raise Unsure("排序题的正确次序和选项对不上。请改好次序。")
        items, shown = [texts[identifier] for identifier in order], list(texts.values())
        return building.build(Kind.ORDERING, about, {"items": items}, displayed=() if shown == items else shown)
    shares, replies = item.conditions.shares(response.identifier), _replies(item, response)
    choices = [
        Choice(text or identifier, shares.get(identifier, Decimal(0)), replies.get(identifier, ""))
        for identifier, text in response.labels
    ]
    truths = [building.truth(choice.text) for choice in choices]
    if response.cardinality == "single" and sorted(map(str, truths)) == ["False", "True"]:
        right = [truth for truth, choice in zip(truths, choices, strict=True) if choice.share >= 1]
        if len(right) == 1 and right[0] is not None:
            return building.true_false(about, right[0], [(choice.text, choice.why) for choice in choices])
    return building.choice(about, choices, several=response.cardinality == "multiple")


def _accepted(item: Item, response: Response) -> list[Choice]:
    replies = _replies(item, response)
    tests = {test.name for one in item.conditions.winning(response.identifier) for test in one.tests}
    if tests - {"varequal"}:
        raise Unsure("填空题按包含的文字判分，这里不支持。请写出所有算对的说法。")
    shares = item.conditions.shares(response.identifier)
    return [Choice(text, share, replies.get(text, "")) for text, share in shares.items()]


def _written_gaps(item: Item, about: About, responses: list[Response]) -> FoundQuestion:
    blanks = [[one.text for one in _accepted(item, response) if one.share > 0] for response in responses]
    return building.build(Kind.FILL, about, {"blanks": blanks})


def _are_pairs(about: About, responses: list[Response]) -> bool:
    """Rows with the same choices, and a text of their own that is not the name of a gap in the stem."""
    names = set(BY_NAME.findall(about.stem))
    same = {tuple(text for _, text in response.labels) for response in responses}
    return len(same) == 1 and not all(response.prompt in names for response in responses)


def _matching(item: Item, about: About, responses: list[Response]) -> FoundQuestion:
    pairs: list[tuple[str, str]] = []
    for response in responses:
        right = list(item.conditions.shares(response.identifier))
        texts = dict(response.labels)
        if len(right) != 1 or right[0] not in texts:
            raise Unsure(f"连线题的“{response.prompt[:40]}”没有写连到哪一项。请补上。")
        pairs.append((response.prompt, texts[right[0]]))
    used = {right for _, right in pairs}
    extra = [text for _, text in responses[0].labels if text not in used]
    return building.matching(about, pairs, extra)


def _named_gaps(item: Item, about: About, responses: list[Response]) -> FoundQuestion:
    """Canvas: ``[name]`` in the stem, and for each name a list of words, to choose from or all of them right."""
    by_name = {response.prompt: response for response in responses}
    names = [name for name in BY_NAME.findall(about.stem) if name in by_name]
    if len(by_name) != len(responses) or sorted(names) != sorted(by_name):
        raise Unsure("题干里的空和答案对不上。请改好题干里的 [名称]。")
    stem = BY_NAME.sub(lambda found: GAP if found[1] in by_name else found[0], about.stem)
    about = replace(about, stem=stem)
    type_ = _said(item.element).get("question_type", "")
    if type_ == "fill_in_multiple_blanks_question":
        return building.build(
            Kind.FILL, about, {"blanks": [[text for _, text in by_name[name].labels] for name in names]}
        )
    gaps = []
    for name in names:
        shares, replies = item.conditions.shares(by_name[name].identifier), _replies(item, by_name[name])
        gaps.append(
            [
                {"text": text, "correct": shares.get(identifier, Decimal(0)) >= 1, "why": replies.get(identifier, "")}
                for identifier, text in by_name[name].labels
            ]
        )
    return building.build(Kind.CLOZE, about, {"gaps": gaps})
