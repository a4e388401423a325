"""Interviews and monthly figures of the demo people: made with the site's own commands, the same each time."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction
from django.utils import timezone

from quizzes.rules.dialogue.scenario import Dimension
from trainer.commands.interviews import finish_interview, save_draft, start_interview, start_second
from trainer.commands.performance import NotHiredYet, enter_performance
from trainer.models import Interview, User
from trainer.queries.scheme import scheme_in_force
from trainer.rules.interviews import Answer
from trainer.rules.vocabulary import Figure

# First and average reply in seconds, then percent: conversion, satisfaction, refunds, complaints. The newest is last.
FIGURES: dict[str, tuple[tuple[str, ...], ...]] = {
    "liujing": (
        ("58", "84", "31.5", "84", "10.2", "0.9"),
        ("31", "52", "42.8", "90.5", "8.6", "0.5"),
        ("22", "39", "47.6", "93.2", "7.4", "0.3"),
    ),
    "wangrui": (("46", "71", "36.2", "86.5", "9.1", "0.7"), ("33", "58", "39.9", "88.1", "8.8", "0.8")),
    "tangwei": (("27", "44", "44", "91", "6.9", "0.4"), ("19", "36", "48.5", "94.4", "6.2", "0.2")),
    "sunqi": (("71", "103", "28.4", "79.5", "12.6", "1.1"),),
}
# Points in the order of the dimensions; ``None`` was not asked.
LIUJING, BESIDE = (4, 4, 4, 3, 5, 4, 4), (4, 4, 4, 4, 3, 4, 4)
WANGRUI = (3, 4, 3, 3, 2, None, 3)
NOTES = (
    "举了上周破损杯子的例子，先安抚再给两个办法，讲得清楚。",
    "会复述一遍确认，拒绝优惠的时候给了满减的替代办法。",
    "签收次日起算说对了；定制商品的例外要再看一遍。",
    "查重的步骤说得出来，先给时间这一步是提醒以后才想到的。",
)


@transaction.atomic
def add_demo_assessment(*, people: Mapping[str, User], at: datetime, seed: int) -> None:
    """Two raters for one person, one for another, a draft of a third, and the figures since they were hired.

    Nothing is added without an assessment scheme, or where somebody has interviewed a demo person already.
    """
    if scheme_in_force() is None or Interview.objects.filter(learner__in=people.values()).exists():
        return
    zhou, admin = people["zhou"], people["admin"]
    first = start_interview(learner=people["liujing"], rater=zhou, chance=Random(seed), at=at - timedelta(days=6))  # noqa: S311
    second = start_second(interview_id=first.pk, rater=admin, at=at - timedelta(days=6))
    comment = "思路清楚，答应的事都有登记。下一步：没见过的情形先说清责任，再给办法。"
    _hand_in(first, zhou, LIUJING, comment, at - timedelta(days=6) + timedelta(minutes=30))
    _hand_in(second, admin, BESIDE, "例子具体，跟进还可以更主动。", at - timedelta(days=5))
    other = start_interview(learner=people["wangrui"], rater=zhou, chance=Random(seed + 1), at=at - timedelta(days=4))  # noqa: S311
    comment = "反馈这一项要补：答应顾客的时间要登记，到点先回话。两周以后再听一次。"
    _hand_in(other, zhou, WANGRUI, comment, at - timedelta(days=4) + timedelta(minutes=25))
    draft = start_interview(learner=people["zhaoyi"], rater=zhou, chance=Random(seed + 2), at=at - timedelta(hours=3))  # noqa: S311
    _save(draft, zhou, (4, 3, *[None] * 5), "", at - timedelta(hours=3) + timedelta(minutes=5), reasons=False)
    month = timezone.localdate(at).replace(day=1)
    for username, rows in FIGURES.items():
        for back, row in enumerate(reversed(rows)):
            by = people["chen"] if username == "tangwei" else zhou
            figures = dict(zip(Figure, map(Decimal, row), strict=True))
            with suppress(NotHiredYet):  # how many months somebody has been here depends on the day of the month
                enter_performance(
                    learner=people[username], month=_months_before(month, back), figures=figures, by=by, at=at
                )


def last_months_rows() -> list[list[str]]:
    """What ``fixtures/demo/performance-2026-10.csv`` says: lines that are there already, one other, a new one."""
    rows = {**{name: months[-2] for name, months in FIGURES.items() if len(months) > 1}, "sunqi": FIGURES["sunqi"][0]}
    names = {"liujing": "刘静怡", "wangrui": "王睿", "tangwei": "唐未", "sunqi": "孙启明"}
    changed = {"wangrui": ("41", "71", "36.2", "87", "9.1", "0.7")}
    head = ["姓名", "首次响应（秒）", "平均响应（秒）", "询单转化率（%）", "满意度（%）", "退款率（%）", "投诉率（%）"]
    return [head, *([names[name], *changed.get(name, row)] for name, row in rows.items())]


def _hand_in(interview: Interview, rater: User, points: tuple[int | None, ...], comment: str, at: datetime) -> None:
    _save(interview, rater, points, comment, at)
    finish_interview(interview_id=interview.pk, rater=rater, at=at)


def _save(
    interview: Interview, rater: User, points: tuple[int | None, ...], comment: str, at: datetime, reasons: bool = True
) -> None:
    answers = {}
    for place, (dimension, point) in enumerate(zip(Dimension, points, strict=True)):
        prompts = interview.prompts[dimension.value]
        notes = {prompts[0]["slug"]: NOTES[place % len(NOTES)]} if point else {}
        answers[dimension] = Answer(point, "" if point or not reasons else "时间不够，下次再问。", notes)
    save_draft(
        interview_id=interview.pk, rater=rater, answers=answers, comment=comment, private_notes="",
        revision=interview.revision, at=at,
    )  # fmt: skip


def _months_before(month: date, back: int) -> date:
    for _ in range(back):
        month = (month - timedelta(days=1)).replace(day=1)
    return month
