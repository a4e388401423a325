"""Whatever the judge says of a reply, a talk goes on: all golden transcripts, each of the twenty checks forced."""

from functools import lru_cache

import pytest
from django.conf import settings

from quizzes.rules.dialogue import engine, golden
from quizzes.rules.dialogue.criteria import shipped
from quizzes.rules.dialogue.drawing import cast
from quizzes.rules.dialogue.matching import Text
from quizzes.rules.dialogue.scoring import Outcome
from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.judging import Verdict, judge
from trainer.readers.scenario_files import read_scenarios

SHIPPED = read_scenarios([settings.BASE_DIR / "fixtures" / "scenarios"]).entries


class Remembering(Text):
    """The same replies are read two thousand times; what is tried here is what follows from them."""

    @classmethod
    @lru_cache(maxsize=2_000)
    def of(cls, reply):
        return Text.of(reply)


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry.scenario.slug)
def test_no_verdict_stops_a_talk(entry, monkeypatch):
    monkeypatch.setattr(engine, "Text", Remembering)
    drawn = {one.seed: cast(entry.scenario, one.seed) for one in entry.golden}
    monkeypatch.setattr(golden, "cast", lambda _scenario, seed: drawn[seed])
    judged = {}

    def forced(verdicts):
        def judging(reply):
            if reply.text not in judged:
                judged[reply.text] = judge(reply).verdicts
            return {**judged[reply.text], **verdicts}

        return judging

    criteria = shipped()
    places = {*entry.scenario.beats}
    tried = [{name: Verdict(name, yes, float(yes), sure=True)} for name in NAMES for yes in (True, False)]
    tried.append({name: Verdict(name, True, 0.5, sure=False) for name in NAMES})
    for transcript in entry.golden:
        for verdicts in tried:
            played = golden.play(entry.scenario, transcript, forced(verdicts), criteria)

            assert played.state.beat in places
            assert not played.state.ending or played.state.ending in entry.scenario.endings
            total = played.score.total
            assert 0 <= total.low <= total.value <= total.high <= 100, verdicts
            assert played.score.outcome in set(Outcome)
