"""A large company in a database of its own: 5,000 people in 300 teams with 2,000,000 answers, made by SQL in bulk.

People began over the last weeks; what they did is written in the order of time, so that the rows of one person lie as
far apart as they do in a real database.
"""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import ProgrammingError, connection
from django.utils import timezone

from bench.driver import Unexpected
from quizzes.models import (
    Attempt,
    Blueprint,
    CheckResult,
    Mark,
    Mastery,
    NotebookEntry,
    PaperItem,
    QuestionVersion,
    Session,
    Step,
    Topic,
    Turn,
    TypingRun,
)
from trainer.models import Assignment, Course, Employment, LessonRead, LessonVersion, Notice, Team, User
from trainer.models.people import SUPERVISOR, TRAINEE

PEOPLE, TEAMS, PAPERS, QUESTIONS, TOPICS, TALKS, NOTICES = 5_000, 300, 10, 40, 40, 4, 20
SEED = -100  # and the number of the paper: nobody else's are below 0
MARK = "bench-company"  # tells these rows from others


def found_company() -> None:
    """Raises ``Unexpected`` when the answers did not become as many as the figures say."""
    with connection.cursor() as cursor, suppress(ProgrammingError):
        # The keys are right by construction, and checking them one by one takes longer than all the rest. Only a
        # superuser may leave it out.
        cursor.execute("SET session_replication_role = replica")
    _people()
    _reads()
    _papers()
    _talks()
    _rest()
    with connection.cursor() as cursor:
        cursor.execute("RESET session_replication_role")
        cursor.execute("ANALYZE")
    answers = Step.objects.filter(client=MARK).count()
    if answers != PEOPLE * PAPERS * QUESTIONS:
        raise Unexpected(f"{answers} answers")


def _people() -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    heads = User.objects.bulk_create(User(username=f"{MARK}-head-{n}", display_name=f"主管 {n}") for n in range(TEAMS))
    teams = Team.objects.bulk_create(Team(name=f"客服 {n} 组", supervisor=head) for n, head in enumerate(heads, 1))
    people = User.objects.bulk_create(User(username=f"{MARK}-{n}", display_name=f"学员 {n}") for n in range(PEOPLE))
    Employment.objects.bulk_create(
        Employment(
            user=person,
            team=teams[n % TEAMS],
            hired_on=today - timedelta(days=n % 80),
            probation_ends_on=today + timedelta(days=90 - n % 80),
        )
        for n, person in enumerate(people)
    )
    in_group = User.groups.through
    for name, members in ((SUPERVISOR, heads), (TRAINEE, people)):
        group = Group.objects.get(name=name)
        in_group.objects.bulk_create(in_group(user=member, group=group) for member in members)


def _reads() -> None:
    """Two of three lessons in force, read by everybody."""
    versions = list(
        LessonVersion.objects.exclude(published_at=None).order_by("lesson_id", "-number").distinct("lesson_id")
    )
    for version in versions[: len(versions) * 2 // 3]:
        _insert(
            LessonRead,
            {
                "learner_id": "person.id", "lesson_id": version.lesson_id, "version_id": version.pk,
                "opened_at": _days_ago("person.n % 20"), "reached_end_at": _days_ago("person.n % 20"),
                "answered_at": _days_ago("person.n % 20"), "right": "2", "asked": "3", "period": "1",
            },
            _each_person(),
        )  # fmt: skip


def _papers() -> None:
    """Four exams and six practice runs each, all handed in and marked: four of five answers are right."""
    exams = list(Blueprint.objects.exams().listed().order_by("pk")[:2])
    topics = list(Topic.objects.order_by("pk"))
    for number in range(PAPERS):
        exam = exams[number % 2] if number < 4 else None
        ago = _days_ago(f"{2 * (PAPERS - number)} + person.n % 2")
        _insert(
            Attempt,
            {
                "learner_id": "person.id", "seed": SEED + number, "flagged": "'[]'::jsonb",
                "mode": "'exam'" if exam else "'practice'", "blueprint_id": exam.pk if exam else "NULL::bigint",
                "purpose": "''" if exam else f"'topic:{topics[number % len(topics)].slug}'",
                "pass_mark": exam.pass_mark if exam else "NULL::numeric", "started_at": ago,
                "ends_at": f"{ago} + interval '1 hour'" if exam else "NULL::timestamptz",
                "submitted_at": f"{ago} + interval '30 minutes'", "handed_in_by": "'person'",
                "score": "60 + person.n % 40", "passed": f"60 + person.n % 40 >= {exam.pass_mark if exam else 60}",
            },
            _each_person(),
        )  # fmt: skip
    versions = f"ARRAY(SELECT id FROM {QuestionVersion._meta.db_table} ORDER BY id)"
    _insert(
        PaperItem,
        {
            "attempt_id": "paper.id", "position": "place", "marks": "1", "arrangement": "'{}'::jsonb",
            "version_id": "bank.ids[1 + (paper.id * 7 + place) % cardinality(bank.ids)]",
        },
        f"{_its(Attempt)} paper CROSS JOIN generate_series(1, {QUESTIONS}) place"
        f" CROSS JOIN (SELECT {versions} ids) bank WHERE paper.seed < 0 ORDER BY paper.id, place",
    )  # fmt: skip
    done = f"{_its(PaperItem)} item JOIN {_its(Attempt)} paper ON paper.id = item.attempt_id AND paper.seed < 0"
    _insert(
        Step,
        {
            "item_id": "item.id", "sequence": "1", "answer": "'\"a\"'::jsonb", "client": f"'{MARK}'",
            "saved_at": "paper.submitted_at",
        },
        f"{done} ORDER BY item.id",
    )  # fmt: skip
    _insert(
        Mark,
        {
            "item_id": "item.id", "version_id": "item.version_id", "step_id": "step.id", "denominator": "1",
            "numerator": "(item.id % 5 > 0)::int", "origin": "'automatic'", "comment": "''", "at": "paper.submitted_at",
            "superseded": "false",
        },
        f"{done} JOIN {_its(Step)} step ON step.item_id = item.id ORDER BY item.id",
    )  # fmt: skip


def _talks() -> None:
    """Ended talks like one of the demo people's, with their turns and what was seen in them."""
    pattern = Session.objects.tested().ended().filter(turns__checks__isnull=False).order_by("pk").first()
    if pattern is None:
        raise Unexpected("No talk to begin from.")
    for number in range(TALKS):
        when = _days_ago(f"{3 * (TALKS - number)} + person.n % 3")
        changed = {"learner_id": "person.id", "started_at": when, "ended_at": f"{when} + interval '5 minutes'",
                   "spoke_at": when, "judge": f"'{MARK[:16]}'"}  # fmt: skip
        _insert(Session, _like(Session, changed), f"{_each_person()}, {_its(Session)} old WHERE old.id = {pattern.pk}")
    made = f"{_its(Session)} talk JOIN {_its(Turn)} old ON old.session_id = {pattern.pk} AND talk.judge = '{MARK[:16]}'"
    _insert(Turn, _like(Turn, {"session_id": "talk.id", "at": "talk.ended_at"}), made)
    checks = (
        f"{_its(Turn)} turn JOIN {_its(Session)} talk ON talk.id = turn.session_id AND talk.judge = '{MARK[:16]}'"
        f" JOIN {_its(Turn)} first ON first.session_id = {pattern.pk} AND first.number = turn.number"
        f" JOIN {_its(CheckResult)} old ON old.turn_id = first.id"
    )
    _insert(CheckResult, _like(CheckResult, {"turn_id": "turn.id"}), checks)


def _rest() -> None:
    """What is known of each topic, wrong questions, typing, courses to do, notices."""
    now = timezone.now()
    have = Topic.objects.count()
    Topic.objects.bulk_create(
        Topic(slug=f"{MARK}-{n}", name=f"主题 {n}", name_en=f"Topic {n}", position=900 + n)
        for n in range(max(TOPICS - have, 0))
    )
    topics = f"{_its(Topic)} topic"
    _insert(
        Mastery,
        {
            "learner_id": "person.id", "topic_id": "topic.id", "weight": "4 + (person.n + topic.id) % 12",
            "credit": "(4 + (person.n + topic.id) % 12) * (0.4 + (person.n * 7 + topic.id * 3) % 60 / 100.0)",
            "answers": "10", "as_of": _days_ago("2"),
        },
        f"{_each_person()}, {topics}",
    )  # fmt: skip
    wrong = (
        f"{_its(PaperItem)} item JOIN {_its(Attempt)} paper ON paper.id = item.attempt_id AND paper.seed = {SEED}"
        f" JOIN {_its(QuestionVersion)} version ON version.id = item.version_id WHERE item.id % 5 = 0"
    )
    _insert(
        NotebookEntry,
        {
            "learner_id": "paper.learner_id", "question_id": "version.question_id", "wrong": "1",
            "right_in_a_row": "0", "last_item_id": "item.id", "last_at": "paper.submitted_at",
        },
        wrong,
        again="ON CONFLICT DO NOTHING",
    )  # fmt: skip
    if run := TypingRun.objects.counted().order_by("pk").first():
        mine = _like(TypingRun, {"learner_id": "person.id"})
        _insert(TypingRun, mine, f"{_each_person()}, {_its(TypingRun)} old WHERE old.id = {run.pk}")
    if course := Course.objects.open().order_by("pk").first():
        people = User.objects.filter(username__startswith=f"{MARK}-", employment__isnull=False).order_by("pk")
        due = [now + timedelta(days=ahead) for ahead in range(-3, 6)]
        Assignment.objects.bulk_create(
            Assignment(
                learner_id=person, course=course, version=course.version, assigned_at=now - timedelta(days=20),
                batch="00000000-0000-4000-8000-000000000000", due_on=timezone.localdate(due[n % 9]), due_at=due[n % 9],
            )
            for n, person in enumerate(people.values_list("pk", flat=True))
        )  # fmt: skip
    if told := Notice.objects.order_by("pk").first():
        mine = _like(Notice, {"person_id": "person.id", "key": "'company-' || again"})
        times = f"generate_series(1, {NOTICES}) again"
        _insert(Notice, mine, f"{_each_person()}, {times}, {_its(Notice)} old WHERE old.id = {told.pk}")


def _insert(model: Any, values: dict[str, Any], source: str, again: str = "") -> None:
    """One statement for all rows: a value or an expression for each column, from what stands after FROM."""
    columns = ", ".join(f'"{name}"' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_its(model)} ({columns}) SELECT {', '.join(map(str, values.values()))} FROM {source} {again}"
        )


def _like(model: Any, changed: dict[str, str]) -> dict[str, str]:
    """The columns of the row ``old``, with some of them changed."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return {field.column: f'old."{field.column}"' for field in fields} | changed


def _each_person() -> str:
    return (
        f"(SELECT id, row_number() OVER (ORDER BY id) AS n FROM {_its(User)} WHERE username ~ '^{MARK}-[0-9]') person"
    )


def _its(model: Any) -> str:
    return model._meta.db_table


def _days_ago(days: str) -> str:
    return f"now() - ({days}) * interval '1 day'"
