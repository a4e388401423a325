"""Facts that a draft seems to state, proposed to the person who reviews it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.rules.facts import FactType
from trainer.rules.document import Block


@dataclass(frozen=True)
class FactProposal:
    """One statement as a fact. ``evidence`` is the sentence that says so, on line ``line`` of the file.

    ``doubt`` says what makes it questionable, empty where nothing does.
    """

    subject: str
    attribute: str
    value: str
    unit: str
    type: FactType
    line: int
    evidence: str
    doubt: str = ""

    def to_report(self) -> dict[str, Any]:
        return {"subject": self.subject, "attribute": self.attribute, "value": self.value, "unit": self.unit}


def propose(title: str, blocks: Sequence[Block]) -> tuple[FactProposal, ...]:
    return ()
