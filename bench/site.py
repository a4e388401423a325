"""The site with the curriculum and the demo people, and its pages, each with somebody who may open it."""

import json
import random
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.commands.attempts import answer_practice, start_exam, start_practice, submit_attempt
from quizzes.commands.marking import file_appeal
from quizzes.models import Attempt, Blueprint, PaperItem, Question
from quizzes.rules.arrangement import shown
from quizzes.rules.questions import Content
from quizzes.rules.vocabulary import Kind
from trainer.models import ConfirmationPlan, Course, Employment, Lesson, Team, User
from trainer.models.people import ADMIN, SUPERVISOR, TRAINEE

EXAM = "rules-exam"
TOKEN = "b" * 32  # any secret will do as long as cookie and header agree


def load() -> float:
    """Tables, static files, curriculum, scenarios, demo people. Seconds that the curriculum took."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("compile_locale", verbosity=0)
    started = time.perf_counter()
    call_command("load_content", str(settings.BASE_DIR / "fixtures" / "curriculum"), verbosity=0)
    seconds = time.perf_counter() - started
    call_command("load_content", str(settings.BASE_DIR / "fixtures" / "scenarios"), verbosity=0)
    call_command("load_demo", force=True, verbosity=0)
    return seconds


def new_trainee(number: int) -> User:
    user = User.objects.create(username=f"bench-{number}", display_name=f"学员 {number}")
    user.groups.add(Group.objects.get(name=TRAINEE))
    today = timezone.localdate()
    Employment.objects.create(user=user, team=Team.objects.first(), hired_on=today, probation_ends_on=today)
    return user


def sitting(learner: User) -> Attempt:
    blueprint = Blueprint.objects.get(slug=EXAM)
    return start_exam(blueprint_id=blueprint.pk, learner=learner, at=timezone.now(), seed=learner.pk)


def _practice(learner: User, questions: QuerySet[Question]) -> Attempt:
    ids = [question.pk for question in questions]
    return start_practice(learner=learner, question_ids=ids, purpose=f"bench-{ids[0]}", at=timezone.now(), seed=1)


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def headers(user: User) -> dict[str, str]:
    """What the browser of a signed-in person sends with a save."""
    return {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session_of(user)}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/json",
    }


def save_body(given: list[tuple[PaperItem, int]], rng: random.Random) -> bytes:
    """The autosave of some items, each with the sequence number that it is to get."""
    answers = [
        {"item": item.pk, "sequence": sequence, "answer": some_answer(item.version.parsed(), item.arrangement, rng)}
        for item, sequence in given
    ]
    return json.dumps({"client": "bench", "answers": answers}).encode()


def some_answer(content: Content, arrangement: dict[str, Any], rng: random.Random) -> Any:
    """An answer as a person gives it, from nothing but what the page shows."""
    page = shown(content, arrangement)
    match content.kind:
        case Kind.SINGLE:
            return rng.choice(page.options).id
        case Kind.MULTIPLE:
            return [option.id for option in page.options[:2]]
        case Kind.TRUE_FALSE:
            return rng.choice([True, False])
        case Kind.FILL:
            return ["退货"] * page.blanks
        case Kind.NUMERIC:
            return str(rng.randint(1, 999))
        case Kind.MATCHING:
            return {left.id: right.id for left, right in zip(page.lefts, page.rights, strict=False)}
        case Kind.ORDERING:
            return [item.id for item in page.items]
        case Kind.CLOZE:
            return [rng.choice(gap).id for gap in page.gaps]
        case Kind.FREE_TEXT:
            return "先道歉，再核实，今天之内给答复。"


@cache
def pages() -> tuple[tuple[str, User, str], ...]:
    """``(name, who, path)`` of every page that is opened and read, with rows in it."""
    return tuple(_pages())


def _pages() -> Iterator[tuple[str, User, str]]:
    trainee, supervisor, admin = (
        User.objects.filter(groups__name=role).order_by("pk").first() for role in (TRAINEE, SUPERVISOR, ADMIN)
    )
    learner = new_trainee(0)
    done = submit_attempt(attempt_id=sitting(learner).pk, at=timezone.now())
    item, now = done.items.first(), timezone.now()
    appeal = file_appeal(item_id=item.pk, learner_id=learner.pk, reason="我认为签收当天也算一天。", at=now)
    open_attempt = sitting(new_trainee(1))
    practising = _practice(learner, Question.objects.live().exclude(current__kind=Kind.FREE_TEXT)[:10])
    waiting = _practice(learner, Question.objects.live().filter(current__kind=Kind.FREE_TEXT)[:1]).items.get()
    answer_practice(item_id=waiting.pk, learner_id=learner.pk, answer="马上核实。", at=timezone.now(), client="bench")
    lesson = Lesson.objects.order_by("pk").first().slug
    question = Question.objects.live().first().slug
    course = Course.objects.order_by("pk").first().slug
    plan = ConfirmationPlan.objects.order_by("pk").first().slug
    member = Employment.objects.filter(team__supervisor=supervisor).order_by("pk").first().user_id
    for name, who, args in [
        ("trainer:home", trainee, []),
        ("trainer:lessons", trainee, []),
        ("trainer:lesson", trainee, [lesson]),
        ("trainer:search", trainee, []),
        ("trainer:record", trainee, []),
        ("trainer:account", trainee, []),
        ("quizzes:practice", trainee, []),
        ("quizzes:practice_run", learner, [practising.pk]),
        ("quizzes:notebook", trainee, []),
        ("quizzes:exams", trainee, []),
        ("quizzes:exam", trainee, [EXAM]),
        ("quizzes:attempts", trainee, []),
        ("quizzes:sitting", open_attempt.learner, [open_attempt.pk]),
        ("quizzes:hand_in", open_attempt.learner, [open_attempt.pk]),
        ("quizzes:result", learner, [done.pk]),
        ("quizzes:review", learner, [done.pk]),
        ("quizzes:appeal", learner, [done.items.last().pk]),
        ("trainer:courses", trainee, []),
        ("trainer:course", trainee, [course]),
        ("trainer:own_timeline", trainee, []),
        ("trainer:statement", trainee, []),
        ("trainer:notices", trainee, []),
        ("trainer:scripts", trainee, []),
        ("quizzes:roleplay", trainee, []),
        ("quizzes:typing", trainee, []),
        ("quizzes:sorting", trainee, []),
        ("trainer:team", supervisor, []),
        ("trainer:risk", supervisor, []),
        ("trainer:heat", supervisor, []),
        ("trainer:meeting", supervisor, []),
        ("trainer:decisions", supervisor, []),
        ("trainer:assignments", supervisor, []),
        ("trainer:assign", supervisor, []),
        ("trainer:orders", supervisor, []),
        ("trainer:interviews", supervisor, []),
        ("trainer:performance", supervisor, []),
        ("trainer:sessions", supervisor, []),
        ("trainer:rechecks", supervisor, []),
        ("trainer:products", supervisor, []),
        ("trainer:packet", supervisor, [member]),
        ("trainer:posting", supervisor, [member]),
        ("trainer:person_timeline", supervisor, [member]),
        ("trainer:assessment", supervisor, [member]),
        ("quizzes:check_queue", supervisor, []),
        ("quizzes:calibration", admin, []),
        ("trainer:plans", admin, []),
        ("trainer:plan", admin, [plan]),
        ("trainer:scheme", admin, []),
        ("trainer:course_list", admin, []),
        ("trainer:people", admin, []),
        ("trainer:webhooks", admin, []),
        ("trainer:channels", admin, []),
        ("trainer:former", admin, []),
        ("trainer:person", admin, [learner.pk]),
        ("trainer:person_attempt", admin, [learner.pk, done.pk]),
        ("quizzes:marking", admin, []),
        ("quizzes:mark_item", admin, [waiting.pk]),
        ("quizzes:appeals", admin, []),
        ("quizzes:decide_appeal", admin, [appeal.pk]),
        ("quizzes:grant_time", admin, [learner.pk]),
        ("quizzes:bank", admin, []),
        ("quizzes:question", admin, [question]),
        ("quizzes:correct_key", admin, [question]),
        ("quizzes:blueprints", admin, []),
        ("quizzes:blueprint", admin, [EXAM]),
        ("quizzes:blueprint_edit", admin, [EXAM]),
        ("trainer:content", admin, []),
        ("trainer:content_lessons", admin, []),
        ("trainer:content_lesson", admin, [lesson]),
    ]:
        yield name.partition(":")[2], who, reverse(name, args=args) + ("?q=退货" if name == "trainer:search" else "")
