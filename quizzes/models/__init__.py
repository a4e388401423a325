from quizzes.models.attempts import Accommodation, Attempt, LateAnswer, PageLeave, PaperItem, Step
from quizzes.models.audit import AuditEntry
from quizzes.models.blueprints import Blueprint, BlueprintSection
from quizzes.models.marks import Appeal, Mark, NotebookEntry
from quizzes.models.questions import ImmutableError, Question, QuestionBasis, QuestionVersion, Tag, Topic

__all__ = [
    "Accommodation",
    "Appeal",
    "Attempt",
    "AuditEntry",
    "Blueprint",
    "BlueprintSection",
    "ImmutableError",
    "LateAnswer",
    "Mark",
    "NotebookEntry",
    "PageLeave",
    "PaperItem",
    "Question",
    "QuestionBasis",
    "QuestionVersion",
    "Step",
    "Tag",
    "Topic",
]
