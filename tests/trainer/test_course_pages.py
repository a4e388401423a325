"""The pages on which courses, rosters and reminder channels are kept."""

import pytest
from django.conf import settings
from django.utils import timezone

from tests.factories.courses import (
    AssignmentFactory,
    ChannelFactory,
    CourseFactory,
    DeliveryFactory,
    RosterExceptionFactory,
    ShiftFactory,
)
from tests.factories.quizzes import BlueprintFactory, TopicFactory
from tests.factories.trainer import LessonFactory
from trainer.models import Channel, Course, Delivery, Roster, RosterException
from trainer.rules.sealing import unseal

pytestmark = pytest.mark.django_db


def filled(*units, **changed):
    """The editor's fields with these units, each a dict."""
    data = {
        "slug": "first-week", "name": "第一周", "name_en": "First week", "summary": "一课一考。", "summary_en": "",
        "role": "both", "platform": "all", "state": "open", "days": 3, "unit-TOTAL_FORMS": len(units),
        "unit-INITIAL_FORMS": 0, **changed,
    }  # fmt: skip
    for number, unit in enumerate(units):
        data |= {f"unit-{number}-{name}": value for name, value in unit.items()}
    return data


@pytest.fixture
def units():
    lesson, exam, topic = LessonFactory(), BlueprintFactory(), TopicFactory()
    return (
        {"order": 2, "day": 2, "kind": "exam", "target": exam.slug, "after": lesson.slug},
        {"order": 1, "day": 1, "kind": "lesson", "target": lesson.slug},
        {"order": 3, "day": 2, "kind": "practice", "target": topic.slug, "amount": 20},
        {"kind": ""},
    )


def test_an_admin_writes_a_course_and_changes_it(client, admin, units):
    client.force_login(admin)
    assert client.get("/courses-kept/new/").status_code == 200

    client.post("/courses-kept/new/", filled(*units))

    course = Course.objects.get()
    assert [unit.kind for unit in course.units.all()] == ["lesson", "exam", "practice"]
    assert course.units.get(kind="practice").params == {"questions": 20}
    assert course.units.get(kind="exam").after == [units[1]["target"]]
    AssignmentFactory(course=course)

    client.post("/courses-kept/first-week/", filled(*units[1:3], name="头一周"))

    course.refresh_from_db()
    assert (course.version, course.name, course.edited) == (2, "头一周", True)
    assert "1 人在学" in client.get("/courses-kept/").content.decode()


@pytest.mark.parametrize("wrong", ["circle", "unknown", "double", "gone", "no target"])
def test_what_cannot_be_is_said_and_nothing_is_saved(client, admin, units, wrong):
    exam, lesson, *_ = units
    changed, word = {
        "circle": ((exam, lesson | {"after": exam["target"]}), "绕成了圈"),
        "unknown": ((lesson | {"after": "nothing"},), "不在这条路径里"),
        "double": ((lesson, lesson), "出现了两次"),
        "gone": (({"kind": "scenario", "target": "nobody"},), "找不到：nobody"),
        "no target": (({"kind": "lesson", "target": ""},), "要写内容的代号"),
    }[wrong]
    client.force_login(admin)

    response = client.post("/courses-kept/new/", filled(*changed))

    assert word in response.content.decode()
    assert not Course.objects.exists()


def test_a_supervisor_looks_and_does_not_write(client, supervisor, units):
    course = CourseFactory(lessons=[LessonFactory()])
    client.force_login(supervisor)

    assert f"/courses/{course.slug}/" in client.get("/courses-kept/").content.decode()
    page = client.get(f"/courses/{course.slug}/").content.decode()
    assert f"/assignments/new/?course={course.slug}" in page
    assert "没有派给你" not in page
    assert client.get(f"/courses-kept/{course.slug}/").status_code == 403
    assert client.post(f"/courses-kept/{course.slug}/", filled(*units)).status_code == 403


@pytest.mark.parametrize("courses", [1, 4])
def test_the_list_of_courses_costs_the_same(client, supervisor, courses, django_assert_num_queries):
    for course in CourseFactory.create_batch(courses, lessons=[LessonFactory()]):
        AssignmentFactory(course=course)
    client.force_login(supervisor)

    with django_assert_num_queries(5):
        client.get("/courses-kept/")


def test_a_supervisor_keeps_the_roster_of_their_team(client, supervisor, trainee):
    team, shift = trainee.employment.team, ShiftFactory()
    client.force_login(supervisor)
    page = f"/rosters/{team.pk}/"
    assert client.get("/rosters/").url == page

    client.post(page, {"what": "week", "week-shift": shift.pk, "week-rest_days": [5, 6]})
    client.post(page, {"what": "own", "own-person": trainee.pk, "own-shift": shift.pk, "own-rest_days": [0]})
    day = {"what": "day", "day-person": trainee.pk, "day-day": "2030-01-01", "day-kind": "rest", "day-reason": "年假"}
    client.post(page, day)

    assert sorted(Roster.objects.values_list("rest_days", flat=True)) == [[0], [5, 6]]
    assert "年假" in client.get(page).content.decode()
    wrong = client.post(page, {"what": "week", "week-shift": shift.pk, "week-rest_days": range(7)})
    assert "至少要有一天上班" in wrong.content.decode()
    client.post(f"{page}days/{RosterException.objects.get().pk}/remove/")
    assert not RosterException.objects.exists()


def test_a_roster_of_others_is_nobodys_business(client, supervisor, trainee, other_supervisor):
    stranger = other_supervisor.teams.get().members.get().user
    client.force_login(supervisor)

    page = f"/rosters/{trainee.employment.team.pk}/"
    client.post(page, {"what": "own", "own-person": stranger.pk, "own-shift": ShiftFactory().pk})
    theirs = RosterExceptionFactory(team=other_supervisor.teams.get())

    assert not Roster.objects.exists()
    assert client.post(f"{page}days/{theirs.pk}/remove/").status_code == 404


CHANNEL = {"kind": "feishu", "quiet_from": "21:00", "quiet_until": "09:00", "is_on": "on"}
WEBHOOK = "https://open.feishu.cn/open-apis/bot/v2/hook/do-not-show"


def test_an_admin_sets_a_channel_and_nobody_sees_its_address_again(client, admin, supervisor):
    team = supervisor.teams.get()
    client.force_login(admin)

    client.post("/channels/", {**CHANNEL, "team": team.pk, "webhook": WEBHOOK, "secret": "do-not-show"})

    channel = Channel.objects.get()
    sealed = channel.sealed_webhook, channel.sealed_secret
    assert [unseal(text, [settings.SECRET_KEY]) for text in sealed] == [WEBHOOK, "do-not-show"]
    assert "do-not-show" not in client.get("/channels/").content.decode()
    client.post("/channels/", {**CHANNEL, "team": team.pk, "quiet_from": "20:00"})
    channel.refresh_from_db()
    assert (channel.sealed_webhook, channel.sealed_secret, channel.quiet_from.hour) == (*sealed, 20)


@pytest.mark.parametrize(
    ("webhook", "kind"),
    [
        ("https://example.com/x", "feishu"),
        (WEBHOOK.replace("https", "http"), "feishu"),
        (WEBHOOK, "wecom"),
        ("", "wecom"),
    ],
)
def test_an_address_that_is_no_robot_is_refused(client, admin, supervisor, webhook, kind):
    client.force_login(admin)

    data = {**CHANNEL, "kind": kind, "team": supervisor.teams.get().pk, "webhook": webhook}
    response = client.post("/channels/", data)

    assert "不是所选平台的群机器人地址" in response.content.decode()
    assert not Channel.objects.exists()


def test_failures_are_shown_and_a_deleted_channel_leaves_what_was_sent(client, admin):
    channel = ChannelFactory()
    DeliveryFactory(channel=channel, failed=True)
    DeliveryFactory(channel=None, team=None, kind="email", person=admin, text="只给本人看的话")
    client.force_login(admin)

    page = client.get("/channels/").content.decode()
    assert "对方没有回应" in page and "只给本人看的话" not in page

    client.post(f"/channels/{channel.pk}/delete/")
    assert not Channel.objects.exists()
    assert Delivery.objects.count() == 2


def test_a_test_message_tells_what_came_of_it(client, admin):
    channel = ChannelFactory(webhook="https://example.com/hook")
    client.force_login(admin)

    response = client.post(f"/channels/{channel.pk}/test/", follow=True)

    assert "没发出去" in response.content.decode()
    assert Delivery.objects.get().day == timezone.localdate()
