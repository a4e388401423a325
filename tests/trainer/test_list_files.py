"""The lists of people, work and results as files: what the page shows by its filters, all pages of it, in reach."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.factories.assessment import InterviewFactory, PerformanceMonthFactory, SchemeVersionFactory
from tests.factories.certificates import CertificateFactory
from tests.factories.courses import AssignmentFactory
from tests.factories.notes import NoteProposalFactory
from tests.factories.people import EmploymentFactory
from tests.factories.quizzes import AttemptFactory, BlueprintFactory
from tests.factories.trainer import ProductFactory, RecheckFactory
from tests.trainer.taken_away import firsts, rows_of
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db


def member(supervisor, name, **more):
    return EmploymentFactory(user__display_name=name, team=supervisor.teams.get(), **more).user


def overdue(person):
    return RecheckFactory(learner=person, due_on=timezone.localdate() - timedelta(days=1))


def product():
    return ProductFactory(sku="SKU-1", name="保温壶", blueprint=BlueprintFactory(), shelf_on=timezone.localdate())


# Each list with what puts somebody on it.
LISTS = {
    "/team/": lambda person: None,
    "/team/heat/": lambda person: None,
    "/team/risk/": overdue,
    "/assignments/": lambda person: AssignmentFactory(learner=person),
    "/rechecks/": overdue,
    "/interviews/": lambda person: InterviewFactory(learner=person, final=True),
    "/performance/": lambda person: None,
    "/proposals/": lambda person: NoteProposalFactory(learner=person, text="=1+1"),
    "/products/SKU-1/": lambda person: None,
}


@pytest.mark.parametrize("path", LISTS)
def test_a_file_is_the_list_as_it_is_filtered_of_ones_own_people(client, supervisor, other_supervisor, path):
    SchemeVersionFactory()
    product()
    for name in ("=周周", "小吴", "大吴"):
        LISTS[path](member(supervisor, name))
    LISTS[path](member(other_supervisor, "别组"))
    client.force_login(supervisor)

    assert set(firsts(client, path)) == {"'=周周", "小吴", "大吴"}
    assert set(firsts(client, path, q="吴", page=9)) == {"小吴", "大吴"}
    assert firsts(client, path, q="吴", sort="name")[0] == "大吴"


def test_an_admins_file_is_of_the_chosen_team(client, admin, supervisor, other_supervisor):
    for person in (member(supervisor, "小周"), member(other_supervisor, "小吴")):
        for path in LISTS:
            LISTS[path](person)
    client.force_login(admin)
    team = supervisor.teams.get().pk

    for path in ("/rechecks/", "/interviews/", "/proposals/", "/assignments/"):
        assert set(firsts(client, path, team=team)) == {"小周"}, path


def test_certificates_are_sorted_by_their_last_day_and_narrowed_to_a_team(client, admin, supervisor, other_supervisor):
    late = CertificateFactory(holder=member(supervisor, "小周"), valid_until=date(2028, 1, 1))
    soon = CertificateFactory(holder=member(other_supervisor, "小吴"), valid_until=date(2027, 1, 1))
    client.force_login(admin)

    def listed(**filters):
        return [row[0] for row in rows_of(client, "/team/certificates/", **filters)]

    assert listed(sort="ending") == [soon.number, late.number]
    assert listed(team=supervisor.teams.get().pk) == [late.number]
    assert listed(q=soon.number) == [soon.number]


def test_who_has_left_is_taken_away_by_the_newest_or_by_name(client, admin, supervisor):
    today = timezone.localdate()
    for name, days in (("小周", 9), ("大吴", 30)):
        member(supervisor, name, state=EmploymentState.LEFT, left_on=today - timedelta(days=days))
    client.force_login(admin)

    assert firsts(client, "/former/") == ["小周", "大吴"]
    assert firsts(client, "/former/", sort="name") == ["大吴", "小周"]
    assert firsts(client, "/former/", q="周") == ["小周"]


def test_a_month_of_figures_has_each_figure_with_its_tier_and_who_lacks_them(client, supervisor, trainee):
    SchemeVersionFactory()
    PerformanceMonthFactory(learner=trainee, month=date(2026, 10, 1), conversion=Decimal("40.5"))
    member(supervisor, "没有数据")
    client.force_login(supervisor)

    [row] = rows_of(client, "/performance/", month="2026-10", have="yes")

    assert row[:3] == ("小林", "天猫一组", "2026-10") and 40.5 in row
    assert firsts(client, "/performance/", month="2026-10", have="no") == ["没有数据"]
    assert firsts(client, "/performance/", month="2026-09", have="yes") == []


def test_an_interviews_file_keeps_the_scores_veiled(client, supervisor, trainee):
    InterviewFactory(learner=trainee, final=True, comment="很好", private_notes="别说出去")
    client.force_login(supervisor)

    [row] = rows_of(client, "/interviews/")

    assert row[5] == "已提交" and not {"很好", "别说出去"} & set(row)


def test_products_are_searched_filtered_sorted_and_counted(client, supervisor, trainee):
    today = timezone.localdate()
    cup = product()
    lamp = ProductFactory(sku="SKU-2", name="台灯", blueprint=BlueprintFactory(), shelf_on=today + timedelta(days=30))
    AttemptFactory(learner=trainee, blueprint=lamp.blueprint, submitted=True, items=1, score=90, passed=True)
    client.force_login(supervisor)

    def listed(**filters):
        return [row[0] for row in rows_of(client, "/products/", **filters)]

    assert rows_of(client, "/products/")[1] == ("SKU-2", "台灯", datetime.combine(lamp.shelf_on, time()), 30, 1, 1)
    assert listed(sort="newest") == ["SKU-2", "SKU-1"] and listed(q="台") == ["SKU-2"] == listed(q="sku-2")
    assert listed(show="missing") == [cup.sku] == listed(show="soon")
    client.force_login(trainee)
    assert client.get("/products/", {"format": "xlsx"}).headers["Content-Type"].startswith("text/html")


def test_a_gate_shows_who_is_missing_page_by_page(client, supervisor, trainee):
    cup = product()
    AttemptFactory(learner=trainee, blueprint=cup.blueprint, submitted=True, items=1, score=90, passed=True)
    for number in range(51):
        member(supervisor, f"学员 {number}")
    client.force_login(supervisor)
    path = "/products/SKU-1/"

    assert len(client.get(path).context["page"]) == 50
    assert len(rows_of(client, path)) == 52 and len(rows_of(client, path, show="missing")) == 51
    assert firsts(client, path, show="may_serve") == ["小林"]
    assert "没有符合这些条件的人" in client.get(path, {"show": "recheck"}).content.decode()


def test_who_needs_attention_is_sorted_by_name_or_by_how_long_idle(client, supervisor, now):
    for name, days in (("周", 3), ("安", 9)):
        person = member(supervisor, name)
        overdue(person)
        AttemptFactory(learner=person, started_at=now - timedelta(days=days))
    never = member(supervisor, "从没")
    overdue(never)
    client.force_login(supervisor)

    assert firsts(client, "/team/risk/", sort="idle") == ["从没", "安", "周"]
    assert firsts(client, "/team/risk/", sort="name") == ["安", "从没", "周"]


def test_assignments_are_sorted_by_day_or_by_how_new_they_are(client, supervisor, now):
    for name, due, given in (("先到", 2, 9), ("后到", 5, 1)):
        AssignmentFactory(
            learner=member(supervisor, name), assigned_at=now - timedelta(days=given), due_at=now + timedelta(days=due),
            due_on=timezone.localdate() + timedelta(days=due),
        )  # fmt: skip
    client.force_login(supervisor)

    assert firsts(client, "/assignments/") == ["先到", "后到"]
    assert firsts(client, "/assignments/", sort="newest") == ["后到", "先到"]
