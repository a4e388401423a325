"""The pages call the checks of replies what the codebook calls them."""

from quizzes.models.labels import CHECK_LABELS
from quizzes.rules.replies.checks import CHECKS


def test_every_check_has_its_label():
    assert {name: str(label) for name, label in CHECK_LABELS.items()} == {check.name: check.label for check in CHECKS}
