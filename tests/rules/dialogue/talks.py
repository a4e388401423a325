"""A small scenario to try rules with, and verdicts without a judge."""

from quizzes.rules.dialogue.drawing import cast
from quizzes.rules.dialogue.reading import read_scenario
from quizzes.rules.dialogue.talk import Say
from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.judging import Verdict
from tests.rules.dialogue.sample import scenario_data


def script(**changes):
    scenario, problems = read_scenario(scenario_data(**changes))
    assert problems == ()
    return scenario


def drawn(seed=2, **changes):
    return cast(script(**changes), seed)


def verdicts(*yes, unsure=()):
    """The checks of ``yes`` show; those of ``unsure`` (name → probability) nobody is sure of."""
    unsure = dict(unsure)
    return {
        name: Verdict(name, unsure[name] >= 0.5, unsure[name], sure=False)
        if name in unsure
        else Verdict(name, name in yes, float(name in yes), sure=True)
        for name in NAMES
    }


def said(text, *yes, seconds=20.0, unsure=(), choice=""):
    return Say(text, verdicts(*yes, unsure=unsure), seconds, choice)
