"""What a change of one fact touches, worked out before it happens, in a large bank and among many people."""

import itertools
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from bench.driver import Unexpected
from bench.figures import Figure
from quizzes.commands.questions import save_questions
from quizzes.models import Attempt, Blueprint, PaperItem, Question, QuestionBasis, QuestionVersion
from quizzes.rules.generation.generate import generate
from quizzes.rules.vocabulary import Mode, Origin, QuestionState
from trainer.commands.generated import bank_entry_of
from trainer.commands.lessons import save_draft, save_lessons
from trainer.models import Employment, LessonRead, LessonVersion, User
from trainer.queries.facts_in_force import facts_in_force
from trainer.queries.impact import impact_of
from trainer.queries.lesson_entries import entry_of
from trainer.queries.remaking import REASON, SEED
from trainer.readers.entries import LessonEntry

BANK, PEOPLE, EXAMS, QUESTIONS, ROUNDS = 10_000, 2_000, 3, 40, 15
LESSON, FACT = "seven-day-window", "sdw-window"
COPIES = 4  # editions of the curriculum that the bank is filled with


def measure() -> Iterator[Figure]:
    at = timezone.now()
    fill_bank(at)
    admit_people(at)
    draft = _draft(at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    questions, people = Question.objects.live().count(), User.objects.trainees().count()
    if questions < BANK or people < PEOPLE:
        raise Unexpected(f"{questions} questions and {people} people")
    took = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        found = impact_of(LessonVersion.objects.select_related("lesson").get(pk=draft), at=at)
        took.append((time.perf_counter() - started) * 1000)
    if not (found.remaking.changed and found.handwritten and found.blueprints and found.people):
        raise Unexpected("The change touches nothing.")
    name = f"impact of one fact, {questions:,} questions, {people:,} people"
    yield Figure(name, statistics.median(took), "ms", most=500)
    yield Figure("slowest of 15 such", max(took), "ms", most=500)


def fill_bank(at: datetime) -> None:
    """Copies of the curriculum's lessons under other keys and subjects, and of its hand-written questions."""
    today = timezone.localdate(at)
    originals = [entry_of(v) for v in LessonVersion.objects.select_related("lesson").order_by("lesson__slug", "number")]
    save_lessons(
        entries=[_copy(entry, number) for number in range(1, COPIES) for entry in originals], by=None, at=at
    )
    made = generate(facts_in_force(today), seed=SEED, on=today)
    save_questions(
        entries=[bank_entry_of(question) for question in made.questions],
        origin=Origin.GENERATED,
        state=QuestionState.LIVE,
        reason=REASON,
        by=None,
        at=at,
    )
    handwritten = Question.objects.filter(origin=Origin.HANDWRITTEN).select_related("current")
    short = BANK - Question.objects.live().count()
    _copy_questions(list(itertools.islice(itertools.cycle(handwritten), max(short, 0))), at)


def _copy(entry: LessonEntry, number: int) -> LessonEntry:
    facts = tuple(
        replace(fact, key=f"{fact.key}-{number}", subject=f"{fact.subject}（{number}）"[:80]) for fact in entry.facts
    )
    return replace(entry, slug=f"{entry.slug}-{number}", facts=facts, required=False)


def _copy_questions(originals: list[Question], at: datetime) -> None:
    questions = Question.objects.bulk_create(
        [Question(slug=f"copy-{number}", created_at=at) for number in range(len(originals))], batch_size=1000
    )
    versions = QuestionVersion.objects.bulk_create(
        [
            QuestionVersion(
                question=question,
                number=1,
                created_at=at,
                **{name: getattr(original.current, name) for name in (
                    "kind", "stem", "content", "rule", "explanation", "topic_id", "platform", "difficulty",
                    "lesson_key", "fingerprint", "reason",
                )},
            )
            for question, original in zip(questions, originals, strict=True)
        ],
        batch_size=1000,
    )  # fmt: skip
    keys: dict[int, list[str]] = {}
    for version, key in QuestionBasis.objects.values_list("version", "fact_key"):
        keys.setdefault(version, []).append(key)
    QuestionBasis.objects.bulk_create(
        [
            QuestionBasis(version=version, fact_key=key)
            for version, original in zip(versions, originals, strict=True)
            for key in keys.get(original.current_id, ())
        ],
        batch_size=1000,
    )
    for question, version in zip(questions, versions, strict=True):
        question.current, question.state = version, QuestionState.LIVE
    Question.objects.bulk_update(questions, ["current", "state"], batch_size=1000)


def admit_people(at: datetime) -> None:
    """Trainees who each passed three exams of forty questions, and read what is required."""
    rng = random.Random(1)
    people = User.objects.bulk_create(
        [User(username=f"impact-{n}", display_name=f"学员 {n}", password="!") for n in range(PEOPLE)],
        batch_size=1000,
    )
    hired = timezone.localdate(at) - timedelta(days=40)
    Employment.objects.bulk_create(
        [Employment(user=p, hired_on=hired, probation_ends_on=hired + timedelta(days=90)) for p in people],
        batch_size=1000,
    )
    _pass_exams(people, rng, at)
    published = LessonVersion.objects.filter(required=True).exclude(published_at=None)
    required = list(published.order_by("lesson_id", "-number").distinct("lesson_id"))
    done = {"opened_at": at, "reached_end_at": at - timedelta(days=3), "answered_at": at - timedelta(days=3)}
    LessonRead.objects.bulk_create(
        [
            LessonRead(learner=person, lesson_id=version.lesson_id, version=version, **done)
            for person in people
            for version in rng.sample(required, len(required) // 2)
        ],
        batch_size=2000,
    )


def _pass_exams(people: list[User], rng: random.Random, at: datetime) -> None:
    exams = list(Blueprint.objects.exams()[:EXAMS])
    before = at - timedelta(days=5)
    QuestionVersion.objects.update(created_at=at - timedelta(days=30))
    attempts = Attempt.objects.bulk_create(
        [
            Attempt(
                learner=person, blueprint=exam, mode=Mode.EXAM, seed=1, pass_mark=exam.pass_mark, started_at=before,
                ends_at=before + timedelta(hours=1), submitted_at=before + timedelta(minutes=30),
                handed_in_by=Attempt.PERSON, score=Decimal(90), passed=True,
            )
            for person in people
            for exam in exams
        ],
        batch_size=2000,
    )  # fmt: skip
    bank = list(Question.objects.live().values_list("current", flat=True))
    items = (
        PaperItem(attempt=attempt, position=position, version_id=version, marks=1, arrangement={})
        for attempt in attempts
        for position, version in enumerate(rng.sample(bank, QUESTIONS), 1)
    )
    while batch := list(itertools.islice(items, 10_000)):
        PaperItem.objects.bulk_create(batch, batch_size=2000)


def _draft(at: datetime) -> int:
    """The version in which one number is other than before."""
    entry = entry_of(LessonVersion.objects.select_related("lesson").get(lesson__slug=LESSON, number=1))
    facts = tuple(replace(fact, number=Decimal(15)) if fact.key == FACT else fact for fact in entry.facts)
    today: date = timezone.localdate(at)
    draft = save_draft(entry=replace(entry, facts=facts, effective_from=today), by=None, at=at)
    if draft is None:
        raise Unexpected("Another number is no change.")
    return draft.pk

