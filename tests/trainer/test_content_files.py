"""The lists of what is taught, held and loaded: filtered, sorted, and taken away as files."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories.courses import AttendanceFactory, TrainingSessionFactory
from tests.factories.loads import LoadFactory
from tests.factories.people import EmploymentFactory
from tests.factories.quizzes import AttemptFactory, BlueprintFactory
from tests.factories.roleplay import ScenarioFactory
from tests.factories.scripts import ScriptFactory
from tests.factories.trainer import LessonFactory, NoticeFactory
from tests.trainer.taken_away import firsts, rows_of
from trainer.rules.course_words import Presence

pytestmark = pytest.mark.django_db


def test_lessons_are_sorted_by_review_or_novelty_and_taken_away(client, admin):
    LessonFactory(version__title="乙课", version__review_by=date(2027, 1, 1), version__effective_from=date(2026, 1, 1))
    LessonFactory(version__title="甲课", version__review_by=date(2027, 5, 1), version__effective_from=date(2026, 2, 1))
    client.force_login(admin)
    path = "/content/lessons/"

    assert sorted(firsts(client, path)) == ["乙课", "甲课"]
    assert firsts(client, path, sort="review") == ["乙课", "甲课"]
    assert firsts(client, path, sort="newest") == ["甲课", "乙课"]
    assert firsts(client, path, text="甲") == ["甲课"]


def test_scenarios_and_scripts_are_taken_away_as_they_are_filtered(client, admin, trainee):
    ScenarioFactory(title="问发货")
    ScenarioFactory(title="=要退款")
    ScriptFactory(title="=接住情绪", good="+先道歉")
    ScriptFactory(title="报时间")
    client.force_login(admin)

    assert firsts(client, "/content/scenarios/", sort="title") == ["'=要退款", "问发货"]
    assert firsts(client, "/content/scenarios/", text="发货") == ["问发货"]
    assert set(firsts(client, "/scripts/")) == {"'=接住情绪", "报时间"}
    assert firsts(client, "/scripts/", q="报时间") == ["报时间"]
    client.force_login(trainee)
    assert client.get("/scripts/", {"format": "xlsx"}).headers["Content-Type"].startswith("text/html")


def test_blueprints_are_searched_sorted_and_paged(client, admin):
    BlueprintFactory(title="关了的", is_open=False)
    sat = BlueprintFactory(title="考得多")
    AttemptFactory(blueprint=sat, submitted=True, items=0)
    BlueprintFactory(title="没人考")
    client.force_login(admin)

    assert firsts(client, "/blueprints/", state="closed") == ["关了的"]
    assert firsts(client, "/blueprints/", sort="sat")[0] == "考得多"
    assert firsts(client, "/blueprints/", q="没人") == ["没人考"]
    assert "没有符合这些条件的蓝图" in client.get("/blueprints/", {"q": "没有"}).content.decode()
    BlueprintFactory.create_batch(25)
    assert len(client.get("/blueprints/").context["page"]) == 25 and len(rows_of(client, "/blueprints/")) == 28


def test_loads_are_found_by_name_and_state(client, admin):
    load = LoadFactory(title="十一月题库")
    client.force_login(admin)

    assert list(client.get("/loads/", {"q": "十一月", "state": load.state}).context["page"]) == [load]
    assert "没有符合这些条件的导入" in client.get("/loads/", {"q": "别的"}).content.decode()


def test_unread_notices_can_be_looked_at_alone(client, trainee):
    new = NoticeFactory(person=trainee)
    NoticeFactory(person=trainee, read_at=timezone.now())
    client.force_login(trainee)

    assert list(client.get("/notices/", {"show": "unread"}).context["page"]) == [new]
    assert len(client.get("/notices/").context["page"]) == 2


@pytest.fixture
def training(supervisor, trainee):
    """小林 was late; somebody else of the team was not noted yet."""
    EmploymentFactory(team=supervisor.teams.get(), user__display_name="小周")
    session = TrainingSessionFactory(team=supervisor.teams.get(), title="大促前")
    AttendanceFactory(session=session, learner=trainee, presence=Presence.LATE, reason="=堵车")
    return session


def test_attendance_is_taken_away_of_one_training_or_of_all(client, supervisor, trainee, training):
    TrainingSessionFactory(title="别组的")
    client.force_login(supervisor)

    one = {row[3]: row[4:] for row in rows_of(client, f"/trainings/{training.pk}/")}

    assert one == {"小林": ("迟到", "'=堵车"), "小周": (None, None)}
    assert [row[1:4] for row in rows_of(client, "/trainings/")] == [("大促前", "天猫一组", "小林")]


def test_trainings_are_searched_and_sorted_and_none_of_others_is_listed(client, admin, supervisor, training):
    later = TrainingSessionFactory(
        title="新规则", starts_at=training.starts_at + timedelta(days=1), ends_at=training.ends_at + timedelta(days=1)
    )
    client.force_login(admin)

    def listed(**filters):
        return list(client.get("/trainings/", filters).context["page"])

    assert (listed(), listed(sort="starts_at")) == ([later, training], [training, later])
    assert listed(q="规则") == [later] and listed(team=training.team_id) == [training]
    assert "没有符合这些条件的培训" in client.get("/trainings/", {"q": "没有"}).content.decode()
    client.force_login(supervisor)
    assert listed() == [training]
