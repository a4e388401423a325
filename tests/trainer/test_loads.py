"""Loading questions: read, decided, confirmed, published, rolled back; each twice is once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from quizzes.models import AuditEntry, Question, QuestionVersion
from quizzes.rules.vocabulary import QuestionState
from tests.factories.quizzes import AttemptFactory, TopicFactory
from tests.factories.trainer import UserFactory
from tests.trainer import loading
from trainer.commands import load_confirming, load_reading
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
from trainer.commands.load_reading import put_back, read_again, read_load, reap_dead_reads
from trainer.commands.loads import LoadOptions, NoFiles, NotNow, TooLarge, Upload, choose_topic, start_load
from trainer.models import Load, LoadEntry, LoadFile
from trainer.queries.loads import load_counts
from trainer.rules.loads import Decision, Difference, EntryKind, FileState, LoadState

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(admin):
    return {"by": admin, "at": timezone.now()}


def confirmed(admin, content=None, **options):
    load = loading.read(content or loading.text(), by=admin, **options)
    return confirm_load(load_id=load.pk, by=admin, at=timezone.now())


def states():
    return sorted(Question.objects.values_list("state", flat=True))


def test_a_file_is_read_into_entries_with_its_lines(admin):
    load = loading.read(loading.text(2, unsure=1) + "\n第 1 页\n", by=admin)

    assert load.state == LoadState.PREVIEWED
    found = [(entry.kind, entry.line, entry.decision) for entry in load.entries.all()]
    assert found == [
        (EntryKind.QUESTION, 1, Decision.TAKE),
        (EntryKind.QUESTION, 8, Decision.TAKE),
        (EntryKind.HELD, 15, Decision.OPEN),
        (EntryKind.REMOVED, 20, Decision.SKIP),
    ]
    assert load.files.get().format == "text"
    assert AuditEntry.objects.filter(target=f"load:{load.pk}", action="start_load").count() == 1


def test_a_form_sent_twice_makes_one_load(admin, who):
    token, upload = uuid4(), Upload("题库.txt", b"x")

    first, second = (start_load(token=token, uploads=[upload], options=LoadOptions(), **who) for _ in range(2))

    assert first == second
    assert LoadFile.objects.count() == 1


def test_the_same_file_chosen_twice_is_read_once(who):
    uploads = [Upload("a.txt", b"1"), Upload("b.txt", b"2"), Upload("c.txt", b"1")]

    load = start_load(token=uuid4(), uploads=uploads, options=LoadOptions(), **who)

    assert [file.name for file in load.files.all()] == ["a.txt", "b.txt"]


def test_nothing_and_too_much_are_refused(who, settings):
    settings.LARGEST_UPLOAD = 3
    with pytest.raises(NoFiles):
        start_load(token=uuid4(), uploads=[], options=LoadOptions(), **who)
    with pytest.raises(TooLarge):
        start_load(token=uuid4(), uploads=[Upload("a.txt", b"1234")], options=LoadOptions(), **who)
    assert not Load.objects.exists()


def test_a_file_that_cannot_be_read_fails_and_says_why(admin):
    load = loading.read(b"", by=admin)

    assert load.state == LoadState.FAILED
    assert load.files.get().error


def test_a_crash_in_the_middle_of_keeping_leaves_nothing_half_in(admin, who, monkeypatch):
    def crash(*args):
        raise RuntimeError

    load = start_load(
        token=uuid4(), uploads=[Upload("a.txt", loading.text().encode())], options=LoadOptions(), **who
    )
    monkeypatch.setattr(load_reading, "_as_before", crash)
    with pytest.raises(RuntimeError):
        read_load(load_id=load.pk)
    assert not LoadEntry.objects.exists()
    assert load.files.get().state == FileState.READING

    monkeypatch.undo()
    later = timezone.now() + load_reading.SILENT + timedelta(seconds=1)
    assert reap_dead_reads(at=timezone.now()) == []
    assert list(reap_dead_reads(at=later)) == [load.pk]
    read_load(load_id=load.pk)
    assert load.entries.count() == 3


def test_a_file_that_kills_its_reader_twice_fails(admin, who):
    load = start_load(token=uuid4(), uploads=[Upload("a.txt", b"1")], options=LoadOptions(), **who)
    load.files.update(state=FileState.READING, tries=2, heartbeat_at=timezone.now() - timedelta(hours=1))

    run_due(at=timezone.now())

    load.refresh_from_db()
    assert load.state == LoadState.FAILED
    assert "中断" in load.files.get().error


def test_a_reader_that_was_given_up_does_not_write(admin, who):
    load = start_load(
        token=uuid4(), uploads=[Upload("a.txt", loading.text().encode())], options=LoadOptions(), **who
    )
    slow = load_reading._claim(load.pk, timezone.now())
    load.files.update(state=FileState.WAITING)
    read_load(load_id=load.pk)

    load_reading._keep(slow, load_reading.FileRead("text", error="too late"), timezone.now())

    assert load.files.get().state == FileState.READ


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


def test_a_line_taken_for_a_page_number_is_put_back_where_it_stood(admin, who):
    content = loading.text(2).replace("B. 不理会第 1 位顾客", "B. 不理会第 1 位顾客，只看\n第 3 页")
    load = loading.read(content, by=admin)
    removed = load.entries.get(kind=EntryKind.REMOVED)
    assert (removed.text, removed.line) == ("第 3 页", 4)
    skipped = load.entries.get(kind=EntryKind.QUESTION, line=8 + 1)
    decide_entry(entry_id=skipped.pk, decision=Decision.SKIP, **who)

    put_back(entry_id=removed.pk, **who)
    read_load(load_id=load.pk)

    first, second = load.entries.all()
    assert [option.text for option in first.parsed().content.options][1].endswith("只看第 3 页")
    assert second.decision == Decision.SKIP


def test_reading_again_keeps_what_was_decided(admin, who):
    load = loading.read(loading.text(2, unsure=1), by=admin)
    skipped = load.entries.first()
    decide_entry(entry_id=skipped.pk, decision=Decision.SKIP, **who)

    read_again(file_id=load.files.get().pk, **who)
    read_load(load_id=load.pk)

    assert load.entries.first().decision == Decision.SKIP
    assert load.entries.first().pk != skipped.pk
    confirm_load(load_id=load.pk, **who)
    with pytest.raises(NotNow):
        read_again(file_id=load.files.get().pk, **who)
