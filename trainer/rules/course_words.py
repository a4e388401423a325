"""The closed sets of words of courses, rosters, reminders and attendance."""

from enum import StrEnum


class CourseRole(StrEnum):
    """Whose work a course prepares for."""

    PRE_SALES = "pre_sales"
    AFTER_SALES = "after_sales"
    BOTH = "both"


class CourseState(StrEnum):
    """A ``DRAFT`` is being written, an ``OPEN`` one can be assigned; of a ``CLOSED`` one old assignments go on."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class UnitKind(StrEnum):
    """What a unit asks for; ``rules.courses`` says what counts as having done it."""

    LESSON = "lesson"
    EXAM = "exam"
    PRACTICE = "practice"
    SCENARIO = "scenario"
    TYPING = "typing"
    SORTING = "sorting"
    GATE = "gate"


class AssignmentState(StrEnum):
    """``GIVEN`` ones are done, open or overdue by evidence and date; the others count no more."""

    GIVEN = "given"
    EXCUSED = "excused"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class Cadence(StrEnum):
    """``MONTHLY``: on one day of each month. ``CAMPAIGN``: once, for the days of a campaign."""

    MONTHLY = "monthly"
    CAMPAIGN = "campaign"


class DayKind(StrEnum):
    REST = "rest"
    WORK = "work"


class ChannelKind(StrEnum):
    """The robots of group chats that a team's digest can go to."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


class DeliveryOutcome(StrEnum):
    SENT = "sent"
    FAILED = "failed"


class Presence(StrEnum):
    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
