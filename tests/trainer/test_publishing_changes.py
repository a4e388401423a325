"""Publishing a change does all that follows from it, for exactly those whom it concerns, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.commands.attempts import start_exam
from quizzes.models import AuditEntry, Blueprint, Question, QuestionVersion
from quizzes.rules.vocabulary import Origin, QuestionState
from tests.trainer.changing import FREIGHT, WINDOW, World
from trainer.commands import changes
from trainer.commands.changes import BadTerms, publish_change
from trainer.commands.lessons import TooEarly
from trainer.models import Fact, LessonChange, LessonVersion, Notice, Recheck, SearchEntry
from trainer.rules.vocabulary import ChangeKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def test_a_changed_rule_is_rechecked_by_exactly_those_who_passed_on_it(world, admin):
    passed = world.passed(WINDOW)
    read = world.finished()
    world.passed(FREIGHT)

    published = world.publish(world.draft(window=15), by=admin)

    rows = {recheck.learner: recheck for recheck in Recheck.objects.all()}
    assert rows.keys() == {passed.learner, read}
    assert list(rows[passed.learner].grounds.all()) == [passed]
    assert rows[passed.learner].keys == [WINDOW]
    assert rows[read].due_on == timezone.localdate() + timedelta(days=7)
    assert published.assigned == 2
    assert set(Notice.objects.values_list("person", flat=True)) == {passed.learner.pk, read.pk}
    passed.learner.refresh_from_db()
    assert passed.learner.unread == 1


def test_a_correction_assigns_nobody_but_mends_the_questions(world, admin):
    world.passed(WINDOW)

    published = world.publish(world.draft(window=15), by=admin, rule=False)

    assert not Recheck.objects.exists()
    assert published.questions.changed > 0


def test_questions_of_the_fact_are_remade_and_hand_written_ones_wait_for_review(world, admin):
    untouched = set(
        Question.objects.filter(current__bases__fact_key=FREIGHT).values_list("current", flat=True)
    )

    world.publish(world.draft(window=15), by=admin)

    assert Question.objects.get(slug="seven-sign-day").state == QuestionState.REVIEW
    assert Question.objects.get(slug="seven-payer").state == QuestionState.LIVE
    made = Question.objects.filter(origin=Origin.GENERATED, current__bases__fact_key=WINDOW)
    assert set(made.values_list("state", flat=True)) == {QuestionState.LIVE}
    assert all(question.current.number == 2 for question in made.select_related("current"))
    now = set(Question.objects.filter(current__bases__fact_key=FREIGHT).values_list("current", flat=True))
    assert now == untouched
    assert SearchEntry.objects.filter(question_version__in=made.values("current")).count() == made.count()


def test_a_fact_that_is_gone_retires_its_questions_and_a_fact_that_comes_back_revives_them(world, admin):
    rested = Question.objects.filter(origin=Origin.GENERATED, versions__bases__fact_key=WINDOW).distinct()
    world.publish(world.draft(without=[WINDOW]), by=admin)
    assert set(rested.values_list("state", flat=True)) == {QuestionState.RETIRED}

    world.publish(world.draft(), by=admin)

    assert set(rested.values_list("state", flat=True)) == {QuestionState.LIVE}


def test_a_paper_that_is_open_keeps_the_versions_it_was_drawn_with(world, admin, trainee, now):
    exam = Blueprint.objects.get(slug="small-exam")
    attempt = start_exam(blueprint_id=exam.pk, learner=trainee, at=now, seed=1)
    drawn = list(attempt.items.values_list("version", flat=True))

    world.publish(world.draft(window=15, payer="卖家"), by=admin)

    assert list(attempt.items.values_list("version", flat=True)) == drawn
    assert start_exam(blueprint_id=exam.pk, learner=trainee, at=now, seed=1) == attempt


def test_doing_it_again_changes_nothing(world, admin):
    learner = world.passed(WINDOW).learner
    draft = world.draft(window=15)
    world.publish(draft, by=admin)
    world.passed(WINDOW, learner=learner, ago=-timedelta(hours=1))  # passed on the new rule
    before = [m.objects.count() for m in (AuditEntry, QuestionVersion, Recheck, Notice, LessonChange)]

    again = world.publish(draft, by=admin, at=timezone.now() + timedelta(hours=2))

    assert not again.new
    assert [m.objects.count() for m in (AuditEntry, QuestionVersion, Recheck, Notice, LessonChange)] == before


def test_a_correction_may_turn_out_to_be_a_change_of_the_rule(world, admin):
    old, renewed = world.passed(WINDOW).learner, world.passed(WINDOW).learner
    draft = world.draft(window=15)
    world.publish(draft, by=admin, rule=False)
    later = timezone.now() + timedelta(hours=1)
    world.passed(WINDOW, learner=renewed, ago=world.now - later)

    world.publish(draft, by=admin, at=later + timedelta(hours=1))

    assert [recheck.learner for recheck in Recheck.objects.all()] == [old]
    assert LessonChange.objects.get().kind == ChangeKind.RULE


def test_all_of_it_or_nothing(world, admin, monkeypatch):
    world.passed(WINDOW)
    draft = world.draft(window=15)

    def fail(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(changes, "assign_rechecks", fail)
    with pytest.raises(RuntimeError):
        world.publish(draft, by=admin)

    draft.refresh_from_db()
    assert draft.published_at is None
    assert not LessonChange.objects.exists()
    assert Question.objects.get(slug="seven-sign-day").state == QuestionState.LIVE


def test_who_did_what_is_on_file(world, admin):
    world.passed(WINDOW)
    world.publish(world.draft(window=15), by=admin)

    entry = AuditEntry.objects.get(action="apply_change")
    assert entry.by == admin and entry.target == "lesson:seven-days"
    assert entry.detail["assigned"] == 1 and entry.detail["keys"] == [WINDOW]
    assert AuditEntry.objects.filter(action="publish_change").count() == 1


@pytest.mark.parametrize(("rule", "due"), [(True, None), (True, -1), (False, 3)])
def test_a_rule_needs_a_day_to_come_and_a_correction_has_none(world, admin, rule, due):
    draft = world.draft(window=15)
    kind = ChangeKind.RULE if rule else ChangeKind.CORRECTION

    with pytest.raises(BadTerms):
        publish_change(
            version_id=draft.pk,
            kind=kind,
            note="改了",
            due_on=None if due is None else timezone.localdate() + timedelta(days=due),
            by=admin,
            at=timezone.now(),
        )


def test_a_second_change_is_a_second_recheck(world, admin):
    learner = world.passed(WINDOW).learner
    world.publish(world.draft(window=15), by=admin)
    world.publish(world.draft(window=30), by=admin)

    assert Recheck.objects.filter(learner=learner).count() == 2


# --- drafts ----------------------------------------------------------------------------------------------

def test_a_draft_that_was_never_published_makes_room_for_a_newer_one(world):
    first = world.draft(window=15)
    second = world.draft(window=30)

    assert not LessonVersion.objects.filter(pk=first.pk).exists()
    assert Fact.objects.get(version=second, key=WINDOW).number == 30
    assert world.lesson.versions.count() == 2


def test_a_draft_that_says_nothing_new_is_none(world):
    world.publish(world.draft(window=15), by=None)

    assert world.draft(window=15) is None


def test_a_draft_for_a_day_before_the_version_in_force_is_refused(world):
    with pytest.raises(TooEarly):
        world.draft(window=15, effective_from=timezone.localdate().replace(year=2001, day=1))


def test_what_was_edited_on_the_site_stands_when_the_curriculum_is_loaded_again(world, admin, tmp_path):
    from tests.curricula import edit
    from trainer.commands.curriculum import load_curriculum
    from trainer.queries.remaking import SEED
    from trainer.readers.curriculum import read_curriculum

    world.publish(world.draft(window=15), by=admin)
    before = QuestionVersion.objects.count()

    load_curriculum(read_curriculum(tmp_path), at=timezone.now(), seed=SEED)
    assert world.lesson.versions.count() == 2
    assert QuestionVersion.objects.count() == before

    edit(tmp_path, "lessons/seven-days.md", "summary: 数得清七天", "summary: 七天怎么数")
    load_curriculum(read_curriculum(tmp_path), at=timezone.now(), seed=SEED)
    assert world.lesson.versions.count() == 3
