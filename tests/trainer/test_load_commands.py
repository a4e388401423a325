"""``publish_load`` and ``roll_back_load``: the end of a load's way, from the shell."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from quizzes.models import Question
from quizzes.rules.vocabulary import QuestionState
from tests.factories.loads import LoadFactory
from tests.trainer import loading
from trainer.commands.load_confirming import confirm_load
from trainer.models import Load
from trainer.rules.loads import LoadState

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafts(admin):
    load = loading.read(loading.text(), by=admin)
    return confirm_load(load_id=load.pk, by=admin, at=timezone.now())


def run(*arguments, by="admin"):
    """What was printed, and what was complained about."""
    out, err = StringIO(), StringIO()
    call_command(*map(str, arguments), by=by, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def states():
    return set(Question.objects.values_list("state", flat=True))


def test_a_load_is_published_and_taken_back_and_each_twice_is_once(drafts):
    assert "已发布" in run("publish_load", drafts.pk)[0]
    assert states() == {QuestionState.LIVE}
    assert "已发布" in run("publish_load", drafts.pk)[0]

    assert "停用 3 道题" in run("roll_back_load", drafts.pk)[0]
    assert states() == {QuestionState.RETIRED}
    assert "没有内容受影响" in run("roll_back_load", drafts.pk)[0]


def test_a_load_is_published_when_its_day_comes(drafts):
    day = timezone.localdate() + timedelta(days=3)

    out, _err = run("publish_load", drafts.pk, "--on", day)

    drafts.refresh_from_db()
    assert str(day) in out
    assert (drafts.state, drafts.publish_on, states()) == (LoadState.SCHEDULED, day, {QuestionState.DRAFT})


def test_what_somebody_changed_since_is_said(drafts, admin):
    run("publish_load", drafts.pk)
    again = loading.read(loading.text().replace("答案：A", "答案：B"), by=admin)
    again.entries.update(decision="take")
    confirm_load(load_id=again.pk, by=admin, at=timezone.now())
    run("publish_load", again.pk)
    third = loading.read(loading.text().replace("答案：A", "答案：C"), by=admin)
    third.entries.update(decision="take")
    confirm_load(load_id=third.pk, by=admin, at=timezone.now())
    run("publish_load", third.pk)

    assert "有 3 道题在导入以后又有人改过" in run("roll_back_load", again.pk)[1]


@pytest.mark.parametrize(
    ("state", "command", "words"),
    [
        (LoadState.PREVIEWED, "publish_load", "不能发布"),
        (LoadState.READING, "roll_back_load", "还在读"),
    ],
)
def test_what_cannot_be_done_now_is_said_and_fails(admin, state, command, words):
    load = LoadFactory(state=state)
    with pytest.raises(CommandError, match=words):
        run(command, load.pk)


@pytest.mark.parametrize("command", ["publish_load", "roll_back_load"])
def test_a_load_that_is_not_there_and_a_person_who_may_not_are_refused(command, drafts, supervisor):
    with pytest.raises(CommandError, match="没有第 0 批"):
        run(command, 0)
    for by in ("supervisor", "nobody"):
        with pytest.raises(CommandError, match="--by"):
            run(command, drafts.pk, by=by)
    assert Load.objects.get().state == LoadState.CONFIRMED


def test_a_past_day_and_one_person_where_two_are_asked_for_are_refused(drafts):
    with pytest.raises(CommandError, match="明天或以后"):
        run("publish_load", drafts.pk, "--on", timezone.localdate())
    Load.objects.update(by_two=True)
    with pytest.raises(CommandError, match="两个人"):
        run("publish_load", drafts.pk)
