"""Items of QTI 2.0, 2.1, 2.2 and 3.0 → questions, one reader an interaction."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from lxml import etree

from quizzes.formats import building
from quizzes.formats.building import About, Choice, Unsure
from quizzes.formats.found import FoundQuestion
from quizzes.formats.markup import element_to_text
from quizzes.formats.qti import item_feedback
from quizzes.formats.qti.item import Item
from quizzes.formats.qti.responses import Declared, declared, number_and_tolerance
from quizzes.formats.trees import attribute, child, child_text, children, descendants, local
from quizzes.rules.questions import GAP
from quizzes.rules.vocabulary import Kind

OUR_IDENTIFIER = re.compile(r"question-\d+")
FOR_MARKERS = {"scorer", "author", "tutor", "proctor", "testConstructor"}


def read_item(element: etree._Element, about: About) -> FoundQuestion:
    """The question of an item. ``about`` brings what the package says of it. Raises ``Unsure``."""
    body = child(element, "itemBody")
    if body is None:
        raise Unsure("没有读到题目的正文（itemBody）。请重新导出。")
    if children(element, "templateDeclaration"):
        raise Unsure("题目里的数是随机生成的，这里不支持。请改成固定的数。")
    interactions = [found for found in body.iter(etree.Element) if local(found).endswith("Interaction")]
    item = Item(element, declared(element), interactions)
    found = building.only_text(lambda: _question(item, body, about), item)
    if child(element, "assessmentStimulusRef") is not None:
        raise Unsure("题目要看另一份材料才能答。请把材料写进题干。", found)
    return found


def _question(item: Item, body: etree._Element, about: About) -> FoundQuestion:
    about = replace(
        about,
        stem=item.text(body),
        explanation=item_feedback.explanation(item),
        marks=_marks(item.element),
        name=_name(item.element) or about.name,
    )
    names = [local(interaction) for interaction in item.interactions]
    kinds = set(names)
    building.check_count(names)
    if not names:
        raise Unsure("题目没有可以作答的地方。请补上选项或填空。")
    if kinds == {"inlineChoiceInteraction"}:
        return _inline_choices(item, about)
    if kinds == {"textEntryInteraction"}:
        return _text_entries(item, about)
    if len(names) > 1:
        raise Unsure("一道题里有几个小题或几种作答方式，这里不支持。请拆成几道题。")
    reader = READERS.get(names[0])
    if reader is None:
        raise Unsure(f"作答方式“{names[0].removesuffix('Interaction')}”这里没有。请改成选择、判断、填空等题型。")
    return reader(item, about, item.interactions[0])


# --- one reader an interaction -------------------------------------------------------------------------------

def _choice(item: Item, about: About, interaction: etree._Element) -> FoundQuestion:
    response = item.response(interaction)
    options = item.options(interaction, "simpleChoice", "hottext")
    replies = item_feedback.replies(item)
    shares = response.shares([identifier for identifier, _ in options])
    choices = [
        Choice(text, share, replies.get(identifier, ""))
        for (identifier, text), share in zip(options, shares, strict=True)
    ]
    truths = [building.truth(text) for _, text in options]
    if not response.several and sorted(map(str, truths)) == ["False", "True"]:
        right = [truth for truth, share in zip(truths, shares, strict=True) if share >= 1]
        if len(right) == 1 and right[0] is not None:
            return building.true_false(about, right[0], [(choice.text, choice.why) for choice in choices])
    return building.choice(about, choices, several=response.several)


def _order(item: Item, about: About, interaction: etree._Element) -> FoundQuestion:
    response = item.response(interaction)
    texts = dict(item.options(interaction, "simpleChoice"))
    if sorted(response.correct) != sorted(texts):
        raise Unsure("排序题的正确次序和选项对不上。请改好次序。")
    items = [texts[identifier] for identifier in response.correct]
    shown = list(texts.values())
    return building.build(Kind.ORDERING, about, {"items": items}, displayed=() if shown == items else shown)


def _match(item: Item, about: About, interaction: etree._Element) -> FoundQuestion:
    sets = children(interaction, "simpleMatchSet")
    if len(sets) != 2:
        raise Unsure("连线题应当有左右两组选项。请改好题目。")
    left, right = (item.options(side, "simpleAssociableChoice") for side in sets)
    pairs = [pair.split() for pair in item.response(interaction).right()]
    by_left = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    rights = dict(right)
    if len(by_left) != len(pairs) or set(by_left) != {identifier for identifier, _ in left}:
        raise Unsure("连线题左边不是每一项都正好连一个右边的选项，这里不支持。请改成选择题或判断题。")
    if len(set(by_left.values())) != len(by_left) or not set(by_left.values()) <= set(rights):
        raise Unsure("连线题右边有选项要用两次，这里不支持。请改成选择题或判断题。")
    extra = [text for identifier, text in right if identifier not in by_left.values()]
    return building.matching(about, [(text, rights[by_left[identifier]]) for identifier, text in left], extra)


def _associate(item: Item, about: About, interaction: etree._Element) -> FoundQuestion:
    """A matching, if each choice belongs to one pair at most."""
    texts = dict(item.options(interaction, "simpleAssociableChoice"))
    pairs = [pair.split() for pair in item.response(interaction).right()]
    used = [identifier for pair in pairs for identifier in pair]
    if any(len(pair) != 2 for pair in pairs) or len(set(used)) != len(used) or not set(used) <= set(texts):
        raise Unsure("配对题里有选项要用两次，这里不支持。请改成选择题。")
    extra = [text for identifier, text in texts.items() if identifier not in used]
    return building.matching(about, [(texts[left], texts[right]) for left, right in pairs], extra)


def _gap_match(item: Item, about: About, interaction: etree._Element) -> FoundQuestion:
    texts = dict(item.options(interaction, "gapText"))
    if descendants(interaction, "gapImg"):
        raise Unsure("选词填空的选项里有图片，这里只能放文字。请改写题目。")
    gaps = [attribute(gap, "identifier") for gap in descendants(interaction, "gap")]
    right: dict[str, str] = {}
    for pair in item.response(interaction).right():
        ends = pair.split()
        both_ways = (ends, ends[::-1]) if len(ends) == 2 else ()
        right.update({gap: word for word, gap in both_ways if word in texts and gap in gaps})
    if set(right) != set(gaps):
        raise Unsure("选词填空不是每个空都有正确的词。请补上答案。")
    data = [[{"text": text, "correct": right[gap] == word} for word, text in texts.items()] for gap in gaps]
    return building.build(Kind.CLOZE, about, {"gaps": data})


def _inline_choices(item: Item, about: About) -> FoundQuestion:
    replies = item_feedback.replies(item)
    gaps = []
    for interaction in item.interactions:
        right = item.response(interaction).right()
        gaps.append(
            [
                {"text": text, "correct": identifier in right, "why": replies.get(identifier, "")}
                for identifier, text in item.options(interaction, "inlineChoice")
            ]
        )
    return building.build(Kind.CLOZE, about, {"gaps": gaps})


def _text_entries(item: Item, about: About) -> FoundQuestion:
    responses = [item.response(interaction) for interaction in item.interactions]
    if len(responses) == 1 and responses[0].is_number:
        return _number(item, about, responses[0])
    blanks: list[tuple[str, ...]] = []
    partly: list[str] = []
    for place, response in enumerate(responses, 1):
        accepted = response.accepted()
        partly += [text for text, share in accepted.items() if 0 < share < 1]
        blanks.append(tuple(text for text, share in accepted.items() if share >= 1 and text))
        if not blanks[-1]:
            raise Unsure(f"第 {place} 空没有写正确答案。请补上。")
    found = building.build(Kind.FILL, about, {"blanks": blanks})
    if partly:
        raise Unsure(f"有答案只得一部分分（{'、'.join(partly)}），这里不支持。请确认是算对还是算错。", found)
    return found


def _number(item: Item, about: About, response: Declared) -> FoundQuestion:
    value, tolerance = number_and_tolerance(item.element, response)
    stem = about.stem.removesuffix(GAP).rstrip() or about.stem
    return building.numeric(replace(about, stem=stem), str(value), str(tolerance), item.unit)


def _slider(item: Item, about: About, interaction: etree._Element) -> FoundQuestion:
    return _number(item, about, item.response(interaction))


def _extended_text(item: Item, about: About, interaction: etree._Element) -> FoundQuestion:
    rubrics = [
        element_to_text(rubric).text
        for rubric in descendants(item.element, "rubricBlock")
        if FOR_MARKERS & set(attribute(rubric, "view").split())
    ]
    response = item.responses.get(attribute(interaction, "responseIdentifier"))
    guide = "\n".join(text for text in rubrics if text) or "\n".join(response.correct if response else ())
    return building.free_text(about, guide)


READERS: dict[str, Callable[[Item, About, etree._Element], FoundQuestion]] = {
    "choiceInteraction": _choice,
    "hottextInteraction": _choice,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "associateInteraction": _associate,
    "gapMatchInteraction": _gap_match,
    "extendedTextInteraction": _extended_text,
    "sliderInteraction": _slider,
}


# --- what the item says of itself ------------------------------------------------------------------------------

def _marks(element: etree._Element) -> Decimal | None:
    for outcome in children(element, "outcomeDeclaration"):
        raw = ""
        if attribute(outcome, "identifier") == "MAXSCORE":
            raw = child_text(outcome, "defaultValue", "value")
        elif attribute(outcome, "identifier") == "SCORE":
            raw = attribute(outcome, "normalMaximum")
        try:
            value = Decimal(raw)
        except InvalidOperation:
            continue
        if value.is_finite() and 0 < value < 10_000:
            return value
    return None


def _name(element: etree._Element) -> str:
    identifier = attribute(element, "identifier").strip()
    return attribute(element, "label").strip() or ("" if OUR_IDENTIFIER.fullmatch(identifier) else identifier)
