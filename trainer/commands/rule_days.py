"""What a new day brings: rules that begin or end on it do so by themselves, and people are reminded."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from quizzes.commands.mastery import tally_since
from quizzes.models import AuditEntry
from quizzes.rules.facts import Fact
from trainer.commands.changes import apply_change, settle_facts
from trainer.commands.course_reminders import remind_of_courses
from trainer.commands.notices import notify
from trainer.commands.reminders import remind_of_reviews, warn_before_shelf
from trainer.models import Lesson, LessonChange, LessonVersion, RuleDay, User
from trainer.queries.facts_in_force import facts_of
from trainer.rules.changes import FactChange, fact_changes


@dataclass(frozen=True)
class Turned:
    """How many published changes came into force, facts began or ended, hand-written questions went to review, and
    people were reminded of something."""

    applied: int = 0
    facts: int = 0
    reviewed: int = 0
    reminded: int = 0


@transaction.atomic
def turn_day(*, at: datetime) -> Turned | None:
    """Do what the day asks for: ``follow_dates``, the reminders, and adding up what the answers of the day before say.

    ``None`` when it was done before.

    A second run on the same day, or at the same time, does nothing; one that fails leaves all of it to the next.
    """
    today = timezone.localdate(at)
    if RuleDay.objects.filter(day__gte=today).exists():
        return None
    last = _last_day()
    try:
        with transaction.atomic():
            day = RuleDay.objects.create(day=today, handled_at=at)
    except IntegrityError:  # somebody else turns this day
        return None
    turned = _follow_dates(day, last, at) if last and last < today else Turned()
    tally_since(since=at - timedelta(days=max((today - last).days if last else 1, 1) + 1), at=at)
    reminded = remind_of_reviews(at=at) + warn_before_shelf(at=at) + remind_of_courses(at=at)
    return replace(turned, reminded=reminded)


def _follow_dates(day: RuleDay, last: date, at: datetime) -> Turned:
    """Do what the dates of versions and facts ask for since ``last``; days without a run are made up for in one go."""
    today = day.day
    due = LessonChange.objects.filter(
        applied_at=None, version__effective_from__lte=today, version__published_at__isnull=False
    ).order_by("version__effective_from", "decided_at")
    applied = sum(apply_change(change=change, by=change.decided_by, at=at).new for change in due)
    lessons = _with_an_edge(last, today)
    changes: list[FactChange] = []
    kept: list[Fact] = []
    for lesson in lessons:
        then, now = _sides(lesson, last, today)
        changes += fact_changes(then, [fact for fact in now if fact.holds_on(today)])
        kept += now
    if not changes:
        return Turned(applied)
    replaced, reviewed = settle_facts(changes, kept=kept, lessons=lessons, by=None, at=at)
    day.keys = [change.key for change in changes]
    day.save(update_fields=["keys"])
    AuditEntry.objects.create(
        at=at,
        by=None,
        action="follow_dates",
        target=f"rules:{today}",
        detail={"since": str(last), "facts": day.keys, "reviewed": reviewed, **vars(replaced)},
    )
    if reviewed:
        notify(
            people=User.objects.admins().values_list("pk", flat=True),
            key=f"rules_ended:{today}",
            code="rules_ended",
            params={"day": today.isoformat(), "questions": reviewed},
            url=f"{reverse('quizzes:bank')}?state=review",
            at=at,
        )
    return Turned(applied, len(changes), reviewed)


def _last_day() -> date | None:
    """The last day that was followed up; before the first, the day on which there was content for the first time."""
    newest = RuleDay.objects.order_by("-day").values_list("day", flat=True).first()
    if newest:
        return newest
    oldest = LessonVersion.objects.order_by("created_at").values_list("created_at", flat=True).first()
    return timezone.localdate(oldest) if oldest else None


def _with_an_edge(last: date, today: date) -> list[Lesson]:
    """The lessons in which something began after ``last``, or ended on it or since."""
    began = {"effective_from__gt": last, "effective_from__lte": today}
    versions = LessonVersion.objects.filter(published_at__isnull=False).filter(
        Q(**began)
        | Q(effective_to__gte=last, effective_to__lt=today)
        | Q(facts__valid_from__gt=last, facts__valid_from__lte=today)
        | Q(facts__valid_to__gte=last, facts__valid_to__lt=today)
    )
    return list(Lesson.objects.filter(retired_at=None, pk__in=versions.values("lesson")))


def _sides(lesson: Lesson, last: date, today: date) -> tuple[list[Fact], list[Fact]]:
    """The facts of a lesson that held on ``last``, and all facts of the version that is in force today.

    A version that was published on or after the day from which it holds was followed up when it was published: only
    the dates of its own facts count.
    """
    was, now = _in_force(lesson, last), _in_force(lesson, today)
    if was != now and not _took_over_by_date(was, now, last, today):
        was = now
    then = [fact for fact in facts_of(was) if fact.holds_on(last)] if was else []
    return then, facts_of(now) if now else []


def _in_force(lesson: Lesson, on: date) -> LessonVersion | None:
    versions = LessonVersion.objects.filter(lesson=lesson).in_force(on).select_related("lesson")
    return versions.order_by("-effective_from", "-number").first()


def _took_over_by_date(was: LessonVersion | None, now: LessonVersion | None, last: date, today: date) -> bool:
    if was and was.effective_to and last <= was.effective_to < today:
        return True
    if now is None or now.published_at is None:
        return False
    return last < now.effective_from <= today and timezone.localdate(now.published_at) < now.effective_from
