"""What the demo people did: made with the site's own commands, at earlier times, the same each time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random

from django.db import transaction
from django.utils import timezone

from quizzes.commands.attempts import answer_practice, grant_time, start_exam, start_practice, submit_attempt
from quizzes.commands.marking import decide_appeal, file_appeal, mark_by_person
from quizzes.commands.saving import Given, save_answers
from quizzes.models import Attempt, Blueprint, Mark, PaperItem
from quizzes.queries.practice import questions_of_topic
from quizzes.rules.plausible import right_answer, slip
from quizzes.rules.questions import FreeText
from trainer.commands.reading import open_lesson, reach_end
from trainer.models import LessonVersion, User
from trainer.queries.content_report import versions_in_force
from trainer.queries.lesson_page import PURPOSE, retrieval_questions

CLIENT = "demo"
REPLY = (
    "亲，非常抱歉，让您收到这样的东西。我已经看到照片了，您不用再跑一趟：补发或者退款都可以，退回的运费由我们出，"
    "您看哪一种方便？我今天就给您登记，明天中午前把单号发给您。"
)


@dataclass(frozen=True)
class Sitting:
    """An exam ``days`` ago that ends near ``score``; a free text gets ``points`` of each line, ``None`` still waits."""

    blueprint: str
    days: int
    score: int
    points: tuple[int, ...] | None = None


@dataclass(frozen=True)
class History:
    """``lessons`` is how many required lessons were read, in order; ``begun`` how many more were only opened."""

    username: str
    lessons: int
    begun: int
    sittings: tuple[Sitting, ...] = ()
    practised: tuple[str, ...] = ()


HISTORIES = (
    History("xiaolin", 7, 2, (Sitting("warm-up", 8, 70),), ("platform-rules",)),
    History(
        "liujing", 99, 0,
        (Sitting("warm-up", 57, 80), Sitting("rules-exam", 30, 82), Sitting("rules-exam", 20, 93),
         Sitting("aftersales-exam", 12, 90, (2, 2, 1))),
        ("aftersales",),
    ),
    History(
        "wangrui", 40, 1,
        (Sitting("warm-up", 40, 60), Sitting("rules-exam", 15, 88), Sitting("aftersales-exam", 6, 76, (1, 1, 0))),
        ("returns",),
    ),
    History("sunqi", 12, 3, (Sitting("warm-up", 32, 50), Sitting("rules-exam", 9, 66), Sitting("rules-exam", 3, 78))),
    History("zhaoyi", 16, 1, (Sitting("warm-up", 23, 80), Sitting("rules-exam", 5, 86)), ("customers",)),
    History("heyan", 10, 0, (Sitting("warm-up", 15, 70), Sitting("aftersales-exam", 1, 84))),
    History("tangwei", 16, 0, (Sitting("rules-exam", 18, 90), Sitting("douyin-exam", 10, 85))),
    History("maoyu", 6, 2, (Sitting("warm-up", 19, 60), Sitting("douyin-exam", 4, 70))),
    History("qinlang", 3, 1),
    History(
        "songqi", 20, 0,
        (Sitting("rules-exam", 41, 95), Sitting("aftersales-exam", 19, 94, (2, 2, 2))),
    ),
    History(
        "fangke", 14, 2,
        (Sitting("rules-exam", 35, 90), Sitting("aftersales-exam", 24, 70, (1, 1, 0)),
         Sitting("aftersales-exam", 8, 74, (1, 1, 1))),
    ),
    History("shaoning", 15, 1, (Sitting("rules-exam", 28, 93), Sitting("aftersales-exam", 13, 92, (2, 2, 1)))),
)  # fmt: skip


@transaction.atomic
def add_demo_history(*, people: Mapping[str, User], at: datetime, seed: int) -> None:
    """Let the demo people read, practise, sit exams and appeal, up to the evening before ``at``.

    The same seed and day make the same history. Needs the blueprints and required lessons of our own curriculum.
    """
    today = timezone.localdate(at)
    at = timezone.localtime(at).replace(hour=17, minute=30, second=0, microsecond=0) - timedelta(days=1)
    path = list(
        versions_in_force(today).filter(required=True).select_related("lesson").order_by("position", "pk")
    )
    marker = people["zhou"]
    for history in HISTORIES:
        rng = Random(f"{seed}:{history.username}")  # noqa: S311 - repeatable, not secret
        learner = people[history.username]
        hired_days = (today - learner.employment.hired_on).days
        _read(learner, path, history, rng, at, hired_days)
        for sitting in history.sittings:
            _sit(learner, sitting, rng, at, people["chen"] if "douyin" in sitting.blueprint else marker)
        for topic in history.practised:
            _practise(learner, topic, rng, at - timedelta(hours=rng.randint(2, 7)))
    grant_time(
        learner=people["heyan"],
        blueprint=Blueprint.objects.get(slug="rules-exam"),
        minutes=15,
        reason="右手腕受伤，打字慢",
        by=marker,
        at=at - timedelta(days=1),
    )
    _appeal(people["sunqi"], "我觉得题里没有写明是哪个平台，按我们店的做法第二个选项也对。", at - timedelta(days=2))
    decided = _appeal(people["zhaoyi"], "这一题的两个选项意思差不多，请再看一下。", at - timedelta(days=4))
    if decided:
        decide_appeal(
            appeal_id=decided.pk,
            accept=False,
            reply="两项差在谁先开口：规则要求先告诉顾客再改，题里写的是改完再说。课里第二段有原话，请再读一遍。",
            by=marker,
            at=at - timedelta(days=3),
        )


def _read(
    learner: User, path: Sequence[LessonVersion], history: History, rng: Random, at: datetime, hired_days: int
) -> None:
    done, begun = path[: history.lessons], path[history.lessons : history.lessons + history.begun]
    pace = timedelta(days=hired_days - 1) / len(done)
    for number, version in enumerate(done):
        moment = _at_work(at - (len(done) - number) * pace)
        open_lesson(learner=learner, version=version, at=moment)
        reach_end(learner=learner, version=version, at=moment + timedelta(minutes=version.minutes))
        run = start_practice(
            learner=learner,
            question_ids=retrieval_questions(version.lesson),
            purpose=f"{PURPOSE}{version.lesson.slug}",
            at=moment + timedelta(minutes=version.minutes),
            seed=rng.randrange(2**31),
        )
        _answer_run(run, learner, rng, moment + timedelta(minutes=version.minutes + 1))
    for version in begun:
        open_lesson(learner=learner, version=version, at=at - timedelta(minutes=rng.randint(20, 400)))


def _at_work(moment: datetime) -> datetime:
    """The same day, between nine and half past five."""
    local = timezone.localtime(moment)
    return local.replace(hour=9, minute=0) + timedelta(minutes=510) * (local.hour * 60 + local.minute) / 1440


def _practise(learner: User, topic: str, rng: Random, at: datetime) -> None:
    run = start_practice(
        learner=learner,
        question_ids=questions_of_topic(learner, topic, 10, rng),
        purpose=f"topic:{topic}",
        at=at,
        seed=rng.randrange(2**31),
    )
    _answer_run(run, learner, rng, at + timedelta(minutes=1))


def _answer_run(run: Attempt, learner: User, rng: Random, at: datetime) -> None:
    for number, item in enumerate(_items(run)):
        content = item.version.parsed()
        answer = slip(content, rng) if rng.random() < 0.2 else right_answer(content)
        answer_practice(
            item_id=item.pk,
            learner_id=learner.pk,
            answer=answer,
            at=at + timedelta(seconds=25 * number),
            client=CLIENT,
        )


def _sit(learner: User, sitting: Sitting, rng: Random, at: datetime, marker: User) -> None:
    blueprint = Blueprint.objects.get(slug=sitting.blueprint)
    began = at - timedelta(days=sitting.days - 1, minutes=rng.randint(90, 400))
    attempt = start_exam(blueprint_id=blueprint.pk, learner=learner, at=began, seed=rng.randrange(2**31))
    items = _items(attempt)
    wrong = _to_miss(items, 100 - sitting.score, rng)
    given = []
    for item in items:
        content = item.version.parsed()
        answer = slip(content, rng) if item.pk in wrong else right_answer(content)
        given.append(Given(item.pk, 1, REPLY if isinstance(content, FreeText) else answer))
    ends = timedelta(minutes=blueprint.minutes * 4 / 5)
    for start in range(0, len(given), 10):  # ten questions a page, as people sit it
        part = given[start : start + 10]
        moment = began + ends * (start + 10) / (len(given) + 10)
        save_answers(attempt_id=attempt.pk, learner_id=learner.pk, given=part, client=CLIENT, at=moment)
    submit_attempt(attempt_id=attempt.pk, at=began + ends)
    if sitting.points is not None:
        _mark_texts(attempt, sitting.points, marker, began + ends + timedelta(hours=4))


def _to_miss(items: Sequence[PaperItem], marks: int, rng: Random) -> set[int]:
    """Which items to answer wrongly so that about ``marks`` of 100 are lost."""
    total = sum(item.marks for item in items)
    asked = [item for item in items if item.version.kind != FreeText.kind]
    rng.shuffle(asked)
    missed: set[int] = set()
    lost = Fraction(0)
    for item in asked:
        share = 100 * Fraction(item.marks) / Fraction(total)
        if lost + share <= marks:
            missed.add(item.pk)
            lost += share
    return missed


def _mark_texts(attempt: Attempt, points: Sequence[int], marker: User, at: datetime) -> None:
    for item in _items(attempt):
        content = item.version.parsed()
        if isinstance(content, FreeText):
            given = [min(point, line.points) for point, line in zip(points, content.rubric, strict=False)]
            given += [0] * (len(content.rubric) - len(given))
            comment = "先道歉、再给两种办法，这点很好；下次把时间说得更具体。"
            mark_by_person(item_id=item.pk, points=given, comment=comment, by=marker, at=at)


def _appeal(learner: User, reason: str, at: datetime):
    """Appeal the first choice that earned nothing in the newest exam."""
    marks = (
        Mark.objects.standing()
        .filter(item__attempt__learner=learner, item__attempt__blueprint__isnull=False, numerator=0)
        .filter(item__version__kind="single", at__lte=at)
        .order_by("-item__attempt__started_at", "item__position")
    )
    mark = marks.first()
    return mark and file_appeal(item_id=mark.item_id, learner_id=learner.pk, reason=reason, at=at)


def _items(attempt: Attempt) -> list[PaperItem]:
    return list(attempt.items.select_related("version").order_by("position"))
