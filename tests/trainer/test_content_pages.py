from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.rules.vocabulary import Flag, Kind, QuestionState
from tests.factories.quizzes import BareQuestionFactory, QuestionFactory
from tests.factories.trainer import BareLessonFactory, FactFactory, LessonFactory, LessonVersionFactory
from trainer.queries.content import LessonFilter, lesson_lines, overview
from trainer.queries.lesson_versions import VersionState, lesson_history
from trainer.rules.vocabulary import LessonKind

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_report_costs_the_same_for_any_amount(client, admin, rows, django_assert_num_queries):
    LessonFactory.create_batch(rows, facts=2)
    QuestionFactory.create_batch(rows, tags=["case"])
    client.force_login(admin)

    with django_assert_num_queries(11):
        response = client.get("/content/")

    assert response.context["overview"].lessons == rows


def test_the_report_counts_what_there_is():
    LessonFactory(facts=2, version__required=True, version__kind=LessonKind.DUTY, version__platforms=["vip", "douyin"])
    LessonFactory(version__review_by=TODAY - timedelta(days=1))
    LessonFactory(version__review_by=TODAY + timedelta(days=30))
    LessonFactory(retired_at=timezone.now())
    LessonVersionFactory(draft=True)
    QuestionFactory(tags=["case"], kind=Kind.NUMERIC, origin="generated")
    QuestionFactory()
    BareQuestionFactory()

    found = overview(TODAY, ["R-05", "R-99"])

    assert (found.lessons, found.required, found.retired, found.drafts) == (3, 1, 1, 1)
    assert [(word, n) for word, _, n in found.lessons_by_kind] == [("platform_rule", 2), ("duty", 1)]
    assert [(word, n) for word, _, n in found.lessons_by_platform] == [("tmall", 2), ("douyin", 1), ("vip", 1)]
    assert (found.facts, found.covered, found.missing) == (2, 1, ("R-99",))
    assert (found.questions, found.live, found.cases) == (3, 2, 1)
    assert [(word, n) for word, _, n in found.questions_by_state] == [("draft", 1), ("live", 2)]
    assert [(word, n) for word, _, n in found.live_by_origin] == [("handwritten", 1), ("generated", 1)]
    assert [(word, n) for word, _, n in found.live_by_kind] == [("single", 1), ("numeric", 1)]
    assert [len(found.due), len(found.soon)] == [1, 1]


def test_an_empty_site_says_how_to_load_content(client, admin):
    client.force_login(admin)

    assert "load_content" in client.get("/content/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_lessons_costs_the_same_for_any_length(client, admin, rows, django_assert_num_queries):
    LessonFactory.create_batch(rows, facts=2)
    client.force_login(admin)

    with django_assert_num_queries(6):
        response = client.get("/content/lessons/")

    assert [line.facts for line in response.context["page"]] == [2] * rows


def slugs(**wanted):
    return [line.version.lesson.slug for line in lesson_lines(TODAY, LessonFilter(**wanted))]


def test_each_filter_finds_its_lessons():
    LessonFactory(slug="a", version__title="甲课", version__kind=LessonKind.DUTY, version__platforms=["vip"])
    LessonFactory(slug="b", version__title="乙课", retired_at=timezone.now())
    late = LessonFactory(slug="c", version__title="丙课", version__review_by=TODAY - timedelta(days=1))
    LessonVersionFactory(lesson=late, number=2, title="丙课二", status=Flag.VERIFY, draft=True)
    coming = BareLessonFactory(slug="d")
    LessonVersionFactory(lesson=coming, title="丁课", effective_from=TODAY + timedelta(days=5))

    assert slugs() == ["d", "c", "b", "a"]
    assert slugs(text="甲") == slugs(text="A") == ["a"]
    assert slugs(kind="duty") == slugs(platform="vip") == ["a"]
    assert slugs(status="verify") == [], "the version in force is looked at, not the draft"
    assert slugs(state="in_force") == ["c", "a"]
    assert slugs(state="retired") == ["b"]
    assert slugs(state="draft") == slugs(state="due") == ["c"]


def test_a_filter_that_means_nothing_is_ignored(client, admin):
    LessonFactory.create_batch(2)
    client.force_login(admin)

    assert len(client.get("/content/lessons/", {"kind": "nonsense", "page": "x"}).context["page"]) == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_a_lesson_page_costs_the_same_for_any_history(client, admin, rows, django_assert_num_queries):
    lesson = LessonFactory(slug="returns", facts=1)
    for number in range(rows):
        version = LessonVersionFactory(lesson=lesson, number=number + 2)
        for fact in FactFactory.create_batch(rows, version=version):
            QuestionFactory(facts=[fact.key])
    client.force_login(admin)

    with django_assert_num_queries(11):
        response = client.get("/content/lessons/returns/")

    assert len(response.context["history"].versions) == rows + 1
    assert len(response.context["history"].facts) == rows


def test_versions_tell_their_state_and_what_they_changed():
    lesson = LessonFactory(version__body="先道歉。\n\n再核实。", version__title="开胶怎么办")
    first = lesson.versions.get()
    FactFactory(version=first, key="paid-by", value="商家")
    FactFactory(version=first, key="same", subject="错发", value="商家")
    second = LessonVersionFactory(
        lesson=lesson,
        number=2,
        body="先核实。\n\n再道歉。",
        title="开胶怎么办",
        effective_from=TODAY - timedelta(days=1),
    )
    FactFactory(version=second, key="paid-by", value="顾客")
    FactFactory(version=second, key="same", subject="错发", value="商家")
    LessonVersionFactory(lesson=lesson, number=3, effective_from=TODAY + timedelta(days=1))
    LessonVersionFactory(lesson=lesson, number=4, draft=True)
    LessonVersionFactory(lesson=lesson, number=5, effective_from=TODAY - timedelta(days=9))
    question = QuestionFactory(facts=["paid-by"])
    QuestionFactory(facts=["paid-by"], state=QuestionState.RETIRED)

    history = lesson_history(lesson, TODAY)

    states = [line.state for line in history.versions]
    past, coming, in_force, draft = VersionState.PAST, VersionState.COMING, VersionState.IN_FORCE, VersionState.DRAFT
    assert states == [past, draft, coming, in_force, past], "the one effective last, not the one numbered last"
    changed = history.versions[3]
    text = ["".join(piece.text for piece in row.pieces) for row in changed.rows]
    assert "先核实。" in text
    assert "先道歉。" in text
    assert changed.touched == (("paid-by", 2),)
    assert history.shown == second
    uses = {use.fact.key: use.questions for use in history.facts}
    assert question in uses["paid-by"]
    assert uses["same"] == ()


def test_a_lesson_gets_an_owner_among_the_admins(client, admin, supervisor):
    lesson = LessonFactory(slug="returns", owner=None)
    client.force_login(admin)

    page = client.post("/content/lessons/returns/owner/", {"owner": admin.pk}, follow=True).content.decode()
    lesson.refresh_from_db()
    assert lesson.owner == admin
    assert "负责人改好了" in page

    client.post("/content/lessons/returns/owner/", {"owner": supervisor.pk})
    lesson.refresh_from_db()
    assert lesson.owner == admin

    client.post("/content/lessons/returns/owner/", {"owner": ""})
    lesson.refresh_from_db()
    assert lesson.owner is None


def test_only_those_who_publish_may_change_a_lesson(client, admin, supervisor):
    lesson = LessonFactory(slug="returns")
    client.force_login(supervisor)
    for path in ("/content/", "/content/lessons/", "/content/lessons/returns/"):
        assert client.get(path).status_code == 403
    assert client.post("/content/lessons/returns/retire/").status_code == 403

    admin.groups.get().permissions.remove(*admin.groups.get().permissions.filter(codename="publish_lesson"))
    client.force_login(admin)
    assert client.get("/content/lessons/returns/").status_code == 200
    assert client.post("/content/lessons/returns/retire/").status_code == 403
    lesson.refresh_from_db()
    assert lesson.retired_at is None


def test_a_lesson_without_a_version_has_a_page(client, admin):
    BareLessonFactory(slug="empty")
    client.force_login(admin)

    assert "还没有版本" in client.get("/content/lessons/empty/").content.decode()
