from trainer.models.changes import LessonChange, RuleDay
from trainer.models.facts import Fact, FactAttribute
from trainer.models.lessons import Lesson, LessonRead, LessonTopic, LessonVersion, RetrievalQuestion
from trainer.models.loads import Load, LoadedBytes, LoadEntry, LoadFile, SheetMapping, WorkerBeat
from trainer.models.notices import Notice
from trainer.models.people import Employment, Team, User
from trainer.models.plans import ConfirmationPlan, Requirement
from trainer.models.products import Product
from trainer.models.rechecks import Recheck
from trainer.models.search import SearchEntry

__all__ = [
    "ConfirmationPlan",
    "Employment",
    "Fact",
    "FactAttribute",
    "Lesson",
    "LessonChange",
    "LessonRead",
    "LessonTopic",
    "LessonVersion",
    "Load",
    "LoadEntry",
    "LoadFile",
    "LoadedBytes",
    "Notice",
    "Product",
    "Recheck",
    "Requirement",
    "RetrievalQuestion",
    "RuleDay",
    "SearchEntry",
    "SheetMapping",
    "Team",
    "User",
    "WorkerBeat",
]
