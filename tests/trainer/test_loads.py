"""Loading questions: decided, confirmed, published, rolled back; each twice is once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.models import AuditEntry, Question, QuestionVersion
from quizzes.rules.vocabulary import QuestionState
from tests.factories.quizzes import AttemptFactory, TopicFactory
from tests.factories.trainer import UserFactory
from tests.trainer import loading
from trainer.commands import load_confirming
from trainer.commands.due import run_due
from trainer.commands.load_confirming import NothingToLoad, NoTopic, confirm_load
from trainer.commands.load_entries import NoReading, decide_all, decide_entry
from trainer.commands.load_publishing import (
    PastDay,
    RolledBack,
    SecondPersonNeeded,
    publish_load,
    roll_back_load,
    schedule_load,
    unschedule_load,
)
from trainer.commands.loads import NotNow, choose_topic
from trainer.queries.loads import load_counts
from trainer.rules.loads import Decision, Difference, EntryKind, LoadState

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(admin):
    return {"by": admin, "at": timezone.now()}


def confirmed(admin, content=None, **options):
    load = loading.read(content or loading.text(), by=admin, **options)
    return confirm_load(load_id=load.pk, by=admin, at=timezone.now())


def states():
    return sorted(Question.objects.values_list("state", flat=True))


def test_confirming_makes_drafts_that_no_paper_draws(admin):
    load = confirmed(admin, loading.text(3, unsure=1))

    assert load.state == LoadState.CONFIRMED
    assert states() == ["draft"] * 3
    version = QuestionVersion.objects.first()
    assert version.topic == load.topic
    assert version.created_by == admin
    assert f"第 {load.pk} 批" in version.reason
    counts = load_counts(load)
    assert (counts.loaded, counts.undecided, counts.waiting) == (3, 1, 0)


def test_confirming_twice_is_confirming_once(admin, who):
    load = confirmed(admin)

    with pytest.raises(NothingToLoad):
        confirm_load(load_id=load.pk, **who)

    assert Question.objects.count() == QuestionVersion.objects.count() == 3


def test_a_crash_while_confirming_leaves_no_draft(admin, who, monkeypatch):
    def crash(*args, **kwargs):
        raise RuntimeError

    load = loading.read(loading.text(), by=admin)
    monkeypatch.setattr(load_confirming, "note", crash)
    with pytest.raises(RuntimeError):
        confirm_load(load_id=load.pk, **who)

    load.refresh_from_db()
    assert load.state == LoadState.PREVIEWED
    assert not Question.objects.exists()


def test_questions_without_a_topic_wait_for_one(admin, who):
    load = loading.read(loading.text(), by=admin, topic=None)
    with pytest.raises(NoTopic) as refusal:
        confirm_load(load_id=load.pk, **who)
    assert refusal.value.args == (3,)

    choose_topic(load_id=load.pk, topic=TopicFactory(), **who)
    confirm_load(load_id=load.pk, **who)

    with pytest.raises(NotNow):
        choose_topic(load_id=load.pk, topic=TopicFactory(), **who)


def test_the_same_file_again_changes_nothing_and_says_so(admin, who):
    first = confirmed(admin)

    again = loading.read(loading.text(), by=admin)

    assert again.files.get().earlier == first.files.get()
    assert set(again.entries.values_list("difference", "decision")) == {(Difference.SAME, Decision.SKIP)}
    assert load_counts(again).nothing_new
    with pytest.raises(NothingToLoad):
        confirm_load(load_id=again.pk, **who)
    assert QuestionVersion.objects.count() == 3


def test_two_loads_of_the_same_questions_bring_them_in_once(admin, who):
    one, other = (loading.read(loading.text(), by=admin) for _ in range(2))
    confirm_load(load_id=one.pk, **who)

    confirm_load(load_id=other.pk, **who)

    assert QuestionVersion.objects.count() == 3
    assert set(other.entries.values_list("difference", "question")) == {(Difference.SAME, None)}


def test_a_question_twice_in_a_file_comes_in_once(admin):
    load = confirmed(admin, loading.text(2) + "\n" + loading.text(1))

    assert Question.objects.count() == 2
    assert load.entries.last().difference == Difference.DUPLICATE


def test_another_key_waits_for_a_person_and_changes_the_question_only_when_published(admin, who):
    publish_load(load_id=confirmed(admin, loading.question(1)).pk, **who)
    question = Question.objects.get()
    old = question.current
    load = loading.read(loading.question(1, answer="B"), by=admin)
    entry = load.entries.get()
    assert (entry.difference, entry.decision, entry.twin) == (Difference.CHANGED, Decision.OPEN, question)

    decide_entry(entry_id=entry.pk, decision=Decision.TAKE, **who)
    confirm_load(load_id=load.pk, **who)
    question.refresh_from_db()
    assert question.current == old
    publish_load(load_id=load.pk, **who)
    question.refresh_from_db()
    assert [option["correct"] for option in question.current.content["options"]] == [False, True, False]

    done = roll_back_load(load_id=load.pk, **who)
    question.refresh_from_db()
    assert done == RolledBack(restored=1)
    assert question.state == QuestionState.LIVE
    assert question.current.content == old.content
    assert question.current.number == 3


def test_roll_back_leaves_what_somebody_has_changed_since(admin, who):
    publish_load(load_id=confirmed(admin, loading.question(1)).pk, **who)
    load = loading.read(loading.question(1, answer="B"), by=admin)
    decide_entry(entry_id=load.entries.get().pk, decision=Decision.TAKE, **who)
    confirm_load(load_id=load.pk, **who)
    publish_load(load_id=load.pk, **who)
    version = Question.objects.get().current
    QuestionVersion.objects.filter(pk=version.pk).update(reason="后来又改过")

    assert roll_back_load(load_id=load.pk, **who) == RolledBack(left=1)
    assert Question.objects.get().current == version


def test_what_is_unsure_can_be_taken_by_its_reading_or_not_at_all(admin, who):
    load = loading.read(loading.text(1, unsure=1) + "\n" + loading.KEYLESS, by=admin)
    unsure, unreadable = load.entries.filter(kind=EntryKind.HELD)

    with pytest.raises(NoReading):
        decide_entry(entry_id=unreadable.pk, decision=Decision.TAKE, **who)
    assert decide_all(load_id=load.pk, kind=EntryKind.HELD, decision=Decision.TAKE, **who) == 1
    unsure.refresh_from_db()
    assert (unsure.decision, unsure.decided_by) == (Decision.TAKE, admin)
    confirm_load(load_id=load.pk, **who)
    assert Question.objects.count() == 2


def test_what_was_left_open_can_come_in_after_publication(admin, who):
    load = confirmed(admin, loading.text(1, unsure=1))
    publish_load(load_id=load.pk, **who)
    decide_entry(entry_id=load.entries.get(kind=EntryKind.HELD).pk, decision=Decision.TAKE, **who)

    confirm_load(load_id=load.pk, **who)
    assert states() == ["draft", "live"]
    publish_load(load_id=load.pk, **who)

    assert states() == ["live", "live"]


def test_publishing_twice_is_publishing_once(admin, who):
    load = confirmed(admin)
    for _ in range(2):
        publish_load(load_id=load.pk, **who)

    assert states() == ["live"] * 3
    assert AuditEntry.objects.filter(action="publish_load").count() == 1


def test_a_draft_that_somebody_retired_stays_out(admin, who):
    load = confirmed(admin)
    Question.objects.filter(pk=Question.objects.first().pk).update(state=QuestionState.RETIRED)

    publish_load(load_id=load.pk, **who)

    assert states() == ["live", "live", "retired"]


def test_a_preview_cannot_be_published(admin, who):
    load = loading.read(loading.text(), by=admin)

    for command in (publish_load, unschedule_load):
        with pytest.raises(NotNow):
            command(load_id=load.pk, **who)


def test_a_load_for_a_day_is_published_when_the_day_comes(admin, who):
    load = confirmed(admin)
    today = timezone.localdate()
    with pytest.raises(PastDay):
        schedule_load(load_id=load.pk, on=today, **who)
    schedule_load(load_id=load.pk, on=today + timedelta(days=1), **who)
    run_due(at=timezone.now())
    assert states() == ["draft"] * 3

    done = run_due(at=timezone.now() + timedelta(days=1))

    assert done["publish_due_loads"] == [load.pk]
    assert states() == ["live"] * 3


def test_a_load_for_a_day_can_be_called_off(admin, who):
    load = confirmed(admin)
    schedule_load(load_id=load.pk, on=timezone.localdate() + timedelta(days=1), **who)

    unschedule_load(load_id=load.pk, **who)

    assert run_due(at=timezone.now() + timedelta(days=2))["publish_due_loads"] == []


def test_where_two_are_asked_for_the_one_who_confirms_cannot_publish(admin, who, settings):
    settings.CONTENT_REVIEW_BY_TWO = True
    load = confirmed(admin)
    assert states() == ["review"] * 3
    with pytest.raises(SecondPersonNeeded):
        publish_load(load_id=load.pk, **who)
    with pytest.raises(SecondPersonNeeded):
        schedule_load(load_id=load.pk, on=timezone.localdate() + timedelta(days=1), **who)

    publish_load(load_id=load.pk, by=UserFactory(role="admin"), at=timezone.now())

    assert states() == ["live"] * 3


def test_a_roll_back_retires_the_questions_and_keeps_the_answers(admin, who):
    load = confirmed(admin)
    publish_load(load_id=load.pk, **who)
    attempt = AttemptFactory(submitted=True, items=list(Question.objects.select_related("current")))

    assert roll_back_load(load_id=load.pk, **who) == RolledBack(retired=3)
    assert roll_back_load(load_id=load.pk, **who) == RolledBack()

    assert states() == ["retired"] * 3
    assert attempt.items.filter(steps__isnull=False).count() == 3
    assert AuditEntry.objects.filter(action="roll_back_load").count() == 1


def test_what_was_rolled_back_can_be_loaded_again(admin, who):
    load = confirmed(admin)
    roll_back_load(load_id=load.pk, **who)

    again = confirmed(admin)
    publish_load(load_id=again.pk, **who)

    assert again.files.get().earlier is None
    assert states() == ["live"] * 3
