"""Everything that one person did and was told of, in the order of time: the evidence behind a decision."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count
from django.db.models.functions import TruncDay
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Appeal, Attempt, Session, SortingRun, TypingRun
from quizzes.rules.vocabulary import Mode
from trainer.models import (
    Assignment,
    Attendance,
    Decision,
    DecisionAppeal,
    Interview,
    LessonRead,
    Observation,
    PerformanceMonth,
    Recheck,
    User,
)
from trainer.queries.packet_links import month_url


class Strand(StrEnum):
    """What an event belongs to; the filter of the page."""

    STUDY = "study"
    EXAM = "exam"
    TALK = "talk"
    DRILL = "drill"
    COURSE = "course"
    INTERVIEW = "interview"
    DECISION = "decision"


@dataclass(frozen=True)
class Event:
    """One line of the timeline; ``good`` is ``None`` where there is nothing to pass."""

    at: datetime
    strand: Strand
    title: str
    detail: str = ""
    url: str = ""
    good: bool | None = None


def timeline(person: User, *, own: bool, strand: Strand | None = None) -> list[Event]:
    """The events of one person, the newest first; ``own``: addressed for that person, not for who looks after them.

    A dozen queries, however long they have been here; only those of the wanted strand.
    """
    wanted = [tell for belongs, tell in SOURCES if strand is None or belongs is strand]
    found = [event for tell in wanted for event in tell(person, own)]
    return sorted(found, key=lambda event: event.at, reverse=True)


def _exams(person: User, own: bool) -> Iterator[Event]:
    for attempt in Attempt.objects.of(person).exams().submitted().select_related("blueprint"):
        score = _("等批改")
        if attempt.score is not None:
            score = _("%(score)s 分") % {"score": f"{attempt.score.normalize():f}"}
        url = reverse("trainer:person_attempt", args=[person.pk, attempt.pk])
        if own:
            url = reverse("quizzes:result", args=[attempt.pk])
        yield Event(attempt.submitted_at, Strand.EXAM, str(attempt.blueprint), score, url, attempt.passed)
    for appeal in Appeal.objects.filter(item__attempt__learner=person).select_related("item__version"):
        title = _("申诉：%(stem)s") % {"stem": appeal.item.version.stem[:40]}
        url = reverse("quizzes:decide_appeal", args=[appeal.pk])
        if own:
            url = reverse("quizzes:appeal", args=[appeal.item_id])
        yield Event(appeal.filed_at, Strand.EXAM, title, appeal.get_state_display(), url)


def _practice(person: User, own: bool) -> Iterator[Event]:
    days = (
        Attempt.objects.of(person)
        .filter(mode=Mode.PRACTICE)
        .order_by()
        .annotate(day=TruncDay("started_at"))
        .values_list("day")
        .annotate(runs=Count("pk", distinct=True), items=Count("items"))
    )
    for day, runs, items in days:
        detail = ngettext("%(n)d 轮，%(items)d 题", "%(n)d 轮，%(items)d 题", runs) % {"n": runs, "items": items}
        yield Event(day, Strand.STUDY, _("练习"), detail, reverse("quizzes:attempts") + "?mode=practice" if own else "")


def _lessons(person: User, own: bool) -> Iterator[Event]:
    for read in LessonRead.objects.filter(learner=person, answered_at__isnull=False).select_related("version__lesson"):
        detail = _("课末 %(asked)d 题答对 %(right)d 题") % {"asked": read.asked, "right": read.right}
        url = reverse("trainer:lesson", args=[read.version.lesson.slug])
        yield Event(read.answered_at, Strand.STUDY, _("读完《%(title)s》") % {"title": read.version}, detail, url)


def _talks(person: User, own: bool) -> Iterator[Event]:
    for session in Session.objects.of(person).ended().select_related("scenario"):
        detail = _("%(level)s，%(score)s 分，%(outcome)s") % {
            "level": session.get_level_display(), "score": f"{session.score.normalize():f}",
            "outcome": session.get_outcome_display(),
        }  # fmt: skip
        good = session.outcome == "passed" if session.settled else None
        url = reverse("quizzes:debrief", args=[session.pk])
        yield Event(session.ended_at, Strand.TALK, session.scenario.title, detail, url, good)


def _drills(person: User, own: bool) -> Iterator[Event]:
    for run in TypingRun.objects.filter(learner=person, finished_at__isnull=False, counted=True):
        detail = _("每分钟 %(speed)s 字，准确率 %(accuracy)d%%") % {
            "speed": run.correct_per_minute, "accuracy": 100 * run.accuracy,
        }  # fmt: skip
        yield Event(run.finished_at, Strand.DRILL, _("打字测试"), detail)
    for run in SortingRun.objects.filter(learner=person, finished_at__isnull=False):
        detail = _("分类 %(kinds)d%%，轻重缓急 %(urgency)d%%") % {
            "kinds": 100 * run.class_accuracy, "urgency": 100 * run.urgency_accuracy,
        }  # fmt: skip
        yield Event(run.finished_at, Strand.DRILL, _("工单分拣"), detail)


def _courses(person: User, own: bool) -> Iterator[Event]:
    for row in Assignment.objects.filter(learner=person).select_related("course", "assigned_by"):
        by = row.assigned_by or _("自动")
        detail = _("%(by)s派的，%(day)s 前学完") % {"by": by, "day": _day(row.due_on)}
        url = reverse("trainer:course", args=[row.course.slug]) if own else ""
        yield Event(row.assigned_at, Strand.COURSE, _("派课：%(course)s") % {"course": row.course}, detail, url)
        if row.ended_at and row.reason:
            title = _("%(state)s：%(course)s") % {"state": row.get_state_display(), "course": row.course}
            yield Event(row.ended_at, Strand.COURSE, title, row.reason)
    for row in Attendance.objects.filter(learner=person).select_related("session"):
        detail = _("；").join(filter(None, (str(row.get_presence_display()), row.reason)))
        title = _("集中培训：%(title)s") % {"title": row.session.title}
        yield Event(row.session.starts_at, Strand.COURSE, title, detail)
    for row in Recheck.objects.filter(learner=person).select_related("version"):
        detail = _("%(state)s，期限 %(day)s") % {"state": row.get_state_display(), "day": _day(row.due_on)}
        yield Event(row.assigned_at, Strand.COURSE, _("复查：%(lesson)s") % {"lesson": row.version}, detail)


def _assessed(person: User, own: bool) -> Iterator[Event]:
    for row in Interview.objects.filter(learner=person, finished_at__isnull=False).select_related("rater"):
        title = _("电话面试，%(rater)s") % {"rater": row.rater}
        yield Event(row.finished_at, Strand.INTERVIEW, title, row.reason, reverse("trainer:interview", args=[row.pk]))
    for row in PerformanceMonth.objects.filter(learner=person):
        title = _("%(month)s 的绩效") % {"month": date_format(row.month, "YEAR_MONTH_FORMAT")}
        url = month_url(person.pk, row.month, own=own)
        yield Event(row.entered_at, Strand.INTERVIEW, title, url=url)
    for row in Observation.objects.filter(learner=person).select_related("by"):
        title = _("现场观察，%(by)s") % {"by": row.by}
        url = reverse("trainer:observation", args=[row.pk])
        yield Event(row.created_at, Strand.INTERVIEW, title, row.get_verdict_display(), url)


def _decisions(person: User, own: bool) -> Iterator[Event]:
    decisions = Decision.objects.filter(employment__user=person).select_related("by")
    for row in decisions.final() if own else decisions:
        title = _("%(kind)s，%(by)s") % {"kind": row.get_kind_display(), "by": row.by}
        yield Event(row.at, Strand.DECISION, title, str(row.get_state_display()))
    for row in DecisionAppeal.objects.filter(decision__employment__user=person):
        yield Event(row.filed_at, Strand.DECISION, _("对结论的申诉"), str(row.get_state_display()))


SOURCES: tuple[tuple[Strand, Callable[[User, bool], Iterator[Event]]], ...] = (
    (Strand.STUDY, _lessons),
    (Strand.STUDY, _practice),
    (Strand.EXAM, _exams),
    (Strand.TALK, _talks),
    (Strand.DRILL, _drills),
    (Strand.COURSE, _courses),
    (Strand.INTERVIEW, _assessed),
    (Strand.DECISION, _decisions),
)


def _day(day) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
