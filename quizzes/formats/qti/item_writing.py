"""One question → one item of QTI 2.1."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from lxml import etree

from quizzes.formats.building import plain_number
from quizzes.formats.found import FALSE, TRUE, FoundQuestion
from quizzes.formats.guides import guide_text
from quizzes.formats.markup import add_text
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

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
TITLE_LENGTH = 40


def item_xml(question: FoundQuestion, identifier: str) -> bytes:
    return etree.tostring(_Writer(question, identifier).item, encoding="UTF-8", xml_declaration=True)


class _Writer:
    """Builds an item. QTI wants declarations first, then the body, the processing and the feedback."""

    def __init__(self, question: FoundQuestion, identifier: str):
        self.question = question
        self.item = etree.Element(f"{{{QTI}}}assessmentItem", nsmap={None: QTI})
        title = " ".join(writable(question.stem).split())[:TITLE_LENGTH]
        self.item.attrib.update({"identifier": identifier, "title": title})
        self.item.attrib.update({"adaptive": "false", "timeDependent": "false"})
        if question.name:
            self.item.set("label", writable(question.name))
        self.most = question.marks if question.marks is not None else Decimal(1)
        self.replies: list[tuple[str, str]] = []
        self.chosen: list[str] = []  # responses whose value names a reply
        self.scores: list[etree._Element] = []
        self.body = etree.Element(f"{{{QTI}}}itemBody")
        self._content()
        self._outcomes()
        self.item.append(self.body)
        self._processing()
        for reply, text in self.replies:
            self._feedback(reply, text)

    # --- small pieces

    def _add(self, parent: etree._Element, name: str, **attributes: str) -> etree._Element:
        element = etree.SubElement(parent, f"{{{QTI}}}{name}")
        element.attrib.update({key: writable(value) for key, value in attributes.items()})
        return element

    def _text(self, parent: etree._Element, text: str) -> etree._Element:
        return add_text(parent, text, f"{{{QTI}}}br")

    def _value(self, parent: etree._Element, text: str) -> None:
        self._add(parent, "value").text = writable(text)

    def _stem(self) -> etree._Element:
        return self._text(self._add(self.body, "p"), self.question.stem)

    def _declare(self, identifier: str, cardinality: str, base_type: str, correct: Iterable[str]) -> etree._Element:
        response = self._add(
            self.item, "responseDeclaration", identifier=identifier, cardinality=cardinality, baseType=base_type
        )
        found = list(correct)
        if found:
            answer = self._add(response, "correctResponse")
            for value in found:
                self._value(answer, value)
        return response

    def _map(self, response: etree._Element, points: Iterable[tuple[str, Decimal]]) -> None:
        mapping = self._add(response, "mapping", lowerBound="0", defaultValue="0")
        for key, value in points:
            self._add(mapping, "mapEntry", mapKey=key, mappedValue=_points(value))
        score = etree.Element(f"{{{QTI}}}mapResponse")
        score.set("identifier", response.get("identifier") or "")
        self.scores.append(score)

    # --- the kinds

    def _content(self) -> None:
        match self.question.content:
            case Single(options):
                self._choice(options, "single")
            case Multiple(options):
                self._choice(options, "multiple")
            case TrueFalse(answer):
                self._true_false(answer)
            case Fill(blanks):
                self._fill(blanks)
            case Numeric(value, tolerance, unit):
                self._numeric(value, tolerance, unit)
            case Matching() as matching:
                self._matching(matching)
            case Ordering() as ordering:
                self._ordering(ordering)
            case Cloze(gaps):
                self._cloze(gaps)
            case FreeText() as content:
                self._free_text(content)

    def _choice(self, options: Sequence[Option], cardinality: str) -> None:
        names = [f"choice-{place}" for place in range(1, len(options) + 1)]
        right = [name for name, option in zip(names, options, strict=True) if option.correct]
        response = self._declare("RESPONSE", cardinality, "identifier", right)
        share = self.most / len(right)
        # As with us, a wrong choice among several costs as much as a right one earns.
        wrong = -share if cardinality == "multiple" else Decimal(0)
        self._map(
            response, [(name, share if option.correct else wrong) for name, option in zip(names, options, strict=True)]
        )
        self._stem()
        interaction = self._add(
            self.body,
            "choiceInteraction",
            responseIdentifier="RESPONSE",
            shuffle="true",
            maxChoices="1" if cardinality == "single" else "0",
        )
        for name, option in zip(names, options, strict=True):
            self._text(self._add(interaction, "simpleChoice", identifier=name), option.text)
            self._reply(name, option)
        self.chosen.append("RESPONSE")

    def _true_false(self, answer: bool) -> None:
        response = self._declare("RESPONSE", "single", "identifier", ["true" if answer else "false"])
        self._map(response, [("true" if answer else "false", self.most)])
        self._stem()
        interaction = self._add(
            self.body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="false", maxChoices="1"
        )
        for name, text in (("true", TRUE), ("false", FALSE)):
            self._text(self._add(interaction, "simpleChoice", identifier=name), text)

    def _fill(self, blanks: Sequence[Sequence[str]]) -> None:
        for place, variants in enumerate(blanks, 1):
            response = self._declare(_gap(place), "single", "string", variants[:1])
            self._map(response, [(text, self.most / len(blanks)) for text in dict.fromkeys(variants)])
        self._around_gaps(
            lambda parent, place: self._add(parent, "textEntryInteraction", responseIdentifier=_gap(place))
        )

    def _numeric(self, value: Decimal, tolerance: Decimal, unit: str) -> None:
        self._declare("RESPONSE", "single", "float", [plain_number(value)])
        self._stem()
        line = self._add(self.body, "p")
        self._add(line, "textEntryInteraction", responseIdentifier="RESPONSE")
        if unit:
            self._text(self._add(line, "span", **{"class": "unit"}), unit)
        margin = plain_number(tolerance)
        within = {"toleranceMode": "absolute", "tolerance": f"{margin} {margin}"}
        self._score_where("equal", "RESPONSE", within if tolerance else {"toleranceMode": "exact"})

    def _matching(self, matching: Matching) -> None:
        rights = [*(pair.right for pair in matching.pairs), *matching.extra]
        pairs = [f"left-{place} right-{place}" for place in range(1, len(matching.pairs) + 1)]
        response = self._declare("RESPONSE", "multiple", "directedPair", pairs)
        self._map(response, [(pair, self.most / len(pairs)) for pair in pairs])
        self._stem()
        most = str(len(pairs))
        interaction = self._add(
            self.body, "matchInteraction", responseIdentifier="RESPONSE", shuffle="true", maxAssociations=most
        )
        for side, texts in (("left", [pair.left.text for pair in matching.pairs]), ("right", [r.text for r in rights])):
            choices = self._add(interaction, "simpleMatchSet")
            for place, text in enumerate(texts, 1):
                name = f"{side}-{place}"
                self._text(self._add(choices, "simpleAssociableChoice", identifier=name, matchMax="1"), text)

    def _ordering(self, ordering: Ordering) -> None:
        names = {item.text: f"step-{place}" for place, item in enumerate(ordering.items, 1)}
        self._declare("RESPONSE", "ordered", "identifier", names.values())
        self._stem()
        interaction = self._add(self.body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
        shown = self.question.displayed if sorted(self.question.displayed) == sorted(names) else names
        for text in shown:
            self._text(self._add(interaction, "simpleChoice", identifier=names[text]), text)
        self._score_where("match", "RESPONSE", {})

    def _cloze(self, gaps: Sequence[Sequence[Option]]) -> None:
        for place, options in enumerate(gaps, 1):
            right = next(_word(place, index) for index, option in enumerate(options, 1) if option.correct)
            self._map(
                self._declare(_gap(place), "single", "identifier", [right]), [(right, self.most / len(gaps))]
            )
            self.chosen.append(_gap(place))

        def interaction(parent: etree._Element, place: int) -> None:
            element = self._add(parent, "inlineChoiceInteraction", responseIdentifier=_gap(place), shuffle="true")
            for index, option in enumerate(gaps[place - 1], 1):
                self._text(self._add(element, "inlineChoice", identifier=_word(place, index)), option.text)
                self._reply(_word(place, index), option)

        self._around_gaps(interaction)

    def _around_gaps(self, interaction: Callable[[etree._Element, int], object]) -> None:
        """The stem with an interaction at each gap, made by its line and place."""
        line = self._add(self.body, "p")
        first, *rest = split_stem(self.question.stem)
        self._text(line, first)
        for place, piece in enumerate(rest, 1):
            interaction(line, place)
            self._text(line, piece)

    def _free_text(self, content: FreeText) -> None:
        self._declare("RESPONSE", "single", "string", [])
        self._stem()
        self._add(self.body, "extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines="5")
        rubric = self._add(self.body, "rubricBlock", view="scorer")
        self._text(self._add(rubric, "p"), guide_text(content))

    # --- what follows from the answer

    def _reply(self, name: str, option: Option) -> None:
        if option.why:
            self.replies.append((name, option.why))

    def _score_where(self, test: str, response: str, how: dict[str, str]) -> None:
        condition = etree.Element(f"{{{QTI}}}responseCondition")
        if_right = self._add(condition, "responseIf")
        comparison = self._add(if_right, test, **how)
        self._add(comparison, "variable", identifier=response)
        self._add(comparison, "correct", identifier=response)
        outcome = self._add(if_right, "setOutcomeValue", identifier="SCORE")
        self._add(outcome, "baseValue", baseType="float").text = plain_number(self.most)
        self.scores.append(condition)

    def _outcomes(self) -> None:
        if self.question.explanation:
            self.replies.append(("explanation", self.question.explanation))
        score = self._add(self.item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
        if self.question.marks is not None:
            score.set("normalMaximum", plain_number(self.most))
        if self.replies:
            self._add(
                self.item, "outcomeDeclaration", identifier="FEEDBACK", cardinality="multiple", baseType="identifier"
            )

    def _processing(self) -> None:
        if not self.scores and not self.replies:
            return
        processing = self._add(self.item, "responseProcessing")
        if self.scores and self.scores[0].tag.endswith("responseCondition"):
            processing.extend(self.scores)
        elif self.scores:
            outcome = self._add(processing, "setOutcomeValue", identifier="SCORE")
            total = outcome if len(self.scores) == 1 else self._add(outcome, "sum")
            total.extend(self.scores)
        if self.replies:
            outcome = self._add(processing, "setOutcomeValue", identifier="FEEDBACK")
            shown = self._add(outcome, "multiple")
            for response in self.chosen:
                self._add(shown, "variable", identifier=response)
            self._add(shown, "baseValue", baseType="identifier").text = "explanation"

    def _feedback(self, reply: str, text: str) -> None:
        feedback = self._add(
            self.item, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier=reply, showHide="show"
        )
        self._text(feedback, text)


def _gap(place: int) -> str:
    return f"GAP-{place}"


def _word(place: int, index: int) -> str:
    return f"gap-{place}-{index}"


def _points(value: Decimal) -> str:
    return plain_number(round(value, 6))
