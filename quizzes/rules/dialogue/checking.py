"""Whether a scenario hangs together: names that lead somewhere, beats that are reached, talks that can end."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from quizzes.rules.dialogue.drawing import PLACE, names_of
from quizzes.rules.dialogue.plain import Path, Problem
from quizzes.rules.dialogue.scenario import ANY, SOLVED, Rule, Scenario, When
from quizzes.rules.replies.checks import NAMES, VIOLATIONS

GOOD = frozenset(NAMES) - VIOLATIONS
_REF = re.compile(r"[A-Z]-\d{2}\Z")


def check(
    scenario: Scenario, *, lessons: Collection[str] | None = None, facts: Collection[str] | None = None
) -> tuple[Problem, ...]:
    """What keeps ``scenario`` from being played, by the names it uses and the ways through it.

    ``lessons`` and ``facts`` are the names there are; without them such references are not looked up.
    """
    return (
        *_doubles(scenario),
        *_unknown_names(scenario, lessons, facts),
        *_places(scenario),
        *_order(scenario),
        *_ways(scenario),
    )


# --- names ---------------------------------------------------------------------------------------------------------


def _doubles(scenario: Scenario) -> Iterator[Problem]:
    named: list[tuple[Path, list[str], str]] = [
        (("points",), [p.key for p in scenario.all_points()], "要点"),
        (("panel",), [p.key for p in scenario.panel], "订单面板"),
        (("hidden",), [h.key for h in scenario.hidden], "隐藏情况"),
        (("forbidden",), [f.key for f in scenario.forbidden], "不能说的话"),
        (("endings",), [*scenario.beats, *scenario.endings], "环节和结局"),
        (("beats",), [c.key for beat in scenario.beats.values() for c in beat.choices], "备选回复"),
    ]
    for path, names, what in named:
        for name, count in Counter(names).items():
            if count > 1:
                yield Problem(path, f"{what}里“{name}”用了 {count} 次，每个名字只能用一次")


def _unknown_names(
    scenario: Scenario, lessons: Collection[str] | None, facts: Collection[str] | None
) -> Iterator[Problem]:
    panel = {item.key for item in scenario.panel}
    for path, name in _lesson_names(scenario):
        if lessons is not None and name not in lessons:
            yield Problem(path, f"没有叫“{name}”的课程")
    for place, ref in enumerate(scenario.refs):
        if not _REF.match(ref):
            yield Problem(("refs", place), f"“{ref}”不是依据编号，要像 A-13 这样写")
    try:
        date.fromisoformat(scenario.review_by)
    except ValueError:
        yield Problem(("review_by",), "要写成日期，如 2027-06-30")
    for path, names, known, what in _references(scenario, panel, facts):
        for name in names:
            if name not in known:
                yield Problem(path, f"没有叫“{name}”的{what}，有的是：{'、'.join(sorted(known)) or '（一个也没有）'}")


def _lesson_names(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    yield ("customer_type",), scenario.customer_type
    yield from ((("lessons", place), name) for place, name in enumerate(scenario.lessons))
    for path, points in _point_lists(scenario):
        yield from (((*path, place, "lesson"), p.lesson) for place, p in enumerate(points) if p.lesson)
    yield from (
        (("forbidden", place, "lesson"), one.lesson) for place, one in enumerate(scenario.forbidden) if one.lesson
    )


def _point_lists(scenario: Scenario) -> Iterator[tuple[Path, Any]]:
    yield ("points",), scenario.points
    yield from ((("beats", key, "points"), beat.points) for key, beat in scenario.beats.items())


_Reference = tuple[Path, Iterable[str], Collection[str], str]


def _references(scenario: Scenario, panel: set[str], facts: Collection[str] | None) -> Iterator[_Reference]:
    hidden = {one.key for one in scenario.hidden}
    yield ("start",), [scenario.start], scenario.beats, "环节"
    yield ("out_of_patience",), [scenario.out_of_patience], scenario.endings, "结局"
    if scenario.out_of_turns != scenario.out_of_patience:  # unwritten it is the same, and told once
        yield ("out_of_turns",), [scenario.out_of_turns], scenario.endings, "结局"
    yield ("wants",), scenario.wants, GOOD, "好做法"
    for path, points in _point_lists(scenario):
        for place, point in enumerate(points):
            here = (*path, place)
            yield (*here, "needs"), point.needs, panel, "面板项"
            yield (*here, "with"), point.with_checks, GOOD, "好做法"
            yield (*here, "hidden"), filter(None, [point.hidden]), hidden, "隐藏情况"
            if facts is not None:
                yield (*here, "facts"), point.facts, facts, "知识点"
    for place, one in enumerate(scenario.forbidden):
        yield ("forbidden", place, "unless_looked"), one.unless_looked, panel, "面板项"
    if scenario.escalation:
        yield ("escalation", "at"), scenario.escalation.at, scenario.beats, "环节"
    yield from _rule_references(scenario, panel, hidden)


def _rule_references(scenario: Scenario, panel: set[str], hidden: set[str]) -> Iterator[_Reference]:
    points = {point.key for point in scenario.all_points()}
    forbidden = {one.key for one in scenario.forbidden} | {ANY}
    for path, rule, beat in _rules(scenario):
        choices = {choice.key for choice in scenario.beats[beat].choices} if beat else set()
        targets = {*scenario.beats, *scenario.endings}
        yield (*path, "to"), filter(None, [rule.to]), targets, "环节或结局"
        if rule.when:
            when = rule.when
            for name in ("points", "any_points", "not_points", "said"):
                yield (*path, "when", name), getattr(when, name), points, "要点"
            for name in ("checks", "not_checks"):
                yield (*path, "when", name), getattr(when, name), GOOD, "好做法"
            yield (*path, "when", "violation"), when.violation, VIOLATIONS | {ANY}, "违规"
            yield (*path, "when", "forbidden"), when.forbidden, forbidden, "不能说的话"
            yield (*path, "when", "looked"), when.looked, panel, "面板项"
            yield (*path, "when", "not_looked"), when.not_looked, panel, "面板项"
            yield (*path, "when", "hidden"), when.hidden, hidden, "隐藏情况"
            yield (*path, "when", "choice"), when.choice, choices, "备选回复"
    for key, beat_ in scenario.beats.items():
        yield ("beats", key, "wants"), beat_.wants, GOOD, "好做法"
        for place, choice in enumerate(beat_.choices):
            yield ("beats", key, "choices", place, "shows"), choice.stated or (), NAMES, "质检项"


def _rules(scenario: Scenario) -> Iterator[tuple[Path, Rule, str]]:
    """Path, rule and its beat (empty for those that always hold)."""
    for place, rule in enumerate(scenario.always):
        yield ("always", place), rule, ""
    for key, beat in scenario.beats.items():
        for place, rule in enumerate(beat.then):
            yield ("beats", key, "then", place), rule, key


def _places(scenario: Scenario) -> Iterator[Problem]:
    known = names_of(scenario)
    unknown = sorted({name for text in _texts(scenario) for name in PLACE.findall(text)} - known)
    for name in unknown:
        yield Problem(
            ("variants",),
            f"文字里用了 {{{name}}}，variants 和 hidden 里没有；有的是：{'、'.join(sorted(known)) or '无'}",
        )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            if one.name != "variants":
                yield from _texts(getattr(value, one.name))
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)


# --- ways through --------------------------------------------------------------------------------------------------


def _order(scenario: Scenario) -> Iterator[Problem]:
    for path, rule, beat in _rules(scenario):
        if rule.when is None and not beat:
            yield Problem(path, "always 里不能写 otherwise：它会挡住每个环节自己的规则")
    for key, beat_ in scenario.beats.items():
        last = len(beat_.then) - 1
        seen: list[When] = []
        for place, rule in enumerate(beat_.then):
            here = ("beats", key, "then", place)
            if rule.when is None and place < last:
                yield Problem(here, f"环节“{key}”：otherwise 要放在最后，后面的规则永远轮不到")
            if rule.when is not None and rule.when in seen:
                yield Problem(here, f"环节“{key}”：条件和前面一条一样，永远轮不到")
            if rule.when is not None:
                seen.append(rule.when)
        if beat_.then and beat_.then[-1].when is not None:
            yield Problem(("beats", key, "then"), f"环节“{key}”：最后要有一条 otherwise: true，什么都不符合时走它")


def _ways(scenario: Scenario) -> Iterator[Problem]:
    own = {
        key: {rule.to or key for rule in beat.then} & {*scenario.beats, *scenario.endings}
        for key, beat in scenario.beats.items()
    }
    always = {rule.to for rule in scenario.always if rule.to}
    reached = reach(scenario.start, {key: found | always for key, found in own.items()})
    for key in scenario.beats:
        if key not in reached:
            yield Problem(("beats", key), f"环节“{key}”走不到：没有一条规则的 to 指向它")
    for key in scenario.endings:
        if key not in reached and key not in (scenario.out_of_patience, scenario.out_of_turns):
            yield Problem(("endings", key), f"结局“{key}”走不到：没有一条规则的 to 指向它")
    for key in scenario.beats:
        onward = reach(key, own)
        if key in reached and not onward & set(scenario.endings):
            loop = "、".join(sorted(onward & set(scenario.beats)))
            yield Problem(("beats", key), f"从环节“{key}”出发，自己的规则怎么走也到不了结局，只在这里打转：{loop}")
    good = {key for key, ending in scenario.endings.items() if ending.kind in SOLVED}
    if scenario.beats and not good & reached:
        yield Problem(("endings",), "没有一个走得到的好结局（solved_satisfied、solved_sour 或 handed_over）")


def reach(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    """All that can be come to from ``start``, itself included."""
    found, waiting = {start}, [start]
    while waiting:
        for key in edges.get(waiting.pop(), ()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found


def in_order(start: str, edges: Mapping[str, Sequence[str]]) -> list[str]:
    """All keys of ``edges``: from ``start`` on, each after those that lead to it, as far as no way goes back; what
    cannot be come to at the end, by name.

    It hangs on the ways alone: a database need not keep the order in which things were written.
    """
    done: dict[str, None] = {}  # each key once all that it leads to are in it
    path = [start] if start in edges else []
    while path:
        onward = (key for key in reversed(edges[path[-1]]) if key not in done and key not in path)
        if key := next(onward, ""):
            path.append(key)
        else:
            done[path.pop()] = None
    return [*reversed(done), *sorted(edges.keys() - done.keys())]
