"""The closed sets of words that questions, papers and attempts are described with."""

from enum import StrEnum


class Kind(StrEnum):
    """What a question asks its reader to do."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    FILL = "fill"
    NUMERIC = "numeric"
    MATCHING = "matching"
    ORDERING = "ordering"
    CLOZE = "cloze"
    FREE_TEXT = "free_text"


class MarkingRule(StrEnum):
    """How partly right answers earn credit; see ``rules.marking`` for each kind's meaning."""

    ALL_OR_NOTHING = "all_or_nothing"
    NET = "net"
    PER_PART = "per_part"
    ADJACENT = "adjacent"
    RUBRIC = "rubric"


RULES_FOR_KIND: dict[Kind, tuple[MarkingRule, ...]] = {
    # The first is the default.
    Kind.SINGLE: (MarkingRule.ALL_OR_NOTHING,),
    Kind.MULTIPLE: (MarkingRule.NET, MarkingRule.ALL_OR_NOTHING),
    Kind.TRUE_FALSE: (MarkingRule.ALL_OR_NOTHING,),
    Kind.FILL: (MarkingRule.PER_PART, MarkingRule.ALL_OR_NOTHING),
    Kind.NUMERIC: (MarkingRule.ALL_OR_NOTHING,),
    Kind.MATCHING: (MarkingRule.PER_PART, MarkingRule.ALL_OR_NOTHING),
    Kind.ORDERING: (MarkingRule.ADJACENT, MarkingRule.ALL_OR_NOTHING),
    Kind.CLOZE: (MarkingRule.PER_PART, MarkingRule.ALL_OR_NOTHING),
    Kind.FREE_TEXT: (MarkingRule.RUBRIC,),
}


class Platform(StrEnum):
    """Where the rule or case belongs; ``ALL`` holds on every platform."""

    ALL = "all"
    TMALL = "tmall"
    TAOBAO = "taobao"
    DOUYIN = "douyin"
    VIP = "vip"


class QuestionState(StrEnum):
    """Where a question stands on its way into papers; only ``LIVE`` ones are drawn."""

    DRAFT = "draft"
    REVIEW = "review"
    LIVE = "live"
    RETIRED = "retired"


class Origin(StrEnum):
    """How a question came to be."""

    HANDWRITTEN = "handwritten"
    GENERATED = "generated"


class Flag(StrEnum):
    """How far a fact or lesson may be relied on."""

    CURRENT = "current"
    SHOP_POLICY = "shop_policy"
    VERIFY = "verify"
    COUNTER_EXAMPLE = "counter_example"
    OUTDATED = "outdated"


class Mode(StrEnum):
    """``PRACTICE`` answers at once; an ``EXAM`` answers when the blueprint allows."""

    PRACTICE = "practice"
    EXAM = "exam"


class Feedback(StrEnum):
    """When the key and the reasons of an exam may be seen."""

    AFTER_SUBMISSION = "after_submission"
    AFTER_PASS_OR_LAST_ATTEMPT = "after_pass_or_last_attempt"  # noqa: S105 - no password
    MARKS_ONLY = "marks_only"


MIN_DIFFICULTY, MAX_DIFFICULTY = 1, 5

# Expected share of the marks that a prepared new hire earns on a question of each difficulty, before any
# answer has been seen. The writers' five steps, evenly spaced; ``rules.difficulty`` moves them by answers.
EXPECTED_SHARE = {1: 0.92, 2: 0.84, 3: 0.74, 4: 0.62, 5: 0.50}
