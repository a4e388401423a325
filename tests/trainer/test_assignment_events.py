"""What other systems are told of assignments: given, ended, overdue. The words are those of docs/api.md."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests.factories.courses import AssignmentFactory, CourseFactory
from tests.factories.trainer import LessonFactory, LessonReadFactory
from trainer.commands.assignments import assign_course, excuse_assignment, undo_assigning, withdraw_assignment
from trainer.commands.course_reminders import remind_of_courses
from trainer.commands.webhooks import add_webhook
from trainer.models import Assignment, WebhookEvent
from trainer.rules.webhooks import Event

pytestmark = pytest.mark.django_db
ASSIGNMENTS = [event for event in Event if event.startswith("assignment.")]


@pytest.fixture
def course():
    return CourseFactory(slug="seven-days", lessons=[LessonFactory()])


@pytest.fixture(autouse=True)
def wants_to_know(admin, now):
    add_webhook(name="人事", url="https://hr.example.com/hooks", events=ASSIGNMENTS, by=admin, at=now)


def assign(course, people, by, at, **more):
    due_on = timezone.localdate(at) + timedelta(days=7)
    learners = {person.pk for person in people}
    return assign_course(course_id=course.pk, learners=learners, due_on=due_on, by=by, at=at, **more)


def told():
    events = WebhookEvent.objects.order_by("pk")
    return [(event.kind, event.payload["person"], event.payload["state"]) for event in events]


def test_what_is_given_is_told_once_for_each_person(trainee, supervisor, course, now):
    assign(course, [trainee], supervisor, now)
    assign(course, [trainee], supervisor, now)  # who has it already gets no other

    row = Assignment.objects.get()
    payload = WebhookEvent.objects.get().payload
    assert datetime.fromisoformat(payload.pop("due_at")) == row.due_at
    assert payload == {
        "id": row.pk, "person": trainee.pk, "course": "seven-days", "version": course.version, "state": "given",
    }  # fmt: skip
    assert told() == [("assignment.created", trainee.pk, "given")]

    assign(course, [trainee], supervisor, now, afresh=True)
    assert told()[1:] == [("assignment.created", trainee.pk, "given")]
    assert WebhookEvent.objects.order_by("pk").last().payload["id"] != row.pk


@pytest.mark.parametrize(("end", "state"), [(excuse_assignment, "excused"), (withdraw_assignment, "withdrawn")])
def test_what_is_ended_is_told_without_the_reason(trainee, supervisor, course, now, end, state):
    row = AssignmentFactory(learner=trainee, course=course)

    end(assignment_id=row.pk, reason="做过同样的工作", by=supervisor, at=now)

    assert told() == [("assignment.ended", trainee.pk, state)]
    assert "做过同样的工作" not in str(WebhookEvent.objects.get().payload)


def test_what_is_undone_is_told_as_withdrawn(trainee, supervisor, course, now):
    found = assign(course, [trainee], supervisor, now)
    undo_assigning(batch=found.batch, by=supervisor, at=now + timedelta(minutes=1))

    assert told() == [("assignment.created", trainee.pk, "given"), ("assignment.ended", trainee.pk, "withdrawn")]
    created, ended = WebhookEvent.objects.order_by("pk")
    assert created.payload["id"] == ended.payload["id"]


def test_what_is_overdue_is_told_once_and_what_is_done_never(trainee, course, now):
    due = {"due_at": now - timedelta(hours=1), "due_on": timezone.localdate(now - timedelta(hours=1))}
    AssignmentFactory(learner=trainee, course=course, **due)
    lesson = LessonFactory()
    AssignmentFactory(learner=trainee, course=CourseFactory(lessons=[lesson]), **due)
    LessonReadFactory(learner=trainee, lesson=lesson, done=True)

    for _ in range(2):
        remind_of_courses(at=now)

    assert told() == [("assignment.overdue", trainee.pk, "given")]
    assert WebhookEvent.objects.get().payload["course"] == "seven-days"


def test_the_page_on_interfaces_names_every_event():
    page = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")

    assert [event for event in Event if f"`{event}`" not in page] == []
