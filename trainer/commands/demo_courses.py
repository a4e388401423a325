"""Courses, rosters and a training for the demo people: one late, one excused, one that assigns itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trainer.commands.assignments import assign_course, excuse_assignment
from trainer.commands.attendance import note_attendance, plan_session
from trainer.commands.course_orders import start_order, start_recurrence
from trainer.commands.demo_people import DOUYIN, TMALL
from trainer.commands.rosters import set_day, set_week
from trainer.models import Assignment, Course, Shift, Team, User
from trainer.rules.course_words import Cadence, DayKind, Presence


@dataclass(frozen=True)
class Given:
    """A course given ``ago`` days ago to these people, due ``due`` days from today (before it, when negative)."""

    course: str
    people: tuple[str, ...]
    by: str
    ago: int
    due: int


GIVEN = (
    Given("first-shift-7", ("xiaolin",), "zhou", 6, 2),
    Given("first-shift-7", ("heyan",), "zhou", 14, -4),
    Given("after-sales-14", ("sunqi", "wangrui"), "zhou", 9, 9),
    Given("platform-tmall", ("zhaoyi", "liujing"), "zhou", 5, 6),
    Given("first-shift-7", ("qinlang",), "chen", 4, 4),
    Given("platform-douyin", ("maoyu", "tangwei"), "chen", 10, 1),
)
EXCUSED = ("platform-tmall", "zhaoyi", "在上一家店做过两年天猫，当面考过，不用再学一遍。")


@transaction.atomic
def add_demo_courses(*, people: Mapping[str, User], at: datetime) -> None:
    """Give the demo people their courses and rosters. Needs the courses and shifts of our own curriculum; a second run
    adds nothing."""
    if Assignment.objects.filter(learner__in=people.values()).exists():
        return
    today = timezone.localdate(at)
    morning = timezone.localtime(at).replace(hour=9, minute=5, second=0, microsecond=0)
    tmall, douyin = Team.objects.get(name=TMALL), Team.objects.get(name=DOUYIN)
    weeks = ((tmall, "early", [6], "zhou"), (douyin, "late", [1], "chen"))
    for team, shift, rest_days, by in weeks:
        set_week(
            owner=team, shift=Shift.objects.get(slug=shift), rest_days=rest_days, by=people[by],
            at=morning - timedelta(days=20),
        )  # fmt: skip
    courses = {course.slug: course.pk for course in Course.objects.open()}
    for given in GIVEN:
        assign_course(
            course_id=courses[given.course],
            learners=[people[name].pk for name in given.people],
            due_on=today + timedelta(days=given.due),
            by=people[given.by],
            at=morning - timedelta(days=given.ago),
        )
    slug, name, reason = EXCUSED
    row = Assignment.objects.get(course__slug=slug, learner=people[name])
    excuse_assignment(assignment_id=row.pk, reason=reason, by=people["zhou"], at=morning - timedelta(days=2))
    set_day(
        owner=people["sunqi"], day=today + timedelta(days=3), kind=DayKind.REST, reason="调休", by=people["zhou"],
        at=morning - timedelta(days=1),
    )  # fmt: skip
    start_order(course_id=courses["first-shift-7"], team=None, workdays=7, by=people["admin"], at=morning)
    start_recurrence(
        course_id=courses["monthly-refresh"], team=tmall, cadence=Cadence.MONTHLY, day_of_month=1, workdays=5,
        starts_on=today, ends_on=None, by=people["zhou"], at=morning,
    )  # fmt: skip
    start_recurrence(
        course_id=courses["campaign-briefing"], team=douyin, cadence=Cadence.CAMPAIGN, day_of_month=None,
        workdays=None, starts_on=today + timedelta(days=5), ends_on=today + timedelta(days=9), by=people["chen"],
        at=morning,
    )  # fmt: skip
    _train(people, tmall, morning - timedelta(days=1))


def _train(people: Mapping[str, User], team: Team, morning: datetime) -> None:
    starts_at = morning.replace(hour=14, minute=0)
    title = "退货运费怎么说：上周错得最多的三题"
    session = plan_session(team=team, title=title, starts_at=starts_at, minutes=40, by=people["zhou"], at=morning)
    there = dict.fromkeys(("xiaolin", "liujing", "wangrui", "zhaoyi"), (Presence.PRESENT, ""))
    there |= {"sunqi": (Presence.LATE, "上一通电话没结束"), "heyan": (Presence.ABSENT, "请了半天假")}
    note_attendance(
        session=session,
        presences={people[name].pk: presence for name, presence in there.items()},
        by=people["zhou"],
        at=starts_at + timedelta(hours=1),
    )
