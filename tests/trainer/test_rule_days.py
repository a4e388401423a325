"""Rules that begin or end on a date do so by themselves, once, whatever days had no run."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.commands.attempts import start_exam
from quizzes.commands.questions import set_state
from quizzes.models import Blueprint, Question, QuestionVersion
from quizzes.rules.vocabulary import Origin, QuestionState
from tests.factories.trainer import ProductFactory, TeamFactory, UserFactory
from tests.trainer.changing import FREIGHT, WINDOW, World
from tests.trainer.test_products import entry as product_entry
from trainer.commands.due import JOBS
from trainer.commands.lessons import save_draft
from trainer.commands.products import save_products
from trainer.commands.rule_days import Turned, turn_day
from trainer.models import LessonChange, LessonVersion, Notice, Product, Recheck, RuleDay

pytestmark = pytest.mark.django_db


def days(count):
    return timedelta(days=count)


@pytest.fixture
def world(tmp_path):
    """A world whose days have been turned up to today."""
    world = World(tmp_path)
    turn_day(at=world.now)
    return world


def made(key):
    return Question.objects.filter(origin=Origin.GENERATED, current__bases__fact_key=key)


def numbers(key):
    return set(made(key).values_list("current__number", flat=True))


def test_a_version_for_a_later_day_changes_nothing_until_then(world, admin):
    learner = world.passed(WINDOW).learner
    published = world.publish(
        world.draft(window=15, effective_from=timezone.localdate() + days(3)), by=admin
    )

    assert not published.applied
    assert numbers(WINDOW) == {1} and not Recheck.objects.exists()
    turn_day(at=world.now + days(2))
    assert numbers(WINDOW) == {1} and not Recheck.objects.exists()

    turn_day(at=world.now + days(3))

    assert numbers(WINDOW) == {2}
    assert [recheck.learner for recheck in Recheck.objects.all()] == [learner]
    assert Question.objects.get(slug="seven-sign-day").state == QuestionState.REVIEW


def test_days_without_a_run_are_made_up_for(world, admin):
    late = world.passed(WINDOW, ago=-days(4)).learner  # while the questions still asked by the old rule
    world.publish(world.draft(window=15, effective_from=timezone.localdate() + days(3)), by=admin, due=10)

    turned = turn_day(at=world.now + days(9))

    assert turned.applied == 1
    assert [recheck.learner for recheck in Recheck.objects.all()] == [late]
    assert numbers(WINDOW) == {2}


def test_a_second_run_does_nothing(world, admin):
    world.publish(world.draft(window=15, effective_from=timezone.localdate() + days(1)), by=admin)
    world.passed(WINDOW)
    turn_day(at=world.now + days(1))
    before = [m.objects.count() for m in (QuestionVersion, Recheck, RuleDay, Notice)]
    set_state(
        question_id=Question.objects.get(slug="seven-sign-day").pk,
        state=QuestionState.LIVE, by=admin, at=world.now + days(1),
    )  # fmt: skip

    assert turn_day(at=world.now + days(1)) is None
    assert turn_day(at=world.now + days(2)) == Turned()

    assert [m.objects.count() for m in (QuestionVersion, Recheck, RuleDay, Notice)] == [
        before[0], before[1], before[2] + 1, before[3],
    ]  # fmt: skip
    assert Question.objects.get(slug="seven-sign-day").state == QuestionState.LIVE


def test_what_was_published_on_its_day_is_not_followed_up_again(world, admin):
    """Between two runs: published for the same day, and the question read through and put back by a person."""
    draft = world.draft(window=15, effective_from=timezone.localdate() + days(2))
    world.publish(draft, by=admin, rule=False, at=world.now + days(2))
    question = Question.objects.get(slug="seven-sign-day")
    assert question.state == QuestionState.REVIEW
    set_state(question_id=question.pk, state=QuestionState.LIVE, by=admin, at=world.now + days(2))

    turn_day(at=world.now + days(3))

    question.refresh_from_db()
    assert question.state == QuestionState.LIVE and numbers(WINDOW) == {2}


def test_a_fact_that_ends_takes_its_questions_with_it(world, admin):
    entry = world.edition()
    facts = tuple(
        replace(fact, valid_to=timezone.localdate() + days(2)) if fact.key == WINDOW else fact
        for fact in entry.facts
    )
    draft = save_draft(entry=replace(entry, facts=facts), by=None, at=timezone.now())
    world.publish(draft, by=admin, rule=False)
    rested = list(made(WINDOW))
    turn_day(at=world.now + days(2))
    assert made(WINDOW).exclude(state=QuestionState.RETIRED).count() == len(rested) > 0

    turned = turn_day(at=world.now + days(5))

    assert not made(WINDOW).exclude(state=QuestionState.RETIRED).exists()
    assert made(FREIGHT).exclude(state=QuestionState.RETIRED).exists()
    assert turned.reviewed == 1
    assert Question.objects.get(slug="seven-sign-day").state == QuestionState.REVIEW
    notice = Notice.objects.get(code="rules_ended")
    assert notice.person == admin and notice.params["questions"] == 1


def test_a_special_rule_gives_way_to_the_general_one_when_it_ends(world, admin):
    """Fifteen days in the season, seven again after it."""
    today = timezone.localdate()
    world.publish(world.draft(window=15, effective_from=today, effective_to=today + days(10)), by=admin, rule=False)
    assert numbers(WINDOW) == {2}

    turn_day(at=world.now + days(12))

    assert numbers(WINDOW) == {3}
    stems = " ".join(made(WINDOW).values_list("current__explanation", flat=True))
    assert "第 7 天" in stems and "第 15 天" not in stems


def test_a_paper_is_judged_by_the_version_in_force_when_it_was_drawn(world, admin, trainee):
    exam = Blueprint.objects.get(slug="small-exam")
    world.publish(world.draft(window=15, effective_from=timezone.localdate() + days(1)), by=admin)
    attempt = start_exam(blueprint_id=exam.pk, learner=trainee, at=world.now, seed=3)
    drawn = list(attempt.items.values_list("version", flat=True))

    turn_day(at=world.now + days(1))

    assert list(attempt.items.values_list("version", flat=True)) == drawn
    assert {v.as_of for v in QuestionVersion.objects.filter(bases__fact_key=WINDOW, number=2) if v.form} == {
        timezone.localdate() + days(1)
    }


def test_it_is_among_the_jobs_of_every_minute():
    assert turn_day in JOBS


# --- reminders -------------------------------------------------------------------------------------------

def test_owners_are_reminded_twice_and_never_of_the_same_thing(world, admin):
    owner = UserFactory()
    world.lesson.owner = owner
    world.lesson.save()
    due = timezone.localdate() + days(20)
    LessonVersion.objects.update(review_by=due)

    for day in range(1, 25):
        turn_day(at=world.now + days(day))

    told = list(Notice.objects.filter(person=owner).order_by("created_at").values_list("code", "created_at__date"))
    assert [code for code, _ in told] == ["review_soon", "review_due"]
    assert not Notice.objects.filter(person=admin, code__startswith="review").exists()


def test_a_lesson_without_an_owner_is_every_admins_business(world, admin):
    LessonVersion.objects.update(review_by=timezone.localdate() + days(3))

    turn_day(at=world.now + days(1))

    assert [notice.person for notice in Notice.objects.filter(code="review_soon")] == [admin]


def test_supervisors_are_warned_of_their_own_people_before_the_shelf_date(world, supervisor, trainee, other_supervisor):
    save_products(entries=[product_entry(shelf_on=timezone.localdate() + days(8))], by=None, at=world.now)

    for day in range(1, 10):
        turn_day(at=world.now + days(day))

    told = Notice.objects.filter(code="gate_soon", person=supervisor).order_by("pk")
    assert [notice.key.rpartition(":")[2] for notice in told] == ["7", "3", "1"]
    assert told[0].params["names"] == [str(trainee)]
    others = Notice.objects.filter(code="gate_soon", person=other_supervisor)
    assert str(trainee) not in others[0].params["names"]


def test_after_days_without_a_run_only_the_most_urgent_warning_is_given(world, supervisor, trainee):
    save_products(entries=[product_entry(shelf_on=timezone.localdate() + days(8))], by=None, at=world.now)

    turn_day(at=world.now + days(6))

    assert [n.key.rpartition(":")[2] for n in Notice.objects.filter(code="gate_soon")] == ["3"]


def test_nobody_is_warned_of_a_product_that_all_may_serve_or_that_was_withdrawn(world, supervisor):
    TeamFactory(supervisor=supervisor, name="空组")
    ProductFactory(state="withdrawn", shelf_on=timezone.localdate() + days(2))
    save_products(entries=[product_entry(shelf_on=timezone.localdate() + days(2))], by=None, at=world.now)

    turn_day(at=world.now + days(1))

    assert not Notice.objects.filter(code="gate_soon").exists()
    assert Product.objects.sold().count() == 1
    assert not LessonChange.objects.exists()
