"""Saving answers while an exam is sat: the one place where a lost write would lose somebody's work."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from quizzes.models import Attempt, LateAnswer, Step
from quizzes.rules.answers import AnswerShapeError, parse_answer
from quizzes.rules.questions import content_from_data
from quizzes.rules.vocabulary import Kind, Mode

# Answers that arrive after the end are kept for a person to look at, but not for ever.
KEPT_FOR = timedelta(days=1)


class Given(NamedTuple):
    """An answer as a page sends it: ``sequence`` is one more than the newest that the page knows of."""

    item_id: int
    sequence: int
    answer: Any


class WrongShape(AnswerShapeError):
    """The answer of ``item_id`` is none that its question can have. Nothing of the same save was kept."""

    def __init__(self, item_id: int, message: str):
        super().__init__(message)
        self.item_id = item_id


@dataclass(frozen=True)
class Saved:
    """What became of a save. ``saved`` holds the new newest sequence of each item.

    ``stale`` are items whose newest step is not the page's: ``{"sequence", "answer", "mine"}`` of the newest
    step, ``mine`` when this very page wrote it (its acknowledgement was lost). With ``closed`` nothing was
    saved; ``kept_late`` are the items whose answers are kept for a person to see.
    """

    saved: dict[int, int] = field(default_factory=dict)
    stale: dict[int, dict[str, Any]] = field(default_factory=dict)
    closed: bool = False
    kept_late: frozenset[int] = frozenset()


def save_answers(
    *, attempt_id: int, learner_id: int, given: Sequence[Given], client: str, at: datetime
) -> Saved:
    """Append a step for each answer whose sequence follows the newest one; safe to repeat.

    One statement checks that the attempt is this person's, open, and before its end by ``at``, and writes;
    the hand-in locks the attempt, so that an answer is either marked or told to be late, never lost between.

    Raises ``Attempt.DoesNotExist`` for a foreign attempt or item, ``WrongShape``.
    """
    given = [row._replace(answer=answer) for row, answer in _checked(attempt_id, learner_id, given)]
    accepted = _append(attempt_id, learner_id, given, client, at) if given else {}
    left = [row for row in given if row.item_id not in accepted]
    if not left:
        return Saved(saved=accepted)
    newest = _newest([row.item_id for row in left])
    saved, stale = dict(accepted), {}
    for row in left:
        step = newest.get(row.item_id)
        if step and (step.client, step.sequence, step.answer) == (client, row.sequence, row.answer):
            saved[row.item_id] = row.sequence  # sent twice: the first reply was lost on its way
        else:
            stale[row.item_id] = step
    attempt = Attempt.objects.only("submitted_at", "ends_at", "mode").get(pk=attempt_id)
    if attempt.is_open(at) and attempt.mode == Mode.EXAM:
        return Saved(saved, {item: _told(step, client) for item, step in stale.items()})
    return Saved(saved, closed=True, kept_late=_keep_late(attempt, [r for r in left if r.item_id in stale], client, at))


# Written out, as it is the busiest read of the site: composing it took longer than running it.
_ASKED = """
SELECT item.id, version.kind, version.stem, version.content
FROM quizzes_attempt attempt
JOIN quizzes_paperitem item ON item.attempt_id = attempt.id
JOIN quizzes_questionversion version ON version.id = item.version_id
WHERE attempt.id = %s AND attempt.learner_id = %s AND item.id IN ({items})
"""


def _checked(attempt_id: int, learner_id: int, given: Sequence[Given]) -> list[tuple[Given, Any]]:
    if not given:
        raise Attempt.DoesNotExist
    with connection.cursor() as cursor:
        asked = _ASKED.format(items=", ".join(["%s"] * len(given)))
        cursor.execute(asked, [attempt_id, learner_id, *(row.item_id for row in given)])
        contents = {
            pk: content_from_data(Kind(kind), json.loads(content), stem=stem) for pk, kind, stem, content in cursor
        }
    if len(contents) < len(given):
        raise Attempt.DoesNotExist
    checked = []
    for row in given:
        try:
            checked.append((row, parse_answer(contents[row.item_id], row.answer)))
        except AnswerShapeError as error:
            raise WrongShape(row.item_id, str(error)) from None
    return checked


# The lock waits for a hand-in under way, and then sees that the attempt is closed. SQLite has one writer anyway.
_APPEND = """
WITH sitting AS (
    SELECT id FROM quizzes_attempt
    WHERE id = %s AND learner_id = %s AND mode = 'exam' AND submitted_at IS NULL AND ends_at > %s {lock}
), given (item_id, sequence, answer) AS (VALUES {rows})
INSERT INTO quizzes_step (item_id, sequence, answer, client, saved_at)
SELECT given.item_id, given.sequence, given.answer, CAST(%s AS varchar), CAST(%s AS {moment})
FROM given
JOIN quizzes_paperitem item ON item.id = given.item_id
JOIN sitting ON sitting.id = item.attempt_id
WHERE given.sequence = 1 + COALESCE(
    (SELECT MAX(step.sequence) FROM quizzes_step step WHERE step.item_id = given.item_id), 0)
ON CONFLICT (item_id, sequence) DO NOTHING
RETURNING item_id, sequence
"""


def _append(
    attempt_id: int, learner_id: int, given: Sequence[Given], client: str, at: datetime
) -> dict[int, int]:
    on_postgres = connection.vendor == "postgresql"
    row = f"(CAST(%s AS bigint), CAST(%s AS integer), CAST(%s AS {'jsonb' if on_postgres else 'text'}))"
    statement = _APPEND.format(
        lock="FOR SHARE" if on_postgres else "",
        rows=", ".join([row] * len(given)),
        moment="timestamptz" if on_postgres else "text",
    )
    moment = connection.ops.adapt_datetimefield_value(at)
    values = [v for g in given for v in (g.item_id, g.sequence, json.dumps(g.answer, ensure_ascii=False))]
    with connection.cursor() as cursor:
        cursor.execute(statement, [attempt_id, learner_id, moment, *values, client, moment])
        return dict(cursor.fetchall())


def _newest(item_ids: Sequence[int]) -> dict[int, Step]:
    return {step.item_id: step for step in Step.objects.filter(item__in=item_ids).order_by("item", "sequence")}


def _told(step: Step | None, client: str) -> dict[str, Any]:
    if step is None:
        return {"sequence": 0, "answer": None, "mine": True}
    return {"sequence": step.sequence, "answer": step.answer, "mine": step.client == client}


def _keep_late(attempt: Attempt, rows: Sequence[Given], client: str, at: datetime) -> frozenset[int]:
    ended = attempt.submitted_at or attempt.ends_at
    if ended is None or attempt.mode != Mode.EXAM or at > ended + KEPT_FOR:
        return frozenset()
    LateAnswer.objects.bulk_create(
        [
            LateAnswer(item_id=row.item_id, answer=row.answer, client=client, sequence=row.sequence, received_at=at)
            for row in rows
        ],
        ignore_conflicts=True,
    )
    return frozenset(row.item_id for row in rows)
