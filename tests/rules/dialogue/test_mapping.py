"""The map of a scenario: every beat, ending and way is on it, nothing over another, whatever was written."""

from itertools import combinations, pairwise

import pytest
from django.conf import settings

from quizzes.rules.dialogue.mapping import ALWAYS, HEIGHT, PATIENCE, TURNS, WIDTH, Cause, covers, map_of
from quizzes.rules.dialogue.reading import read_scenario
from tests.rules.dialogue.sample import scenario_data
from tests.rules.dialogue.talks import script
from trainer.readers.scenario_files import read_scenarios

SHIPPED = read_scenarios([settings.BASE_DIR / "fixtures" / "scenarios"]).entries


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry.scenario.slug)
def test_the_map_of_each_shipped_scenario_shows_everything_once(entry):
    scenario = entry.scenario
    drawn = map_of(scenario)
    places = {node.key: node for node in drawn.nodes}

    assert places.keys() >= {*scenario.beats, *scenario.endings}
    assert not any(node.wrong or node.unreached for node in drawn.nodes)
    rules = [rule for beat in scenario.beats.values() for rule in beat.then]
    assert len(drawn.ways) == len(rules) + sum(bool(rule.to) for rule in scenario.always) + 2
    led = {way.number for arrow in drawn.arrows for way in arrow.ways}
    assert led | {number for node in drawn.nodes for number in node.stays} == {way.number for way in drawn.ways}
    for one, other in combinations(drawn.nodes, 2):
        assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT, (one.key, other.key)
    assert all(node.x >= 0 and node.x + WIDTH <= drawn.width for node in drawn.nodes)
    assert all(node.y >= 0 and node.y + HEIGHT <= drawn.height for node in drawn.nodes)
    labels = [(arrow.x, arrow.y) for arrow in drawn.arrows]
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in labels)
    assert not any(covers(one, other) for one, other in combinations(labels, 2))


def test_ways_say_what_they_hang_on():
    ways = {(way.source, way.target): way.cause for way in map_of(script()).ways}

    assert ways["opening", "closing"] == Cause.POINT
    assert ways["closing", "done"] == Cause.OTHERWISE
    assert ways[PATIENCE, "gone"] == Cause.SILENCE
    assert ways[TURNS, "gone"] == Cause.LENGTH


def test_what_is_wrong_and_what_is_never_reached_are_marked():
    beats = scenario_data()["beats"]
    beats["island"] = beats["closing"]
    nodes = {node.key: node for node in map_of(script(beats=beats), wrong={"closing"}).nodes}

    assert (nodes["closing"].wrong, nodes["closing"].unreached) == (True, False)
    assert (nodes["island"].wrong, nodes["island"].unreached) == (False, True)
    assert nodes["opening"].start


def test_the_beats_stand_in_the_order_in_which_a_talk_comes_to_them_however_they_are_stored():
    way = {"about": "等", "then": [{"otherwise": True, "to": "done"}]}
    beats = {
        "last": way,
        "island": way,
        "middle": {
            "about": "问",
            "then": [{"when": {"stayed": 3}, "to": "opening"}, {"otherwise": True, "to": "last"}],
        },
        "opening": {
            "about": "来了",
            "then": [{"when": {"stayed": 2}, "to": "last"}, {"otherwise": True, "to": "middle"}],
        },
    }
    drawn = map_of(read_scenario(scenario_data(beats=beats, start="opening"))[0])
    nodes = [node for node in drawn.nodes if node.kind == "beat"]

    assert [node.key for node in nodes] == ["opening", "middle", "last", "island"]
    assert all(first.y < second.y for first, second in pairwise(nodes))
    assert [way.source for way in drawn.ways[:3]] == ["opening", "opening", "middle"]


def test_many_ways_to_endings_out_of_one_beat_get_the_room_for_their_labels():
    endings = {f"end-{n}": scenario_data()["endings"]["done"] for n in range(9)}
    then = [{"when": {"stayed": n + 1}, "to": key} for n, key in enumerate(endings)]
    beats = {
        **scenario_data()["beats"],
        "opening": {"about": "来了", "then": [*then, {"otherwise": True, "to": "closing"}]},
    }
    drawn = map_of(read_scenario(scenario_data(beats=beats, endings=endings))[0])

    labels = [(arrow.x, arrow.y) for arrow in drawn.arrows]
    assert not any(covers(one, other) for one, other in combinations(labels, 2))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"start": "nowhere"},
        {"beats": {}},
        {"endings": {}, "out_of_patience": ""},
        {"always": [{"when": {"violation": ["any"]}, "to": "nowhere"}]},
        {"always": [{"when": {"violation": ["any"]}, "to": "opening"}]},
        {"beats": {"a": {"then": [{"otherwise": True, "to": "a"}]}}},
    ],
)
def test_a_scenario_with_problems_is_drawn_as_far_as_it_goes(data):
    scenario, _problems = read_scenario(scenario_data(**data) if data else {})

    drawn = map_of(scenario)

    assert drawn.width > 0
    assert {way.target for way in drawn.ways} <= {*scenario.beats, *scenario.endings}
    assert ALWAYS not in {way.target for way in drawn.ways}
