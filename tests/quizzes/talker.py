"""A trainee at one page of a talk."""

from datetime import timedelta

from quizzes.commands.sessions import (
    look_up,
    say,
    start_session,
    step_back,
    tick_silence,
)
from quizzes.rules.dialogue.criteria import Level
from tests.factories.people import UserFactory
from tests.factories.roleplay import ScenarioFactory


class Talker:
    """A trainee at one page: numbers what they say as the page does, and has seen what it was shown."""

    def __init__(self, now, level=Level.EXAM, client="tab", session=None, **scenario):
        self.now, self.client, self.sequence = now, client, 0
        self.session = session or start_session(
            scenario_id=ScenarioFactory(**scenario).pk, learner=UserFactory(), level=level, at=now, seed=2
        )
        self.seen = self.session.length

    def ids(self):
        return {"session_id": self.session.pk, "learner_id": self.session.learner_id}

    def later(self, seconds):
        self.now += timedelta(seconds=seconds)

    def say(self, text="", seconds=10, repeat=False, **more):
        self.later(seconds)
        self.sequence += not repeat
        self.session = say(
            **self.ids(), text=text, client=self.client, sequence=self.sequence, after=self.seen, at=self.now, **more
        )
        self.seen = self.session.length
        return self.session

    def look(self, item="logistics"):
        self.session = look_up(**self.ids(), item=item, at=self.now)
        self.seen = self.session.length

    def tick(self):
        self.session = tick_silence(**self.ids(), at=self.now)

    def back(self):
        self.session = step_back(**self.ids(), after=self.seen, client=self.client, at=self.now)
        self.seen = self.session.length

    def turns(self):
        return list(self.session.turns.all())
