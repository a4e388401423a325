"""What a change of the pattern library would change: replies that are judged otherwise with it than without it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quizzes.rules.replies.judging import Verdict, judge
from quizzes.rules.replies.normalise import normalise
from quizzes.rules.replies.patterns import Pattern, Where
from quizzes.rules.replies.records import Record
from quizzes.rules.replies.shop import Library

Touches = Callable[[str], bool]  # whether a reply might be judged otherwise
SAMPLE = 300  # replies that are judged where a pattern reads the context, which no quick look can rule out


@dataclass(frozen=True)
class Change:
    """A reply whose verdict turns round or becomes sure or unsure; ``label`` is what a person said, if anybody did."""

    record: Record
    before: Verdict
    after: Verdict
    label: bool | None

    @property
    def turned(self) -> bool:
        return self.before.yes is not self.after.yes


@dataclass(frozen=True)
class Effect:
    """``read`` replies were looked at; ``found`` hold the words, and people said ``yes`` and ``no`` of so many."""

    read: int
    found: int
    yes: int
    no: int
    changes: tuple[Change, ...]

    @property
    def turned(self) -> int:
        return sum(change.turned for change in self.changes)

    @property
    def better(self) -> int:
        """Verdicts that are as people said only with the change."""
        return sum(change.turned and change.after.yes is change.label for change in self.changes)

    @property
    def worse(self) -> int:
        return sum(change.turned and change.before.yes is change.label for change in self.changes)


def effect(
    records: Iterable[Record], check: str, patterns: Sequence[Pattern], before: Library, after: Library
) -> Effect:
    """Judge with both libraries what the ``patterns``, old and new wording, could concern."""
    records = list(records)
    if _reads_context(patterns):
        records = records[:: max(1, len(records) // SAMPLE)]
    touches = touched_by(patterns)
    touched = [record for record in records if touches(record.reply.text)]
    changes = []
    for record in touched:
        old = judge(record.reply, library=before)[check]
        new = judge(record.reply, library=after)[check]
        if (old.yes, old.sure) != (new.yes, new.sure):
            changes.append(Change(record, old, new, record.labels.get(check)))
    labels = [record.labels.get(check) for record in touched]
    return Effect(len(records), len(touched), labels.count(True), labels.count(False), tuple(changes))


def touched_by(patterns: Sequence[Pattern]) -> Touches:
    """What holds the words of one of ``patterns``; anything where one of them reads more than the reply."""
    if _reads_context(patterns):
        return lambda text: True
    return lambda text: any(pattern.words.search(normalise(text).text) for pattern in patterns)


def _reads_context(patterns: Iterable[Pattern]) -> bool:
    return any(pattern.where is not Where.REPLY for pattern in patterns)
