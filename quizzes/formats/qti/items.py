"""Items of QTI 2.0, 2.1, 2.2 and 3.0 → questions, one reader an interaction."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property

from lxml import etree

from quizzes.formats import building
from quizzes.formats.building import About, Choice, Unsure
from quizzes.formats.found import FoundQuestion
from quizzes.formats.markup import BREAK, element_to_text
from quizzes.formats.qti.responses import Declared, declared, number_and_tolerance
from quizzes.formats.trees import attribute, child, child_text, children, descendants, local
from quizzes.rules.questions import GAP
from quizzes.rules.vocabulary import Kind

ITEMS = ("assessmentItem",)
ASIDE = {"feedbackInline", "feedbackBlock", "rubricBlock", "infoControl", "stylesheet", "modalFeedback", "catalogInfo"}
INLINE = {"textEntryInteraction", "inlineChoiceInteraction"}
FLOWING = {"gapMatchInteraction", "hottextInteraction"}  # their text is read where it stands
OUR_IDENTIFIER = re.compile(r"question-\d+")
FOR_MARKERS = {"scorer", "author", "tutor", "proctor", "testConstructor"}
WRONG, RIGHT = re.compile("(?i)incorrect|wrong|错"), re.compile("(?i)correct|right|对")


@dataclass
class Item:
    """One item while it is read: its interactions in order, and what had to be left out of the text."""

    element: etree._Element
    responses: dict[str, Declared]
    interactions: list[etree._Element]
    media: list[str] = field(default_factory=list)
    whole: bool = True
    unit: str = ""

    @cached_property
    def choices(self) -> set[str]:
        """The identifiers of all choices: feedback of the same name is a reply to one of them."""
        return {
            attribute(option, "identifier")
            for interaction in self.interactions
            for option in descendants(interaction, "simpleChoice", "inlineChoice", "hottext")
        }

    def text(self, element: etree._Element | None) -> str:
        """The text of a part of the item, with ``____`` for each gap, without feedback and other asides."""
        if element is None:
            return ""
        rendered = element_to_text(element, self._instead)
        self.media += rendered.media
        self.whole = self.whole and rendered.whole
        return rendered.text

    def _instead(self, element: etree._Element) -> str | None:
        name = local(element)
        if name in INLINE or name == "gap":
            return GAP
        if name in ASIDE or name in ("gapText", "gapImg"):
            return ""
        if name == "span" and element.get("class") == "unit":
            self.unit = element_to_text(element).text
            return ""
        if name == "printedVariable":
            raise Unsure("题目里的数是随机生成的，这里不支持。请改成固定的数。")
        if name.endswith("Interaction") and name not in FLOWING:
            return f"{BREAK}{self.text(child(element, 'prompt'))}{BREAK}"
        return None

    def response(self, interaction: etree._Element) -> Declared:
        identifier = attribute(interaction, "responseIdentifier")
        if identifier not in self.responses:
            raise Unsure("题目没有写正确答案。请补上。")
        return self.responses[identifier]

    def options(self, parent: etree._Element, *names: str) -> list[tuple[str, str]]:
        """The identifier and text of each choice in an interaction."""
        found = [(attribute(option, "identifier"), self.text(option)) for option in descendants(parent, *names)]
        if len({identifier for identifier, _ in found}) != len(found):
            raise Unsure("有两个选项的编号相同，分不清哪个正确。请改好选项。")
        return found


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
        explanation=_explanation(item),
        marks=_marks(item.element),
        name=_name(item.element) or about.name,
    )
    names = [local(interaction) for interaction in item.interactions]
    kinds = set(names)
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
    replies = _replies(item)
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
    replies = _replies(item)
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


# --- what is said afterwards ---------------------------------------------------------------------------------

def _replies(item: Item) -> dict[str, str]:
    """What is said to each choice: within it, or in a feedback that is named like it or shown for it."""
    shown_for = _shown_for(item)
    replies: dict[str, str] = {}
    for feedback in children(item.element, "modalFeedback"):
        identifier = attribute(feedback, "identifier")
        choice = identifier if identifier in item.choices else shown_for.get(identifier)
        if choice:
            replies[choice] = item.text(feedback)
    for interaction in item.interactions:
        for option in descendants(interaction, "simpleChoice"):
            inside = [item.text(feedback) for feedback in descendants(option, "feedbackInline", "feedbackBlock")]
            if inside:
                replies[attribute(option, "identifier")] = "\n".join(filter(None, inside))
    return replies


def _shown_for(item: Item) -> dict[str, str]:
    """Feedback → the one choice for which the response processing shows it."""
    found: dict[str, str] = {}
    for condition in descendants(item.element, "responseIf", "responseElseIf"):
        outcomes = children(condition, "setOutcomeValue")
        values = [child_text(outcome, "baseValue") for outcome in outcomes]
        asked = {
            "".join(value.itertext()).strip()
            for test in children(condition)
            if local(test) != "setOutcomeValue"
            for value in descendants(test, "baseValue")
        } & item.choices
        if len(asked) == 1:
            found.update(dict.fromkeys(values, next(iter(asked))))
    return found


def _explanation(item: Item) -> str:
    shown_for = _shown_for(item)
    lines: list[str] = []
    for feedback in [*children(item.element, "modalFeedback"), *_feedback_in_body(item)]:
        identifier = attribute(feedback, "identifier")
        if identifier not in item.choices and identifier not in shown_for:
            text = item.text(feedback)
            lines += [_label(identifier) + text] if text else []
    return "\n".join(dict.fromkeys(lines))


def _feedback_in_body(item: Item) -> Sequence[etree._Element]:
    body = child(item.element, "itemBody")
    found = descendants(body, "feedbackBlock", "feedbackInline") if body is not None else []
    return [each for each in found if not any(local(parent) == "simpleChoice" for parent in each.iterancestors())]


def _label(identifier: str) -> str:
    return "答错时：" if WRONG.search(identifier) else "答对时：" if RIGHT.search(identifier) else ""


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
