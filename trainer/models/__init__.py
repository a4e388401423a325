from trainer.models.api import ApiToken, IdempotentCall
from trainer.models.assessment import InterviewPrompt, SchemeVersion
from trainer.models.assignments import Assignment, RecurringAssignment, StandingOrder
from trainer.models.attendance import Attendance, TrainingSession
from trainer.models.certificates import Certificate, CertificateEvent
from trainer.models.changes import LessonChange, RuleDay
from trainer.models.channels import Channel, Delivery
from trainer.models.courses import Course, Unit
from trainer.models.decisions import Decision, DecisionAppeal, Statement
from trainer.models.facts import Fact, FactAttribute
from trainer.models.interviews import Interview, InterviewScore
from trainer.models.lessons import Lesson, LessonRead, LessonTopic, LessonVersion, RetrievalQuestion
from trainer.models.loads import Load, LoadedBytes, LoadEntry, LoadFile, SheetMapping, WorkerBeat
from trainer.models.meetings import Action
from trainer.models.notes import LessonNote, NoteProposal
from trainer.models.notices import Notice
from trainer.models.observations import Observation
from trainer.models.people import Employment, PastEmployment, Team, User
from trainer.models.people_loads import PeopleLoad
from trainer.models.performance import PerformanceLine, PerformanceMonth, PerformanceSheet
from trainer.models.plans import ConfirmationPlan, PlanVersion, Requirement
from trainer.models.products import Product
from trainer.models.rechecks import Recheck
from trainer.models.rosters import Roster, RosterException, Shift
from trainer.models.scenario_reviews import ScenarioReview
from trainer.models.scripts import Script
from trainer.models.search import SearchEntry
from trainer.models.standings import StandingSnapshot
from trainer.models.webhooks import Webhook, WebhookDelivery, WebhookEvent

__all__ = [
    "Action",
    "ApiToken",
    "Assignment",
    "Attendance",
    "Certificate",
    "CertificateEvent",
    "Channel",
    "ConfirmationPlan",
    "Course",
    "Decision",
    "DecisionAppeal",
    "Delivery",
    "Employment",
    "Fact",
    "FactAttribute",
    "IdempotentCall",
    "Interview",
    "InterviewPrompt",
    "InterviewScore",
    "Lesson",
    "LessonChange",
    "LessonNote",
    "LessonRead",
    "LessonTopic",
    "LessonVersion",
    "Load",
    "LoadEntry",
    "LoadFile",
    "LoadedBytes",
    "NoteProposal",
    "Notice",
    "Observation",
    "PastEmployment",
    "PeopleLoad",
    "PerformanceLine",
    "PerformanceMonth",
    "PerformanceSheet",
    "PlanVersion",
    "Product",
    "Recheck",
    "RecurringAssignment",
    "Requirement",
    "RetrievalQuestion",
    "Roster",
    "RosterException",
    "RuleDay",
    "ScenarioReview",
    "SchemeVersion",
    "Script",
    "SearchEntry",
    "SheetMapping",
    "Shift",
    "StandingOrder",
    "StandingSnapshot",
    "Statement",
    "Team",
    "TrainingSession",
    "Unit",
    "User",
    "Webhook",
    "WebhookDelivery",
    "WebhookEvent",
    "WorkerBeat",
]
