"""Digests: one a day to a group and to a person, against a robot on this machine that checks shapes and signatures."""

import json
import logging
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.courses import AssignmentFactory, ChannelFactory, CourseFactory, RosterFactory
from tests.factories.people import EmploymentFactory
from tests.factories.trainer import LessonFactory, NoticeFactory
from trainer.commands import digests
from trainer.commands.digests import send_digests, send_test
from trainer.models import Delivery, Notice
from trainer.queries.notices import text_of
from trainer.rules.robots import dingtalk_sign, feishu_sign

pytestmark = pytest.mark.django_db

NOON = timezone.make_aware(datetime(2026, 11, 26, 12))
SECRET = "SEC-not-for-anybody"


class Robot(BaseHTTPRequestHandler):
    """Takes what the three vendors take and refuses the rest; ``status`` and ``delay`` make it fail."""

    got: list = []
    status = 200

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.got.append(body)
        answer = {"errcode": 0, "errmsg": "ok"}
        if "/dingtalk" in self.path:
            query = parse_qs(urlsplit(self.path).query)
            good = body["msgtype"] == "markdown" and set(body["markdown"]) == {"title", "text"}
            good = good and query["sign"] == [dingtalk_sign(SECRET, query["timestamp"][0])]
            answer = {"errcode": 0 if good else 310000, "errmsg": "sign not match"}
        elif "/feishu" in self.path:
            good = body["msg_type"] == "post" and "zh_cn" in body["content"]["post"]
            good = good and body["sign"] == feishu_sign(SECRET, body["timestamp"])
            answer = {"code": 0 if good else 19021, "msg": "sign match fail"}
        elif body["msgtype"] != "markdown" or "content" not in body["markdown"]:
            answer = {"errcode": 40008, "errmsg": "invalid message type"}
        self.send_response(type(self).status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args):
        pass


@contextmanager
def listening():
    handler = type("OneRobot", (Robot,), {"got": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield handler, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def robot():
    with listening() as (handler, url):
        handler.url = url
        yield handler


@pytest.fixture
def team(supervisor):
    """A team with somebody whose course is due tomorrow."""
    team = supervisor.teams.get()
    learner = EmploymentFactory(team=team, user__display_name="林小满").user
    course = CourseFactory(name="七天上岗", lessons=[LessonFactory()])
    due_at = NOON + timedelta(hours=30)
    AssignmentFactory(learner=learner, course=course, assigned_at=NOON, due_at=due_at, due_on=due_at.date())
    return team


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_each_robot_gets_its_own_shape_once_a_day(team, robot, kind):
    ChannelFactory(team=team, kind=kind, webhook=f"{robot.url}/{kind}?k=1", secret=SECRET)

    assert [send_digests(at=NOON + timedelta(minutes=n)) for n in (0, 1, 300)] == [1, 0, 0]

    text = json.dumps(robot.got, ensure_ascii=False)
    assert len(robot.got) == 1
    assert "七天上岗" in text and "11月27日" in text
    assert "林小满" not in text
    row = Delivery.objects.get()
    assert (row.outcome, row.team, row.problem) == ("sent", team, "")
    assert SECRET not in row.text and robot.url not in row.text
    assert send_digests(at=NOON + timedelta(days=1)) == 1


def test_a_wrong_secret_is_told_and_tried_again_later_and_later(team, robot, caplog):
    ChannelFactory(team=team, kind="dingtalk", webhook=f"{robot.url}/dingtalk?k=1", secret="wrong")

    with caplog.at_level(logging.DEBUG):
        for minute in range(8 * 60):
            send_digests(at=NOON + timedelta(minutes=minute))

    rows = list(Delivery.objects.order_by("at"))
    assert [row.outcome for row in rows] == ["failed"] * 5
    assert "310000" in rows[0].problem
    gaps = [later.at - earlier.at for earlier, later in pairwise(rows)]
    assert gaps == sorted(gaps)
    assert "wrong" not in caplog.text and "k=1" not in caplog.text


def test_a_robot_that_fails_five_times_in_a_row_is_told_to_the_admins_once(client, admin, team, robot):
    """Not again on the next day, but anew when it fails again after it had taken something."""
    channel = ChannelFactory(team=team, kind="wecom", webhook=f"{robot.url}/wecom?k=1")
    client.force_login(admin)
    robot.status = 503

    def a_day_of_tries(day):
        for minute in range(0, 8 * 60, 5):
            send_digests(at=NOON + timedelta(days=day, minutes=minute))
        return Notice.objects.filter(person=admin, code="channel_failing").count()

    def page():
        return client.get(reverse("trainer:channels")).content.decode()

    for minute in (0, 5, 25, 85):
        send_digests(at=NOON + timedelta(minutes=minute))
    assert Delivery.objects.count() == 4
    assert not Notice.objects.exists() and "发不出去" not in page()

    assert [a_day_of_tries(0), a_day_of_tries(1)] == [1, 1]
    assert Delivery.objects.filter(outcome="failed").count() == 10
    notice = Notice.objects.get(person=admin)
    assert "企业微信群机器人连续 5 次没有发出去" in text_of(notice) and notice.url == reverse("trainer:channels")
    assert "连续 10 次没有发出去" in page() and "对方回应 503" in page()

    robot.status = 200
    send_test(channel=channel, by=admin, at=NOON + timedelta(days=1, hours=9))
    assert "发不出去" not in page()
    robot.status = 503
    assert a_day_of_tries(4) == 2


@pytest.mark.parametrize("trouble", ["status", "nobody", "slow"])
def test_trouble_on_the_line_is_a_row_and_no_crash(team, robot, monkeypatch, trouble):
    url = robot.url
    if trouble == "status":
        robot.status = 503
    elif trouble == "nobody":
        url = "http://127.0.0.1:9"
    else:
        monkeypatch.setattr(digests, "TIMEOUT", (0.001, 0.001))
        monkeypatch.setattr(Robot, "do_POST", lambda self: Thread(target=lambda: None).start())
    ChannelFactory(team=team, webhook=f"{url}/wecom?key=1")

    assert send_digests(at=NOON) == 0

    row = Delivery.objects.get()
    assert row.outcome == "failed"
    assert row.problem and "key=1" not in row.problem


def test_what_waits_at_night_and_on_days_of_rest_goes_out_afterwards(team, robot):
    ChannelFactory(team=team, webhook=f"{robot.url}/wecom")
    RosterFactory(team=team, rest_days=[3])

    assert send_digests(at=NOON) == 0
    assert send_digests(at=NOON.replace(hour=22)) == 0
    friday = NOON + timedelta(days=1)
    assert send_digests(at=friday.replace(hour=8)) == 0
    assert send_digests(at=friday.replace(hour=9)) == 1


def test_with_nothing_to_say_nobody_is_disturbed(supervisor, robot):
    ChannelFactory(team=supervisor.teams.get(), webhook=f"{robot.url}/wecom")

    assert send_digests(at=NOON) == 0
    assert not robot.got


def test_an_address_that_is_no_robot_is_never_called(team, settings):
    settings.ROBOT_TEST_HOSTS = ()
    channel = ChannelFactory(team=team, webhook="https://example.com/hook")

    row = send_test(channel=channel, by=team.supervisor, at=NOON)

    assert (row.outcome, row.test) == ("failed", True)


def test_a_channel_sealed_with_another_key_asks_for_its_address_again(team, settings):
    channel = ChannelFactory(team=team)
    settings.SECRET_KEY = "another-key-of-the-site-altogether"

    assert "重新填地址" in send_test(channel=channel, by=team.supervisor, at=NOON).problem


def test_a_test_message_goes_out_at_any_hour_and_is_no_digest(team, robot):
    channel = ChannelFactory(team=team, webhook=f"{robot.url}/wecom")

    assert send_test(channel=channel, by=team.supervisor, at=NOON.replace(hour=3)).outcome == "sent"
    assert send_digests(at=NOON) == 1


# --- e-mail ----------------------------------------------------------------------------------------------


@pytest.fixture
def reader(trainee):
    trainee.email = "reader@example.com"
    trainee.save()
    return trainee


def test_a_person_gets_one_email_a_day_with_what_is_new(reader, mailoutbox):
    NoticeFactory.create_batch(3, person=reader, created_at=NOON - timedelta(hours=1))
    NoticeFactory(person=reader, created_at=NOON - timedelta(hours=1), read_at=NOON)

    assert [send_digests(at=NOON), send_digests(at=NOON + timedelta(minutes=1))] == [1, 0]
    NoticeFactory(person=reader, created_at=NOON + timedelta(hours=1))
    assert send_digests(at=NOON + timedelta(hours=2)) == 0
    assert send_digests(at=NOON + timedelta(days=1)) == 1

    first, second = mailoutbox
    assert first.to == ["reader@example.com"]
    assert (first.body.count("· "), second.body.count("· ")) == (3, 1)


@pytest.mark.parametrize("change", [{"digest": False}, {"email": ""}, {"is_active": False}])
def test_who_does_not_want_or_cannot_get_emails_gets_none(reader, mailoutbox, change):
    NoticeFactory(person=reader, created_at=NOON)
    for name, value in change.items():
        setattr(reader, name, value)
    reader.save()

    assert send_digests(at=NOON) == 0


def test_emails_wait_for_the_morning_and_a_failure_is_kept(reader, monkeypatch):
    NoticeFactory(person=reader, created_at=NOON - timedelta(hours=1))
    assert send_digests(at=NOON.replace(hour=7)) == 0

    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(digests, "send_mail", refuse)
    assert send_digests(at=NOON) == 0
    assert Delivery.objects.get().outcome == "failed"


def test_a_person_says_whether_they_want_emails(client, reader):
    client.force_login(reader)
    client.post("/account/digest/")
    reader.refresh_from_db()
    assert not reader.digest

    client.post("/account/digest/", {"on": "1"})
    reader.refresh_from_db()
    assert reader.digest
