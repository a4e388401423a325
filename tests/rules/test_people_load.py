"""What a sheet of people would change, and what keeps it from being loaded."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.people.compare import compare
from trainer.rules.people.known import Kind, Known, Person
from trainer.rules.people.rows import PeopleFound, PersonRow, Wish
from trainer.rules.vocabulary import EmploymentState

TODAY = date(2026, 11, 26)
START, END = date(2026, 11, 2), date(2027, 2, 1)
ZHOU = Person("zhou", "周岚", "supervisor")
CHEN = Person("chen", "陈屿", "supervisor")
ADMIN = Person("admin", "管理员", "admin")
LIN = Person(
    "lin", "林小满", "trainee", team="一组", hired_on=START, probation_ends_on=END, state=EmploymentState.PROBATION,
    email="lin@example.com",
)  # fmt: skip
KNOWN = Known({p.username: p for p in (ZHOU, CHEN, ADMIN, LIN)}, {"一组": "zhou", "二组": "chen"})


def row(username="he", number=2, **said):
    return PersonRow(number, username, **said)


def new(username="he", number=2, **said):
    return row(username, number, **{"name": "何妍", "hired_on": START, "probation_ends_on": END} | said)


def preview(*rows, known=KNOWN):
    return compare(PeopleFound(tuple(rows)), known, today=TODAY)


def problems(*rows, known=KNOWN):
    return [(problem.row, problem.code) for problem in preview(*rows, known=known).problems]


def after(found, username):
    return next(change.after for change in found.people if change.after.username == username)


# --- people ----------------------------------------------------------------------------------------------


def test_a_new_person_is_a_trainee_on_probation_in_their_team():
    found = preview(new(teams=("一组",)))

    assert [change.kind for change in found.people] == [Kind.NEW]
    made = after(found, "he")
    assert (made.role, made.team, made.state) == ("trainee", "一组", EmploymentState.PROBATION)
    assert not found.problems


def test_what_changes_is_told_with_old_and_new():
    found = preview(row("lin", name="林满", email="-"))

    changed, = found.people
    assert [(f.field, f.old, f.new) for f in changed.fields] == [
        ("name", "林小满", "林满"), ("email", "lin@example.com", ""),
    ]  # fmt: skip


def test_a_blank_cell_changes_nothing():
    found = preview(row("lin"))

    assert [change.kind for change in found.people] == [Kind.SAME]
    assert not found.changes_anything


def test_who_left_is_switched_off_and_stays_on_record():
    gone = after(preview(row("lin", state=Wish.LEFT)), "lin")

    assert (gone.active, gone.state, gone.team) == (False, EmploymentState.LEFT, "一组")


def test_who_left_and_never_was_here_is_skipped():
    assert [change.kind for change in preview(row("nobody", state=Wish.LEFT)).people] == [Kind.SKIPPED]


def test_who_comes_back_starts_anew_and_the_same_sheet_then_changes_nothing():
    left = Known({**KNOWN.people, "lin": after(preview(row("lin", state=Wish.LEFT)), "lin")}, KNOWN.teams)
    back = row("lin", state=Wish.REHIRED, teams=("二组",), hired_on=date(2026, 11, 20), probation_ends_on=END)

    found = preview(back, known=left)

    person = after(found, "lin")
    assert (person.active, person.state, person.team) == (True, EmploymentState.PROBATION, "二组")
    again = preview(back, known=Known({**left.people, "lin": person}, KNOWN.teams))
    assert not again.changes_anything and not again.problems


def test_a_trainee_who_becomes_a_supervisor_is_no_member_any_more_and_keeps_their_record():
    person = after(preview(row("lin", role="supervisor", teams=("三组",))), "lin")

    assert (person.team, person.state, person.hired_on) == ("", EmploymentState.PROBATION, START)


# --- teams -----------------------------------------------------------------------------------------------


def test_a_new_team_is_made_with_the_supervisor_of_its_rows():
    found = preview(new(teams=("三组",), supervisor="周岚"))

    team, = found.teams
    assert (team.name, team.is_new, team.new) == ("三组", True, "zhou")


def test_a_supervisor_in_the_same_sheet_leads_the_team_of_others():
    found = preview(row("wu", 2, name="吴晴", role="supervisor", teams=("三组", "四组")), new("he", 3, teams=("四组",)))

    assert not found.problems
    assert [(team.name, team.new) for team in found.teams] == [("三组", "wu"), ("四组", "wu")]


def test_a_person_moves_to_the_one_team_of_the_supervisor_who_is_named():
    """Their old team is not given to the new supervisor: only this person moves."""
    found = preview(row("lin", supervisor="陈屿"))

    assert after(found, "lin").team == "二组"
    assert not found.teams


def test_a_team_gets_another_supervisor_where_the_row_names_both():
    found = preview(row("lin", teams=("一组",), supervisor="chen"))

    assert [(team.name, team.old, team.new) for team in found.teams] == [("一组", "zhou", "chen")]


# --- what is wrong ---------------------------------------------------------------------------------------


def known_with(*people, teams=KNOWN.teams):
    return Known({**KNOWN.people, **{person.username: person for person in people}}, teams)


GONE = Person("gone", "走了", "supervisor", active=False)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([new(), new(number=3)], [(3, "duplicate_username")]),
        ([new("HE"), new("he", 3)], [(3, "duplicate_username")]),
        ([row("LIN")], [(2, "other_case")]),
        ([new(name="")], [(2, "no_name")]),
        ([new(hired_on=None)], [(2, "no_hired_on")]),
        ([new(probation_ends_on=None)], [(2, "no_probation_end")]),
        ([new(probation_ends_on=date(2026, 10, 1))], [(2, "days_out_of_order")]),
        ([row("lin", hired_on=date(2027, 2, 2))], [(2, "days_out_of_order")]),
        ([new(hired_on=date(2028, 1, 1), probation_ends_on=date(2028, 3, 1))], [(2, "implausible_hired_on")]),
        ([new(probation_ends_on=date(2036, 1, 1))], [(2, "implausible_probation")]),
        ([new(teams=("一组", "二组"))], [(2, "several_teams")]),
        ([new(teams=("三组",))], [(2, "team_without_supervisor")]),
        ([new(teams=("三组",), supervisor="nobody")], [(2, "unknown_supervisor")]),
        ([new(teams=("三组",), supervisor="lin")], [(2, "not_a_supervisor")]),
        ([new(teams=("三组",), supervisor="he")], [(2, "self_supervision")]),
        ([new(teams=("三组",), supervisor="zhou"), new("wu", 3, teams=("三组",), supervisor="chen")],
         [(3, "two_supervisors")]),
        ([new(supervisor="admin")], [(2, "supervisor_without_team")]),
        ([row("zhou", role="trainee", hired_on=START, probation_ends_on=END)], [(2, "still_leads")]),
        ([row("zhou", state=Wish.LEFT)], [(2, "still_leads")]),
        ([row("admin", role="supervisor")], [(2, "last_admin")]),
        ([row("admin", state=Wish.LEFT)], [(2, "last_admin")]),
        ([row("lin", state=Wish.CONFIRMED)], [(2, "confirm_by_decision")]),
        ([new(email="LIN@example.com")], [(2, "taken")]),
        ([new(external={"wecom": "a"}), new("wu", 3, external={"wecom": "a"})], [(3, "taken")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_row(rows, found):
    assert problems(*rows) == found


def test_a_supervisor_who_left_leads_nobody():
    assert problems(new(teams=("三组",), supervisor="gone"), known=known_with(GONE)) == [(2, "supervisor_left")]


def test_two_supervisors_of_one_name_are_told_apart_by_user_name():
    known = known_with(Person("zhou2", "周岚", "supervisor"))

    assert problems(new(teams=("三组",), supervisor="周岚"), known=known) == [(2, "ambiguous_supervisor")]
    assert problems(new(teams=("三组",), supervisor="zhou2"), known=known) == []


@pytest.mark.parametrize(("state", "code"), [(EmploymentState.LEFT, "left"), (None, "switched_off")])
def test_who_is_gone_does_not_come_back_by_being_listed(state, code):
    person = Person("lin", "林小满", "trainee", active=False, state=state)

    assert problems(row("lin", teams=("一组",)), known=known_with(person)) == [(2, code)]


def test_nobody_is_rehired_for_a_day_before_they_were_hired():
    left = Person("lin", "林", "trainee", False, hired_on=START, probation_ends_on=END, state=EmploymentState.LEFT)

    assert problems(
        row("lin", state=Wish.REHIRED, hired_on=START, probation_ends_on=END), known=known_with(left)
    ) == [(2, "rehired_before")]


def test_a_superuser_is_out_of_reach():
    known = known_with(Person("root", "根", "admin", protected=True))

    assert problems(row("root", name="换名"), known=known) == [(2, "protected")]


def test_confirmed_people_do_not_fall_back_to_probation():
    confirmed = Person(
        "lin", "林", "trainee", hired_on=START, probation_ends_on=END, state=EmploymentState.CONFIRMED
    )

    assert problems(row("lin", state=Wish.PROBATION), known=known_with(confirmed)) == [(2, "state_back")]


def test_a_second_admin_may_go():
    assert problems(row("admin", state=Wish.LEFT), known=known_with(Person("a2", "二", "admin"))) == []


def test_two_people_may_swap_their_addresses():
    known = known_with(Person("he", "何", "trainee", email="he@example.com", hired_on=START, probation_ends_on=END,
                              state=EmploymentState.PROBATION))  # fmt: skip

    assert problems(row("lin", 2, email="he@example.com"), row("he", 3, email="lin@example.com"), known=known) == []


# --- whatever a sheet says -------------------------------------------------------------------------------

NAMES = st.sampled_from(["lin", "zhou", "chen", "admin", "he", "wu", "LIN"])
ROWS = st.lists(
    st.builds(
        PersonRow,
        row=st.integers(2, 99),
        username=NAMES,
        name=st.sampled_from(["", "-", "林", "周岚"]),
        role=st.sampled_from(["", "trainee", "supervisor", "admin"]),
        teams=st.sampled_from([(), ("-",), ("一组",), ("三组",), ("一组", "二组")]),
        supervisor=st.sampled_from(["", "-", "zhou", "周岚", "nobody", "he"]),
        hired_on=st.sampled_from([None, START, date(2026, 11, 25)]),
        probation_ends_on=st.sampled_from([None, END]),
        state=st.sampled_from([None, *Wish]),
        email=st.sampled_from(["", "-", "lin@example.com", "x@example.com"]),
    ),
    max_size=6,
)


@given(ROWS)
def test_a_sheet_without_problems_leaves_a_sound_company_and_changes_nothing_again(rows):
    found = preview(*rows)
    if found.problems:
        return
    people = {**KNOWN.people, **{c.after.username: c.after for c in found.people if c.kind != Kind.SKIPPED}}
    teams = {**KNOWN.teams, **{team.name: team.new for team in found.teams}}

    assert any(person.works and person.role == "admin" for person in people.values())
    assert all(people[leader].may_lead for leader in teams.values() if leader)
    for person in people.values():
        if person.team and person.works:
            assert teams[person.team] not in ("", person.username)
    again = compare(PeopleFound(tuple(rows)), Known(people, teams), today=TODAY)
    assert not again.problems
    assert not again.changes_anything
