"""A scenario as a map: its beats and endings, the ways between them, and where each is drawn. Pure geometry.

Beats stand under each other on the left, in the order in which a talk comes to them; endings on the right, each near
the beats that lead to it. A way to the next beat goes straight down, other ways between beats go round on the left.
The label of a way to an ending stands where the way begins, so that none covers another. Lengths are pixels.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizzes.rules.dialogue.checking import in_order, reach
from quizzes.rules.dialogue.scenario import Rule, Scenario, When

WIDTH, HEIGHT = 172, 64  # of a node
BETWEEN = 60  # from the lower edge of a beat to the next
ENDING_STEP = 84
LANE, EDGE = 42, 16
GAP = 166  # between beats and endings
PILL_WIDTH, PILL_HEIGHT = 76, 22
PILL_STEP = PILL_HEIGHT + 2
Pair = tuple[str, str]  # the keys of a way's beginning and end
ALWAYS, PATIENCE, TURNS = "*always", "*patience", "*turns"


class NodeKind(StrEnum):
    """``ALWAYS``: what holds in every beat; ``PATIENCE`` and ``TURNS``: how a talk ends that leads nowhere."""

    BEAT = "beat"
    ENDING = "ending"
    ALWAYS = "always"
    PATIENCE = "patience"
    TURNS = "turns"


class Cause(StrEnum):
    """What a way hangs on, the first that fits."""

    WRONG = "wrong"
    POINT = "point"
    CHECK = "check"
    LOOK = "look"
    CHOICE = "choice"
    ESCALATION = "escalation"
    MOOD = "mood"
    HIDDEN = "hidden"
    STAY = "stay"
    OTHERWISE = "otherwise"
    SILENCE = "silence"
    LENGTH = "length"


@dataclass(frozen=True)
class Node:
    """``x`` and ``y`` are of its left upper corner. ``wrong``: a problem names it; ``unreached``: no way leads there;
    ``stays``: the numbers of the ways that stay in it."""

    key: str
    kind: NodeKind
    x: int
    y: int
    start: bool = False
    wrong: bool = False
    unreached: bool = False
    stays: tuple[int, ...] = ()


@dataclass(frozen=True)
class Way:
    """One rule, by the number under which the table tells it. ``rule`` is ``None`` for what is no rule of a beat."""

    number: int
    source: str
    target: str
    cause: Cause
    rule: Rule | None = None


@dataclass(frozen=True)
class Arrow:
    """All ways from one node to another. ``path`` is an SVG path, ``x`` and ``y`` the middle of its label."""

    source: str
    target: str
    ways: tuple[Way, ...]
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    ways: tuple[Way, ...]


def cause_of(when: When | None) -> Cause:
    """What a condition hangs on."""
    if when is None:
        return Cause.OTHERWISE
    told: tuple[tuple[object, Cause], ...] = (
        (when.violation or when.forbidden, Cause.WRONG),
        (when.looked or when.not_looked, Cause.LOOK),
        (when.points or when.any_points or when.said or when.not_points, Cause.POINT),
        (when.checks or when.not_checks, Cause.CHECK),
        (when.choice, Cause.CHOICE),
        (when.escalated is not None, Cause.ESCALATION),
        (when.patience_at_most is not None or when.trust_at_least is not None, Cause.MOOD),
        (when.hidden, Cause.HIDDEN),
    )
    return next((cause for found, cause in told if found), Cause.STAY)


def map_of(scenario: Scenario, wrong: Collection[str] = ()) -> Map:
    """The map of a scenario, also of one with problems; ``wrong`` are the beats and endings that problems name.

    Ways to what is not there are left out.
    """
    reached = _reached(scenario)
    onward = {key: [rule.to for rule in beat.then if rule.to in scenario.beats] for key, beat in scenario.beats.items()}
    left = in_order(scenario.start, onward)
    ways = tuple(_ways(scenario, left))
    left += [key for key in (ALWAYS, PATIENCE, TURNS) if any(way.source == key for way in ways)]
    lanes = _lanes(left, ways)
    x = EDGE + (PILL_WIDTH // 2 if lanes else 0) + LANE * (max(lanes.values(), default=-1) + 1)
    tops = _tops(left, scenario, ways)
    rights = _endings(scenario, ways, tops)
    stays = {key: tuple(w.number for w in ways if w.source == key == w.target) for key in left}
    nodes = [
        Node(
            key, _kind(key), x, top, key == scenario.start, key in wrong,
            key in scenario.beats and key not in reached, stays[key],
        )
        for key, top in tops.items()
    ]  # fmt: skip
    at = x + WIDTH + GAP
    excused = {scenario.out_of_patience, scenario.out_of_turns}
    nodes += [
        Node(key, NodeKind.ENDING, at, top, wrong=key in wrong, unreached=key not in reached | excused)
        for key, top in rights.items()
    ]
    pairs = _pairs(ways)
    drawer = _Drawer({node.key: node for node in nodes}, lanes, pairs)
    arrows = tuple(drawer.arrow(source, target, found) for (source, target), found in pairs.items())
    height = max([top + HEIGHT for top in (*tops.values(), *rights.values())], default=0) + EDGE
    return Map(at + WIDTH + EDGE, height, tuple(nodes), arrows, ways)


def _ways(scenario: Scenario, beats: Iterable[str]) -> Iterable[Way]:
    places = {*scenario.beats, *scenario.endings}
    found: list[tuple[str, str, Cause, Rule | None]] = []
    for key in beats:
        found += [(key, rule.to or key, cause_of(rule.when), rule) for rule in scenario.beats[key].then]
    found += [(ALWAYS, rule.to, cause_of(rule.when), rule) for rule in scenario.always if rule.to]
    found.append((PATIENCE, scenario.out_of_patience, Cause.SILENCE, None))
    found.append((TURNS, scenario.out_of_turns, Cause.LENGTH, None))
    known = (one for one in found if one[1] in places)
    return (Way(number, *one) for number, one in enumerate(known, 1))


def _pairs(ways: Iterable[Way]) -> dict[Pair, list[Way]]:
    pairs: dict[Pair, list[Way]] = {}
    for way in ways:
        if way.source != way.target:
            pairs.setdefault((way.source, way.target), []).append(way)
    return pairs


def _reached(scenario: Scenario) -> set[str]:
    always = {rule.to for rule in scenario.always if rule.to}
    edges = {key: {rule.to for rule in beat.then if rule.to} | always for key, beat in scenario.beats.items()}
    return reach(scenario.start, edges)


def _kind(key: str) -> NodeKind:
    return {ALWAYS: NodeKind.ALWAYS, PATIENCE: NodeKind.PATIENCE, TURNS: NodeKind.TURNS}.get(key, NodeKind.BEAT)


def _tops(left: Sequence[str], scenario: Scenario, ways: Iterable[Way]) -> dict[str, int]:
    """The tops of the nodes on the left, with room for the labels beside each."""
    tops: dict[str, int] = {}
    free = EDGE
    out = Counter(source for source, target in _pairs(ways) if target in scenario.endings)
    for key in left:
        more = max(0, out[key] * PILL_STEP - HEIGHT) // 2
        tops[key] = free + more
        free += HEIGHT + 2 * more + BETWEEN
    return tops


def _lanes(left: Sequence[str], ways: Iterable[Way]) -> dict[Pair, int]:
    """For each way round: its lane, 0 beside the beats; ways that share a stretch have different ones."""
    places = {key: place for place, key in enumerate(left)}
    round_ = [pair for pair in _pairs(ways) if pair[1] in places and places[pair[1]] != places[pair[0]] + 1]
    lanes: dict[Pair, int] = {}
    taken: list[list[tuple[int, int]]] = []
    for pair in sorted(round_, key=lambda pair: abs(places[pair[0]] - places[pair[1]])):
        low, high = sorted((places[pair[0]], places[pair[1]]))
        lane = next((n for n, used in enumerate(taken) if all(high < a or b < low for a, b in used)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        lanes[pair] = lane
    return lanes


def _endings(scenario: Scenario, ways: Sequence[Way], tops: Mapping[str, int]) -> dict[str, int]:
    """The tops of the endings: each near the middle of those that lead there, none over another."""
    wanted = {}
    for place, key in enumerate(scenario.endings):
        every = [way.source for way in ways if way.target == key and way.source in tops]
        sources = [tops[name] for name in every if name in scenario.beats] or [tops[name] for name in every]
        wanted[key] = (sum(sources) / len(sources) if sources else place * ENDING_STEP, place)
    placed: dict[str, int] = {}
    free = EDGE
    for key in sorted(wanted, key=lambda key: wanted[key]):
        placed[key] = max(free, int(wanted[key][0]))
        free = placed[key] + ENDING_STEP
    over = free - ENDING_STEP + HEIGHT - max([top + HEIGHT for top in tops.values()], default=0)
    if over > 0:  # moved up as far as there is room, so that the map is no longer than it must be
        least = EDGE
        for key, top in placed.items():
            placed[key] = max(least, top - over)
            least = placed[key] + ENDING_STEP
    return placed


class _Drawer:
    def __init__(self, nodes: Mapping[str, Node], lanes: Mapping[Pair, int], pairs: Iterable[Pair]):
        self.nodes, self.lanes = nodes, lanes
        self.pills: list[tuple[int, int]] = []
        across = [pair for pair in pairs if nodes[pair[1]].kind == NodeKind.ENDING]
        self.leaving = _steps(across, 0, nodes)
        self.coming = _steps(across, 1, nodes)

    def arrow(self, source: str, target: str, ways: Sequence[Way]) -> Arrow:
        a, b = self.nodes[source], self.nodes[target]
        if b.kind == NodeKind.ENDING:
            path, places = self._across(a, b)
        elif (source, target) in self.lanes:
            path, places = self._round(a, b, self.lanes[source, target])
        else:
            x = a.x + WIDTH // 2
            path = f"M{x} {a.y + HEIGHT}V{b.y - 2}"
            places = [(x, (a.y + HEIGHT + b.y) // 2)]
        x, y = self._free(places)
        return Arrow(source, target, tuple(ways), path, x, y)

    def _across(self, a: Node, b: Node) -> tuple[str, list[tuple[int, int]]]:
        """Out of the node into its label, and from there to the ending."""
        leaves, comes = self.leaving[a.key, b.key], self.coming[a.key, b.key]
        x, y = a.x + WIDTH, a.y + HEIGHT // 2 + int(leaves * 9)
        pill, level = x + 12, a.y + HEIGHT // 2 + int(leaves * PILL_STEP)
        on, end_x, end_y = pill + PILL_WIDTH, b.x - 2, b.y + HEIGHT // 2 + int(comes * 9)
        bend = (end_x - on) // 2
        path = (
            f"M{x} {y}C{x + 6} {y} {pill - 6} {level} {pill} {level}H{on}"
            f"C{on + bend} {level} {end_x - bend} {end_y} {end_x} {end_y}"
        )
        return path, [(pill + PILL_WIDTH // 2, level)]

    def _round(self, a: Node, b: Node, lane: int) -> tuple[str, list[tuple[int, int]]]:
        x = a.x - LANE * (lane + 1)
        start, end = a.y + HEIGHT // 2 + 8, b.y + HEIGHT // 2 - 8
        turn = 10 if end > start else -10
        path = f"M{a.x} {start}H{x + 10}Q{x} {start} {x} {start + turn}V{end - turn}Q{x} {end} {x + 10} {end}H{b.x - 2}"
        steps = (10, 12, 8, 14, 6, 16, 4)
        return path, [(x, start + (end - start) * t // 20) for t in steps]

    def _free(self, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """The first of ``places`` where a label covers no other one; the first where there is none."""
        free = (one for one in places if not any(covers(one, pill) for pill in self.pills))
        place = next(free, places[0])
        self.pills.append(place)
        return place


def covers(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether labels with these middles lie over each other."""
    return abs(one[0] - other[0]) < PILL_WIDTH and abs(one[1] - other[1]) < PILL_HEIGHT


def _steps(pairs: Sequence[Pair], side: int, nodes: Mapping[str, Node]) -> dict[Pair, float]:
    """For each way its place among those that share its beginning (``side`` 0) or its end (1): from above to below,
    in steps from the middle."""
    shared: dict[str, list[Pair]] = {}
    for pair in sorted(pairs, key=lambda pair: nodes[pair[1 - side]].y):
        shared.setdefault(pair[side], []).append(pair)
    return {pair: place - (len(group) - 1) / 2 for group in shared.values() for place, pair in enumerate(group)}
