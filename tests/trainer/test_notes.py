"""Notes beside a lesson: they save by themselves, lose nothing, and nobody else reads them."""

import pytest
from django.urls import reverse

from tests.factories.notes import LessonNoteFactory, NoteProposalFactory
from tests.factories.trainer import LessonFactory
from trainer.commands.notes import NoteTooLong, save_note
from trainer.models import LessonNote, NoteProposal
from trainer.rules.notes import LONGEST_NOTE, SEPARATOR

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def save(client, lesson, text, revision, **more):
    url = reverse("trainer:lesson_note", args=[lesson.slug])
    return client.post(url, {"text": text, "revision": revision}, **more)


@pytest.fixture
def signed_in(client, trainee):
    client.force_login(trainee)
    return client


def test_a_note_saves_as_it_is_written(signed_in, trainee):
    lesson = LessonFactory()
    first = save(signed_in, lesson, "签收", 0, headers=HTMX).content.decode()
    assert "已保存" in first and 'value="1"' in first and "hx-swap-oob" in first
    save(signed_in, lesson, "签收当天\r\n不算", 1, headers=HTMX)
    note = LessonNote.objects.get()
    assert (note.learner, note.text, note.revision) == (trainee, "签收当天\n不算", 2)
    assert "签收当天\n不算</textarea>" in signed_in.get(reverse("trainer:lesson", args=[lesson.slug])).content.decode()


def test_without_scripts_it_comes_back_to_the_lesson(signed_in):
    lesson = LessonFactory()
    assert save(signed_in, lesson, "记", 0).url == reverse("trainer:lesson", args=[lesson.slug]) + "#note"


def test_two_pages_that_write_at_once_lose_nothing(signed_in):
    lesson = LessonFactory()
    save(signed_in, lesson, "从电脑", 0, headers=HTMX)
    response = save(signed_in, lesson, "从手机", 0, headers=HTMX)
    both = f"从电脑{SEPARATOR}从手机"
    assert LessonNote.objects.get().text == both
    assert "note-merged" in response["HX-Trigger"] and "两份都留下了" in response.content.decode()
    save(signed_in, lesson, "从手机", 0, headers=HTMX)  # the same again, from a page that did not hear
    assert LessonNote.objects.get().text == both


def test_what_does_not_fit_is_told_and_the_old_text_stays(signed_in, trainee, now):
    note = LessonNoteFactory(learner=trainee)
    response = save(signed_in, note.lesson, "字" * (LONGEST_NOTE + 1), 1, headers=HTMX)
    assert "还没存上" in response.content.decode()
    with pytest.raises(NoteTooLong):
        save_note(learner=trainee, lesson=note.lesson, text="字" * LONGEST_NOTE, revision=0, at=now)
    note.refresh_from_db()
    assert note.text == "签收当天不算。"


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_and_shows_ones_own_only(signed_in, trainee, count, django_assert_num_queries):
    LessonNoteFactory.create_batch(count, learner=trainee)
    NoteProposalFactory.create_batch(count, learner=trainee)
    LessonNoteFactory(text="别人的")
    with django_assert_num_queries(8):
        response = signed_in.get(reverse("trainer:notes"))
    assert len(response.context["page"]) == count and "别人的" not in response.content.decode()


def test_the_list_is_searched_and_leaves_empty_notes_out(signed_in, trainee):
    wanted = LessonNoteFactory(learner=trainee, text="运费险 只赔一次")
    LessonNoteFactory(learner=trainee)
    LessonNoteFactory(learner=trainee, text="")
    assert list(signed_in.get(reverse("trainer:notes"), {"q": "运费险 一次"}).context["page"]) == [wanted]
    assert "换个词试试" in signed_in.get(reverse("trainer:notes"), {"q": "没有的"}).content.decode()


def test_a_note_is_proposed_once_at_a_time(signed_in, trainee):
    note = LessonNoteFactory(learner=trainee)
    url = reverse("trainer:note_propose", args=[note.lesson.slug])
    assert note.text in signed_in.get(url).content.decode()
    assert signed_in.post(url, {"kind": "script", "text": ""}).status_code == 422
    for _ in range(2):
        response = signed_in.post(url, {"kind": "script", "text": "亲，签收当天不算。"}, follow=True)
    assert "主管还没处理" in response.content.decode()
    assert NoteProposal.objects.get().text == "亲，签收当天不算。"
