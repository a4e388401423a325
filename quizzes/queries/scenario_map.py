"""The map of a scenario in words: what is written on it, and the table that says the same."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from unicodedata import east_asian_width

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.models.labels import CHECK_LABELS, LABELS
from quizzes.rules.dialogue.mapping import Arrow, Cause, Map, Node, NodeKind, Way, map_of
from quizzes.rules.dialogue.scenario import ANY, Rule, Scenario, When

CAUSES = {
    Cause.WRONG: gettext_lazy("犯错"),
    Cause.POINT: gettext_lazy("要点"),
    Cause.CHECK: gettext_lazy("质检"),
    Cause.LOOK: gettext_lazy("查看"),
    Cause.CHOICE: gettext_lazy("备选"),
    Cause.ESCALATION: gettext_lazy("升级"),
    Cause.MOOD: gettext_lazy("心情"),
    Cause.HIDDEN: gettext_lazy("隐情"),
    Cause.STAY: gettext_lazy("久留"),
    Cause.OTHERWISE: gettext_lazy("否则"),
    Cause.SILENCE: gettext_lazy("沉默"),
    Cause.LENGTH: gettext_lazy("聊完"),
}
FITTING = 22  # of a line of a node, in half widths: a Chinese character takes two


@dataclass(frozen=True)
class Place:
    """A node with its two lines; ``whole`` is what they say in full."""

    node: Node
    name: str
    line: str
    whole: str
    stays: str

    @property
    def state(self) -> str:
        """What is the matter with it, in a word; empty where nothing is."""
        if self.node.wrong:
            return _("有问题")
        return _("走不到") if self.node.unreached else ""


@dataclass(frozen=True)
class Label:
    """An arrow with the short word on it; ``whole`` says all of its ways."""

    arrow: Arrow
    word: str
    whole: str


@dataclass(frozen=True)
class Line:
    """One way as the table tells it."""

    number: int
    source: str
    when: str
    target: str
    moves: str


@dataclass(frozen=True)
class MapPage:
    map: Map
    places: tuple[Place, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]


def map_page(scenario: Scenario, wrong: Collection[str] = ()) -> MapPage:
    """The map and its table. Costs no query."""
    drawn = map_of(scenario, wrong)
    writer = _Writer(scenario)
    lines = tuple(writer.line(way) for way in drawn.ways)
    told = {line.number: f"{line.number} {line.when}" for line in lines}
    return MapPage(
        drawn,
        tuple(writer.place(node) for node in drawn.nodes),
        tuple(Label(one, _short(one.ways), "\n".join(told[way.number] for way in one.ways)) for one in drawn.arrows),
        lines,
    )


def _fitting(text: str) -> str:
    """As much of ``text`` as a line of a node takes."""
    widths = list(accumulate(2 if east_asian_width(char) in "WF" else 1 for char in text))
    if not widths or widths[-1] <= FITTING:
        return text
    return f"{text[: bisect_right(widths, FITTING - 2)].rstrip()}…"


def _short(ways: Iterable[Way]) -> str:
    ways = list(ways)
    return f"{ways[0].number} {CAUSES[ways[0].cause]}" + (f" +{len(ways) - 1}" if len(ways) > 1 else "")


class _Writer:
    def __init__(self, scenario: Scenario):
        self.scenario = scenario
        self.points = {point.key: point.say for point in scenario.all_points()}
        self.forbidden = {one.key: one.say for one in scenario.forbidden}
        self.titles = {item.key: item.title for item in scenario.panel}
        self.hidden = {one.key: one.text for one in scenario.hidden}
        self.choices = {c.key: c.text for beat in scenario.beats.values() for c in beat.choices}

    def place(self, node: Node) -> Place:
        name, whole = self._told(node)
        stays = _("停留 %(numbers)s") % {"numbers": _("、").join(map(str, node.stays))} if node.stays else ""
        return Place(node, name, _fitting(whole), whole, stays)

    def _told(self, node: Node) -> tuple[str, str]:
        match node.kind:
            case NodeKind.BEAT:
                return node.key, self.scenario.beats[node.key].about
            case NodeKind.ENDING:
                return node.key, str(LABELS[self.scenario.endings[node.key].kind])
            case NodeKind.ALWAYS:
                return _("任何环节"), _("到哪里都一样的反应")
            case NodeKind.PATIENCE:
                return _("耐心用完"), _("沉默、答得不好都会扣")
        return _("句数用完"), _("%(turns)d 句还没完，或中途退出") % {"turns": self.scenario.turns}

    def line(self, way: Way) -> Line:
        if way.rule is None:
            return Line(way.number, self._name(way.source), self._outside(way.cause), way.target, "")
        when = self.words(way.rule.when) if way.rule.when else _("都不符合时")
        target = _("留在这里") if way.target == way.source else way.target
        return Line(way.number, self._name(way.source), when, target, _moves(way.rule))

    def _name(self, key: str) -> str:
        names = {"*always": _("任何环节"), "*patience": _("耐心用完"), "*turns": _("句数用完")}
        return names.get(key, key)

    def _outside(self, cause: Cause) -> str:
        silence = self.scenario.silence
        if cause == Cause.LENGTH:
            return _("说了 %(turns)d 句还没完，或学员自己退出") % {"turns": self.scenario.turns}
        if silence is None:
            return _("耐心到 0")
        told = {"after": silence.after, "less": -silence.patience}
        return _("耐心到 0；沉默 %(after)d 秒，顾客催一次，扣 %(less)d 点耐心") % told

    def words(self, when: When) -> str:
        """A condition in words."""
        return _("；").join(self._parts(when))

    def _parts(self, when: When) -> Iterator[str]:
        told = (
            (when.points, self.points, _("都说过：%(what)s")),
            (when.any_points, self.points, _("至少说过一个：%(what)s")),
            (when.not_points, self.points, _("还没说：%(what)s")),
            (when.said, self.points, _("这一句说到：%(what)s")),
            (when.checks, CHECK_LABELS, _("这一句有：%(what)s")),
            (when.not_checks, CHECK_LABELS, _("这一句没有：%(what)s")),
            (when.violation, {**CHECK_LABELS, ANY: _("任何一种")}, _("这一句违规：%(what)s")),
            (when.forbidden, {**self.forbidden, ANY: _("任何一句")}, _("这一句不该说：%(what)s")),
            (when.looked, self.titles, _("查看过：%(what)s")),
            (when.not_looked, self.titles, _("没查看过：%(what)s")),
            (when.choice, self.choices, _("选了备选回复：%(what)s")),
            (when.hidden, self.hidden, _("隐藏情况是：%(what)s")),
        )
        for keys, names, text in told:
            if keys:
                yield text % {"what": _("、").join(str(names.get(key, key)) for key in keys)}
        if when.escalated is not None:
            yield _("已经升级") if when.escalated else _("还没升级")
        if when.patience_at_most is not None:
            yield _("耐心不超过 %(n)d") % {"n": when.patience_at_most}
        if when.trust_at_least is not None:
            yield _("信任至少 %(n)d") % {"n": when.trust_at_least}
        if when.stayed is not None:
            yield _("在这个环节回了至少 %(n)d 句") % {"n": when.stayed}


def _moves(rule: Rule) -> str:
    told = [(rule.patience, _("耐心")), (rule.trust, _("信任"))]
    return _("，").join(f"{name} {'+' if by > 0 else '−'}{abs(by)}" for by, name in told if by)
