"""What the tests of loading a curriculum share."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from quizzes.models import AuditEntry, Blueprint, Question, QuestionBasis, QuestionVersion, Topic
from trainer.commands.curriculum import load_curriculum
from trainer.models import ConfirmationPlan, Fact, FactAttribute, Lesson, LessonVersion, PlanVersion, SearchEntry
from trainer.readers.curriculum import read_curriculum

TABLES = (
    Topic, FactAttribute, Lesson, LessonVersion, Fact, Question, QuestionVersion, QuestionBasis, Blueprint,
    ConfirmationPlan, PlanVersion, AuditEntry, SearchEntry,
)  # fmt: skip


def hourly(folder: Path) -> Callable[[], dict]:
    """A function that loads the folder as it stands, each time an hour later; it gives the report's counts by type."""
    began = timezone.now()
    loads = []

    def load():
        loads.append(began + timedelta(hours=len(loads)))
        return load_curriculum(read_curriculum(folder), at=loads[-1], seed=1).counts()

    return load


def everything() -> dict[str, list[dict]]:
    """All rows that a load can write, by table."""
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES}
