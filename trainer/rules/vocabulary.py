"""The closed sets of words of the training house."""

from enum import StrEnum


class LessonKind(StrEnum):
    PLATFORM_RULE = "platform_rule"
    PLAYBOOK = "playbook"
    CUSTOMER_TYPE = "customer_type"
    CASE = "case"
    SCRIPT = "script"
    PRODUCT = "product"
    METRIC = "metric"
    DUTY = "duty"


class EmploymentState(StrEnum):
    PROBATION = "probation"
    CONFIRMED_EARLY = "confirmed_early"
    CONFIRMED = "confirmed"
    EXTENDED = "extended"
    REFUSED = "refused"
    LEFT = "left"


class RequirementKind(StrEnum):
    """What a confirmation plan can ask for; ``rules.confirmation`` says how each is judged."""

    EXAM_SCORE = "exam_score"
    ROLEPLAY = "roleplay"
    LESSONS_DONE = "lessons_done"
    COURSE_DONE = "course_done"
    TYPING = "typing"
    PRODUCT_GATES = "product_gates"
    INTERVIEW = "interview"
    PERFORMANCE = "performance"
    DAYS_IN_POST = "days_in_post"
    OBSERVATION = "observation"


class Part(StrEnum):
    """What a requirement speaks for. Theory and practice must both pass; neither makes up for the other."""

    THEORY = "theory"
    PRACTICE = "practice"
    NEITHER = ""


class Verdict(StrEnum):
    """What a supervisor concludes from watching somebody at work, the best first."""

    READY = "ready"
    ALMOST = "almost"
    NOT_YET = "not_yet"


class ChangeKind(StrEnum):
    """What publishing a version means: a ``CORRECTION`` of the text, or a ``RULE`` that has changed."""

    CORRECTION = "correction"
    RULE = "rule"


class RecheckState(StrEnum):
    OPEN = "open"
    PASSED = "passed"
    EXCUSED = "excused"


class ProductState(StrEnum):
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class Method(StrEnum):
    """How a dimension of the assessment scheme can be evidenced."""

    EXAM = "exam"
    ROLEPLAY = "roleplay"
    INTERVIEW = "interview"
    PERFORMANCE = "performance"


class Figure(StrEnum):
    """The performance figures of a month: seconds for the replies, percent for the rest."""

    FIRST_REPLY = "first_reply"
    AVERAGE_REPLY = "average_reply"
    CONVERSION = "conversion"
    SATISFACTION = "satisfaction"
    REFUND_RATE = "refund_rate"
    COMPLAINT_RATE = "complaint_rate"


class Tier(StrEnum):
    """How good a figure is, the best first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class SheetState(StrEnum):
    """Where a sheet of performance figures is."""

    PREVIEWED = "previewed"
    CONFIRMED = "confirmed"
    ROLLED_BACK = "rolled_back"


class LineState(StrEnum):
    """What a line of such a sheet is against what is there."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    PROBLEM = "problem"
