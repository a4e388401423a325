from datetime import timedelta

import pytest
from django.utils import timezone, translation

from tests.factories.quizzes import TopicFactory
from tests.factories.trainer import LessonFactory, LessonReadFactory, LessonVersionFactory
from trainer.queries.lessons import LessonFilter, lesson_links, listing

pytestmark = pytest.mark.django_db
PAGE = "/lessons/"


def titles(response):
    return [str(line.version) for topic in response.context["listing"].topics for line in topic.lines]


@pytest.fixture
def reader(client, trainee):
    client.force_login(trainee)
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(reader, trainee, count, django_assert_num_queries):
    for lesson in LessonFactory.create_batch(count):
        LessonReadFactory(learner=trainee, lesson=lesson, done=True)

    with django_assert_num_queries(6):
        response = reader.get(PAGE)

    assert len(titles(response)) == count


def test_lessons_stand_by_topic_in_the_order_of_teaching(reader):
    second, first = TopicFactory(position=2), TopicFactory(position=1)
    LessonFactory(version__title="丙", version__topics=[second], version__position=1)
    LessonFactory(version__title="乙", version__topics=[first, second], version__position=9)
    LessonFactory(version__title="甲", version__topics=[first], version__position=3)

    assert titles(reader.get(PAGE)) == ["甲", "乙", "丙"]


def test_only_what_is_in_force_today_is_listed(reader):
    today = timezone.localdate()
    LessonFactory(version__title="现行")
    LessonFactory(version__title="停用", retired_at=timezone.now())
    LessonFactory(version__title="将来", version__effective_from=today + timedelta(days=1))
    LessonFactory(version__title="过期", version__effective_to=today - timedelta(days=1))
    LessonFactory(version__title="草稿", version__draft=True)

    assert titles(reader.get(PAGE)) == ["现行"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"甲", "乙"}),
        ("required=1", {"甲"}),
        ("unfinished=1", {"乙"}),
        ("kind=playbook", {"甲"}),
        ("platform=vip", {"乙"}),
        ("platform=all", {"甲"}),
        ("status=verify", {"乙"}),
        ("topic=returns", {"甲"}),
        ("kind=playbook&platform=vip", set()),
        ("kind=nonsense&platform=%00&status=outdated&topic=%3Cb%3E", {"甲", "乙"}),
    ],
)
def test_filters(reader, trainee, query, found):
    done = LessonFactory(
        version__title="甲",
        version__playbook=True,
        version__required=True,
        version__platforms=["all"],
        version__topics=[TopicFactory(slug="returns")],
    )
    LessonReadFactory(learner=trainee, lesson=done, done=True)
    LessonFactory(version__title="乙", version__platforms=["tmall", "vip"], version__status="verify")

    assert set(titles(reader.get(f"{PAGE}?{query}"))) == found


def test_progress_is_ones_own(reader, trainee):
    mine, theirs = LessonFactory(version__title="甲"), LessonFactory(version__title="乙")
    LessonReadFactory(learner=trainee, lesson=mine, done=True)
    LessonReadFactory(lesson=theirs, done=True)

    response = reader.get(PAGE)

    assert response.context["listing"].done == 1
    assert "答对 2 / 2" in response.content.decode()
    assert response.content.decode().count("还没读") == 1


def test_what_to_read_next(trainee):
    today, topic = timezone.localdate(), TopicFactory()
    plain, required, begun, done = [
        LessonFactory(version__topics=[topic], version__position=n, version__required=n == 2) for n in (1, 2, 3, 4)
    ]
    LessonReadFactory(learner=trainee, lesson=done, done=True)

    def following():
        return listing(learner=trainee, on=today).next.version.lesson

    assert following() == required
    LessonReadFactory(learner=trainee, lesson=begun)
    assert following() == begun
    for lesson in (required, begun):
        trainee.reads.filter(lesson=lesson).delete()
        LessonReadFactory(learner=trainee, lesson=lesson, done=True)
    assert following() == plain
    LessonReadFactory(learner=trainee, lesson=plain, done=True)
    assert listing(learner=trainee, on=today).next is None


def test_an_empty_list_says_so(reader):
    assert "还没有课程" in reader.get(PAGE).content.decode()
    assert "放宽一点" in reader.get(f"{PAGE}?required=1").content.decode()


def test_minutes_left_leave_out_what_is_done(trainee):
    topic = TopicFactory()
    done = LessonFactory(version__topics=[topic], version__minutes=5)
    LessonFactory(version__topics=[topic], version__minutes=3)
    LessonReadFactory(learner=trainee, lesson=done, done=True)

    (group,) = listing(learner=trainee, on=timezone.localdate(), wanted=LessonFilter()).topics

    assert (group.done, group.minutes_left) == (1, 3)


def test_links_name_the_lessons_in_force_in_one_query(django_assert_num_queries):
    LessonFactory(slug="wrong-item", version__title="发错货", version__title_en="Wrong item")
    LessonVersionFactory(lesson=LessonFactory(slug="changed", version__title="旧"), number=2, title="新")
    LessonFactory(slug="retired", retired_at=timezone.now())

    with django_assert_num_queries(1):
        links = lesson_links(["wrong-item", "changed", "retired", "unknown"])

    assert {key: (link.title, link.url) for key, link in links.items()} == {
        "wrong-item": ("发错货", "/lessons/wrong-item/"),
        "changed": ("新", "/lessons/changed/"),
    }
    with translation.override("en"):
        assert lesson_links(["wrong-item"])["wrong-item"].title == "Wrong item"
