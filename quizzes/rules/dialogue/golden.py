"""Golden transcripts: talks written down with what must come of them, replayed with the real judge."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quizzes.rules.dialogue.criteria import Criteria, Level
from quizzes.rules.dialogue.drawing import Cast, cast
from quizzes.rules.dialogue.engine import advance, begin, stated
from quizzes.rules.dialogue.matching import NOT_SAID, Text
from quizzes.rules.dialogue.plain import Plain, Problem
from quizzes.rules.dialogue.scenario import Critical, Scenario
from quizzes.rules.dialogue.scoring import Outcome, Reply, Score, score
from quizzes.rules.dialogue.talk import Ended, Event, Leave, Look, Say, State, Step, UnknownItem, Verdicts, Wait
from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.records import Reply as Judgeable
from quizzes.rules.replies.records import Turn

Judge = Callable[[Judgeable], Verdicts]
LEAST = 3


@dataclass(frozen=True)
class Happens:
    """One event as it is written: exactly one of ``look``, ``say``, ``choose``, ``wait`` and ``leave``."""

    look: str = ""
    say: str = ""
    choose: str = ""
    wait: bool = False
    leave: bool = False
    after: float = 20.0


@dataclass(frozen=True)
class Must:
    """What has to come of the talk; empty or ``None``: no matter."""

    ending: str
    score: tuple[float, float]
    outcome: Outcome
    critical: tuple[Critical, ...] = ()
    points: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Golden:
    name: str
    seed: int
    level: Level
    events: tuple[Happens, ...]
    must: Must


@dataclass(frozen=True)
class Played:
    """A replayed transcript: every step with who said what, the score, and what did not hold."""

    golden: Golden
    lines: tuple[tuple[str, str], ...]
    state: State
    score: Score
    wrong: tuple[str, ...]


def read_golden(data: Any) -> tuple[tuple[Golden, ...], tuple[Problem, ...]]:
    """Transcripts from plain data, and what is wrong with how they are written. Never raises."""
    problems: list[Problem] = []
    if not isinstance(data, list):
        return (), (Problem((), "要写成列表，每项一份对话"),)
    found = tuple(_golden(Plain(row, problems, (place,))) for place, row in enumerate(data))
    names = [one.name for one in found]
    if len(found) < LEAST or len(set(names)) < len(names):
        problems.append(Problem((), f"至少写 {LEAST} 份对话，名字各不相同，如 excellent、middling、critical"))
    outcomes = {one.must.outcome for one in found}
    if not {Outcome.PASSED, Outcome.CRITICAL} <= outcomes:
        problems.append(Problem((), "至少一份通过（outcome: passed），至少一份犯致命错误（outcome: critical）"))
    return found, tuple(problems)


def _golden(row: Plain) -> Golden:
    golden = Golden(
        row.name("name"),
        row.integer("seed", least=0, most=10**9, default=1) or 0,
        row.choice("level", Level, default=Level.PRACTICE) or Level.PRACTICE,
        row.rows("events", _happens, least=1, most=60),
        row.inner("must", _must) or Must("", (0, 100), Outcome.PASSED),
    )
    row.no_others()
    return golden


def _happens(row: Plain) -> Happens:
    happens = Happens(
        look=row.name("look", required=False),
        say=row.text("say", required=False, longest=1_000),
        choose=row.name("choose", required=False),
        wait=bool(row.boolean("wait")),
        leave=bool(row.boolean("leave")),
        after=row.number("after", least=0, most=3600, default=20.0) or 0.0,
    )
    row.no_others()
    if sum(map(bool, (happens.look, happens.say, happens.choose, happens.wait, happens.leave))) != 1:
        row.wrong("", "每一步正好写一样：look、say、choose、wait: true 或 leave: true")
    return happens


def _must(row: Plain) -> Must:
    given = row.get("score", required=True)
    between = (0.0, 100.0)
    if isinstance(given, list) and len(given) == 2 and all(type(n) in (int, float) for n in given):
        between = (float(given[0]), float(given[1]))
    else:
        row.wrong("score", "写成 [最低分, 最高分]，如 [85, 100]")
    critical = []
    for place, name in enumerate(row.names("critical")):
        if name in set(Critical):
            critical.append(Critical(name))
        else:
            row.wrong(("critical", place), f"“{name}”不在可选范围：{'、'.join(Critical)}")
    must = Must(
        row.name("ending"),
        between,
        row.choice("outcome", Outcome) or Outcome.PASSED,
        tuple(critical),
        row.names("points"),
        row.names("missed"),
    )
    row.no_others()
    return must


def play(scenario: Scenario, golden: Golden, judge: Judge, criteria: Criteria) -> Played:
    """Replay ``golden``; everything that does not hold is in ``wrong``, in words for whoever wrote it."""
    drawn = cast(scenario, golden.seed)
    step = begin(drawn)
    lines = [("customer", text) for text in step.says]
    replies: list[Reply] = []
    wrong: list[str] = []
    for number, happens in enumerate(golden.events, 1):
        event = _event(drawn, happens, step.state, lines, judge)
        try:
            step = advance(drawn, step.state, event)
        except Ended:
            wrong.append(f"第 {number} 步时对话已经结束（{step.state.ending}），后面的没有轮到")
            break
        except UnknownItem as error:
            wrong.append(f"第 {number} 步：没有叫“{error}”的面板项或备选回复")
            continue
        lines += _lines(event, step)
        if isinstance(event, Say) and step.noted:
            replies.append(Reply(step.noted, event.verdicts, event.seconds))
    hidden = drawn.hidden.key if drawn.hidden else ""
    result = score(drawn.scenario, step.state, replies, criteria, golden.level, hidden)
    wrong += _missed(golden.must, step.state, result)
    return Played(golden, tuple(lines), step.state, result, tuple(wrong))


def reply_in(drawn: Cast, text: str, lines: list[tuple[str, str]]) -> Judgeable:
    """``text`` in its context, as the judge takes it. ``lines``: (customer or agent, text) so far."""
    scenario = drawn.scenario
    history = tuple(Turn(who, said) for who, said in lines if who in ("customer", "agent"))
    return Judgeable(text, history, scenario.truth, scenario.platform, scenario.stage)


def _event(
    drawn: Cast, happens: Happens, state: State, lines: list[tuple[str, str]], judge: Judge
) -> Look | Say | Wait | Leave:
    if happens.look:
        return Look(happens.look)
    if happens.wait:
        return Wait()
    if happens.leave:
        return Leave()
    text = drawn.fill(happens.say)
    verdicts: Verdicts | None = None
    if happens.choose:
        choices = {choice.key: choice for choice in drawn.scenario.beats[state.beat].choices}
        choice = choices.get(happens.choose)
        text = choice.text if choice else ""
        verdicts = stated(choice.stated, NAMES) if choice and choice.stated is not None else None
    if verdicts is None:
        verdicts = judge(reply_in(drawn, text, lines))
    return Say(text, verdicts, happens.after, happens.choose)


def _lines(event: Event, step: Step) -> list[tuple[str, str]]:
    found = []
    if isinstance(event, Say):
        found.append(("agent", event.text))
    elif isinstance(event, Look):
        found.append(("look", event.item))
    return found + [("customer", text) for text in step.says]


def _missed(must: Must, state: State, result: Score) -> list[str]:
    wrong = []
    if state.ending != must.ending:
        wrong.append(f"结局是 {state.ending or f'没有结束（停在环节 {state.beat}）'}，应为 {must.ending}")
    low, high = must.score
    if not low <= result.total.value <= high:
        wrong.append(f"得分 {result.total.value}，应在 {low:g}–{high:g}")
    if result.outcome != must.outcome:
        wrong.append(f"结论是 {result.outcome}，应为 {must.outcome}")
    if set(result.critical) != set(must.critical):
        wrong.append(f"致命项是 {_list(result.critical)}，应为 {_list(must.critical)}")
    wrong += [f"要点“{key}”没有说到，应当说到" for key in must.points if key not in state.met]
    wrong += [f"要点“{key}”算说到了，应当没有" for key in must.missed if key in state.met]
    return wrong


def _list(names: tuple[Any, ...]) -> str:
    return "、".join(names) or "无"


def unmatched(scenario: Scenario, seeds: range = range(4)) -> list[str]:
    """Points that none of the scenario's own ``better`` replies holds: most often a pattern that cannot match."""
    missing: dict[str, None] = {}
    for seed in seeds:
        drawn = cast(scenario, seed)
        texts = [Text.of(text) for beat in drawn.scenario.beats.values() for text in beat.better]
        for point in drawn.scenario.all_points():
            unless = frozenset() if point.negated else NOT_SAID
            if not any(text.find(point.words, unless) for text in texts):
                missing[point.key] = None
    return list(missing)
