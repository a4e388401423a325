"""The talk as a machine: an event and a state give the next state and what the customer says.

No clock and no randomness: the seed is in the ``Cast``, silence and seconds are events. A state is plain data, so a
talk can be stored, taken up again and replayed from its events to the same end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quizzes.rules.dialogue.drawing import Cast
from quizzes.rules.dialogue.matching import NOT_DONE, NOT_SAID, Text
from quizzes.rules.dialogue.scenario import ANY, MOST_PATIENCE, MOST_TRUST, Point, Rule, Says, When
from quizzes.rules.dialogue.talk import (
    Ended,
    Escalated,
    Event,
    Leave,
    Look,
    Noted,
    Say,
    State,
    Step,
    StepBack,
    UnknownItem,
    Verdicts,
    Wait,
)
from quizzes.rules.replies.checks import VIOLATIONS
from quizzes.rules.replies.judging import Verdict


def begin(cast: Cast) -> Step:
    persona = cast.scenario.persona
    start = cast.scenario.start
    return Step(State(start, persona.patience, persona.trust, visited=(start,)), cast.opening)


def advance(cast: Cast, state: State, event: Look | Say | Wait | Leave) -> Step:
    """The next step. Raises ``Ended`` after the end and ``UnknownItem`` for a name that is not there."""
    if state.ending:
        raise Ended
    match event:
        case Look(item):
            return _look(cast, state, item)
        case Say():
            return _say(cast, state, event)
        case Wait():
            return _wait(cast, state)
        case Leave():
            return Step(replace(state, ending=cast.scenario.out_of_turns))


def replay(cast: Cast, events: Iterable[Event]) -> list[Step]:
    """The steps that hold after all ``events``: those that were stepped back over are gone."""
    steps = [begin(cast)]
    for event in events:
        if isinstance(event, StepBack):
            steps = before_last_reply(steps)
        else:
            steps.append(advance(cast, steps[-1].state, event))
    return steps


def before_last_reply(steps: Sequence[Step]) -> list[Step]:
    """``steps`` without the last reply and what followed; all of them when nothing was said yet."""
    last = max((place for place, step in enumerate(steps) if step.noted), default=len(steps))
    return list(steps[:last])


# --- what each event does ------------------------------------------------------------------------------------------


def _look(cast: Cast, state: State, item: str) -> Step:
    if item not in {one.key for one in cast.scenario.panel}:
        raise UnknownItem(item)
    return Step(state if item in state.looked else replace(state, looked=(*state.looked, item)))


def _wait(cast: Cast, state: State) -> Step:
    silence = cast.scenario.silence
    if silence is None:
        return Step(state)
    state, says = _speak(cast, state, "silence", silence.says)
    state = replace(state, silences=state.silences + 1, patience=max(state.patience + silence.patience, 0))
    return _ended(cast, state, cast.scenario.out_of_patience, ()) if state.patience == 0 else Step(state, says)


def _say(cast: Cast, state: State, event: Say) -> Step:
    scenario = cast.scenario
    beat = scenario.beats[state.beat]
    if event.choice and event.choice not in {choice.key for choice in beat.choices}:
        raise UnknownItem(event.choice)
    number = state.replies + 1
    noted = _note(cast, state, event, number)
    state = replace(
        state,
        replies=number,
        stayed=state.stayed + 1,
        met={**dict.fromkeys(noted.said, number), **state.met},
        unchecked={**dict.fromkeys(noted.unchecked, number), **state.unchecked},
        escalated=state.escalated or noted.escalated,
    )
    for name, rule in _named_rules(cast, state.beat):
        if rule.when is None or _fits(rule.when, cast, state, event, noted):
            return _follow(cast, state, name, rule, replace(noted, rule=name))
    return Step(state, (), noted)


def _named_rules(cast: Cast, beat: str) -> Iterable[tuple[str, Rule]]:
    yield from ((f"always.{place}", rule) for place, rule in enumerate(cast.scenario.always))
    yield from ((f"{beat}.{place}", rule) for place, rule in enumerate(cast.scenario.beats[beat].then))


def _note(cast: Cast, state: State, event: Say, number: int) -> Noted:
    text = Text.of(event.text)
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    said: list[str] = []
    unchecked: list[str] = []
    for point in cast.scenario.all_points():
        found = _found(point, cast, text, event.verdicts)
        if found:
            spans[point.key] = found
            (said if set(point.needs) <= set(state.looked) else unchecked).append(point.key)
    forbidden = []
    for one in cast.scenario.forbidden:
        excused = one.unless_looked and set(one.unless_looked) <= set(state.looked)
        found = () if excused else text.find(one.words, NOT_DONE)
        if found:
            spans[one.key] = found
            forbidden.append(one.key)
    escalated = _escalated(cast, state, text)
    return Noted(number, state.beat, tuple(said), tuple(unchecked), tuple(forbidden), escalated=escalated, spans=spans)


def _found(point: Point, cast: Cast, text: Text, verdicts: Verdicts) -> tuple[tuple[int, int], ...]:
    if point.hidden and (cast.hidden is None or cast.hidden.key != point.hidden):
        return ()
    if not all(verdicts[check].yes for check in point.with_checks):
        return ()
    return text.find(point.words, frozenset() if point.negated else NOT_SAID)


def _escalated(cast: Cast, state: State, text: Text) -> Escalated:
    escalation = cast.scenario.escalation
    if escalation is None or state.escalated or not text.find(escalation.words, NOT_SAID):
        return Escalated.NO
    return Escalated.IN_TIME if set(escalation.at) & set(state.visited) else Escalated.TOO_EARLY


def violations(verdicts: Verdicts) -> frozenset[str]:
    """The violations that the customer reacts to: those that are sure."""
    return frozenset(name for name in VIOLATIONS if verdicts[name].yes and verdicts[name].sure)


def _fits(when: When, cast: Cast, state: State, event: Say, noted: Noted) -> bool:
    met, looked = state.met.keys(), set(state.looked)
    wrong = violations(event.verdicts)
    return (
        set(when.points) <= met
        and (not when.any_points or bool(set(when.any_points) & met))
        and not set(when.not_points) & met
        and set(when.said) <= set(noted.said)
        and all(event.verdicts[name].yes for name in when.checks)
        and not any(event.verdicts[name].yes for name in when.not_checks)
        and _one_of(when.violation, wrong)
        and _one_of(when.forbidden, set(noted.forbidden))
        and set(when.looked) <= looked
        and not set(when.not_looked) & looked
        and (not when.choice or event.choice in when.choice)
        and (not when.hidden or (cast.hidden is not None and cast.hidden.key in when.hidden))
        and (when.escalated is None or bool(state.escalated) == when.escalated)
        and (when.patience_at_most is None or state.patience <= when.patience_at_most)
        and (when.trust_at_least is None or state.trust >= when.trust_at_least)
        and (when.stayed is None or state.stayed >= when.stayed)
    )


def _one_of(wanted: tuple[str, ...], there: Iterable[str]) -> bool:
    there = set(there)
    return not wanted or bool(there if ANY in wanted else there & set(wanted))


def _follow(cast: Cast, state: State, name: str, rule: Rule, noted: Noted) -> Step:
    scenario = cast.scenario
    state = replace(
        state,
        patience=min(max(state.patience + rule.patience, 0), MOST_PATIENCE),
        trust=min(max(state.trust + rule.trust, 0), MOST_TRUST),
    )
    state, says = _speak(cast, state, name, rule.says)
    if rule.to in scenario.endings:
        return replace(_ended(cast, state, rule.to, says), noted=noted)
    if state.patience == 0:
        return replace(_ended(cast, state, scenario.out_of_patience, ()), noted=noted)
    if state.replies >= scenario.turns:
        return replace(_ended(cast, state, scenario.out_of_turns, ()), noted=noted)
    if rule.to and rule.to != state.beat:
        visited = state.visited if rule.to in state.visited else (*state.visited, rule.to)
        state = replace(state, beat=rule.to, stayed=0, visited=visited)
    return Step(state, says, noted)


def _speak(cast: Cast, state: State, name: str, says: Says) -> tuple[State, tuple[str, ...]]:
    """The next of the alternatives: the first by the seed, another one each time the same rule speaks again."""
    if not says:
        return state, ()
    times = state.fired.get(name, 0)
    return replace(state, fired={**state.fired, name: times + 1}), says[(cast.seed + times) % len(says)]


def _ended(cast: Cast, state: State, ending: str, says: tuple[str, ...]) -> Step:
    state, last = _speak(cast, replace(state, ending=ending), ending, cast.scenario.endings[ending].says)
    return Step(state, says + last)


def stated(checks: Mapping[str, bool], names: Iterable[str]) -> dict[str, Verdict]:
    """The verdicts on a prepared reply whose checks the writer stated."""
    return {name: Verdict(name, checks.get(name, False), 1.0 if checks.get(name) else 0.0, sure=True) for name in names}
