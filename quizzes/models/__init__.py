from quizzes.models.attempts import Accommodation, Attempt, LateAnswer, PageLeave, PaperItem, Step
from quizzes.models.audit import AuditEntry
from quizzes.models.blueprints import Blueprint, BlueprintSection
from quizzes.models.drills import SortingAnswer, SortingRun, TypingRun
from quizzes.models.marks import Appeal, Mark, NotebookEntry
from quizzes.models.mastery import Mastery
from quizzes.models.outside import CallOutcome, OutsideCall, OutsideSwitch, Purpose, SecondOpinion
from quizzes.models.patterns import PatternVersion
from quizzes.models.questions import ImmutableError, Question, QuestionBasis, QuestionVersion, Tag, Topic
from quizzes.models.reviews import KeyShown, ReviewCard
from quizzes.models.scenarios import Scenario, ScenarioBasis, ScenarioVersion
from quizzes.models.sessions import (
    CheckAppeal,
    CheckResult,
    OpenCheck,
    Ruling,
    Session,
    SessionComment,
    Turn,
    TurnKind,
)

__all__ = [
    "Accommodation",
    "Appeal",
    "Attempt",
    "AuditEntry",
    "Blueprint",
    "BlueprintSection",
    "CallOutcome",
    "CheckAppeal",
    "CheckResult",
    "ImmutableError",
    "KeyShown",
    "LateAnswer",
    "Mark",
    "Mastery",
    "NotebookEntry",
    "OpenCheck",
    "OutsideCall",
    "OutsideSwitch",
    "PageLeave",
    "PaperItem",
    "PatternVersion",
    "Purpose",
    "Question",
    "QuestionBasis",
    "QuestionVersion",
    "ReviewCard",
    "Ruling",
    "Scenario",
    "ScenarioBasis",
    "ScenarioVersion",
    "SecondOpinion",
    "Session",
    "SessionComment",
    "SortingAnswer",
    "SortingRun",
    "Step",
    "Tag",
    "Topic",
    "Turn",
    "TurnKind",
    "TypingRun",
]
