"""Date sums: is this day still within the window, and which is its last moment?

Day arithmetic: the day of the event is not counted, the next day is day 1, and the window stays open until
the end of its last day (Civil Code of the PRC, articles 201 and 203). A window that runs ``same_moment``
ends exactly so many days or hours after the event (article 201, second paragraph).
"""

import calendar
import random
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal

from quizzes.rules.facts import CountsFrom, Fact, FactType
from quizzes.rules.generation.form import Form, Made, first_fact, refuse, right_texts
from quizzes.rules.generation.pool import Pool, rng_for
from quizzes.rules.generation.question import Asked, Draft
from quizzes.rules.generation.wording import explain, frame, plain, quantity, unframe
from quizzes.rules.questions import TrueFalse
from quizzes.rules.vocabulary import Kind

YEARS = (2026, 2027, 2028)  # one leap year among them
CLAIMS = {"没有超过期限。": True, "已经超过了期限。": False}  # the claim → whether it says "in time"


def last_moment(fact: Fact, event: datetime) -> datetime:
    """The last moment at which the action is in time; to the minute, 23:59 for whole days.

    Raises ``ValueError`` for a window that is not a whole number of days, or a number of hours.
    """
    length = fact.number
    if length is None or length <= 0 or fact.unit not in ("天", "小时"):
        raise ValueError(f"期限的单位要是“天”或“小时”，不能是“{fact.unit}”")
    if fact.counts_from == CountsFrom.SAME_MOMENT:
        return event + timedelta(**{"days" if fact.unit == "天" else "hours": float(length)})
    if fact.unit != "天" or length != int(length):
        raise ValueError("从次日起算的期限要是整天数")
    return datetime.combine(event.date() + timedelta(days=int(length)), time(23, 59))


def in_time(fact: Fact, event: datetime, done: datetime) -> bool:
    return event <= done <= last_moment(fact, event)


def whole_days(fact: Fact) -> bool:
    return fact.counts_from == CountsFrom.NEXT_DAY


# --- days in words -----------------------------------------------------------------------------------------

WHEN = re.compile(r"(?:(\d{4}) 年 )?(\d{1,2}) 月 (\d{1,2}) 日(?: (\d{2}):(\d{2}))?")


def told(moment: datetime, *, year: bool, clock: bool) -> str:
    text = f"{moment.month} 月 {moment.day} 日"
    return f"{f'{moment.year} 年 ' if year else ''}{text}{f' {moment:%H:%M}' if clock else ''}"


def _then(moment: str, text: str) -> str:
    """A moment and what happened then, a space after the hour."""
    return f"{moment}{'' if moment.endswith('日') else ' '}{plain(text)}"


def read(text: str) -> list[datetime]:
    """Every moment in the text, in order; one without a year has that of the one before it.

    Raises ``ValueError`` when the calendar has no such day.
    """
    moments: list[datetime] = []
    for year, month, day, hour, minute in WHEN.findall(text):
        known = int(year) if year else (moments[-1].year if moments else YEARS[0])
        moments.append(datetime(known, int(month), int(day), int(hour or 0), int(minute or 0)))
    return moments


def needs_year(first: datetime, last: datetime) -> bool:
    """Whether the sum depends on the year: it touches the end of February or of the year."""
    return first.year != last.year or (
        first < datetime(first.year, 3, 1) and last > datetime(first.year, 2, 28, 23, 59)
    )


def _event_times(fact: Fact, rng: random.Random) -> Iterator[datetime]:
    """One day from which the window stays inside a month if it can, then one from which it leaves it."""
    length = last_moment(fact, datetime(YEARS[0], 1, 1)) - datetime(YEARS[0], 1, 1)
    for crosses in (False, True):
        year, month = rng.choice(YEARS), rng.randint(1, 12)
        days = calendar.monthrange(year, month)[1]
        room = max(days - length.days - 2, 1)
        day = rng.randint(max(days - max(length.days - 1, 0), 1), days) if crosses else rng.randint(1, room)
        clock = time(0) if whole_days(fact) else time(rng.randint(9, 21), rng.choice((0, 10, 20, 30, 40)))
        yield datetime.combine(datetime(year, month, day), clock)


# --- is it in time? ----------------------------------------------------------------------------------------

def _story(fact: Fact, event: datetime, done: datetime) -> str:
    clock = not whole_days(fact)
    first = told(event, year=needs_year(event, max(done, last_moment(fact, event))), clock=clock)
    second = told(done, year=event.year != done.year, clock=clock)
    return f"{_then(first, fact.event)}，{_then(second, fact.action)}，"


def _reason(fact: Fact, event: datetime) -> str:
    end = last_moment(fact, event)
    if whole_days(fact):
        return (
            f"{plain(fact.event)}那天不算，次日是第 1 天，第 {int(fact.number or 0)} 天是 "
            f"{told(end, year=False, clock=False)}，到这一天结束为止"
        )
    return (
        f"从{plain(fact.event)}的那一刻起算，{quantity(fact.number or Decimal(0), fact.unit)}到 "
        f"{told(end, year=False, clock=True)}为止"
    )


def _make_within(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.WINDOW):
        rng = rng_for(seed, "date_within", fact.key)
        try:
            inside, across = _event_times(fact, rng)
        except ValueError as error:
            yield refuse("date_within", fact, str(error))
            continue
        answers = [True, False, rng.random() < 0.5]
        rng.shuffle(answers)
        stories = (("early", inside), ("last", across), ("out", inside))
        for answer, (variant, event) in zip(answers, stories, strict=True):
            done = _action_time(fact, event, variant, rng)
            kept = in_time(fact, event, done)
            claim = next(text for text, says_kept in CLAIMS.items() if (says_kept == kept) == answer)
            yield Draft(
                facts=(fact,),
                kind=Kind.TRUE_FALSE,
                stem=frame(_story(fact, event, done) + claim, fact),
                data={"answer": CLAIMS[claim] == kept},
                explanation=explain(_reason(fact, event), fact.note),
                difficulty=2 if variant == "early" else 3,
                variant=variant,
            )


def _action_time(fact: Fact, event: datetime, variant: str, rng: random.Random) -> datetime:
    end = last_moment(fact, event)
    if whole_days(fact):
        days = (end.date() - event.date()).days
        offset = {"early": rng.randint(1, max(days - 1, 1)), "last": days, "out": days + 1}[variant]
        return event + timedelta(days=offset)
    minutes = int((end - event).total_seconds() // 60)
    offset = {"early": max(rng.randint(minutes // 3, minutes * 2 // 3) // 10 * 10, 1),
              "last": minutes - rng.choice((10, 20, 30)) if minutes > 60 else minutes,
              "out": minutes + rng.choice((10, 20, 30))}[variant]  # fmt: skip
    return event + timedelta(minutes=offset)


def _within_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact, text = first_fact(asked, facts), unframe(asked.stem)
    claim = next((claim for claim in CLAIMS if text.endswith(claim)), None)
    moments = read(text)
    if claim is None or len(moments) < 2 or not isinstance(asked.content, TrueFalse):
        return False
    event, done = moments[:2]
    same_story = text == _story(fact, event, done) + claim
    return same_story and asked.content.answer == (CLAIMS[claim] == in_time(fact, event, done))


# --- which is the last moment? -----------------------------------------------------------------------------

def _last_question(fact: Fact, event: datetime) -> str:
    first = told(event, year=needs_year(event, last_moment(fact, event)), clock=not whole_days(fact))
    asked = "哪一天" if whole_days(fact) else "什么时候"
    return f"{_then(first, fact.event)}，最晚{asked}{plain(fact.action)}？"


def _make_last(pool: Pool, seed: int) -> Iterator[Made]:
    for fact in pool.of(FactType.WINDOW):
        rng = rng_for(seed, "date_last", fact.key)
        try:
            events = list(_event_times(fact, rng))
        except ValueError as error:
            yield refuse("date_last", fact, str(error))
            continue
        for variant, event in zip(("inside", "across"), events, strict=True):
            yield Draft(
                facts=(fact,),
                kind=Kind.SINGLE,
                stem=frame(_last_question(fact, event), fact),
                data={"options": _moments(fact, event, rng)},
                explanation=explain(_reason(fact, event), fact.note),
                difficulty=3 if variant == "inside" else 4,
                variant=variant,
            )


def _moments(fact: Fact, event: datetime, rng: random.Random) -> list[dict[str, object]]:
    end = last_moment(fact, event)
    if whole_days(fact):
        slips = {-1: f"这是把{plain(fact.event)}那天算成了第 1 天。", 1: "多算了一天。",
                 rng.choice((2, 3)): "多算了几天，要从次日起一天一天数。"}  # fmt: skip
        wrong = [(end + timedelta(days=days), why) for days, why in slips.items()]
    else:
        midnight = datetime.combine(end.date(), time(23, 59))
        wrong = [(midnight, "期限从那一刻起算，不是到当天结束为止。"),
                 (end - timedelta(hours=12), "少算了 12 小时。"),
                 (end + timedelta(hours=24), "多算了 24 小时。")]  # fmt: skip
    clock = not whole_days(fact)
    options: list[dict[str, object]] = [{"text": told(end, year=False, clock=clock), "correct": True}]
    return options + [{"text": told(moment, year=False, clock=clock), "why": why} for moment, why in wrong]


def _last_holds(asked: Asked, facts: Mapping[str, Fact]) -> bool:
    fact, text = first_fact(asked, facts), unframe(asked.stem)
    moments = read(text)
    if not moments or text != _last_question(fact, moments[0]):
        return False
    end = told(last_moment(fact, moments[0]), year=False, clock=not whole_days(fact))
    return right_texts(asked.content) == [end]


FORMS = (
    Form("date_within", _make_within, _within_holds),
    Form("date_last", _make_last, _last_holds),
)
