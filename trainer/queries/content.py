"""The content as those who look after it see it: how much there is, what is due, and every lesson with its state."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils.translation import gettext as _

from quizzes.models import Question
from quizzes.models.labels import LABELS as ENGINE_LABELS
from quizzes.rules.vocabulary import Flag, Kind, Origin, Platform, QuestionState
from trainer.models import Fact, Lesson, LessonVersion
from trainer.models.labels import LABELS
from trainer.queries.content_report import versions_in_force
from trainer.readers.entries import CASE
from trainer.rules.vocabulary import LessonKind

SOON = timedelta(days=30)

Counted = tuple[tuple[str, str, int], ...]  # word, label, how many


@dataclass(frozen=True)
class Overview:
    """``missing`` are the ids of the sources that no fact in force refers to. ``due`` is past its review date,
    ``soon`` will be within 30 days; both the oldest first."""

    lessons: int
    required: int
    retired: int
    drafts: int
    lessons_by_kind: Counted
    lessons_by_platform: Counted
    lessons_by_status: Counted
    facts: int
    facts_by_flag: Counted
    covered: int
    missing: tuple[str, ...]
    questions: int
    live: int
    cases: int
    questions_by_state: Counted
    live_by_origin: Counted
    live_by_kind: Counted
    due: tuple[LessonVersion, ...]
    soon: tuple[LessonVersion, ...]


def overview(on: date, ids: Collection[str]) -> Overview:
    """The content on a day; ``ids`` are those of the sources that facts are to cover."""
    versions = list(versions_in_force(on).select_related("lesson").defer("body").order_by("review_by", "title"))
    facts = list(Fact.objects.filter(version__in=versions_in_force(on).values("pk")).values_list("flag", "refs"))
    covered = {ref for _, refs in facts for ref in refs}
    questions = list(
        Question.objects.order_by().values_list("state", "origin", "current__kind").annotate(n=Count("pk"))
    )
    live = [row for row in questions if row[0] == QuestionState.LIVE]
    return Overview(
        lessons=len(versions),
        required=sum(version.required for version in versions),
        retired=Lesson.objects.exclude(retired_at=None).count(),
        drafts=LessonVersion.objects.filter(published_at=None).count(),
        lessons_by_kind=_counted(LessonKind, Counter(version.kind for version in versions)),
        lessons_by_platform=_counted(Platform, Counter(word for version in versions for word in version.platforms)),
        lessons_by_status=_counted(Flag, Counter(version.status for version in versions)),
        facts=len(facts),
        facts_by_flag=_counted(Flag, Counter(flag for flag, _ in facts)),
        covered=len(set(ids) & covered),
        missing=tuple(id_ for id_ in ids if id_ not in covered),
        questions=sum(n for *_, n in questions),
        live=sum(n for *_, n in live),
        cases=Question.objects.live().filter(tags__name=CASE).count(),
        questions_by_state=_counted(QuestionState, _summed((state, n) for state, _, _, n in questions)),
        live_by_origin=_counted(Origin, _summed((origin, n) for _, origin, _, n in live)),
        live_by_kind=_counted(Kind, _summed((kind, n) for _, _, kind, n in live)),
        due=tuple(version for version in versions if version.review_by < on),
        soon=tuple(version for version in versions if on <= version.review_by <= on + SOON),
    )


def _summed(rows: Iterable[tuple[str, int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word, n in rows:
        counts[word] += n
    return counts


def _counted(words, counts: Counter[str]) -> Counted:
    labels = {**ENGINE_LABELS, **LABELS}
    return tuple((word.value, labels[word], counts[word]) for word in words if counts[word])


@dataclass(frozen=True)
class LessonFilter:
    """What to list. ``state``: ``in_force``, ``draft`` (a version waits), ``retired`` or ``due``; empty is any.
    ``sort``: ``review`` (what is due first), ``newest``, ``questions`` (the fewest first); else by title."""

    text: str = ""
    kind: str = ""
    status: str = ""
    platform: str = ""
    state: str = ""
    sort: str = ""

    def in_order(self, lines: "list[LessonLine]") -> "list[LessonLine]":
        """``lines``, which come by title, in the wanted order."""
        match self.sort:
            case "review":
                return sorted(lines, key=lambda line: (not line.in_force, line.version.review_by))
            case "newest":
                return sorted(lines, key=lambda line: line.version.effective_from, reverse=True)
            case "questions":
                return sorted(lines, key=lambda line: line.questions)
        return lines

    def takes(self, line: "LessonLine", on: date) -> bool:
        version = line.version
        said = f"{version.title}\n{version.title_en}\n{version.lesson.slug}".lower()
        states = {
            "in_force": line.in_force,
            "draft": line.drafts,
            "retired": line.retired,
            "due": line.in_force and version.review_by < on,
        }
        return (
            all(word in said for word in self.text.lower().split())
            and self.kind in ("", version.kind)
            and self.status in ("", version.status)
            and (not self.platform or self.platform in version.platforms)
            and bool(states.get(self.state, True))
        )


@dataclass(frozen=True)
class LessonLine:
    """A lesson by the version in force, or by the newest one where none is."""

    version: LessonVersion
    in_force: bool
    drafts: bool
    facts: int
    questions: int

    @property
    def retired(self) -> bool:
        return self.version.lesson.retired_at is not None

    @property
    def state_word(self):
        if self.retired:
            return _("已停用")
        return _("生效中") if self.in_force else _("没有生效的版本")


def lesson_lines(on: date, wanted: LessonFilter) -> list[LessonLine]:
    """Every lesson that fits, in the wanted order; the two queries do not depend on how many there are."""
    versions = LessonVersion.objects.filter(lesson=OuterRef("lesson"))
    in_force = versions.in_force(on).order_by("-effective_from", "-number").values("pk")[:1]
    newest = versions.order_by("-number").values("pk")[:1]
    rows = (
        LessonVersion.objects.annotate(
            in_force_id=Subquery(in_force),
            newest_id=Subquery(newest),
            has_draft=Exists(versions.filter(published_at=None)),
            fact_count=Count("facts"),
        )
        .select_related("lesson")
        .defer("body")
        .order_by("title", "pk")
    )
    asked = dict(
        Question.objects.live()
        .order_by()
        .exclude(current__lesson_key="")
        .values_list("current__lesson_key")
        .annotate(n=Count("pk"))
    )
    lines = [
        LessonLine(
            row,
            in_force=row.in_force_id is not None and row.lesson.retired_at is None,
            drafts=row.has_draft,
            facts=row.fact_count,
            questions=asked.get(row.lesson.slug, 0),
        )
        for row in rows
        if row.pk == (row.in_force_id or row.newest_id)
    ]
    return wanted.in_order([line for line in lines if wanted.takes(line, on)])
