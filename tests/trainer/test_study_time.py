"""Study time and attendance on the pages: what was done, not what stood open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.courses import TrainingSessionFactory
from tests.factories.quizzes import AttemptFactory
from tests.factories.trainer import EmploymentFactory, LessonReadFactory
from trainer.commands.attendance import note_attendance
from trainer.models import Attendance
from trainer.queries.study_time import study_time
from trainer.rules.course_words import Presence

pytestmark = pytest.mark.django_db


def test_reading_and_answering_count_and_an_open_page_does_not(trainee, now):
    began = timezone.localtime(now).replace(hour=0, minute=2)
    LessonReadFactory(
        learner=trainee, opened_at=began, reached_end_at=began + timedelta(minutes=4),
        answered_at=began + timedelta(minutes=6),
    )  # fmt: skip
    AttemptFactory(learner=trainee)  # drawn, and nothing answered
    LessonReadFactory()

    found = study_time(trainee, at=now)

    assert (found.total, found.active, found.days[-1].minutes) == (10, 1, 10)
    assert len(found.days) == 14


def test_what_is_older_is_left_out(trainee, now):
    LessonReadFactory(learner=trainee, opened_at=now - timedelta(days=30))

    assert study_time(trainee, at=now).total == 0


def test_attendance_is_noted_corrected_and_needs_a_reason(trainee, supervisor, now):
    session = TrainingSessionFactory(team=trainee.employment.team)
    note = {"session": session, "by": supervisor, "at": now}
    with pytest.raises(ValueError, match="reason"):
        note_attendance(presences={trainee.pk: (Presence.LATE, " ")}, **note)

    note_attendance(presences={trainee.pk: (Presence.LATE, "堵车")}, **note)
    note_attendance(presences={trainee.pk: (Presence.PRESENT, "堵车")}, **note)

    row = Attendance.objects.get()
    assert (row.presence, row.reason, row.noted_by) == (Presence.PRESENT, "", supervisor)


def test_a_supervisor_ticks_who_was_there(client, supervisor, trainee):
    other = EmploymentFactory(team=trainee.employment.team).user
    client.force_login(supervisor)
    data = {"team": trainee.employment.team.pk, "title": "双十二", "starts_at": "2026-12-01T14:00", "minutes": 45}
    page = client.post("/trainings/", data).url
    assert client.post("/trainings/", data).url == page  # a second click sets no second training

    wrong = client.post(page, {f"p{trainee.pk}-presence": "absent"})
    assert "原因" in wrong.content.decode()
    assert not Attendance.objects.exists()
    client.post(page, {f"p{trainee.pk}-presence": "absent", f"p{trainee.pk}-reason": "病假"})

    assert Attendance.objects.get().learner == trainee  # nobody is absent until somebody says so
    assert "双十二" in client.get(f"/team/{trainee.pk}/").content.decode()
    assert other.attendances.count() == 0
