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
    LEFT = "left"


class RequirementKind(StrEnum):
    """What a confirmation plan can ask for; ``rules.confirmation`` says how each is judged."""

    EXAM_SCORE = "exam_score"
    LESSONS_DONE = "lessons_done"
    DAYS_IN_POST = "days_in_post"


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
