"""One lesson through its versions: what each changed, which is in force, and which questions rest on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import F, Prefetch, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quizzes.models import Question, QuestionBasis
from quizzes.models.labels import LABELS as ENGINE_LABELS
from quizzes.rules.differences import Row, compare, side_by_side
from quizzes.rules.generation.wording import statement
from quizzes.rules.vocabulary import Platform
from trainer.models import Fact, Lesson, LessonTopic, LessonVersion


class VersionState(StrEnum):
    DRAFT = "draft"
    IN_FORCE = "in_force"
    COMING = "coming"
    PAST = "past"


@dataclass(frozen=True)
class FactUse:
    """A fact with the questions whose current version rests on it: what a change of it touches."""

    fact: Fact
    statement: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class VersionLine:
    """A version with what it changed against the one before; ``touched`` are the facts that it changed, gave
    up or added, by key, each with how many questions rest on it."""

    version: LessonVersion
    state: VersionState
    rows: tuple[Row, ...]
    touched: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class LessonHistory:
    """Versions newest first; ``facts`` are those of ``shown``: the version in force, else the newest."""

    shown: LessonVersion | None
    versions: tuple[VersionLine, ...]
    facts: tuple[FactUse, ...]

    @property
    def in_force(self) -> bool:
        return any(line.state == VersionState.IN_FORCE for line in self.versions)


def lesson_history(lesson: Lesson, on: date) -> LessonHistory:
    """Everything about the versions of a lesson, in five queries whatever their number."""
    versions = list(
        lesson.versions.select_related("created_by")
        .prefetch_related(
            Prefetch("facts", Fact.objects.select_related("attribute").order_by("position")),
            Prefetch("topic_links", LessonTopic.objects.select_related("topic").order_by("position")),
        )
        .order_by("number")
    )
    published = [version for version in versions if version.published_at and _holds(version, on)]
    current = max(published, key=lambda version: (version.effective_from, version.number), default=None)
    questions = _questions_by_fact({fact.key for version in versions for fact in version.facts.all()})
    lines: list[VersionLine] = []
    before: LessonVersion | None = None
    for version in versions:
        rows = compare(version_lines(before), version_lines(version)) if before else ()
        touched = [(key, len(questions.get(key, ()))) for key in _changed_facts(before, version)] if before else []
        lines.append(VersionLine(version, _state(version, current, on), rows, tuple(touched)))
        before = version
    shown = current or (versions[-1] if versions else None)
    facts = shown.facts.all() if shown else ()
    uses = tuple(FactUse(fact, statement(fact.to_rule()), tuple(questions.get(fact.key, ()))) for fact in facts)
    return LessonHistory(shown, tuple(reversed(lines)), uses)


def _holds(version: LessonVersion, on: date) -> bool:
    return version.effective_from <= on and (version.effective_to is None or on <= version.effective_to)


def _state(version: LessonVersion, current: LessonVersion | None, on: date) -> VersionState:
    if version.published_at is None:
        return VersionState.DRAFT
    if version == current:
        return VersionState.IN_FORCE
    return VersionState.COMING if version.effective_from > on else VersionState.PAST


def _questions_by_fact(keys: set[str]) -> dict[str, list[Question]]:
    bases = (
        QuestionBasis.objects.filter(fact_key__in=keys, version__question__current=F("version"))
        .select_related("version__question")
        .order_by("version__question__slug")
    )
    found: dict[str, list[Question]] = {}
    for basis in bases:
        question = basis.version.question
        question.current = basis.version
        found.setdefault(basis.fact_key, []).append(question)
    return found


def _changed_facts(old: LessonVersion, new: LessonVersion) -> list[str]:
    was = {fact.key: fact_lines(fact) for fact in old.facts.all()}
    becomes = {fact.key: fact_lines(fact) for fact in new.facts.all()}
    return [key for key in (*becomes, *(was.keys() - becomes.keys())) if was.get(key) != becomes.get(key)]


def differences(before: LessonVersion | None, version: LessonVersion) -> list[tuple[Row | None, Row | None]]:
    """What ``version`` says differently, line beside line; everything where there was nothing before."""
    versions = [version for version in (before, version) if version]
    prefetch_related_objects(
        versions,
        Prefetch("facts", Fact.objects.select_related("attribute").order_by("position")),
        Prefetch("topic_links", LessonTopic.objects.select_related("topic").order_by("position")),
    )
    return side_by_side(compare(version_lines(before) if before else [], version_lines(version)))


def version_lines(version: LessonVersion) -> list[str]:
    """A version as lines of text that a person can compare."""
    platforms = _("、").join(str(ENGINE_LABELS[Platform(word)]) for word in version.platforms)
    until = date_format(version.effective_to) if version.effective_to else _("不限")
    named = (
        (_("标题"), version.title),
        (_("英文标题"), version.title_en),
        (_("摘要"), version.summary),
        (_("类型"), version.get_kind_display()),
        (_("平台"), platforms),
        (_("可靠程度"), version.get_status_display()),
        (_("主题"), _("、").join(str(link.topic) for link in version.topic_links.all())),
        (_("生效"), f"{date_format(version.effective_from)} – {until}"),
        (_("来源"), version.source),
        (_("复核期限"), date_format(version.review_by)),
        (_("阅读分钟"), str(version.minutes)),
        (_("转正必修"), _("是") if version.required else _("否")),
    )
    lines = [_("%(name)s：%(value)s") % {"name": name, "value": value} for name, value in named]
    for name, items in (
        (_("步骤"), version.steps),
        (_("特征"), version.signs),
        (_("对策"), version.strategy),
        (_("该做"), version.do),
        (_("不该做"), version.dont),
    ):
        lines += _listed(name, items)
    lines += [line for line in version.body.splitlines() if line.strip()]
    return lines + [line for fact in version.facts.all() for line in fact_lines(fact)]


def _listed(name: str, items: Sequence[str]) -> list[str]:
    line = _("%(name)s %(number)d：%(value)s")
    return [line % {"name": name, "number": number, "value": item} for number, item in enumerate(items, 1)]


def fact_lines(fact: Fact) -> list[str]:
    """What a fact says, and how far it may be relied on."""
    said = f"[{fact.key}] {statement(fact.to_rule())}"
    flag = _("（%(flag)s）") % {"flag": fact.get_flag_display()}
    return [f"{said}{flag}", _("　为什么：%(note)s") % {"note": fact.note}]
