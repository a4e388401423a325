"""Courses, assignments, rosters, reminders and attendance."""

from datetime import time, timedelta
from uuid import uuid4

import factory
from django.conf import settings
from django.utils import timezone

from tests.factories.people import TeamFactory, UserFactory
from tests.factories.quizzes import ago
from tests.factories.trainer import days
from trainer.models import (
    Assignment,
    Attendance,
    Channel,
    Course,
    Delivery,
    RecurringAssignment,
    Roster,
    RosterException,
    Shift,
    StandingOrder,
    TrainingSession,
    Unit,
)
from trainer.rules.course_words import Cadence, ChannelKind, DayKind, DeliveryOutcome, Presence, UnitKind
from trainer.rules.sealing import seal


class CourseFactory(factory.django.DjangoModelFactory):
    """An open course; ``lessons=[lesson, …]`` makes a unit of each, one after the other."""

    class Meta:
        model = Course
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"course-{n}")
    name = factory.Sequence(lambda n: f"学习路径 {n}")
    name_en = factory.Sequence(lambda n: f"Course {n}")
    summary = "先读规则，再练话术。"
    created_at = ago(days=20)

    @factory.post_generation
    def lessons(self, create, lessons, **kwargs):
        keys = [f"lesson-{lesson.slug}" for lesson in lessons or ()]
        for position, lesson in enumerate(lessons or ()):
            UnitFactory(
                course=self,
                key=keys[position],
                position=position,
                day=position + 1,
                target=lesson.slug,
                after=keys[:position][-1:],
            )


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    course = factory.SubFactory(CourseFactory)
    key = factory.Sequence(lambda n: f"unit-{n}")
    position = factory.Sequence(lambda n: n % 30_000)
    kind = UnitKind.LESSON
    target = "seven-day-window"


class StandingOrderFactory(factory.django.DjangoModelFactory):
    """For everybody hired from ten days ago on, in every team."""

    class Meta:
        model = StandingOrder

    course = factory.SubFactory(CourseFactory)
    hired_from = days(-10)
    workdays = 7
    created_at = ago(days=10)
    created_by = factory.SubFactory(UserFactory, role="supervisor")


class RecurringAssignmentFactory(factory.django.DjangoModelFactory):
    """On the first of each month; ``campaign=True`` from today on for five days."""

    class Meta:
        model = RecurringAssignment

    class Params:
        campaign = factory.Trait(
            cadence=Cadence.CAMPAIGN, day_of_month=None, workdays=None, starts_on=days(0), ends_on=days(5)
        )

    course = factory.SubFactory(CourseFactory)
    cadence = Cadence.MONTHLY
    day_of_month = 1
    workdays = 5
    starts_on = days(-40)
    created_at = ago(days=40)
    created_by = factory.SubFactory(UserFactory, role="supervisor")


class AssignmentFactory(factory.django.DjangoModelFactory):
    """Assigned yesterday, due in a week; ``late=True`` was due yesterday."""

    class Meta:
        model = Assignment

    class Params:
        late = factory.Trait(assigned_at=ago(days=9), due_on=days(-1))

    learner = factory.SubFactory(UserFactory, role="trainee")
    course = factory.SubFactory(CourseFactory)
    version = factory.LazyAttribute(lambda o: o.course.version)
    assigned_at = ago(days=1)
    assigned_by = factory.SubFactory(UserFactory, role="supervisor")
    batch = factory.LazyFunction(uuid4)
    due_on = days(7)
    due_at = factory.LazyAttribute(
        lambda o: timezone.make_aware(timezone.datetime.combine(o.due_on, time(18)))
    )


class ShiftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Shift

    slug = factory.Sequence(lambda n: f"shift-{n}")
    name = factory.Sequence(lambda n: f"早班 {n}")
    starts = time(9)
    ends = time(17, 30)


class RosterFactory(factory.django.DjangoModelFactory):
    """A team that rests at weekends."""

    class Meta:
        model = Roster

    team = factory.SubFactory(TeamFactory)
    shift = factory.SubFactory(ShiftFactory)
    rest_days = [5, 6]


class RosterExceptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RosterException

    team = factory.SubFactory(TeamFactory)
    day = factory.Sequence(lambda n: timezone.localdate() + timedelta(days=n))
    kind = DayKind.REST


class ChannelFactory(factory.django.DjangoModelFactory):
    """A robot with this ``webhook`` and ``secret``, sealed."""

    class Meta:
        model = Channel

    class Params:
        webhook = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=not-a-key"
        secret = ""

    team = factory.SubFactory(TeamFactory)
    kind = ChannelKind.WECOM
    sealed_webhook = factory.LazyAttribute(lambda o: seal(o.webhook, [settings.SECRET_KEY]))
    sealed_secret = factory.LazyAttribute(lambda o: seal(o.secret, [settings.SECRET_KEY]) if o.secret else "")
    created_at = ago(days=3)


class DeliveryFactory(factory.django.DjangoModelFactory):
    """A digest that reached the group today; ``failed=True`` did not."""

    class Meta:
        model = Delivery

    class Params:
        failed = factory.Trait(outcome=DeliveryOutcome.FAILED, problem="对方没有回应")

    channel = factory.SubFactory(ChannelFactory)
    team = factory.SelfAttribute("channel.team")
    kind = factory.SelfAttribute("channel.kind")
    day = factory.LazyFunction(timezone.localdate)
    at = ago(minutes=5)
    upto = ago(minutes=6)
    outcome = DeliveryOutcome.SENT
    text = "今天有 2 人的派课到期。"


class TrainingSessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrainingSession

    team = factory.SubFactory(TeamFactory)
    title = "双十二活动培训"
    starts_at = ago(hours=3)
    ends_at = ago(hours=2)
    created_by = factory.SubFactory(UserFactory, role="supervisor")


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    session = factory.SubFactory(TrainingSessionFactory)
    learner = factory.SubFactory(UserFactory, role="trainee")
    presence = Presence.PRESENT
    noted_by = factory.SubFactory(UserFactory, role="supervisor")
    noted_at = ago(hours=1)
