"""Courses assigned: once, by a day that can fairly be asked for, excused, withdrawn, undone."""

from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from quizzes.models import AuditEntry
from tests.factories.courses import (
    AssignmentFactory,
    CourseFactory,
    RosterExceptionFactory,
    RosterFactory,
    ShiftFactory,
)
from tests.factories.trainer import EmploymentFactory, LessonFactory, LessonReadFactory, TeamFactory
from trainer.commands.assignments import (
    DueInThePast,
    NotAssignable,
    NotGiven,
    TooLateToUndo,
    assign_course,
    excuse_assignment,
    undo_assigning,
    withdraw_assignment,
)
from trainer.commands.course_reminders import remind_of_courses
from trainer.commands.rosters import NoWorkday, set_day, set_week
from trainer.models import Assignment, Notice
from trainer.queries.notices import text_of
from trainer.rules.course_words import AssignmentState, CourseState, DayKind

pytestmark = pytest.mark.django_db

MORNING = timezone.make_aware(datetime(2026, 11, 26, 10))
TODAY = MORNING.date()


@pytest.fixture
def course():
    return CourseFactory(lessons=[LessonFactory(), LessonFactory()])


@pytest.fixture
def give(course, supervisor):
    def give(*people, due_on=TODAY + timedelta(days=7), at=MORNING, **more):
        return assign_course(
            course_id=course.pk, learners=[p.pk for p in people], due_on=due_on, by=supervisor, at=at, **more
        )

    return give


def test_it_is_due_at_the_end_of_the_shift_and_the_person_is_told(give, trainee, supervisor):
    RosterFactory(team=trainee.employment.team, shift=ShiftFactory(ends=time(23, 30)))

    (row,) = give(trainee).made

    assert timezone.localtime(row.due_at).strftime("%m-%d %H:%M") == "12-03 23:30"
    assert (row.version, row.assigned_by) == (1, supervisor)
    notice = Notice.objects.get(person=trainee)
    assert "12月3日" in text_of(notice) and row.course.name in text_of(notice)
    assert AuditEntry.objects.filter(action="assign_course", by=supervisor).count() == 1


def test_a_day_in_the_past_is_refused(give, trainee):
    with pytest.raises(DueInThePast):
        give(trainee, due_on=TODAY - timedelta(days=1))


def test_a_day_of_rest_becomes_the_next_working_day_of_each_person(give, trainee, supervisor):
    team = trainee.employment.team
    RosterFactory(team=team, rest_days=[5, 6])
    other = EmploymentFactory(team=team).user
    RosterExceptionFactory(team=None, person=other, day=TODAY + timedelta(days=4))
    saturday = TODAY + timedelta(days=2)

    made = {row.learner_id: row.due_on for row in give(trainee, other, due_on=saturday).made}

    assert made == {trainee.pk: TODAY + timedelta(days=4), other.pk: TODAY + timedelta(days=5)}


def test_whose_shift_is_over_today_has_until_the_next_working_day(give, trainee):
    evening = MORNING.replace(hour=20)

    (row,) = give(trainee, due_on=TODAY, at=evening).made

    assert row.due_on == TODAY + timedelta(days=1)


def test_assigning_twice_is_assigning_once(give, trainee):
    first = give(trainee)
    second = give(trainee, due_on=TODAY + timedelta(days=20))

    assert (len(second.made), second.had) == (0, (trainee.pk,))
    assert Assignment.objects.get() == first.made[0]
    assert Notice.objects.filter(person=trainee).count() == 1


def test_assigning_afresh_replaces_and_counts_only_what_is_shown_from_then_on(give, trainee):
    give(trainee)
    (row,) = give(trainee, afresh=True, at=MORNING + timedelta(hours=1)).made

    assert row.since == MORNING + timedelta(hours=1)
    assert sorted(Assignment.objects.values_list("state", flat=True)) == ["given", "replaced"]


@pytest.mark.parametrize("state", [CourseState.DRAFT, CourseState.CLOSED])
def test_only_an_open_course_is_assigned(give, trainee, course, state):
    course.state = state
    course.save()

    with pytest.raises(NotAssignable):
        give(trainee)


def test_undoing_leaves_nothing_behind(give, trainee, supervisor):
    before = give(trainee).made[0]
    done = give(trainee, afresh=True, at=MORNING + timedelta(minutes=1))

    assert undo_assigning(batch=done.batch, by=supervisor, at=MORNING + timedelta(minutes=5)) == 1

    assert Assignment.objects.get() == before
    assert Assignment.objects.get().state == AssignmentState.GIVEN
    assert Notice.objects.filter(person=trainee).count() == 1
    trainee.refresh_from_db()
    assert trainee.unread == 1


@pytest.mark.parametrize("minutes", [11, 0])
def test_undoing_is_for_whoever_did_it_just_now(give, trainee, supervisor, other_supervisor, minutes):
    done = give(trainee)
    by = supervisor if minutes else other_supervisor

    with pytest.raises(TooLateToUndo):
        undo_assigning(batch=done.batch, by=by, at=MORNING + timedelta(minutes=minutes))


@pytest.mark.parametrize("end", [excuse_assignment, withdraw_assignment])
def test_ending_it_takes_a_reason_and_happens_once(give, trainee, supervisor, end):
    (row,) = give(trainee).made
    with pytest.raises(ValueError, match="reason"):
        end(assignment_id=row.pk, reason=" ", by=supervisor, at=MORNING)

    ended = end(assignment_id=row.pk, reason="病假", by=supervisor, at=MORNING)

    assert (ended.reason, ended.ended_by) == ("病假", supervisor)
    assert "病假" in text_of(Notice.objects.filter(person=trainee).first())
    with pytest.raises(NotGiven):
        end(assignment_id=row.pk, reason="又", by=supervisor, at=MORNING)
    assert len(give(trainee).made) == 1  # it can be assigned again


def test_a_day_off_later_moves_what_is_due_then(give, trainee, supervisor):
    (row,) = give(trainee).made

    set_day(owner=trainee, day=row.due_on, kind=DayKind.REST, by=supervisor, at=MORNING, reason="婚假")

    row.refresh_from_db()
    assert row.due_on == TODAY + timedelta(days=8)
    assert Notice.objects.filter(person=trainee, code="course_moved").exists()


def test_another_week_moves_what_is_due_on_its_days_of_rest(give, trainee, supervisor):
    (row,) = give(trainee).made  # due on a Thursday
    with pytest.raises(NoWorkday):
        set_week(owner=trainee.employment.team, shift=ShiftFactory(), rest_days=range(7), by=supervisor, at=MORNING)

    set_week(owner=trainee.employment.team, shift=ShiftFactory(), rest_days=[3, 4], by=supervisor, at=MORNING)

    row.refresh_from_db()
    assert row.due_on == TODAY + timedelta(days=9)


def test_who_moves_between_teams_keeps_theirs_and_the_new_supervisor_sees_it(
    give, trainee, supervisor, other_supervisor, client
):
    (row,) = give(trainee).made
    trainee.employment.team = other_supervisor.teams.get()
    trainee.employment.save()

    client.force_login(other_supervisor)
    assert [line.assignment for line in client.get("/assignments/").context["page"]] == [row]
    client.force_login(supervisor)
    assert not client.get("/assignments/").context["page"].object_list
    assert client.post(f"/assignments/{row.pk}/end/", {"how": "excuse", "reason": "x"}).status_code == 404


def test_reminders_come_before_the_day_and_once_it_is_over(trainee, supervisor, now):
    lessons = [LessonFactory(), LessonFactory()]
    course = CourseFactory(lessons=lessons)
    LessonReadFactory(learner=trainee, lesson=lessons[0], done=True)
    AssignmentFactory(learner=trainee, course=course, due_on=timezone.localdate(now), due_at=now + timedelta(hours=3))

    assert (remind_of_courses(at=now), remind_of_courses(at=now)) == (1, 0)
    assert "还差 1 个单元" in text_of(Notice.objects.get(person=trainee))

    assert remind_of_courses(at=now + timedelta(hours=4)) == 2
    assert text_of(Notice.objects.get(person=supervisor)).startswith("1 人的课过了期限：小林")
    LessonReadFactory(learner=trainee, lesson=lessons[1], done=True)
    assert remind_of_courses(at=now + timedelta(days=1)) == 0


# --- pages -----------------------------------------------------------------------------------------------


def test_a_supervisor_assigns_to_the_team_and_can_undo_it(client, supervisor, trainee, course):
    EmploymentFactory(team=trainee.employment.team)
    EmploymentFactory()
    client.force_login(supervisor)
    data = {"course": course.slug, "team": trainee.employment.team.pk, "due_on": timezone.localdate() + timedelta(9)}

    assert client.get("/assignments/new/").status_code == 200
    response = client.post("/assignments/new/", data, follow=True)

    assert Assignment.objects.count() == response.context["fresh"]["n"] == 2
    client.post(f"/assignments/undo/{Assignment.objects.first().batch}/")
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [("due_on", "2020-01-01", "已经过去"), ("people", "", "请选学员"), ("course", "none", "选择")],
)
def test_what_is_missing_or_past_is_said_at_the_field(client, supervisor, trainee, course, field, value, word):
    client.force_login(supervisor)
    data = {"course": course.slug, "people": trainee.pk, "due_on": timezone.localdate(), field: value}

    response = client.post("/assignments/new/", {name: one for name, one in data.items() if one != ""})

    assert word in str(response.context["form"].errors[field])
    assert not Assignment.objects.exists()


def test_nobody_assigns_to_people_of_another_team(client, supervisor, trainee, other_supervisor, course):
    stranger = other_supervisor.teams.get().members.get().user
    client.force_login(supervisor)
    data = {"course": course.slug, "due_on": timezone.localdate() + timedelta(3)}

    client.post("/assignments/new/", {**data, "people": stranger.pk})
    client.post("/assignments/new/", {**data, "team": other_supervisor.teams.get().pk})

    assert not Assignment.objects.exists()


@pytest.mark.parametrize("people", [1, 4])
def test_the_list_costs_the_same_for_any_length(client, supervisor, people, course, django_assert_num_queries):
    team = supervisor.teams.get()
    for _ in range(people):
        AssignmentFactory(learner=EmploymentFactory(team=team).user, course=course)
    TeamFactory()
    client.force_login(supervisor)

    with django_assert_num_queries(12):
        response = client.get("/assignments/")

    assert len(response.context["page"]) == people


def test_a_trainee_sees_the_path_and_what_is_locked(client, trainee, course):
    AssignmentFactory(learner=trainee, course=course)
    client.force_login(trainee)

    page = client.get(f"/courses/{course.slug}/").content.decode()

    assert "先完成" in page
    assert "还没轮到" in page
    assert client.get("/courses/").status_code == 200
    home = client.get("/")
    assert home.context["today"].steps[0].step.kind == "next_unit"
    assert "的下一个单元" in home.content.decode()


def test_a_draft_is_not_shown_to_trainees(client, trainee, supervisor):
    course = CourseFactory(state=CourseState.DRAFT)

    client.force_login(trainee)
    assert client.get(f"/courses/{course.slug}/").status_code == 404
    client.force_login(supervisor)
    assert client.get(f"/courses/{course.slug}/").status_code == 200


def test_the_list_goes_to_excel_as_it_is_filtered(client, supervisor, trainee, course):
    AssignmentFactory(learner=trainee, course=course)
    AssignmentFactory(learner=EmploymentFactory(team=trainee.employment.team).user, course=course, late=True)
    client.force_login(supervisor)

    response = client.get("/assignments/?state=overdue&format=xlsx")

    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert rows[1][2:5] == [course.name, 0, 2]
    assert rows[1][6] == "过了期限"
