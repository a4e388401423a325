"""Plain data, as YAML or JSON gives it → a ``Scenario``, or every problem in it."""

from collections.abc import Mapping
from typing import Any

from quizzes.rules.dialogue.plain import Plain, Problem
from quizzes.rules.dialogue.scenario import (
    MOST_PATIENCE,
    MOST_TRUST,
    Beat,
    Choice,
    Critical,
    Dimension,
    Ending,
    EndingKind,
    Escalation,
    Forbidden,
    Hidden,
    PanelItem,
    Persona,
    Point,
    Rule,
    Scenario,
    Silence,
    Stage,
    Variant,
    When,
    Words,
)
from quizzes.rules.vocabulary import Flag, Platform

PLATFORMS = (Platform.TMALL, Platform.TAOBAO, Platform.DOUYIN, Platform.VIP)
STATUSES = (Flag.CURRENT, Flag.SHOP_POLICY, Flag.VERIFY)


def read_scenario(data: Any) -> tuple[Scenario, tuple[Problem, ...]]:
    """The scenario as far as it can be read, and what is wrong with how it is written.

    Takes any data and never raises. What hangs together wrongly is found by ``checking.check``.
    """
    problems: list[Problem] = []
    top = Plain(data, problems)
    platform = top.choice("platform", Platform) or Platform.TAOBAO
    if platform not in PLATFORMS:
        top.wrong("platform", f"一个情景发生在一个平台上：{'、'.join(PLATFORMS)}")
    status = top.choice("status", Flag) or Flag.CURRENT
    if status not in STATUSES:
        top.wrong("status", f"情景的状态只能是：{'、'.join(STATUSES)}")
    beats = top.named("beats", _beat)
    scenario = Scenario(
        slug=top.name("slug"),
        title=top.text("title", longest=60),
        platform=platform,
        stage=top.choice("stage", Stage) or Stage.AFTERSALE,
        customer_type=top.name("customer_type"),
        lessons=top.names("lessons", required=True),
        refs=top.names("refs", required=True),
        minutes=top.integer("minutes", least=3, most=8, default=5) or 5,
        source=top.text("source", longest=300),
        review_by=top.text("review_by", longest=10),
        status=status,
        persona=top.inner("persona", _persona) or Persona("顾客", ""),
        truth=top.text("truth", longest=600),
        opening=top.says("opening", required=True),
        start=top.name("start", required=False) or next(iter(beats), ""),
        beats=beats,
        endings=top.named("endings", _ending),
        out_of_patience=top.name("out_of_patience"),
        out_of_turns=top.name("out_of_turns", required=False) or str(top.value.get("out_of_patience") or ""),
        turns=top.integer("turns", least=4, most=30, default=12) or 12,
        variants=_variants(top),
        hidden=top.rows("hidden", _hidden),
        panel=top.rows("panel", _panel_item, least=1, most=10),
        wants=top.weights("wants"),
        points=top.rows("points", _point),
        always=top.rows("always", _rule),
        forbidden=top.rows("forbidden", _forbidden),
        escalation=top.inner("escalation", _escalation, required=False),
        silence=top.inner("silence", _silence, required=False),
    )
    top.no_others()
    return scenario, tuple(problems)


def _persona(row: Plain) -> Persona:
    persona = Persona(
        nick=row.text("nick", longest=30),
        wish=row.text("wish"),
        patience=row.integer("patience", least=1, most=MOST_PATIENCE, default=3) or 3,
        trust=row.integer("trust", least=0, most=MOST_TRUST, default=2) or 0,
        signs=row.texts("signs"),
        calms=row.texts("calms"),
        enrages=row.texts("enrages"),
    )
    row.no_others()
    return persona


def _variants(top: Plain) -> dict[str, tuple[Variant, ...]]:
    value = top.get("variants", required=False)
    if value is None:
        return {}
    if not isinstance(value, dict):
        top.wrong("variants", "要写成“名字: [几种说法]”")
        return {}
    found = {}
    for name, rows in value.items():
        if not isinstance(rows, list) or len(rows) < 2:
            top.wrong(("variants", str(name)), "至少写两种，换一个种子才会不一样")
            continue
        found[str(name)] = tuple(_variant(top, str(name), place, row) for place, row in enumerate(rows))
        if len({frozenset(row) for row in found[str(name)]}) > 1:
            top.wrong(("variants", str(name)), "每一种要写同样的几个字段")
    return found


def _variant(top: Plain, name: str, place: int, row: Any) -> Variant:
    if isinstance(row, str | int | float) and not isinstance(row, bool):
        return {name: str(row)}
    if isinstance(row, dict) and "name" in row and not any(isinstance(text, dict | list) for text in row.values()):
        return {name if key == "name" else f"{name}.{key}": str(text) for key, text in row.items()}
    top.wrong(("variants", name, place), "写一句文字，或写成 {name: 名称, 其他: 内容}")
    return {name: ""}


def _hidden(row: Plain) -> Hidden:
    hidden = Hidden(row.name("key"), row.text("text", longest=120))
    row.no_others()
    return hidden


def _panel_item(row: Plain) -> PanelItem:
    item = PanelItem(
        row.name("key"), row.text("title", longest=20), row.texts("lines", required=True), bool(row.boolean("must"))
    )
    row.no_others()
    return item


def _words(row: Plain) -> Words:
    words = Words(row.patterns("any"), row.patterns("all"), row.patterns("none"))
    if not words.any and not words.all:
        row.wrong("any", "写上 any（有一条对上）或 all（每条都对上），否则认不出来")
    return words


def _point(row: Plain) -> Point:
    point = Point(
        key=row.name("key"),
        say=row.text("say", longest=80),
        words=_words(row),
        weight=row.integer("weight", least=1, most=5, default=1) or 1,
        dimension=row.choice("dimension", Dimension, default=Dimension.PROBLEM_SOLVING) or Dimension.PROBLEM_SOLVING,
        needs=row.names("needs"),
        with_checks=row.names("with"),
        hidden=row.name("hidden", required=False),
        negated=bool(row.boolean("negated")),
        lesson=row.name("lesson", required=False),
        facts=row.names("facts"),
    )
    row.no_others()
    return point


def _forbidden(row: Plain) -> Forbidden:
    critical = row.choice("critical", Critical) if row.value.get("critical") is not None else None
    row.asked.add("critical")
    forbidden = Forbidden(
        key=row.name("key"),
        say=row.text("say", longest=80),
        words=_words(row),
        critical=critical,
        unless_looked=row.names("unless_looked"),
        dimension=row.choice("dimension", Dimension, default=Dimension.PROBLEM_SOLVING) or Dimension.PROBLEM_SOLVING,
        lesson=row.name("lesson", required=False),
    )
    row.no_others()
    return forbidden


def _when(row: Plain) -> When:
    when = When(
        points=row.names("points"),
        any_points=row.names("any_points"),
        not_points=row.names("not_points"),
        said=row.names("said"),
        checks=row.names("checks"),
        not_checks=row.names("not_checks"),
        violation=row.names("violation"),
        forbidden=row.names("forbidden"),
        looked=row.names("looked"),
        not_looked=row.names("not_looked"),
        choice=row.names("choice"),
        hidden=row.names("hidden"),
        escalated=row.boolean("escalated", default=None),
        patience_at_most=row.integer("patience_at_most", least=0, most=MOST_PATIENCE),
        trust_at_least=row.integer("trust_at_least", least=0, most=MOST_TRUST),
        stayed=row.integer("stayed", least=1, most=20),
    )
    row.no_others()
    if when == When():
        row.wrong("", "至少写一个条件；什么都不符合时用 otherwise: true")
    return when


def _rule(row: Plain) -> Rule:
    otherwise = row.boolean("otherwise")
    when = row.inner("when", _when, required=not otherwise)
    if otherwise and row.value.get("when") is not None:
        row.wrong("otherwise", "有了 otherwise 就不写 when")
    rule = Rule(
        when=None if otherwise else when or When(),
        says=row.says("says"),
        to=row.name("to", required=False),
        patience=row.integer("patience", least=-5, most=5, default=0) or 0,
        trust=row.integer("trust", least=-5, most=5, default=0) or 0,
    )
    row.no_others()
    return rule


def _choice(row: Plain) -> Choice:
    stated: Mapping[str, bool] | None = None
    shows = row.names("shows")
    if "shows" in row.value:
        stated = dict.fromkeys(shows, True)
    choice = Choice(row.name("key"), row.text("text", longest=500), stated)
    row.no_others()
    return choice


def _beat(key: str, row: Plain) -> Beat:
    beat = Beat(
        key=key,
        then=row.rows("then", _rule, least=1),
        about=row.text("about", required=False, longest=120),
        wants=row.weights("wants"),
        points=row.rows("points", _point),
        choices=row.rows("choices", _choice),
        better=row.texts("better", required=True, longest=600),
    )
    row.no_others()
    return beat


def _ending(key: str, row: Plain) -> Ending:
    ending = Ending(
        key=key,
        kind=row.choice("kind", EndingKind) or EndingKind.COMPLAINT,
        note=row.text("note", longest=300),
        says=row.says("says"),
        credit=row.number("credit", least=0, most=1),
    )
    row.no_others()
    return ending


def _escalation(row: Plain) -> Escalation:
    escalation = Escalation(_words(row), row.names("at"))
    row.no_others()
    return escalation


def _silence(row: Plain) -> Silence:
    silence = Silence(
        says=row.says("says", required=True),
        after=row.integer("after", least=15, most=600, default=45) or 45,
        patience=row.integer("patience", least=-3, most=0, default=-1) or 0,
    )
    row.no_others()
    return silence
