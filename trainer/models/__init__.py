from trainer.models.api import ApiToken, IdempotentCall
from trainer.models.changes import LessonChange, RuleDay
from trainer.models.facts import Fact, FactAttribute
from trainer.models.lessons import Lesson, LessonRead, LessonTopic, LessonVersion, RetrievalQuestion
from trainer.models.loads import Load, LoadedBytes, LoadEntry, LoadFile, SheetMapping, WorkerBeat
from trainer.models.notices import Notice
from trainer.models.people import Employment, Team, User
from trainer.models.people_loads import PeopleLoad
from trainer.models.plans import ConfirmationPlan, Requirement
from trainer.models.products import Product
from trainer.models.rechecks import Recheck
from trainer.models.search import SearchEntry
from trainer.models.webhooks import Webhook, WebhookDelivery, WebhookEvent

__all__ = [
    "ApiToken",
    "ConfirmationPlan",
    "Employment",
    "Fact",
    "FactAttribute",
    "IdempotentCall",
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
    "PeopleLoad",
    "Product",
    "Recheck",
    "Requirement",
    "RetrievalQuestion",
    "RuleDay",
    "SearchEntry",
    "SheetMapping",
    "Team",
    "User",
    "Webhook",
    "WebhookDelivery",
    "WebhookEvent",
    "WorkerBeat",
]
