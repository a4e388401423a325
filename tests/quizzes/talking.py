"""What the tests of the talk's pages share."""

import json
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from quizzes.commands.sessions import leave, look_up, say, start_session
from quizzes.rules.dialogue.criteria import Level
from tests.factories.roleplay import ScenarioFactory


def begun(learner, level=Level.PRACTICE, scenario=None, seed=2, ago=0):
    return start_session(
        scenario_id=(scenario or ScenarioFactory()).pk,
        learner=learner,
        level=level,
        at=timezone.now() - timedelta(seconds=ago),
        seed=seed,
    )


def talked(learner, *texts, level=Level.PRACTICE, look=True, **more):
    """An ended talk: what is said, one after another, and then left if it is not over."""
    session = begun(learner, level, **more)
    page = {"session_id": session.pk, "learner_id": learner.pk, "at": timezone.now()}
    if look:
        look_up(**page, item="logistics")
    for number, text in enumerate(texts or ["您好，在无锡，我催一下快递", "谢谢您，祝您愉快"], 1):
        session = say(**page, text=text, client="tab", sequence=number, after=100)
    return leave(**page)


def act(client, session, kind="say", page="tab", **more):
    row = {"kind": kind, "client": page, "sequence": 1, "after": 100, **more}
    return client.post(
        reverse("quizzes:session_act", args=[session.pk]), json.dumps(row), content_type="application/json"
    )
