"""Loading a curriculum: all of it or nothing, twice is once, and people's own changes stand."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from quizzes.commands.questions import set_state
from quizzes.models import AuditEntry, Blueprint, Question, QuestionBasis, QuestionVersion, Topic
from quizzes.queries.pools import candidates, sections_of
from quizzes.rules.blueprint import feasibility
from quizzes.rules.vocabulary import Origin, Platform, QuestionState
from tests.curricula import edit, write_folder
from trainer.commands.curriculum import REASON, ContentProblems, load_curriculum
from trainer.commands.lessons import publish_lesson_version, restore_lesson, retire_lesson
from trainer.models import ConfirmationPlan, Fact, FactAttribute, Lesson, LessonVersion, PlanVersion, SearchEntry
from trainer.readers.curriculum import read_curriculum

pytestmark = pytest.mark.django_db

TABLES = (
    Topic, FactAttribute, Lesson, LessonVersion, Fact, Question, QuestionVersion, QuestionBasis, Blueprint,
    ConfirmationPlan, PlanVersion, AuditEntry, SearchEntry,
)  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path)


@pytest.fixture
def load(folder):
    """``load()`` loads the folder as it stands, each time an hour later; the report's counts by type."""
    began = timezone.now()
    loads = []

    def load():
        loads.append(began + timedelta(hours=len(loads)))
        return load_curriculum(read_curriculum(folder), at=loads[-1], seed=1).counts()

    return load


def rows():
    return {table.__name__: table.objects.count() for table in TABLES}


def everything():
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES}


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


def test_a_blueprint_that_a_person_edited_stands_until_its_file_changes(folder, load):
    load()
    Blueprint.objects.update(minutes=99)
    section = Blueprint.objects.get().sections.get()

    assert load()["blueprints"].changed == 0
    assert Blueprint.objects.get().minutes == 99
    edit(folder, "blueprints.yaml", "minutes: 5", "minutes: 6")
    assert load()["blueprints"].changed == 1
    assert Blueprint.objects.get().minutes == 6
    assert Blueprint.objects.get().sections.get() == section  # old papers still know their part


def test_a_blueprint_no_more_in_the_folder_is_closed(folder, load):
    load()
    text = (folder / "blueprints.yaml").read_text("utf-8")
    (folder / "blueprints.yaml").write_text(text.replace("small-exam", "other-exam"), encoding="utf-8")
    edit(folder, "plans.yaml", "small-exam", "other-exam")
    edit(folder, "courses.yaml", "small-exam", "other-exam")

    counts = load()

    assert (counts["blueprints"].created, counts["blueprints"].retired, counts["plans"].changed) == (1, 1, 1)
    assert dict(Blueprint.objects.values_list("slug", "is_open")) == {"small-exam": False, "other-exam": True}
    first, second = PlanVersion.objects.order_by("number")
    assert [version.requirements.get().params["blueprint"] for version in (first, second)] == [
        "small-exam", "other-exam",
    ]  # fmt: skip
    assert load()["plans"].unchanged == 1


def test_an_impossible_blueprint_is_refused_with_section_and_lack(folder, load):
    before = rows()
    line = edit(folder, "blueprints.yaml", "    - title: 单选", "    - title: 单选多多")
    edit(folder, "blueprints.yaml", "count: 1", "count: 100")

    with pytest.raises(ContentProblems) as caught:
        load()

    [problem] = caught.value.problems
    assert (problem.file, problem.line) == ("blueprints.yaml", line)
    assert "单选多多" in problem.message and "100 道" in problem.message and "还差" in problem.message
    assert rows() == before


def test_an_unmended_folder_loads_nothing(folder, load):
    load()
    before = everything()
    edit(folder, "lessons/seven-days.md", "title: 七天无理由", "title: 七天怎么数")
    edit(folder, "plans.yaml", "at_least: 60", "at_least: many")

    with pytest.raises(ContentProblems):
        load()

    assert everything() == before


# --- the commands ----------------------------------------------------------------------------------------


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except SystemExit as stopped:
        return stopped.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_the_command_names_file_line_and_key_on_stderr_and_exits_1(folder):
    line = edit(folder, "plans.yaml", "at_least: 60", "at_least: many")

    code, out, err = run("load_content", str(folder), "--json")

    assert code == 1 and out == ""
    assert err.startswith(f"plans.yaml:{line} ") and "at_least" in err.splitlines()[0]
    assert not Lesson.objects.exists()


def test_a_missing_folder_is_a_problem_and_no_traceback(tmp_path):
    code, _, err = run("load_content", str(tmp_path / "nowhere"))

    assert code == 1 and "没有这个文件夹" in err


def test_a_dry_run_reports_and_changes_nothing(folder):
    code, out, _ = run("load_content", str(folder), "--dry-run", "--json")

    report = json.loads(out)
    assert code == 0 and report["dry_run"] and report["lessons"]["created"] == 1
    assert not Lesson.objects.exists() and not AuditEntry.objects.exists()


def test_the_command_sums_up(folder):
    code, out, _ = run("load_content", str(folder))

    assert code == 0 and "课程：新增 1" in out and "手写题：新增 2" in out


def test_the_report_counts_what_is_there_and_what_is_late(folder, tmp_path):
    edit(folder, "lessons/seven-days.md", "review_by: 2027-06-30", "review_by: 2020-01-01")
    run("load_content", str(folder))
    ids = tmp_path / "ids.txt"
    ids.write_text("# 依据\nR-05\nR-99\n", encoding="utf-8")

    report = json.loads(run("content_report", "--json", "--ids", str(ids))[1])

    assert report["lessons"]["by_kind"] == {"platform_rule": 1}
    assert report["lessons"]["by_platform"] == {"tmall": 1}
    assert [late["slug"] for late in report["lessons"]["past_review"]] == ["seven-days"]
    assert (report["facts"]["count"], report["facts"]["covered"], report["facts"]["missing"]) == (2, ["R-05"], ["R-99"])
    assert report["questions"]["by_origin"]["handwritten"] == 2
    assert sum(report["questions"]["by_kind"].values()) == report["questions"]["live"]
    assert "R-99" in run("content_report", "--ids", str(ids))[1]


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


def test_a_retired_lesson_is_read_no_more_until_it_is_restored(load, admin):
    load()
    lesson, now = Lesson.objects.get(), timezone.now()

    assert retire_lesson(lesson_id=lesson.pk, by=admin, at=now)
    assert not retire_lesson(lesson_id=lesson.pk, by=admin, at=now)
    assert not Lesson.objects.published(timezone.localdate()).exists()

    assert restore_lesson(lesson_id=lesson.pk, by=admin, at=now)
    assert not restore_lesson(lesson_id=lesson.pk, by=admin, at=now)
    assert Lesson.objects.published(timezone.localdate()).exists()
    assert list(AuditEntry.objects.filter(by=admin).order_by("pk").values_list("action", flat=True)) == [
        "retire_lesson", "restore_lesson",
    ]  # fmt: skip


def test_platforms_of_a_section_mean_their_own_questions(folder, load):
    edit(folder, "blueprints.yaml", "kinds: [single]", "kinds: [single]\n      platforms: [vip]")

    with pytest.raises(ContentProblems):
        load()
    edit(folder, "blueprints.yaml", "platforms: [vip]", "platforms: [tmall]")
    load()

    section = sections_of(Blueprint.objects.get())[0]
    assert section.platforms == {Platform.TMALL}
    assert feasibility([section], candidates()) == ()
