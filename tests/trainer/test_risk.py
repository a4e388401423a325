"""Who needs attention, and why."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from quizzes.rules.vocabulary import Kind
from tests.factories.courses import AssignmentFactory
from tests.factories.desk import MasteryFactory
from tests.factories.people import EmploymentFactory
from tests.factories.quizzes import AttemptFactory, BlueprintFactory, QuestionFactory
from tests.factories.trainer import RecheckFactory
from trainer.models import User
from trainer.queries.risk import Reason, people_at_risk

pytestmark = pytest.mark.django_db
RISK = "/team/risk/"


def member(supervisor, name="学员", **more):
    return EmploymentFactory(user__display_name=name, team=supervisor.teams.get(), **more).user


def reasons(person, at=None):
    found = people_at_risk(User.objects.filter(pk=person.pk), at=at or timezone.now())
    return [reason.text for row in found for reason in row.reasons]


def test_an_overdue_course_a_recheck_and_an_unmarked_paper_are_reasons(trainee, now):
    late = AssignmentFactory(
        learner=trainee, assigned_at=now - timedelta(days=20), due_at=now - timedelta(days=8),
        due_on=timezone.localdate() - timedelta(days=8),
    )  # fmt: skip
    RecheckFactory(learner=trainee, due_on=timezone.localdate() - timedelta(days=1))
    text = QuestionFactory(kind=Kind.FREE_TEXT)
    AttemptFactory(learner=trainee, started_at=now - timedelta(days=3), submitted=True, items=[text])

    found = reasons(trainee)

    assert f"课过期 8 天：{late.course}" in found and "1 次复查过期" in found
    assert "有东西等我们处理 3 天了" in found


def test_two_failures_in_a_row_are_a_reason_until_the_next_pass(trainee, now):
    exam = BlueprintFactory(title="规则考试")
    for days, passed in ((9, True), (6, False), (3, False)):
        AttemptFactory(
            learner=trainee, blueprint=exam, submitted=True, items=0, passed=passed, score=50,
            started_at=now - timedelta(days=days),
        )  # fmt: skip
    assert any(text.startswith("连着两次没通过") for text in reasons(trainee))

    AttemptFactory(learner=trainee, blueprint=exam, submitted=True, items=0, passed=True, score=90)
    assert not any(text.startswith("连着两次没通过") for text in reasons(trainee))


def test_weak_topics_are_named(trainee):
    for _ in range(3):
        MasteryFactory(learner=trainee, weight=30, credit=10)

    assert any(text.startswith("弱的主题：") for text in reasons(trainee))


def test_the_list_filters_pages_and_is_taken_away(client, supervisor, trainee):
    RecheckFactory(learner=trainee, due_on=timezone.localdate() - timedelta(days=1))
    idle = member(supervisor, "=闲着", hired_on=timezone.localdate() - timedelta(days=30))
    client.force_login(supervisor)

    def names(**wanted):
        return [str(row.confirmation.employment.user) for row in client.get(RISK, wanted).context["page"]]

    assert "小林" in names() and names(kind="recheck") == ["小林"] and names(q="没有") == []
    assert "没有符合这些条件的人" in client.get(RISK, {"q": "没有"}).content.decode()
    sheet = CalamineWorkbook.from_filelike(BytesIO(client.get(RISK, {"format": "xlsx"}).content))
    rows = sheet.get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["姓名", "小组", "为什么"]
    assert all(not str(cell).startswith("=") for row in rows for cell in row)
    assert idle.is_active


def test_only_ones_own_people_are_listed(client, trainee, other_supervisor):
    RecheckFactory(learner=trainee, due_on=timezone.localdate() - timedelta(days=1))
    client.force_login(other_supervisor)

    assert "小林" not in client.get(RISK).content.decode()


def test_a_team_without_worries_says_so(client, other_supervisor):
    other_supervisor.teams.get().members.all().delete()
    client.force_login(other_supervisor)

    assert "没有人需要特别关注" in client.get(RISK).content.decode()


@pytest.mark.parametrize("many", [1, 4])
def test_the_list_costs_the_same_for_any_team(client, supervisor, many, django_assert_num_queries):
    for _ in range(many):
        person = member(supervisor)
        RecheckFactory(learner=person, due_on=timezone.localdate() - timedelta(days=1))
        AttemptFactory(learner=person, submitted=True)
    client.force_login(supervisor)

    with django_assert_num_queries(21):
        response = client.get(RISK)

    assert len(response.context["page"]) == many


def test_a_reason_tells_whether_it_is_late_already(trainee):
    RecheckFactory(learner=trainee, due_on=timezone.localdate() - timedelta(days=1))

    [row] = people_at_risk(User.objects.filter(pk=trainee.pk), at=timezone.now())

    assert Reason("recheck", "1 次复查过期", critical=True) in row.reasons
