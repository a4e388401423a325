"""The fields of a question in Moodle XML: texts with their format, tags, categories, what is said afterwards."""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from lxml import etree

from quizzes.formats.building import About, Unsure, labelled
from quizzes.formats.markup import Rendered, element_to_text, html_to_text, lines_to_text
from quizzes.formats.trees import child, child_text, children

# What Moodle itself puts there; it says nothing about the question.
STOCK_REPLIES = {
    *("Your answer is correct", "Your answer is partially correct", "Your answer is incorrect"),
    *("回答正确", "部分正确", "回答错误", "您的回答正确", "您的回答部分正确", "您的回答不正确"),
    *("你的回答正确", "你的回答部分正确", "你的回答不正确"),
}
AFTER = (
    ("correctfeedback", "答对时："),
    ("partiallycorrectfeedback", "部分答对时："),
    ("incorrectfeedback", "答错时："),
)


@dataclass
class Texts:
    """Reads the texts of one question and remembers what could not be read as text."""

    media: list[str] = field(default_factory=list)
    whole: bool = True

    def of(self, element: etree._Element | None) -> str:
        """The text of a field such as ``<questiontext format="html"><text>…``."""
        if element is None:
            return ""
        inner = child(element, "text")
        inner = element if inner is None else inner
        if len(inner):  # markup that was not wrapped
            return self._kept(element_to_text(inner))
        raw = inner.text or ""
        match element.get("format"):
            case "plain_text" | "markdown":
                return lines_to_text(raw)
            case "html":
                return self.html(raw)
        return self.html(re.sub(r"\r\n|\r|\n", "<br>", raw.strip()))

    def html(self, raw: str) -> str:
        return self._kept(html_to_text(raw))

    def _kept(self, rendered: Rendered) -> str:
        self.media += rendered.media
        self.whole = self.whole and rendered.whole
        return rendered.text


def share_of(answer: etree._Element) -> Decimal:
    """The part of the marks that an answer earns; Moodle writes per cent."""
    raw = (answer.get("fraction") or "0").strip()
    try:
        value = Decimal(raw)
    except InvalidOperation:
        raise Unsure(f"答案的得分比例“{raw[:20]}”不是数字。请确认哪个答案正确。") from None
    if not value.is_finite() or abs(value) > 1_000_000:
        raise Unsure(f"答案的得分比例“{raw[:20]}”超出了范围。请确认哪个答案正确。")
    return value / 100 if value < Decimal("99.99") else Decimal(1)


def about(question: etree._Element, texts: Texts, topic: str) -> About:
    """All fields but the name, which is compared with the stem as it is read in the end."""
    found = About(
        line=question.sourceline or 1,
        stem=texts.of(child(question, "questiontext")),
        explanation=_explanation(question, texts),
        marks=_marks(question),
        topic=topic,
    )
    tags = child(question, "tags")
    return labelled(found, [child_text(tag, "text") or child_text(tag) for tag in children(tags, "tag")])


def _explanation(question: etree._Element, texts: Texts) -> str:
    lines = [texts.of(child(question, "generalfeedback"))]
    for name, label in AFTER:
        reply = texts.of(child(question, name))
        if reply and reply.rstrip("。.") not in STOCK_REPLIES:
            lines.append(label + reply)
    lines += [f"提示：{hint}" for hint in map(texts.of, children(question, "hint")) if hint]
    return "\n".join(line for line in lines if line)


def _marks(question: etree._Element) -> Decimal | None:
    raw = child_text(question, "defaultgrade")
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return None
    return value.normalize() + 0 if value.is_finite() and 0 < value < 10_000 else None


def name_of(question: etree._Element, stem: str) -> str:
    """The identifier; else the name, unless it only repeats how the question begins."""
    identifier = lines_to_text(child_text(question, "idnumber"))
    if identifier:
        return identifier
    name = re.sub(r"\s+", " ", child_text(question, "name", "text")).strip()
    begins = name.rstrip("….").strip()
    return "" if re.sub(r"\s+", " ", stem).startswith(begins) else name
