"""Lengths of time in words."""

import pytest

from quizzes.templatetags.days import about


@pytest.mark.parametrize(
    "minutes, said", [(1, "1 分钟"), (59, "59 分钟"), (60, "1 小时"), (187, "3 小时"), (340, "5.5 小时")]
)
def test_a_length_is_said_as_one_plans_by_it(minutes, said):
    assert about(minutes) == said
