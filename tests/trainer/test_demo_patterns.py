import pytest

from quizzes.models import PatternVersion
from quizzes.queries.patterns import library_called, newest_library
from quizzes.rules.replies.judging import judge
from quizzes.rules.replies.records import Reply
from trainer.commands.demo_patterns import add_demo_pattern

pytestmark = pytest.mark.django_db


def test_the_demo_has_one_pattern_of_the_shops_own_however_often_it_is_loaded(admin, now):
    for _time in range(2):
        add_demo_pattern(people={"admin": admin}, at=now)

    assert PatternVersion.objects.count() == 1
    verdict = judge(Reply("想便宜就去我朋友圈下单"), library=library_called(newest_library()))["offline_payment"]
    assert (verdict.yes, verdict.patterns[0]) == (True, "shop.offline_payment.1")
