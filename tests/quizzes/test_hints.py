"""Hints: in practice only, after one's own try, on record; and prepared replies mixed with free text."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.commands.sessions import NoHint, ask_hint, leave, say, step_back
from quizzes.models import TurnKind
from quizzes.queries.debrief import debrief_of
from quizzes.queries.hints import hint_due
from quizzes.rules.dialogue.criteria import Level
from tests.quizzes.talking import act, begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now() + timedelta(seconds=5)


def reply(session, now, text="请稍等", sequence=1, choice=""):
    page = {"session_id": session.pk, "learner_id": session.learner_id, "at": now}
    return say(**page, text=text, choice=choice, client="tab", sequence=sequence, after=100)


def hint(session, now):
    return ask_hint(session_id=session.pk, learner_id=session.learner_id, at=now)


def test_there_is_none_before_one_has_tried(trainee, now):
    with pytest.raises(NoHint):
        hint(begun(trainee), now)


def test_after_a_miss_it_says_what_a_good_reply_does_here(trainee, now):
    session = hint(reply(begun(trainee), now), now)

    turn = session.turns.get(kind=TurnKind.HINT)
    assert turn.text.splitlines() == ["先看“物流”", "说清包裹在哪里", "去催快递", "问候"]
    assert turn.name == "opening"


def test_what_was_said_already_is_not_told_again(trainee, now):
    session = hint(reply(begun(trainee), now, "您好，我催一下"), now)

    assert "去催快递" not in session.turns.get(kind=TurnKind.HINT).text


@pytest.mark.parametrize("level", [Level.EXAM, Level.SEVERAL])
def test_there_is_none_in_an_exam(trainee, now, level):
    session = reply(begun(trainee, level), now)

    with pytest.raises(NoHint):
        hint(session, now)


def test_it_moves_nothing_and_is_shown_once_in_a_beat(trainee, now):
    session = reply(begun(trainee), now)
    before = session.state

    session = hint(session, now)

    assert session.state == before
    assert not hint_due(session, session.turns.all())
    with pytest.raises(NoHint):
        hint(session, now)


def test_stepping_back_lets_one_ask_and_hides_no_hint_from_the_debrief(trainee, now):
    session = hint(reply(begun(trainee), now), now)
    session = step_back(session_id=session.pk, learner_id=trainee.pk, after=100, client="tab", at=now)
    assert hint_due(session, session.turns.all())
    reply(session, now, "您好，我催一下", sequence=2)

    debrief = debrief_of(leave(session_id=session.pk, learner_id=trainee.pk, at=now))

    assert debrief.hints == 1
    assert not [line for line in debrief.lines if line.hint]


def test_the_page_offers_it_and_the_debrief_tells_of_it(trainee, client):
    session = begun(trainee)
    client.force_login(trainee)
    assert act(client, session, "hint").status_code == 400
    assert act(client, session, text="请稍等").json()["ask"] is True

    told = act(client, session, "hint", sequence=2).json()

    assert told["ask"] is False
    assert told["bubbles"][-1][1] == "hint"
    assert "说清包裹在哪里" in client.get(reverse("quizzes:session", args=[session.pk])).content.decode()
    act(client, session, "leave", sequence=3)
    page = client.get(reverse("quizzes:debrief", args=[session.pk])).content.decode()
    assert "看了 1 次提示" in page
    assert "看了提示：" in page


def test_prepared_replies_and_free_text_mix(trainee, now):
    session = reply(begun(trainee), now, "", choice="greet")
    stated = {one.check_name: one for one in session.turns.get(name="greet").checks.all()}
    assert (stated["greets"].yes, stated["greets"].stated) == (True, True)

    session = reply(session, now, "", sequence=2, choice="judged")
    judged = session.turns.get(name="judged").checks.get(check_name="greets")
    assert judged.stated is False

    session = reply(session, now, "在无锡，我去催", sequence=3)

    assert session.standing().met.keys() == {"chase"}  # said unchecked: the panel was not opened
    assert [turn.kind for turn in session.turns.all()] == ["begin", "say", "say", "say"]
