"""An impact as its page tells it: every changed fact and every touched question in a row of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.models import Question
from quizzes.rules.facts import Fact
from quizzes.rules.generation.wording import statement
from trainer.queries.impact import Impact
from trainer.rules.changes import FactChange, Touch

TOUCHES = {
    Touch.ADDED: gettext_lazy("新增"),
    Touch.REMOVED: gettext_lazy("不再有"),
    Touch.CHANGED: gettext_lazy("变了"),
    Touch.REWORDED: gettext_lazy("只改了说明"),
}
GATES = {"duplicate": gettext_lazy("查重"), "distractors": gettext_lazy("干扰项"), "key": gettext_lazy("答案"),
         "options": gettext_lazy("选项"), "reading": gettext_lazy("读起来通不通"), "content": gettext_lazy("题面"),
         "facts": gettext_lazy("知识点")}  # fmt: skip


@dataclass(frozen=True)
class FactRow:
    """A fact before and after, in sentences; empty where there was, or will be, none."""

    key: str
    touch: Touch
    word: str
    before: str
    after: str


@dataclass(frozen=True)
class QuestionRow:
    """A question and what becomes of it: ``changed``, ``gone``, ``new``, ``review`` or ``refused``. ``question`` is
    ``None`` for one that is not in the bank."""

    fate: str
    before: str
    after: str
    question: Question | None = None
    reason: str = ""


def fact_rows(impact: Impact) -> list[FactRow]:
    return [
        FactRow(change.key, change.touch, str(TOUCHES[change.touch]), _said(change.before), _said(change.after))
        for change in impact.facts
    ]


def _said(fact: Fact | None) -> str:
    return statement(fact) if fact else ""


def question_rows(impact: Impact) -> list[QuestionRow]:
    return [*_rows(impact)]


def _rows(impact: Impact) -> Iterator[QuestionRow]:
    for question in impact.handwritten:
        yield QuestionRow("review", question.current.stem if question.current else "", "", question)
    for gone in impact.remaking.gone:
        yield QuestionRow("gone", gone.before.stem, "", gone.question, gone.reason)
    for one in impact.remaking.changed:
        same = one.before.stem == one.after.stem
        yield QuestionRow("changed", one.before.stem, "" if same else one.after.stem, one.question)
    for made in impact.remaking.new:
        yield QuestionRow("new", "", made.stem)
    known = {(gone.before.form, gone.reason) for gone in impact.remaking.gone}
    for refusal in impact.remaking.refused:
        if (refusal.form, refusal.reason) not in known:
            gate = GATES.get(refusal.gate, refusal.gate)
            told = _("%(name)s：%(value)s") % {"name": gate, "value": refusal.reason}
            yield QuestionRow("refused", "", "", None, told)


def suggested_note(impact: Impact) -> str:
    """A first wording of what changed, for the admin to mend."""
    told = [_told(change) for change in impact.facts if change.touch != Touch.REWORDED]
    return "".join(told)[:300]


def _told(change: FactChange) -> str:
    if change.before is None:
        return _("新增：%(after)s") % {"after": _said(change.after)}
    if change.after is None:
        return _("不再有：%(before)s") % {"before": _said(change.before)}
    return _("原来：%(before)s现在：%(after)s") % {"before": _said(change.before), "after": _said(change.after)}
