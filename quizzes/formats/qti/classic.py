"""Items of QTI 1.2, as Canvas, Blackboard and older systems write them → questions."""

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from lxml import etree

from quizzes.formats import building
from quizzes.formats.building import About, Choice, Unsure
from quizzes.formats.found import FoundQuestion
from quizzes.formats.qti import classic_parts as parts
from quizzes.formats.qti.classic_parts import Item, Response
from quizzes.formats.qti.conditions import conditions, number_and_tolerance
from quizzes.formats.trees import child, child_text, children, descendants, local
from quizzes.rules.questions import GAP
from quizzes.rules.vocabulary import Kind

BY_NAME = re.compile(r"\[([^\[\]\n]{1,60})\]")
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


# --- one reader a kind ---------------------------------------------------------------------------------------

def _question(item: Item, presentation: etree._Element, about: About, type_: str) -> FoundQuestion:
    responses = [parts.response(item, found) for found in descendants(presentation, *parts.RESPONSES)]
    building.check_count(responses)
    about = parts.explained(item, replace(about, stem=parts.stem(item, presentation)), responses)
    if not responses:
        raise Unsure("题目没有可以作答的地方。请补上选项或填空；如果只是说明文字，不用导入。")
    types = {response.type for response in responses}
    first = responses[0]
    if "essay" in type_ or "short response" in type_:
        return building.free_text(about, parts.sample(item))
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
            return building.free_text(about, parts.sample(item))
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
    shares, replies = item.conditions.shares(response.identifier), parts.replies(item, response)
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
    replies = parts.replies(item, response)
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
        shares, replies = item.conditions.shares(by_name[name].identifier), parts.replies(item, by_name[name])
        gaps.append(
            [
                {"text": text, "correct": shares.get(identifier, Decimal(0)) >= 1, "why": replies.get(identifier, "")}
                for identifier, text in by_name[name].labels
            ]
        )
    return building.build(Kind.CLOZE, about, {"gaps": gaps})
