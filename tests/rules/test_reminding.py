"""When a digest may go out, and what the robots of group chats take."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.course_words import ChannelKind
from trainer.rules.digests import WAITS, is_quiet, may_send, may_try
from trainer.rules.robots import is_robot, post_of, problem_of

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
WEBHOOKS = {
    ChannelKind.WECOM: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k",
    ChannelKind.DINGTALK: "https://oapi.dingtalk.com/robot/send?access_token=t",
    ChannelKind.FEISHU: "https://open.feishu.cn/open-apis/bot/v2/hook/h",
}


@given(st.times(), st.times(), st.times())
def test_quiet_hours_and_the_others_make_the_whole_day(moment, begin, end):
    assert is_quiet(moment, begin, end) != is_quiet(moment, end, begin) or begin == end
    if begin == end:
        assert not is_quiet(moment, begin, end)


@pytest.mark.parametrize(
    ("hour", "works", "may"), [(8, True, False), (9, True, True), (21, True, False), (12, False, False)]
)
def test_nothing_goes_out_at_night_or_on_days_of_rest(hour, works, may):
    local = NOON.replace(hour=hour)

    assert may_send(local, quiet_from=time(21), quiet_until=time(9), works=works) is may


def test_after_each_failure_one_waits_longer_and_then_until_tomorrow():
    waits = []
    for failures in range(1, len(WAITS) + 1):
        wait = next(n for n in range(24 * 60) if may_try(failures, NOON, NOON + timedelta(minutes=n)))
        waits.append(wait)

    assert waits == sorted(waits) and waits[0] > 0
    assert not may_try(len(WAITS) + 1, NOON, NOON + timedelta(hours=20))
    assert may_try(0, None, NOON)


@pytest.mark.parametrize("kind", ChannelKind)
def test_only_the_vendors_own_address_by_https_is_a_robot(kind):
    url = WEBHOOKS[kind]

    assert is_robot(url, kind)
    for wrong in (
        url.replace("https", "http"),
        url.replace("https://", "https://me@"),
        url.replace(urlsplit(url).hostname, "example.com"),
        url.replace(urlsplit(url).hostname, f"{urlsplit(url).hostname}.example.com"),
        url.replace(urlsplit(url).hostname, f"{urlsplit(url).hostname}:8443"),
        "http://127.0.0.1/hook",
        "https://[",
        "",
    ):
        assert not is_robot(wrong, kind), wrong
    assert is_robot("http://127.0.0.1:99/hook", kind, test_hosts=["127.0.0.1"])
    assert not is_robot(url, next(other for other in ChannelKind if other is not kind))


def message(kind, secret="", lines=("一", "二")):
    return post_of(
        kind, webhook=WEBHOOKS[kind], secret=secret, title="学习提醒", lines=lines, url="https://s/", link="打开",
        at=NOON,
    )  # fmt: skip


def test_dingtalk_is_signed_in_its_address():
    post = message(ChannelKind.DINGTALK, "SEC1")

    query = parse_qs(urlsplit(post.url).query)
    stamp = str(int(NOON.timestamp() * 1000))
    wanted = hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()
    assert query == {"access_token": ["t"], "timestamp": [stamp], "sign": [base64.b64encode(wanted).decode()]}
    assert post.body["markdown"]["title"] == "学习提醒"


def test_feishu_is_signed_in_its_body():
    post = message(ChannelKind.FEISHU, "SEC1")

    stamp = str(int(NOON.timestamp()))
    wanted = hmac.new(f"{stamp}\nSEC1".encode(), b"", hashlib.sha256).digest()
    assert (post.body["timestamp"], post.body["sign"]) == (stamp, base64.b64encode(wanted).decode())
    assert post.url == WEBHOOKS[ChannelKind.FEISHU]
    assert "SEC1" not in json.dumps(post.body)


def test_without_a_secret_nothing_is_signed():
    assert "sign" not in message(ChannelKind.DINGTALK).url
    assert "sign" not in message(ChannelKind.FEISHU).body


def test_a_long_digest_fits_what_wecom_takes():
    post = message(ChannelKind.WECOM, lines=["很长的一行" * 40] * 40)

    content = post.body["markdown"]["content"]
    assert len(content.encode()) <= 4096
    assert content.endswith("[打开](https://s/)")


@pytest.mark.parametrize(
    ("kind", "answer", "problem"),
    [
        (ChannelKind.WECOM, {"errcode": 0, "errmsg": "ok"}, ""),
        (ChannelKind.DINGTALK, {"errcode": 310000, "errmsg": "sign not match"}, "310000 sign not match"),
        (ChannelKind.FEISHU, {"code": 0, "msg": "success"}, ""),
        (ChannelKind.FEISHU, {"StatusCode": 0}, ""),
        (ChannelKind.FEISHU, {"code": 19021, "msg": "sign match fail"}, "19021 sign match fail"),
        (ChannelKind.WECOM, {}, "None"),
        (ChannelKind.WECOM, [], "?"),
    ],
)
def test_what_the_vendor_says_is_read(kind, answer, problem):
    assert problem_of(kind, answer) == problem
