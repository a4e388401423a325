"""Loading a curriculum: all of it or nothing, twice is once, and people's own changes stand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.commands.questions import set_state
from quizzes.models import AuditEntry, Question, QuestionBasis, QuestionVersion
from quizzes.rules.vocabulary import Origin, QuestionState
from tests.curricula import edit, write_folder
from tests.trainer.loading_content import everything, hourly
from trainer.commands.curriculum import REASON, ContentProblems
from trainer.commands.lessons import publish_lesson_version
from trainer.commands.retiring import retire_lesson
from trainer.models import ConfirmationPlan, Fact, Lesson, LessonVersion, SearchEntry
from trainer.readers.curriculum import read_curriculum

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path)


@pytest.fixture
def load(folder):
    return hourly(folder)


def in_force():
    lesson = Lesson.objects.published(timezone.localdate()).get()
    return LessonVersion.objects.get(pk=lesson.in_force_id)


def test_a_first_load_makes_everything_and_puts_it_to_use(load):
    counts = load()

    assert {name: found.created for name, found in counts.items() if name != "generated"} == {
        "topics": 1, "attributes": 1, "lessons": 1, "questions": 2, "blueprints": 1, "plans": 1, "scheme": 0,
        "prompts": 0, "courses": 1, "shifts": 1,
    }  # fmt: skip
    assert counts["generated"].created == Question.objects.filter(origin=Origin.GENERATED).count() > 0
    assert set(Question.objects.values_list("state", flat=True)) == {QuestionState.LIVE}
    version = in_force()
    assert (version.title, version.number, version.required) == ("七天无理由", 1, True)
    assert [link.topic.slug for link in version.topic_links.all()] == ["returns"]
    links = version.lesson.retrieval_links.order_by("position")
    assert [link.question.slug for link in links] == ["seven-sign-day", "seven-payer"]
    assert ConfirmationPlan.objects.get().is_default
    assert SearchEntry.objects.filter(lesson_version=version).exists()


def test_facts_come_back_from_the_database_as_they_were_read(folder, load):
    load()

    read = {fact.key: fact for fact in read_curriculum(folder).facts}
    assert {row.key: row.to_rule() for row in Fact.objects.all()} == read


def test_loading_twice_changes_nothing(load):
    load()
    before = everything()

    counts = load()

    assert not any(found.touched for found in counts.values())
    assert everything() == before


def test_an_edited_lesson_gets_a_version_and_the_reader_sees_it(folder, load):
    load()
    edit(folder, "lessons/seven-days.md", "title: 七天无理由", "title: 七天怎么数")

    counts = load()

    assert (counts["lessons"].changed, counts["questions"].changed) == (1, 0)
    assert (in_force().number, in_force().title) == (2, "七天怎么数")
    assert LessonVersion.objects.get(number=1).title == "七天无理由"


def test_a_changed_fact_changes_the_lesson_and_what_is_made_from_it(folder, load):
    load()
    edit(folder, "lessons/seven-days.md", "number: 7\n", "number: 8\n")

    counts = load()

    assert counts["lessons"].changed == 1
    touched = counts["generated"].created + counts["generated"].changed + counts["generated"].retired
    assert touched > 0
    assert QuestionBasis.objects.filter(fact_key="seven-window", version__number=2).exists()


def test_an_edited_question_gets_a_version_and_keeps_the_old_one(folder, load):
    load()
    edit(folder, "questions/seven-days.yaml", "stem: 七天无理由的退回运费由顾客承担。", "stem: 退回运费由顾客承担。")

    counts = load()

    question = Question.objects.get(slug="seven-payer")
    assert counts["questions"].changed == 1
    assert question.current.number == 2 and question.current.stem == "退回运费由顾客承担。"
    assert question.versions.get(number=1).stem == "七天无理由的退回运费由顾客承担。"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("explanation: 法律这样规定。", "explanation: 写在法律里。"),
        ("answer: true", "answer: false"),
        ("facts: [seven-freight]", "facts: [seven-freight, seven-window]"),
        ("kind: true_false", "kind: true_false\n  difficulty: 3"),
        ("kind: true_false", "kind: true_false\n  platform: all"),
    ],
)
def test_whatever_a_question_says_makes_a_version_when_it_changes(folder, load, old, new):
    load()
    edit(folder, "questions/seven-days.yaml", old, new)

    assert load()["questions"].changed == 1
    assert Question.objects.get(slug="seven-payer").current.number == 2


def test_a_tag_is_no_version(folder, load):
    load()
    edit(folder, "questions/seven-days.yaml", "answer: true", "answer: true\n  tags: [运费]")
    assert load()["questions"].changed == 0
    assert [tag.name for tag in Question.objects.get(slug="seven-payer").tags.all()] == ["运费"]
    edit(folder, "questions/seven-days.yaml", "\n  tags: [运费]", "")

    load()

    assert not Question.objects.get(slug="seven-payer").tags.exists()


def test_what_is_no_more_in_the_folder_is_retired_and_comes_back(folder, load):
    load()
    lesson, questions = (folder / "lessons/seven-days.md"), (folder / "questions/seven-days.yaml")
    texts = lesson.read_text("utf-8"), questions.read_text("utf-8")
    edit(folder, "courses.yaml", "lesson: seven-days", "key: seven-days, lesson: eight-days")
    for path, text in zip((lesson, questions), texts, strict=True):
        other = text.replace("seven-", "eight-").replace("七天", "八天")
        path.unlink()
        path.with_stem("eight-days").write_text(other, encoding="utf-8")

    counts = load()

    assert (counts["lessons"].created, counts["lessons"].retired, counts["questions"].retired) == (1, 1, 2)
    assert counts["generated"].retired > 0
    assert Lesson.objects.get(slug="seven-days").retired_at
    assert not Question.objects.live().filter(current__lesson_key="seven-days").exists()

    for path, text in zip((lesson, questions), texts, strict=True):
        path.with_stem("eight-days").unlink()
        path.write_text(text, encoding="utf-8")
    edit(folder, "courses.yaml", "key: seven-days, lesson: eight-days", "lesson: seven-days")
    counts = load()
    assert (counts["lessons"].changed, counts["questions"].changed) == (1, 2)
    assert Lesson.objects.get(slug="seven-days").retired_at is None
    assert Question.objects.get(slug="seven-payer").state == QuestionState.LIVE


def test_what_a_person_retired_stays_retired(load, admin):
    load()
    now = timezone.now()
    retire_lesson(lesson_id=Lesson.objects.get().pk, by=admin, at=now)
    set_state(question_id=Question.objects.get(slug="seven-payer").pk, state=QuestionState.RETIRED, by=admin, at=now)

    load()

    assert Lesson.objects.get().retired_at == now
    assert Question.objects.get(slug="seven-payer").state == QuestionState.RETIRED


def test_what_a_person_corrected_stands_until_its_file_changes(folder, load, admin):
    load()
    question = Question.objects.get(slug="seven-payer")
    old = question.current
    corrected = QuestionVersion(
        question=question, number=2, content={"answer": False}, reason="法律改了", created_by=admin,
        created_at=timezone.now(),
        **{n: getattr(old, n) for n in ("kind", "stem", "rule", "explanation", "topic", "platform", "fingerprint")},
    )  # fmt: skip
    corrected.save()
    Question.objects.filter(pk=question.pk).update(current=corrected)

    assert load()["questions"].changed == 0
    assert Question.objects.get(pk=question.pk).current == corrected
    edit(folder, "questions/seven-days.yaml", "explanation: 法律这样规定。", "explanation: 法律还是这样规定。")
    load()
    current = Question.objects.get(pk=question.pk).current
    assert (current.number, current.content, current.reason) == (3, {"answer": True}, REASON)


def test_an_unmended_folder_loads_nothing(folder, load):
    load()
    before = everything()
    edit(folder, "lessons/seven-days.md", "title: 七天无理由", "title: 七天怎么数")
    edit(folder, "plans.yaml", "at_least: 60", "at_least: many")

    with pytest.raises(ContentProblems):
        load()

    assert everything() == before


# --- single lessons --------------------------------------------------------------------------------------


def test_a_version_is_published_once(load, admin):
    load()
    first = in_force()
    draft = LessonVersion.objects.get(pk=first.pk)
    draft.pk, draft.number, draft.title, draft.published_at = None, 2, "新稿", None
    draft._state.adding = True
    draft.save()
    now = timezone.now()
    assert in_force() == first

    assert publish_lesson_version(version_id=draft.pk, by=admin, at=now)
    assert not publish_lesson_version(version_id=draft.pk, by=admin, at=now + timedelta(days=1))
    assert in_force() == draft and in_force().published_at == now
    assert SearchEntry.objects.filter(lesson_version=draft).exists()
    assert AuditEntry.objects.filter(action="publish_lesson", by=admin).count() == 1
