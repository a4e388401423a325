"""Migrations that move what people have entered: forth and back again, with rows in the tables."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def migrate():
    """Go to a migration of the house, and see the models as they were then. Everything is as it was afterwards."""

    def go(name):
        executor = MigrationExecutor(connection)
        executor.migrate([("trainer", name)])
        return MigrationExecutor(connection).loader.project_state([("trainer", name)]).apps

    executor = MigrationExecutor(connection)
    newest = [key for key in executor.loader.graph.leaf_nodes() if key[0] == "trainer"]
    yield go
    MigrationExecutor(connection).migrate(newest)


def test_what_a_plan_asks_for_survives_the_way_to_versions_and_back(migrate):
    apps = migrate("0013_meetings")
    plan = apps.get_model("trainer", "ConfirmationPlan").objects.create(
        slug="standard", name="标准方案", name_en="Standard", is_default=True
    )
    asked = {"kind": "days_in_post", "params": {"at_least": 10}, "title": "在岗", "title_en": "Days", "rationale": "熟"}
    apps.get_model("trainer", "Requirement").objects.create(plan=plan, slug="days", position=1, **asked)

    apps = migrate("0014_plan_versions")
    versions, requirements = apps.get_model("trainer", "PlanVersion").objects, apps.get_model("trainer", "Requirement")
    version = versions.get()
    assert (version.plan_id, version.number, version.published_at is None) == (plan.pk, 1, False)
    assert requirements.objects.get().version_id == version.pk
    user = apps.get_model("trainer", "User").objects.create(username="keeper")
    apps.get_model("trainer", "Employment").objects.create(
        user=user, hired_on=timezone.localdate(), probation_ends_on=timezone.localdate(), plan_version=version
    )
    # Version 2 is in force, a third is being written: only what is in force can go back.
    for number, published in ((2, timezone.now()), (3, None)):
        newer = versions.create(plan_id=plan.pk, number=number, created_at=timezone.now(), published_at=published)
        requirements.objects.create(version=newer, slug=f"days-{number}", position=1, **asked)

    apps = migrate("0013_meetings")
    left = apps.get_model("trainer", "Requirement").objects.values_list("plan", "slug", "params")
    assert list(left) == [(plan.pk, "days-2", {"at_least": 10})]
    assert apps.get_model("trainer", "Employment").objects.get().user_id == user.pk


def test_of_lessons_read_twice_the_newest_reading_goes_back(migrate):
    apps = migrate("0018_lesson_read_periods")
    now = timezone.now()
    user = apps.get_model("trainer", "User").objects.create(username="back-again")
    lesson = apps.get_model("trainer", "Lesson").objects.create(slug="returns")
    version = apps.get_model("trainer", "LessonVersion").objects.create(
        lesson=lesson, number=1, kind="duty", title="退货", title_en="Returns", summary="怎么退", platforms=["all"],
        status="current", source="店规", minutes=3, position=1, body="先核实。", fingerprint="-", created_at=now,
        effective_from=now.date(), review_by=now.date(),
    )  # fmt: skip
    reads = apps.get_model("trainer", "LessonRead").objects
    for period in (1, 2):
        reads.create(learner=user, lesson=lesson, version=version, period=period, opened_at=now, asked=period)

    apps = migrate("0017_notes")

    assert apps.get_model("trainer", "LessonRead").objects.get().asked == 2
