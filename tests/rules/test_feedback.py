import pytest

from quizzes.rules.feedback import Review, may_review
from quizzes.rules.vocabulary import Feedback

AFTER, PASS, NEVER = Feedback.AFTER_SUBMISSION, Feedback.AFTER_PASS_OR_LAST_ATTEMPT, Feedback.MARKS_ONLY


def state(policy, **changes):
    terms = {"submitted": True, "sitting_again": False, "passed_any": False, "used": 1, "max_attempts": 2}
    return may_review(policy, **(terms | changes))


@pytest.mark.parametrize(
    ("policy", "changes", "expected"),
    [
        (AFTER, {}, Review.ALLOWED),
        (AFTER, {"submitted": False}, Review.STILL_OPEN),
        (AFTER, {"sitting_again": True}, Review.SITTING_AGAIN),
        (PASS, {}, Review.NOT_PASSED_YET),
        (PASS, {"passed_any": True}, Review.ALLOWED),
        (PASS, {"used": 2}, Review.ALLOWED),
        (PASS, {"used": 9, "max_attempts": 0}, Review.NOT_PASSED_YET),
        (PASS, {"passed_any": True, "sitting_again": True}, Review.SITTING_AGAIN),
        (NEVER, {"passed_any": True, "used": 2}, Review.MARKS_ONLY),
        (NEVER, {"submitted": False}, Review.STILL_OPEN),
    ],
)
def test_the_key_is_shown_only_when_the_policy_allows(policy, changes, expected):
    assert state(policy, **changes) == expected
