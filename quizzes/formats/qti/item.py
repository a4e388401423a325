"""One item of QTI 2 or 3 while it is read: its texts, its choices and what is declared as right."""

from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from quizzes.formats.building import Unsure, check_count
from quizzes.formats.markup import BREAK, element_to_text
from quizzes.formats.qti.responses import Declared
from quizzes.formats.trees import attribute, child, descendants, local
from quizzes.rules.questions import GAP

ASIDE = {"feedbackInline", "feedbackBlock", "rubricBlock", "infoControl", "stylesheet", "modalFeedback", "catalogInfo"}
INLINE = {"textEntryInteraction", "inlineChoiceInteraction"}
FLOWING = {"gapMatchInteraction", "hottextInteraction"}  # their text is read where it stands


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
        check_count(found)
        if len({identifier for identifier, _ in found}) != len(found):
            raise Unsure("有两个选项的编号相同，分不清哪个正确。请改好选项。")
        return found
