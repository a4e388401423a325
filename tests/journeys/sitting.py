"""What the journeys through an exam look at."""

import re

from playwright.sync_api import expect

from quizzes.models import Step
from quizzes.rules.answers import parse_answer
from tests.rules.contents import right_answer

expect.set_options(timeout=15_000)


def saved(page):
    return page.locator("#saved")


def question(page, kind):
    return page.locator(f"[data-kind={kind}]").first


def expect_saved(page):
    expect(saved(page)).to_have_text(re.compile(r"已保存 \d\d:\d\d"))


def newest(attempt, kind):
    step = Step.objects.filter(item__attempt=attempt, item__version__kind=kind).order_by("-sequence").first()
    return parse_answer(step.item.version.parsed(), step.answer) if step else None


def right_for(attempt, kind):
    return right_answer(attempt.items.filter(version__kind=kind).first().version.parsed())


def expect_newest(page, attempt, kind, answer):
    """Wait until the newest answer of ``kind`` is this one: "saved" on the page may tell of the answer before."""
    for _ in range(150):
        if newest(attempt, kind) == answer:
            break
        page.wait_for_timeout(100)
    assert newest(attempt, kind) == answer, kind
