"""What the demo people study by themselves: cards to review, days in a row, notes, and one proposal that waits."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from quizzes.commands.attempts import answer_practice, start_practice
from quizzes.commands.reviews import refresh_reviews
from quizzes.models import ReviewCard
from quizzes.queries.practice import questions_of_topic
from quizzes.rules.plausible import right_answer
from trainer.commands.notes import save_note
from trainer.commands.proposals import propose_note
from trainer.models import Lesson, LessonNote, NoteProposal, User

DAYS, A_DAY = 6, 4  # of practice in a row, and questions on each
LEARNER, TOPIC = "xiaolin", "returns"
NOTES = {  # by lesson
    "seven-day-window": "七天从签收的第二天零点起算，签收当天不算。顾客问“今天还能退吗”，先看签收时间再答。",
    "escalation-path": "拿不准就升级，但要先告诉顾客谁会在几点前回他。",
}
PROPOSED = "亲，签收当天不算在七天里，从明天零点开始数，您到 {day} 之前申请都来得及，不用着急。"


@transaction.atomic
def add_demo_study(*, people: Mapping[str, User], at: datetime, seed: int) -> None:
    """Safe to repeat: what is there already is left alone."""
    learner = people[LEARNER]
    if not ReviewCard.objects.filter(learner__in=people.values()).exists():
        refresh_reviews(learner_ids=[person.pk for person in people.values()])
    if not learner.attempts.filter(purpose=f"topic:{TOPIC}").exists():
        _practise(learner, at, seed)
    if not LessonNote.objects.filter(learner=learner).exists():
        _take_notes(learner, at)


def _practise(learner: User, at: datetime, seed: int) -> None:
    """A few questions a day, every third of them not known."""
    evening = timezone.localtime(at).replace(hour=16, minute=40, second=0, microsecond=0)
    rng = Random(f"{seed}:days")  # noqa: S311 - repeatable, not secret
    for ago in range(DAYS, 0, -1):
        moment = evening - timedelta(days=ago)
        questions = questions_of_topic(learner, TOPIC, A_DAY, rng)
        if not questions:
            return
        run = start_practice(
            learner=learner, question_ids=questions, purpose=f"topic:{TOPIC}", at=moment, seed=rng.randrange(2**31)
        )
        for number, item in enumerate(run.items.select_related("version").order_by("position")):
            answer = None if number % 3 == 2 else right_answer(item.version.parsed())
            moment += timedelta(minutes=1)
            answer_practice(item_id=item.pk, learner_id=learner.pk, answer=answer, at=moment, client="demo")


def _take_notes(learner: User, at: datetime) -> None:
    lessons = Lesson.objects.filter(slug__in=NOTES, retired_at=None).order_by("-slug")
    for ago, lesson in enumerate(lessons, start=1):
        save_note(learner=learner, lesson=lesson, text=NOTES[lesson.slug], revision=0, at=at - timedelta(days=ago))
    first = lessons.first()
    if first and not NoteProposal.objects.filter(learner=learner).exists():
        day = timezone.localtime(at) + timedelta(days=7)
        propose_note(
            learner=learner, lesson=first, kind=NoteProposal.SCRIPT, at=at - timedelta(hours=18),
            text=PROPOSED.format(day=f"{day.month} 月 {day.day} 日"),
        )  # fmt: skip
