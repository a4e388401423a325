"""What the versions of a question say, as lines that a person can compare."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.models import Question, QuestionVersion
from quizzes.models.labels import LABELS
from quizzes.rules.differences import Row, compare
from quizzes.rules.questions import (
    Cloze,
    Content,
    Fill,
    FreeText,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Single,
    TrueFalse,
)
from quizzes.rules.reviewed import display_number
from quizzes.rules.vocabulary import Kind, MarkingRule, Platform


@dataclass(frozen=True)
class VersionHistory:
    """One version and what it changed against the one before; no rows for the first."""

    version: QuestionVersion
    rows: tuple[Row, ...]


def history(question: Question) -> list[VersionHistory]:
    """The versions of a question, newest first, each with what it changed."""
    versions = list(question.versions.select_related("created_by", "topic").order_by("number"))
    found, before = [], None
    for version in versions:
        found.append(VersionHistory(version, compare_versions(before, version) if before else ()))
        before = version
    return found[::-1]


def compare_versions(old: QuestionVersion, new: QuestionVersion) -> tuple[Row, ...]:
    return compare(version_lines(old), version_lines(new))


def compare_correction(version: QuestionVersion, content: dict, explanation: str) -> tuple[Row, ...]:
    """What a correction would change in ``version``."""
    corrected = copy(version)
    corrected.content, corrected.explanation = content, explanation
    return compare_versions(version, corrected)


def version_lines(version: QuestionVersion) -> list[str]:
    """A version as lines of text that a person can compare."""
    facts = (
        LABELS[Kind(version.kind)],
        version.topic,
        LABELS[Platform(version.platform)],
        _("难度 %(difficulty)s") % {"difficulty": version.difficulty},
        LABELS[MarkingRule(version.rule)],
    )
    lines = [version.stem, *content_lines(version.parsed()), " · ".join(str(fact) for fact in facts)]
    if version.explanation:
        lines.append(_("讲解：%(text)s") % {"text": version.explanation})
    return lines


def content_lines(content: Content) -> list[str]:
    """The parts of a question with its key, one a line, in an order that does not depend on how it is stored."""
    match content:
        case Single(options) | Multiple(options):
            return _option_lines(sorted(options, key=lambda option: option.id))
        case TrueFalse(answer):
            return [_("答案：%(key)s") % {"key": _("正确") if answer else _("错误")}]
        case Fill(blanks):
            return [
                _("第 %(number)s 空：%(texts)s") % {"number": number, "texts": " / ".join(wordings)}
                for number, wordings in enumerate(blanks, 1)
            ]
        case Numeric(answer, tolerance, unit):
            return [
                _("答案：%(key)s %(unit)s，容许误差 %(tolerance)s")
                % {"key": display_number(answer), "unit": unit, "tolerance": display_number(tolerance)}
            ]
        case Matching(pairs, extra):
            return [f"{pair.left.text} → {pair.right.text}" for pair in pairs] + [
                _("多余：%(text)s") % {"text": part.text} for part in extra
            ]
        case Ordering(items):
            return [f"{number}. {item.text}" for number, item in enumerate(items, 1)]
        case Cloze(gaps):
            return [
                _("第 %(number)s 空 %(line)s") % {"number": number, "line": line}
                for number, gap in enumerate(gaps, 1)
                for line in _option_lines(gap)
            ]
        case FreeText(rubric, sample):
            lines = [_("%(points)s 分：%(text)s") % {"points": line.points, "text": line.text} for line in rubric]
            return [*lines, _("参考回答：%(text)s") % {"text": sample}] if sample else lines


def _option_lines(options: Iterable[Option]) -> list[str]:
    return [
        f"{_('对') if option.correct else _('错')} · {option.text}" + (f"（{option.why}）" if option.why else "")
        for option in options
    ]
