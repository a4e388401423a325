"""The curriculum and the demo people of the repository, loaded once for this module: is there enough to see?"""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from quizzes.models import Accommodation, Appeal, Attempt, Blueprint, Mark, NotebookEntry, Question
from quizzes.queries.pools import candidates, sections_of
from quizzes.rules.blueprint import feasibility
from quizzes.rules.vocabulary import Flag, Kind, Origin, Platform
from trainer.commands.curriculum import load_curriculum
from trainer.commands.demo_people import PASSWORD
from trainer.models import ConfirmationPlan, Fact, Lesson, LessonRead, Team, User
from trainer.readers.curriculum import read_curriculum
from trainer.readers.entries import CASE
from trainer.rules.course_words import UnitKind

CURRICULUM = settings.BASE_DIR / "fixtures" / "curriculum"


@pytest.fixture(scope="module")
def curriculum():
    return read_curriculum(CURRICULUM)


@pytest.fixture(scope="module")
def loaded(curriculum, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_curriculum(curriculum, at=timezone.now(), seed=1)
        transaction.set_rollback(True)


@pytest.fixture
def report(loaded, db):
    out = StringIO()
    call_command("content_report", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_nothing_in_it_is_misspelt(curriculum):
    assert curriculum.problems == ()


def test_every_unit_of_a_course_leads_somewhere(curriculum):
    scenarios = {path.stem for path in (settings.BASE_DIR / "fixtures" / "scenarios").glob("*.yaml")}
    units = [unit for course in curriculum.courses for unit in course.units]

    assert {unit.target for unit in units if unit.kind == UnitKind.SCENARIO} <= scenarios
    assert not [unit for unit in units if unit.kind == UnitKind.GATE]  # which products a shop sells nobody knows here
    assert {course.platform for course in curriculum.courses} == set(Platform)
    assert {"first-shift-7", "after-sales-14", "pre-sales-14", "both-21"} <= {c.slug for c in curriculum.courses}


def test_nothing_that_a_course_trains_comes_after_its_end(curriculum):
    for course in curriculum.courses:
        days = {unit.key: unit.day for unit in course.units}
        assert all(days[key] <= unit.day for unit in course.units for key in unit.after), course.slug
        assert set(days.values()) == set(range(1, course.days + 1)), course.slug


def test_there_is_enough_to_learn(report):
    assert report["lessons"]["count"] >= 70
    assert report["facts"]["count"] >= 400
    assert report["lessons"]["by_kind"]["customer_type"] >= 9
    assert {"tmall", "taobao", "douyin", "vip", "all"} <= set(report["lessons"]["by_platform"])


def test_every_fact_id_is_covered(report):
    assert report["facts"]["missing"] == []
    assert len(report["facts"]["covered"]) == 165


def test_there_is_enough_to_ask(report):
    questions = report["questions"]
    assert questions["distinct_live"] >= 1200
    assert questions["cases"] >= 250
    assert set(questions["by_kind"]) == set(Kind)
    assert len(questions["by_form"]) >= 7


def test_each_wrong_option_of_a_case_has_its_reason(loaded, db):
    cases = Question.objects.live().filter(tags__name=CASE, current__kind__in=[Kind.SINGLE, Kind.MULTIPLE])
    versions = [question.current for question in cases.select_related("current")]

    without = [
        version.question.slug
        for version in versions
        if version.kind == Kind.SINGLE and any(not o.why for o in version.parsed().options if not o.correct)
    ]

    assert len(versions) >= 250
    assert without == []


def test_each_lesson_ends_with_two_or_three_live_questions(loaded, db):
    lessons = Lesson.objects.prefetch_related("retrieval_links__question")

    for lesson in lessons:
        questions = [link.question for link in lesson.retrieval_links.all()]
        assert 2 <= len(questions) <= 3, lesson.slug
        assert all(question.state == "live" for question in questions), lesson.slug


def test_what_is_dead_or_in_doubt_is_flagged(loaded, db):
    flags = set(Fact.objects.values_list("flag", flat=True))

    assert flags == set(Flag)


def test_each_exam_is_feasible_and_worth_100_points(loaded, db):
    bank = candidates()

    for blueprint in Blueprint.objects.all():
        sections = sections_of(blueprint)
        assert feasibility(sections, bank) == (), blueprint.slug
        assert sum(section.count * section.marks for section in sections) == 100, blueprint.slug
    assert set(Blueprint.objects.values_list("slug", flat=True)) == {
        "warm-up", "rules-exam", "aftersales-exam", "customers-exam", "vip-exam", "douyin-exam",
    }  # fmt: skip


def test_the_default_plan_asks_for_the_two_exams_the_lessons_and_the_days(loaded, db):
    plan = ConfirmationPlan.objects.get(is_default=True).versions.get()

    practice = plan.requirements.filter(part="practice").values_list("kind", "weight")
    assert dict(practice) == {
        "roleplay": None, "observation": None, "interview": 40, "typing": 30, "product_gates": 30,
    }  # fmt: skip
    assert plan.requirements.get(kind="days_in_post").params == {"at_least": 30}
    assert plan.requirements.get(kind="interview").params == {"mean": "3.5", "floor": 2, "raters": 1}
    exams = [requirement.params for requirement in plan.requirements.filter(kind="exam_score")]
    assert exams == [
        {"blueprint": "rules-exam", "at_least": 85},
        {"blueprint": "aftersales-exam", "at_least": 80},
    ]
    assert all(requirement.rationale for requirement in plan.requirements.all())


def test_loading_it_again_changes_nothing(curriculum, loaded, db):
    report = load_curriculum(curriculum, at=timezone.now(), seed=1)

    assert {name: counts for name, counts in report.counts().items() if counts.touched} == {}
    assert report.generated.unchanged == Question.objects.filter(origin=Origin.GENERATED).count()


def test_a_site_in_service_gets_no_demo_by_mistake(db):
    with pytest.raises(CommandError, match="--force"):
        call_command("load_demo")
    assert not User.objects.filter(username="zhou").exists()


@pytest.fixture(scope="module")
def demo(loaded, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", "--force", verbosity=0)
        yield
        transaction.set_rollback(True)


def test_the_demo_has_its_accounts_and_teams(demo, db):
    people = User.objects.filter(username__in=["xiaolin", "zhou", "admin"])
    assert all(user.check_password(PASSWORD) for user in people)
    roles = {user.username: user.groups.get().name for user in people}
    assert roles == {"xiaolin": "trainee", "zhou": "supervisor", "admin": "admin"}
    sizes = {team.supervisor.username: team.members.count() for team in Team.objects.select_related("supervisor")}
    assert sizes == {"zhou": 10, "chen": 3}


def test_the_new_hire_has_begun_and_much_is_missing(demo, db):
    learner = User.objects.get(username="xiaolin")
    required = Lesson.objects.published(timezone.localdate()).filter(versions__required=True).distinct().count()

    done = [read for read in LessonRead.objects.filter(learner=learner) if read.done]
    exams = Attempt.objects.of(learner).exams().submitted()

    assert 3 <= len(done) <= required / 4
    assert LessonRead.objects.filter(learner=learner, reached_end_at=None).exists()
    assert [exam.blueprint.slug for exam in exams] == ["warm-up"]
    assert exams.get().score == 70 and exams.get().passed
    assert NotebookEntry.objects.filter(learner=learner).exists()


def test_the_demo_gives_every_page_something_to_show(demo, db):
    waiting = Attempt.objects.exams().submitted().filter(score=None)
    assert [attempt.learner.username for attempt in waiting] == ["heyan"]
    assert set(Appeal.objects.values_list("state", flat=True)) == {Appeal.OPEN, Appeal.REJECTED}
    assert Accommodation.objects.count() == 1
    assert Attempt.objects.filter(passed=False).exists()
    best = Attempt.objects.exams().filter(learner__username="liujing").order_by("-score")
    assert {"rules-exam", "aftersales-exam"} <= {a.blueprint.slug for a in best if a.passed}


def test_all_of_the_demo_lies_in_the_past_and_after_hiring(demo, db):
    now = timezone.now()
    for attempt in Attempt.objects.select_related("learner__employment"):
        hired_on = attempt.learner.employment.hired_on
        assert hired_on <= timezone.localdate(attempt.started_at) and attempt.submitted_at < now, attempt
    assert not LessonRead.objects.filter(opened_at__gte=now).exists()


def test_a_second_run_adds_nothing_and_prints_the_accounts(demo, db):
    before = (User.objects.count(), Attempt.objects.count(), Mark.objects.count())
    out = StringIO()

    call_command("load_demo", "--force", stdout=out)

    assert (User.objects.count(), Attempt.objects.count(), Mark.objects.count()) == before
    assert PASSWORD in out.getvalue() and "xiaolin" in out.getvalue()
