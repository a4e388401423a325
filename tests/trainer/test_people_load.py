"""A sheet of people: uploaded, looked at, loaded as a whole or not at all."""

import json
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Attempt, AuditEntry
from tests.factories.quizzes import AttemptFactory
from tests.factories.trainer import TeamFactory, UserFactory
from tests.trainer.sheets_of_people import TEAM, many, workbook
from trainer.commands.due import run_due
from trainer.commands.people_load import (
    PeopleHaveProblems,
    PeopleLoadedBefore,
    PeopleMoved,
    confirm_people,
    upload_people,
)
from trainer.models import PastEmployment, PeopleLoad, Team, User
from trainer.permissions import learners_in_reach
from trainer.queries.people_load import digest_of, known_people, preview_of
from trainer.queries.team import team_list
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db


def load(data, by, at=None):
    """Upload and confirm; the preview that was confirmed."""
    at = at or timezone.now()
    made = upload_people(name="人员.xlsx", data=data, by=by, at=at)
    return confirm_people(load_id=made.pk, seen=digest_of(preview_of(made, at=at)), by=by, at=at)


def test_people_and_their_team_are_made(admin):
    load(workbook(*TEAM), admin)

    team = Team.objects.get(name="三组")
    assert team.supervisor.username == "wu"
    he = User.objects.get(username="K1")
    assert (he.display_name, he.email) == ("何妍", "heyan@example.com")
    assert str(he.employment.probation_ends_on) == "2027-02-01"
    assert not he.has_usable_password()
    assert [group.name for group in he.groups.all()] == ["trainee"]
    assert SocialAccount.objects.get().uid == "heyan"
    assert set(learners_in_reach(team.supervisor)) == set(User.objects.filter(username__in=("K1", "K2")))
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"add_person", "change_team", "load_people"}


def test_loading_again_changes_nothing(admin):
    load(workbook(*TEAM), admin)
    before = list(AuditEntry.objects.order_by("pk"))

    again = load(workbook(*TEAM), admin)

    assert not again.changes_anything
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")[len(before) :]] == ["load_people"]


def test_one_problem_keeps_everybody_out(admin):
    made = upload_people(
        name="a.xlsx", data=workbook(*TEAM, ("K3", "没有入职日期", "学员")), by=admin, at=timezone.now()
    )

    with pytest.raises(PeopleHaveProblems):
        confirm_people(
            load_id=made.pk, seen=digest_of(preview_of(made, at=timezone.now())), by=admin, at=timezone.now()
        )

    assert not User.objects.filter(username="K1").exists()


def test_what_was_not_seen_is_not_confirmed(admin):
    now = timezone.now()
    made = upload_people(name="a.xlsx", data=workbook(*TEAM), by=admin, at=now)
    seen = digest_of(preview_of(made, at=now))
    UserFactory(username="K1")

    with pytest.raises(PeopleMoved):
        confirm_people(load_id=made.pk, seen=seen, by=admin, at=now)

    assert not Team.objects.filter(name="三组").exists()


def test_a_load_is_confirmed_once_and_keeps_no_second_copy(admin):
    load(workbook(*TEAM), admin)
    made = PeopleLoad.objects.get()

    assert made.rows is None
    assert made.counts["new"] == 3
    assert len(made.added) == 3
    with pytest.raises(PeopleLoadedBefore):
        confirm_people(load_id=made.pk, seen="", by=admin, at=timezone.now())


def test_a_sheet_that_nobody_confirms_is_forgotten_after_a_week(admin):
    now = timezone.now()
    upload_people(name="a.xlsx", data=workbook(*TEAM), by=admin, at=now - timedelta(days=8))
    upload_people(name="b.xlsx", data=workbook(*TEAM), by=admin, at=now)

    run_due(at=now)

    assert [made.name for made in PeopleLoad.objects.all()] == ["b.xlsx"]


# --- people who move, leave and come back ----------------------------------------------------------------


def test_a_person_who_moves_takes_their_records_along(admin, trainee, supervisor, other_supervisor):
    AttemptFactory(learner=trainee, submitted=True)
    team = other_supervisor.teams.get()

    load(workbook((trainee.username, "", "", team.name)), admin)

    assert not learners_in_reach(supervisor).exists()
    assert trainee in learners_in_reach(other_supervisor)
    found = {c.employment.user for c in team_list(learners_in_reach(other_supervisor), at=timezone.now()).people}
    assert trainee in found
    assert Attempt.objects.get().learner == trainee
    entry = AuditEntry.objects.get(action="change_person")
    assert entry.detail == {"team": ["天猫一组", team.name]}


def test_who_leaves_is_out_and_their_records_stay(client, admin, trainee):
    attempt = AttemptFactory(learner=trainee, submitted=True)
    client.force_login(trainee)

    load(workbook((trainee.username, "", "", "", "", "", "", "离职")), admin)

    assert client.get(reverse("trainer:home")).status_code == 302, "also where they were signed in"
    trainee.employment.refresh_from_db()
    assert trainee.employment.state == EmploymentState.LEFT
    assert trainee.employment.left_on == timezone.localdate()
    assert Attempt.objects.get() == attempt


def test_who_comes_back_begins_a_new_period(admin, trainee):
    hired = trainee.employment.hired_on
    load(workbook((trainee.username, "", "", "", "", "", "", "离职")), admin)
    back = timezone.localdate() + timedelta(days=30)
    line = (trainee.username, "", "", "天猫一组", "", str(back), str(back + timedelta(days=90)), "重新入职")

    load(workbook(line), admin)

    trainee.refresh_from_db()
    employment = trainee.employment
    assert trainee.is_active
    assert (employment.period, employment.counts_from, employment.left_on) == (2, back, None)
    past = PastEmployment.objects.get()
    assert (past.hired_on, past.left_on, past.period) == (hired, timezone.localdate(), 1)
    assert not load(workbook(line), admin).changes_anything


def test_two_people_swap_addresses_and_accounts(admin):
    load(workbook(*TEAM[:2], (*TEAM[2][:8], "tangwei@example.com", "tangwei")), admin)

    load(
        workbook(
            ("K1", "", "", "", "", "", "", "", "tangwei@example.com", "tangwei"),
            ("K2", "", "", "", "", "", "", "", "heyan@example.com", "heyan"),
        ),
        admin,
    )

    assert User.objects.get(email="heyan@example.com").username == "K2"
    assert SocialAccount.objects.get(uid="tangwei").user.username == "K1"


def test_a_supervisor_becomes_an_admin_and_the_old_role_goes(admin, supervisor):
    load(workbook((supervisor.username, "", "管理员")), admin)

    supervisor.refresh_from_db()
    assert supervisor.is_staff
    assert [group.name for group in supervisor.groups.all()] == ["admin"]


# --- how much it costs -----------------------------------------------------------------------------------


def queries_of(data, admin):
    now = timezone.now()
    made = upload_people(name="a.xlsx", data=data, by=admin, at=now)
    with CaptureQueriesContext(connection) as previewing:
        seen = digest_of(preview_of(made, at=now))
    with CaptureQueriesContext(connection) as confirming:
        confirm_people(load_id=made.pk, seen=seen, by=admin, at=now)
    return len(previewing), len(confirming)


def test_many_people_cost_hardly_more_queries_than_a_few(admin):
    few, many_more = queries_of(many(3), admin), queries_of(many(300), admin)

    assert few[0] == many_more[0] == 4
    assert many_more[1] - few[1] <= 10, "SQLite takes large statements in parts"


def test_known_people_are_four_queries(admin, trainee, django_assert_num_queries):
    with django_assert_num_queries(4):
        known = known_people()

    assert known.people[trainee.username].team == "天猫一组"
    assert known.people[admin.username].role == "admin"


# --- the shell -------------------------------------------------------------------------------------------


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "人员.xlsx"
    path.write_bytes(workbook(*TEAM))
    return path


def test_the_shell_shows_and_changes_nothing(sheet, admin, capsys):
    call_command("load_people", sheet, dry_run=True, json=True)

    said = json.loads(capsys.readouterr().out)
    assert said["counts"]["new"] == 3
    assert said["teams"] == [{"name": "三组", "new": True, "old": "", "supervisor": "wu"}]
    assert not User.objects.filter(username="K1").exists()


def test_the_shell_loads_in_one_go(sheet, admin):
    call_command("load_people", sheet)

    assert AuditEntry.objects.get(action="load_people").by == admin
    assert User.objects.filter(username="K1").exists()


def test_the_shell_says_what_is_wrong_and_ends_with_an_error(tmp_path, admin, capsys):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(("K1", "何妍", "店长")))

    with pytest.raises(CommandError, match="1 个问题"):
        call_command("load_people", path)

    assert "第 2 行：不认识角色“店长”" in capsys.readouterr().out
    assert not PeopleLoad.objects.exists()


def test_a_team_that_lost_its_supervisor_is_told_before_anybody_joins_it(admin):
    TeamFactory(name="五组", supervisor=None)
    now = timezone.now()
    made = upload_people(
        name="a.xlsx", data=workbook(("K1", "何妍", "", "五组", "", "2026-11-02", "3个月")), by=admin, at=now
    )

    assert [problem.code for problem in preview_of(made, at=now).problems] == ["team_without_supervisor"]
