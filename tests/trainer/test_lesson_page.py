from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.models import Attempt, KeyShown
from tests.factories.quizzes import AttemptFactory, QuestionFactory, TopicFactory
from tests.factories.trainer import FactFactory, LessonFactory, LessonReadFactory, LessonVersionFactory
from trainer.models import LessonRead

pytestmark = pytest.mark.django_db
PAGE = "/lessons/wrong-item/"
END = "/lessons/wrong-item/reached-end/"
PROGRESS = "/lessons/wrong-item/progress/"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def reader(client, trainee):
    client.force_login(trainee)
    return client


@pytest.fixture
def version(db):
    return LessonFactory(slug="wrong-item", version__title="发错货", retrieval=2).versions.get()


def run(trainee, version, **values):
    """A run of the questions at the end of the lesson."""
    questions = [link.question for link in version.lesson.retrieval_links.all()]
    values = {"learner": trainee, "practice": True, "purpose": "lesson:wrong-item", "items": questions} | values
    return AttemptFactory(**values)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_stands_on_it(reader, trainee, count, django_assert_num_queries):
    topics = TopicFactory.create_batch(count)
    lesson = LessonFactory(slug="wrong-item", version__topics=topics, facts=count, retrieval=count)
    LessonFactory.create_batch(count, version__topics=topics)
    version = lesson.versions.get()

    with django_assert_num_queries(14):  # the first visit is noted
        assert reader.get(PAGE).status_code == 200
    with django_assert_num_queries(12):
        assert reader.get(PAGE).status_code == 200
    run(trainee, version)
    with django_assert_num_queries(13):
        response = reader.get(PAGE)

    assert len(response.context["page"].points) == count
    assert len(response.context["questions"].items) == count


@pytest.mark.parametrize("count", [1, 3])
def test_progress_costs_the_same_for_any_number_of_questions(reader, trainee, count, django_assert_num_queries):
    version = LessonFactory(slug="wrong-item", retrieval=count).versions.get()
    run(trainee, version, submitted=True)
    with django_assert_num_queries(8):
        assert reader.get(PROGRESS).status_code == 200


def test_opening_is_noted_once(reader, trainee, version):
    reader.get(PAGE)
    first = LessonRead.objects.get(learner=trainee)
    reader.get(PAGE)
    assert LessonRead.objects.get().opened_at == first.opened_at
    assert (first.version, first.reached_end_at) == (version, None)


def test_opening_it_again_notes_that_the_keys_of_answered_questions_were_shown(reader, trainee, version):
    """Who answers one of them in a review minutes later has read it, and does not remember it."""
    run(trainee, version, started_at=timezone.now() - timedelta(days=1))
    reader.get(PAGE)
    assert not KeyShown.objects.exists()
    answered = run(trainee, version, submitted=True)
    reader.get(PROGRESS)
    assert not KeyShown.objects.exists()

    reader.get(PAGE)

    assert set(KeyShown.objects.values_list("item", flat=True)) == {item.pk for item in answered.items.all()}


def test_the_version_in_force_is_shown(reader, version):
    lesson, today = version.lesson, timezone.localdate()
    LessonVersionFactory(lesson=lesson, number=2, title="新的写法", effective_from=today)
    LessonVersionFactory(lesson=lesson, number=3, title="明天的写法", effective_from=today + timedelta(days=1))
    assert reader.get(PAGE).context["version"].title == "新的写法"


@pytest.mark.parametrize("address", [PAGE, PROGRESS, "/lessons/unknown/"])
def test_retired_and_unknown_lessons_are_not_there(reader, version, address):
    version.lesson.retired_at = timezone.now()
    version.lesson.save()
    assert reader.get(address).status_code == 404
    assert reader.post(END).status_code == 404


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"status": "shop_policy"}, "本店自己的规定"),
        ({"status": "verify"}, "平台可能已经改了规则"),
        ({"status": "counter_example"}, "不要照做"),
        ({"review_by": timezone.localdate() - timedelta(days=1)}, "还没有复核"),
        ({"playbook": True}, "一步一步做"),
        ({"customer_type": True}, "不该做"),
        ({"effective_to": timezone.localdate()}, "日 至 "),
        ({"body": "## 一\n\n## 二\n\n## 三"}, 'href="#section-3"'),
        ({"body": "> [!反例]\n> 好评返现"}, "callout-wrong"),
        ({"body": "<script>alert(1)</script>"}, "&lt;script&gt;"),
    ],
)
def test_what_the_page_tells(reader, values, said):
    LessonFactory(slug="plain")
    LessonFactory(slug="wrong-item", **{f"version__{name}": value for name, value in values.items()})
    assert said not in reader.get("/lessons/plain/").content.decode()
    assert said in reader.get(PAGE).content.decode()


def test_points_carry_their_flag_and_a_playbook_shows_its_steps_once(reader):
    version = LessonFactory(slug="wrong-item", version__playbook=True).versions.get()
    FactFactory(version=version, position=0, type="steps", attribute=None, value="", note="先核对才能认定",
                details={"steps": ["核对", "道歉", "补发", "登记"]})  # fmt: skip
    FactFactory(version=version, position=1, subject="错发的差价", flag="counter_example")
    FactFactory(version=version, position=2, subject="错发的寄回")

    page = reader.get(PAGE).context["page"]

    assert page.order_note == "先核对才能认定"
    assert [(point.text, point.flag) for point in page.points] == [
        ("错发的差价，运费由商家承担。", "counter_example"),
        ("错发的寄回，运费由商家承担。", "current"),
    ]


def test_a_point_shows_its_flag_only_where_it_differs_from_the_lessons(reader):
    version = LessonFactory(slug="wrong-item", version__status="verify").versions.get()
    FactFactory(version=version, flag="verify")
    assert reader.get(PAGE).content.decode().count('class="flag ') == 1
    FactFactory(version=version, flag="shop_policy")
    assert reader.get(PAGE).content.decode().count('class="flag ') == 2


def test_neighbours_are_those_of_the_main_topic(reader):
    main, other = TopicFactory(), TopicFactory()
    LessonFactory(slug="a", version__topics=[main], version__position=1)
    LessonFactory(slug="wrong-item", version__topics=[main, other], version__position=2)
    LessonFactory(slug="elsewhere", version__topics=[other, main], version__position=3)
    LessonFactory(slug="b", version__topics=[main], version__position=4)

    neighbours = reader.get(PAGE).context["neighbours"]

    assert (neighbours.previous.lesson.slug, neighbours.next.lesson.slug) == ("a", "b")
    assert (neighbours.place, neighbours.count) == (2, 3)
    assert reader.get("/lessons/a/").context["neighbours"].previous is None
    assert reader.get("/lessons/b/").context["neighbours"].next is None


def test_a_lesson_that_changed_since_it_was_read_says_so(reader, trainee, version):
    LessonReadFactory(learner=trainee, lesson=version.lesson, done=True)
    assert not reader.get(PAGE).context["changed"]
    LessonVersionFactory(lesson=version.lesson, number=2, effective_from=timezone.localdate())
    assert reader.get(PAGE).context["changed"]
    reader.post(END, **HTMX)
    assert not reader.get(PAGE).context["changed"]


# --- preview ---------------------------------------------------------------------------------------------


def test_a_writer_previews_another_version_and_nothing_is_noted(client, admin, version):
    client.force_login(admin)
    LessonVersionFactory(lesson=version.lesson, number=7, draft=True, title="还没发布的写法")

    response = client.get(PAGE, {"version": 7})

    assert "还没发布的写法" in response.content.decode()
    assert "学员现在看不到" in response.content.decode()
    assert not LessonRead.objects.exists()


@pytest.mark.parametrize("number", ["99", "x", "-1", "", "9" * 30, "７"])
def test_a_version_that_is_not_there(client, admin, version, number):
    client.force_login(admin)
    assert client.get(PAGE, {"version": number}).status_code == 404


def test_others_may_not_preview(client, trainee, supervisor, version):
    for user in (trainee, supervisor):
        client.force_login(user)
        assert client.get(PAGE, {"version": 1}).status_code == 403


# --- the end ---------------------------------------------------------------------------------------------


def test_reaching_the_end_is_noted_and_shown(reader, trainee, version):
    reader.get(PAGE)
    response = reader.post(END, **HTMX)
    assert "读到末尾" in response.content.decode()
    assert LessonRead.objects.get(learner=trainee).reached_end_at
    assert not Attempt.objects.exists()


def test_without_scripts_the_page_comes_back_at_its_end(reader, version):
    response = reader.post(END)
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}#end")


@pytest.mark.parametrize("htmx", [HTMX, {}])
def test_the_button_notes_the_end_and_asks_the_questions(reader, trainee, version, htmx):
    for _twice in range(2):
        reader.post(END, {"questions": "1"}, **htmx)

    attempt = Attempt.objects.get()
    assert (attempt.purpose, attempt.mode, attempt.items.count()) == ("lesson:wrong-item", "practice", 2)
    assert LessonRead.objects.get(learner=trainee).reached_end_at
    assert reader.get(PAGE).content.decode().count("hx-post=\"/practice/items/") == 2


def test_answers_are_counted_and_the_next_lesson_is_offered(reader, trainee, version):
    topic = version.topics.get()
    LessonFactory(slug="after", version__topics=[topic], version__position=version.position + 1)
    reader.post(END, {"questions": "1"})
    first, second = Attempt.objects.get().items.order_by("position")
    right = next(option["id"] for option in first.version.content["options"] if option.get("correct"))

    reader.post(f"/practice/items/{first.pk}/answer/", {f"a-{first.pk}": right}, **HTMX)
    assert not LessonRead.objects.get().done
    reader.post(f"/practice/items/{second.pk}/answer/", {"skip": "1"}, **HTMX)

    read = LessonRead.objects.get()
    assert (read.done, read.right, read.asked) == (True, 1, 2)
    html = reader.get(PROGRESS, **HTMX).content.decode()
    assert "答对 1 / 2" in html
    assert 'href="/lessons/after/"' in html
    assert 'hx-swap-oob="true"' in html


def test_a_finished_run_can_be_answered_again(reader, trainee, version):
    run(trainee, version, submitted=True)
    assert "再答一遍" in reader.get(PAGE).content.decode()
    reader.post(END, {"questions": "1"})
    assert Attempt.objects.count() == 2


def test_the_key_is_not_in_the_page_before_the_answer(reader, version):
    reader.post(END, {"questions": "1"})
    html = reader.get(PAGE).content.decode()
    assert "还没有核实就让顾客奔波" not in html
    assert "先安抚，再核实，最后给方案" not in html


def test_a_lesson_that_asks_nothing_is_done_at_its_end(reader, trainee):
    LessonFactory(slug="wrong-item", retrieval=[QuestionFactory(state="retired")])
    assert "我读完了" in reader.get(PAGE).content.decode()
    reader.post(END)
    assert LessonRead.objects.get().done


def test_anonymous_readers_sign_in_first(client, version):
    for address in (PAGE, PROGRESS, "/lessons/", "/search/"):
        assert client.get(address).status_code == 302
    assert client.post(END).status_code == 302
    assert client.get(END).status_code in (302, 405)
