"""What an item of QTI 2 or 3 says after the answer: to each choice, and in general."""

import re
from collections.abc import Sequence

from lxml import etree

from quizzes.formats.qti.item import Item
from quizzes.formats.trees import attribute, child, child_text, children, descendants, local

WRONG, RIGHT = re.compile("(?i)incorrect|wrong|错"), re.compile("(?i)correct|right|对")


def replies(item: Item) -> dict[str, str]:
    """What is said to each choice: within it, or in a feedback that is named like it or shown for it."""
    shown_for = _shown_for(item)
    found: dict[str, str] = {}
    for feedback in children(item.element, "modalFeedback"):
        identifier = attribute(feedback, "identifier")
        choice = identifier if identifier in item.choices else shown_for.get(identifier)
        if choice:
            found[choice] = item.text(feedback)
    for interaction in item.interactions:
        for option in descendants(interaction, "simpleChoice"):
            inside = [item.text(feedback) for feedback in descendants(option, "feedbackInline", "feedbackBlock")]
            if inside:
                found[attribute(option, "identifier")] = "\n".join(filter(None, inside))
    return found


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


def explanation(item: Item) -> str:
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
