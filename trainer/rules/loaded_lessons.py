"""A draft of a lesson that came out of a document: its one JSON shape, and the facts that a person ticked."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from quizzes.rules.facts import Attribute, Fact, FactType
from quizzes.rules.vocabulary import Platform
from trainer.rules.proposals import FactProposal
from trainer.rules.splitting import LessonDraft

TITLE, SUMMARY, SUBJECT, ATTRIBUTE, VALUE, UNIT, NOTE = 60, 120, 80, 40, 60, 20, 300
CHARACTERS_A_MINUTE = 400
NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,4})?")


def draft_to_data(
    draft: LessonDraft, source: Sequence[tuple[int, str]], facts: Sequence[FactProposal]
) -> dict[str, Any]:
    """What is kept of a draft: itself, the lines it was made from, and each proposed fact, none taken yet."""
    return {
        "title": draft.title,
        "kind": draft.kind.value,
        "kind_reason": draft.kind_reason,
        "platforms": [platform.value for platform in draft.platforms],
        "summary": summary_of(draft.body),
        "body": draft.body,
        "places": list(draft.places),
        "source": [list(line) for line in source],
        "facts": [
            {
                "subject": fact.subject[:SUBJECT],
                "attribute": fact.attribute[:ATTRIBUTE],
                "value": fact.value[:VALUE],
                "unit": fact.unit[:UNIT],
                "line": fact.line,
                "evidence": fact.evidence,
                "doubt": fact.doubt,
                "take": False,
            }
            for fact in facts
        ],
    }


def summary_of(body: str) -> str:
    """The first sentence of the text, for lists; headings and marks are left out."""
    for line in body.splitlines():
        text = re.sub(r"^[\s>*+\-\d.、|#]+", "", line).replace("*", "").strip() if not line.startswith("#") else ""
        if len(text) >= 4:
            return re.split(r"(?<=[。！？；])", text, maxsplit=1)[0][:SUMMARY]
    return ""


def minutes_for(body: str) -> int:
    """How long it takes to read, from 1 to 30 minutes."""
    return min(30, max(1, round(len(body) / CHARACTERS_A_MINUTE)))


def facts_of_data(
    rows: Sequence[Mapping[str, Any]], *, lesson: str, topic: str, scope: Sequence[Platform]
) -> tuple[Fact, ...]:
    """The facts that were taken. Keys follow from what a fact is about, so that another value is the same fact anew."""
    facts: dict[str, Fact] = {}
    for row in rows:
        if row["take"] and row["subject"] and row["value"]:
            fact = _fact(row, lesson, topic, scope)
            facts.setdefault(fact.key, fact)
    return tuple(facts.values())


def _fact(row: Mapping[str, Any], lesson: str, topic: str, scope: Sequence[Platform]) -> Fact:
    name = row["attribute"] or "内容"
    number = Decimal(row["value"]) if row["unit"] and NUMBER.fullmatch(row["value"]) else None
    key = f"{lesson[:60]}-{_hash(row['subject'], name)}"
    common = {
        "key": key,
        "subject": row["subject"],
        "note": row["evidence"][:NOTE] or "见课程原文。",
        "attribute": attribute_named(name, number is not None),
        "scope": frozenset(scope) or frozenset({Platform.ALL}),
        "lesson": lesson,
        "topic": topic,
    }
    if number is not None:
        return Fact(type=FactType.NUMBER, number=number, unit=row["unit"], **common)
    return Fact(type=FactType.VALUE, value=f"{row['value']}{row['unit']}"[:VALUE], **common)


def attribute_named(name: str, is_number: bool) -> Attribute:
    """How a fact of a document is asked about: plainly, by the name of what it says."""
    said = name.replace("{", "").replace("}", "")
    ask = "是多少" if is_number else "是什么"
    key = f"loaded-{'number' if is_number else 'value'}-{_hash(name)}"
    return Attribute(key, name, f"{{subject}}，{said}{ask}？", f"{{subject}}，{said}是{{value}}。")


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:10]
