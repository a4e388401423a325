"""The words on a scenario's map."""

import pytest

from quizzes.queries.scenario_map import map_page
from quizzes.rules.dialogue.reading import read_scenario
from tests.rules.dialogue.sample import scenario_data


@pytest.mark.parametrize(
    ("about", "line"),
    [
        ("催一下快递，说清几时有信", "催一下快递，说清几时…"),
        ("催一下快递，说清几时信", "催一下快递，说清几时信"),
        ("latin letters are narrow", "latin letters are na…"),
        ("latin letters fit well", "latin letters fit well"),
        ("", ""),
    ],
)
def test_a_line_of_a_node_is_cut_by_its_width(about, line):
    data = scenario_data()
    data["beats"]["opening"]["about"] = about

    page = map_page(read_scenario(data)[0])

    assert next(place.line for place in page.places if place.name == "opening") == line
