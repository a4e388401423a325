"""The people of a supervisor's teams who need attention, each with the reasons."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

from django.db.models import Max, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Appeal, Attempt, PaperItem, Session
from quizzes.queries.marking_queue import waiting_items
from quizzes.rules.mastery import Level
from trainer.models import Assignment, Employment, LessonRead, Recheck
from trainer.queries.confirmation import Confirmation, confirmations
from trainer.queries.courses import course_progress
from trainer.queries.heat import heat_map
from trainer.queries.people import by_pinyin
from trainer.rules.risk import Risk, RiskKind, Signs, Urgency, risks_of, urgency_of

NAMES_SHOWN = 3


class RiskSort(StrEnum):
    URGENT = "urgent"
    IDLE = "idle"
    NAME = "name"


@dataclass(frozen=True)
class Reason:
    """A risk in words; ``critical`` says that it is late already."""

    kind: RiskKind
    text: str
    critical: bool


@dataclass(frozen=True)
class AtRisk:
    confirmation: Confirmation
    risks: tuple[Risk, ...]
    active_at: datetime | None

    @property
    def reasons(self) -> list[Reason]:
        return [Reason(risk.kind, words_of(risk), risk.urgency is Urgency.CRITICAL) for risk in self.risks]


def people_at_risk(
    reach: QuerySet, *, at: datetime, kind: RiskKind | None = None, sort: RiskSort = RiskSort.URGENT
) -> list[AtRisk]:
    """Those in ``reach`` with a reason for attention. A fixed number of queries."""
    employments = Employment.objects.filter(user__in=reach).select_related("user", "team")
    people = confirmations(employments, at=at)
    ids = list(people)
    late = _late_courses(ids, at)
    rechecks = _late_rechecks(ids, at)
    active = active_at(ids)
    waiting = _waiting_since(reach.filter(pk__in=ids))
    weak = {row.employment.user_id: _weak(row) for row in heat_map(reach, at=at).rows}
    found = []
    for pk, person in people.items():
        signs = _signs(person, late[pk], rechecks[pk], active.get(pk), waiting.get(pk), weak.get(pk, ()), at)
        risks = risks_of(signs)
        if risks and (kind is None or any(risk.kind is kind for risk in risks)):
            found.append(AtRisk(person, risks, active.get(pk)))
    return _in_order(found, sort)


def _in_order(rows: list[AtRisk], sort: RiskSort) -> list[AtRisk]:
    urgent = sorted(rows, key=lambda row: (-urgency_of(row.risks), -len(row.risks), row.confirmation.days_left))
    match sort:
        case RiskSort.NAME:
            return sorted(rows, key=lambda row: by_pinyin(row.confirmation.employment.user))
        case RiskSort.IDLE:  # who has never learnt anything has waited longest
            return sorted(urgent, key=lambda row: (row.active_at is not None, row.active_at))
    return urgent


def _signs(
    person: Confirmation,
    late: list[Assignment],
    rechecks: int,
    active: datetime | None,
    waiting: datetime | None,
    weak: tuple[str, ...],
    at: datetime,
) -> Signs:
    today = timezone.localdate(at)
    return Signs(
        days_left=person.days_left if person.on_probation else None,
        missing=person.missing_count if person.on_probation else 0,
        late_courses=tuple(str(row.course) for row in late),
        late_days=max(((today - row.due_on).days for row in late), default=0),
        late_rechecks=rechecks,
        gates=tuple(str(product) for product in person.gates),
        failed=tuple(_failed_twice(person.attempts)),
        idle_days=None if active is None else (today - timezone.localdate(active)).days,
        days_in_post=person.employment.days_in_post(today),
        weak_topics=weak,
        waiting_days=(today - timezone.localdate(waiting)).days if waiting else 0,
    )


def _failed_twice(attempts: Iterable[Attempt]) -> Iterable[str]:
    """Exams whose last two scored tries were both failed; ``attempts`` are the newest first."""
    tries: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        if attempt.passed is not None:
            tries[attempt.blueprint_id].append(attempt)
    for sat in tries.values():
        if len(sat) > 1 and not any(attempt.passed for attempt in islice(sat, 2)):
            yield str(sat[0].blueprint)


def _late_courses(learners: list[int], at: datetime) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = defaultdict(list)
    given = Assignment.objects.past_due(at).filter(learner__in=learners)
    late = list(given.select_related("course").order_by("due_at"))
    progress = course_progress({row.learner_id for row in late}, at=at) if late else {}
    for row in late:
        if not progress[row.learner_id, row.course_id].done_at:
            found[row.learner_id].append(row)
    return found


def _late_rechecks(learners: list[int], at: datetime) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    rows = Recheck.objects.overdue(timezone.localdate(at)).filter(learner__in=learners)
    for learner in rows.values_list("learner", flat=True):
        found[learner] += 1
    return found


def active_at(learners: Iterable[int]) -> dict[int, datetime]:
    """When each of these people last began questions, spoke with a customer or opened a lesson. Three queries."""
    learners = list(learners)
    found: dict[int, datetime] = {}
    for model, moment in ((Attempt, "started_at"), (Session, "spoke_at"), (LessonRead, "opened_at")):
        rows = model.objects.filter(learner__in=learners).order_by().values_list("learner")
        for learner, newest in rows.annotate(newest=Max(moment)):
            if newest:
                found[learner] = max(found.get(learner, newest), newest)
    return found


def _waiting_since(reach: QuerySet) -> dict[int, datetime]:
    """Since when something of each person waits for a mark or an answer. Two queries."""
    marks: QuerySet[PaperItem] = waiting_items(reach).select_related(None).order_by()
    rows = list(marks.values_list("attempt__learner").annotate(since=Min("attempt__submitted_at")))
    appeals = Appeal.objects.open().filter(item__attempt__learner__in=reach).order_by()
    rows += appeals.values_list("item__attempt__learner").annotate(since=Min("filed_at"))
    found: dict[int, datetime] = {}
    for learner, since in rows:
        found[learner] = min(found.get(learner, since), since)
    return found


def _weak(row) -> tuple[str, ...]:
    return tuple(str(cell.topic) for cell in row.cells if cell.level is Level.WEAK)


def words_of(risk: Risk) -> str:
    """What a supervisor reads; the days are those of the calendar."""
    days = {"n": risk.figure, "names": _("、").join(risk.names[:NAMES_SHOWN])}
    match risk.kind:
        case RiskKind.PROBATION if risk.figure < 0:
            return _("试用期过了 %(n)d 天，还没有结论") % {"n": -risk.figure}
        case RiskKind.PROBATION:
            return ngettext("试用期还有 %(n)d 天，要求没齐", "试用期还有 %(n)d 天，要求没齐", risk.figure) % days
        case RiskKind.COURSE:
            return _("课过期 %(n)d 天：%(names)s") % days
        case RiskKind.RECHECK:
            return ngettext("%(n)d 次复查过期", "%(n)d 次复查过期", risk.figure) % days
        case RiskKind.GATE:
            return _("上架考核没通过：%(names)s") % days
        case RiskKind.FAILED_TWICE:
            return _("连着两次没通过：%(names)s") % days
        case RiskKind.IDLE:
            return ngettext("%(n)d 天没有学习", "%(n)d 天没有学习", risk.figure) % days
        case RiskKind.WEAK:
            return _("弱的主题：%(names)s") % days
        case RiskKind.OURS:
            return ngettext("有东西等我们处理 %(n)d 天了", "有东西等我们处理 %(n)d 天了", risk.figure) % days
    raise ValueError(risk.kind)
