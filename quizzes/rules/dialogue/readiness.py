"""Whether a scenario may be published: its golden transcripts are there and still score as stated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.rules.dialogue.criteria import Criteria
from quizzes.rules.dialogue.golden import LEAST, Golden, Played, play, read_golden
from quizzes.rules.dialogue.scenario import Scenario
from quizzes.rules.replies.judging import Judgement
from quizzes.rules.replies.records import Reply

NEEDED = ("excellent", "middling", "critical")


@dataclass(frozen=True)
class Readiness:
    """``lacking`` says, for whoever wrote it, what keeps the scenario from being published; empty: nothing does."""

    played: tuple[Played, ...]
    lacking: tuple[str, ...]

    @property
    def ready(self) -> bool:
        return not self.lacking


def readiness(scenario: Scenario, golden: Any, criteria: Criteria, judge: Callable[[Reply], Judgement]) -> Readiness:
    """Read the transcripts in ``golden`` (plain data), replay those that can be, and say what is lacking."""
    goldens, problems = read_golden(golden)
    playable = goldens if all(not one.path for one in problems) else ()
    played = tuple(play(scenario, one, lambda reply: judge(reply).verdicts, criteria) for one in playable)
    badly = [f"配套对话写得有误，{one}" for one in problems if one.path]
    return Readiness(played, (*badly, *_missing(goldens), *_wrong(played)))


def _missing(goldens: Sequence[Golden]) -> list[str]:
    names = {golden.name for golden in goldens}
    found = []
    if len(goldens) < LEAST:
        found.append(f"配套对话只有 {len(goldens)} 份，至少要 {LEAST} 份")
    if missing := [name for name in NEEDED if name not in names]:
        found.append(f"配套对话里还缺：{'、'.join(missing)}")
    return found


def _wrong(played: Sequence[Played]) -> list[str]:
    return [f"配套对话“{one.golden.name}”没有对上：{'；'.join(one.wrong)}" for one in played if one.wrong]
