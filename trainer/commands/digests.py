"""Digests sent: one a day to a team's group chat, one a day to a person's e-mail, never in quiet hours.

A delivery is written before the message goes out, in a transaction that a failure undoes: of two workers the second
waits at the constraint and sends nothing. Each failure is a row of its own. What is logged or kept names no address
of a robot and no secret.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta

import requests
from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from quizzes.models import AuditEntry
from trainer.commands.notices import notify
from trainer.models import Channel, Delivery, Notice, User
from trainer.queries.digests import failures_in_row, notice_lines, team_lines
from trainer.queries.rosters import weeks_of, weeks_of_teams
from trainer.rules.course_words import ChannelKind, DeliveryOutcome
from trainer.rules.digests import FAILING, may_send, may_try
from trainer.rules.robots import is_robot, post_of, problem_of
from trainer.rules.sealing import Unsealable, unseal

log = logging.getLogger(__name__)
TIMEOUT = (3.05, 7)  # seconds to connect, and to answer
LONGEST_ANSWER = 64 * 1024
EMAIL = "email"
RECENT = timedelta(days=7)


class Undelivered(Exception):
    """It was not delivered; the text says why, without the address."""


def send_digests(*, at: datetime) -> int:
    """Send every digest that is due; how many went out. Safe to repeat, and to run in two places at once."""
    with translation.override(settings.LANGUAGE_CODE):
        return _send_to_groups(at) + _send_to_people(at)


def send_test(*, channel: Channel, by, at: datetime) -> Delivery:
    """Send a short message to a group now, whatever the hour, and keep what came of it."""
    with translation.override(settings.LANGUAGE_CODE):
        lines = [_("这是一条测试消息，收到就说明设置好了。")]
        delivery = _deliver_to_group(channel, lines, at, test=True)
    AuditEntry.objects.create(
        at=at,
        by=by,
        action="test_channel",
        target=f"team:{channel.team_id}",
        detail={"kind": channel.kind, "outcome": str(delivery.outcome)},
    )
    return delivery


def _send_to_groups(at: datetime) -> int:
    local = timezone.localtime(at)
    today = local.date()
    channels = list(Channel.objects.filter(is_on=True).select_related("team").order_by("pk"))
    weeks = weeks_of_teams({channel.team_id for channel in channels}, on=today)
    tries = defaultdict(list)
    for row in Delivery.objects.filter(channel__in=channels, day=today, test=False).order_by("at"):
        tries[row.channel_id].append(row)
    sent = 0
    for channel in channels:
        works = weeks[channel.team_id].works(today)
        if not may_send(local, quiet_from=channel.quiet_from, quiet_until=channel.quiet_until, works=works):
            continue
        if not _wanted(tries[channel.pk], at):
            continue
        if lines := team_lines(channel.team, at=at):
            if _deliver_to_group(channel, lines, at).outcome == DeliveryOutcome.SENT:
                sent += 1
            else:
                _tell_of_failures(channel, at)
    return sent


def _tell_of_failures(channel: Channel, at: datetime) -> None:
    """The admins hear of a robot that takes nothing any more, once until it takes something again."""
    if len(failures_in_row([channel]).get(channel.pk, [])) < FAILING:
        return
    taken = Delivery.objects.filter(channel=channel, outcome=DeliveryOutcome.SENT)
    last = taken.order_by("-at", "-pk").values_list("pk", flat=True).first() or 0
    notify(
        people=User.objects.admins().values_list("pk", flat=True),
        key=f"channel_failing:{channel.pk}:{last}",
        code="channel_failing",
        params={"team": channel.team.name, "robot": channel.kind, "count": FAILING},
        url=reverse("trainer:channels"),
        at=at,
    )


def _wanted(tries: list[Delivery], at: datetime) -> bool:
    """Whether today's was not sent yet and may be tried now."""
    if any(row.outcome == DeliveryOutcome.SENT for row in tries):
        return False
    return may_try(len(tries), tries[-1].at if tries else None, at)


def _deliver_to_group(channel: Channel, lines: list[str], at: datetime, *, test: bool = False) -> Delivery:
    title = _("%(team)s 学习提醒") % {"team": channel.team}
    row = Delivery(
        channel=channel,
        team=channel.team,
        kind=channel.kind,
        day=timezone.localdate(at),
        at=at,
        upto=at,
        outcome=DeliveryOutcome.SENT,
        text="\n".join([title, *lines]),
        test=test,
    )
    return _deliver(row, lambda: _post(channel, title, lines, at))


def _deliver(row: Delivery, send: Callable[[], None]) -> Delivery:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            send()
    except IntegrityError:  # another worker has sent it
        return row
    except Undelivered as problem:
        log.warning("A digest by %s was not delivered: %s", row.kind, problem)
        row.pk, row.outcome, row.problem = None, DeliveryOutcome.FAILED, str(problem)[:200]
        row.save(force_insert=True)
    return row


def _post(channel: Channel, title: str, lines: list[str], at: datetime) -> None:
    """Raises ``Undelivered``."""
    kind, keys = ChannelKind(channel.kind), [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    try:
        webhook = unseal(channel.sealed_webhook, keys)
        secret = unseal(channel.sealed_secret, keys) if channel.sealed_secret else ""
    except Unsealable:
        raise Undelivered(_("保存的地址打不开了：网站换过密钥，请重新填地址")) from None
    if not is_robot(webhook, kind, test_hosts=settings.ROBOT_TEST_HOSTS):
        raise Undelivered(_("地址不是这家的群机器人"))
    message = post_of(
        kind,
        webhook=webhook,
        secret=secret,
        title=title,
        lines=lines,
        url=settings.SITE_URL,
        link=_("打开客服学堂"),
        at=at,
    )
    try:
        with requests.post(
            message.url, json=message.body, timeout=TIMEOUT, allow_redirects=False, stream=True
        ) as response:
            status, raw = response.status_code, response.raw.read(LONGEST_ANSWER, decode_content=True)
    except requests.Timeout:
        raise Undelivered(_("对方没有在规定时间里回应")) from None
    except (requests.RequestException, OSError):
        raise Undelivered(_("连不上对方")) from None
    if status != requests.codes.ok:
        raise Undelivered(_("对方回应 %(status)d") % {"status": status})
    try:
        problem = problem_of(kind, json.loads(raw))
    except ValueError:
        problem = "?"
    if problem:
        raise Undelivered(_("对方没有收：%(problem)s") % {"problem": problem})


def _send_to_people(at: datetime) -> int:
    if not settings.EMAIL_READY:
        return 0
    local = timezone.localtime(at)
    today = local.date()
    if not may_send(local, quiet_from=settings.QUIET_FROM, quiet_until=settings.QUIET_UNTIL, works=True):
        return 0
    waiting = _waiting(at, today)
    people = User.objects.in_bulk(waiting.keys())
    weeks = weeks_of(waiting, on=today)
    sent = 0
    for person, notices in waiting.items():
        if weeks[person].works(today):
            sent += _deliver_by_mail(people[person], notices, today, at)
    return sent


def _waiting(at: datetime, today: date) -> dict[int, list[Notice]]:
    """Unread notices by person, of those who want e-mails, that no e-mail has told of yet."""
    told: dict[int | None, datetime] = {}
    tries = defaultdict(list)
    for row in Delivery.objects.filter(kind=EMAIL, at__gt=at - RECENT).order_by("at"):
        if row.outcome == DeliveryOutcome.SENT:
            told[row.person_id] = row.upto
        if row.day == today:
            tries[row.person_id].append(row)
    fresh = (
        Notice.objects.unread()
        .filter(created_at__gt=at - RECENT, created_at__lte=at, person__is_active=True, person__digest=True)
        .exclude(person__email="")
        .order_by("created_at", "pk")
    )
    waiting = defaultdict(list)
    for notice in fresh:
        person = notice.person_id
        if (person not in told or notice.created_at > told[person]) and _wanted(tries[person], at):
            waiting[person].append(notice)
    return waiting


def _deliver_by_mail(person: User, notices: list[Notice], today: date, at: datetime) -> bool:
    lines = notice_lines(notices)
    if not lines:
        return False
    subject = _("客服学堂：%(n)d 条提醒") % {"n": len(notices)}
    greeting = _("%(name)s，你好。今天有这些事：") % {"name": person}
    farewell = _("不想收邮件，可以在“我的账户”里关掉。")
    text = "\n".join([greeting, "", *lines, "", farewell])
    row = Delivery(
        person=person, kind=EMAIL, day=today, at=at, upto=notices[-1].created_at, text=text,
        outcome=DeliveryOutcome.SENT,
    )  # fmt: skip
    return _deliver(row, lambda: _mail(person.email, subject, text)).outcome == DeliveryOutcome.SENT


def _mail(address: str, subject: str, text: str) -> None:
    """Raises ``Undelivered``."""
    try:
        send_mail(subject, text, None, [address])
    except OSError as error:  # smtplib's errors are among them
        raise Undelivered(_("邮件没发出去（%(kind)s）") % {"kind": type(error).__name__}) from None
