from trainer.models.facts import Fact, FactAttribute
from trainer.models.lessons import Lesson, LessonRead, LessonTopic, LessonVersion, RetrievalQuestion
from trainer.models.people import Employment, Team, User
from trainer.models.plans import ConfirmationPlan, Requirement
from trainer.models.search import SearchEntry

__all__ = [
    "ConfirmationPlan",
    "Employment",
    "Fact",
    "FactAttribute",
    "Lesson",
    "LessonRead",
    "LessonTopic",
    "LessonVersion",
    "Requirement",
    "RetrievalQuestion",
    "SearchEntry",
    "Team",
    "User",
]
