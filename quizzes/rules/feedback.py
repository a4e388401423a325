"""When a person may see the key of an exam that they sat."""

from enum import StrEnum

from quizzes.rules.vocabulary import Feedback


class Review(StrEnum):
    """Whether the key may be shown, and if not, why."""

    ALLOWED = "allowed"
    STILL_OPEN = "still_open"
    SITTING_AGAIN = "sitting_again"
    NOT_PASSED_YET = "not_passed_yet"
    MARKS_ONLY = "marks_only"


def may_review(
    policy: Feedback, *, submitted: bool, sitting_again: bool, passed_any: bool, used: int, max_attempts: int
) -> Review:
    """Whether the key of one attempt may be shown now.

    ``used`` counts the attempts handed in at this exam and ``passed_any`` says whether one of them passed;
    ``max_attempts`` 0 is any number. While another attempt at the same exam is open (``sitting_again``) no key
    of an earlier one is shown: both papers come from one bank.
    """
    if not submitted:
        return Review.STILL_OPEN
    if policy == Feedback.MARKS_ONLY:
        return Review.MARKS_ONLY
    if sitting_again:
        return Review.SITTING_AGAIN
    if policy == Feedback.AFTER_PASS_OR_LAST_ATTEMPT and not passed_any and not (0 < max_attempts <= used):
        return Review.NOT_PASSED_YET
    return Review.ALLOWED
