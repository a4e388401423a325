"""Reading a load of questions: once, again, and after a reader that died."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from quizzes.models import AuditEntry
from tests.trainer import loading
from trainer.commands import load_reading
from trainer.commands.due import run_due
from trainer.commands.load_confirming import confirm_load
from trainer.commands.load_entries import decide_entry
from trainer.commands.load_reading import put_back, read_again, read_load, reap_dead_reads
from trainer.commands.loads import LoadOptions, NoFiles, NotNow, TooLarge, Upload, start_load
from trainer.models import Load, LoadEntry, LoadFile
from trainer.rules.loads import Decision, EntryKind, FileState, LoadState

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(admin):
    return {"by": admin, "at": timezone.now()}


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
