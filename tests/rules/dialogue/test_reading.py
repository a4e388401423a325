import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.dialogue.checking import check
from quizzes.rules.dialogue.drawing import cast
from quizzes.rules.dialogue.golden import read_golden
from quizzes.rules.dialogue.reading import read_scenario
from tests.rules.dialogue.sample import scenario_data
from tests.rules.dialogue.talks import script

anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just("{item}")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from([*scenario_data(), "key", "then", "to"]), inner)
    ),
    max_leaves=12,
)


@given(anything)
def test_any_data_is_read_or_its_problems_are_told(data):
    scenario, problems = read_scenario(data)
    found = problems or check(scenario)

    assert found
    assert all(problem.message for problem in found)
    assert read_golden(data)[1]


@given(st.sampled_from(sorted(scenario_data())), anything)
def test_any_field_may_be_anything(key, value):
    scenario, problems = read_scenario(scenario_data(**{key: value}))
    if not problems and not check(scenario):
        cast(scenario, 1)


def then(beat="opening"):
    return scenario_data()["beats"][beat]["then"]


def beats(**changed):
    found = scenario_data()["beats"]
    for key, rules in changed.items():
        found[key] = {**found.get(key, {"better": ["好的"]}), "then": rules}
    return found


OTHERWISE = {"otherwise": True}

BROKEN = {
    "环节“closing”走不到": {"beats": beats(opening=[{**OTHERWISE, "to": "done"}])},
    "从环节“opening”出发": {"beats": beats(opening=[OTHERWISE])},
    "在这里打转：closing、opening": {
        "beats": beats(opening=[{**OTHERWISE, "to": "closing"}], closing=[{**OTHERWISE, "to": "opening"}])
    },
    "没有叫“nowhere”的环节或结局": {"beats": beats(closing=[{**OTHERWISE, "to": "nowhere"}])},
    "otherwise 要放在最后": {"beats": beats(closing=[{**OTHERWISE, "to": "done"}, OTHERWISE])},
    "最后要有一条 otherwise": {"beats": beats(closing=[{"when": {"stayed": 1}, "to": "done"}])},
    "条件和前面一条一样": {
        "beats": beats(closing=[{"when": {"stayed": 1}}, {"when": {"stayed": 1}}, {**OTHERWISE, "to": "done"}])
    },
    "always 里不能写 otherwise": {"always": [OTHERWISE]},
    "结局“extra”走不到": {
        "endings": {**scenario_data()["endings"], "extra": {"kind": "lost_sale", "note": "没有人来"}}
    },
    "没有一个走得到的好结局": {
        "endings": {"done": {"kind": "complaint", "note": "x"}, "gone": {"kind": "complaint", "note": "y"}}
    },
    "{thing}": {"truth": "{thing}丢了"},
    "没有叫“lost”的结局": {"out_of_patience": "lost", "out_of_turns": "gone"},
    "“A13”不是依据编号": {"refs": ["A13"]},
    "要写成日期": {"review_by": "明年"},
    "用了 2 次": {"hidden": [{"key": "a", "text": "x"}, {"key": "a", "text": "y"}]},
    "没有叫“smiles”的好做法": {"wants": {"smiles": 1}},
    "没有叫“uncivil”的好做法": {"wants": {"uncivil": 1}},
    "没有叫“shop”的面板项": {"points": [{"key": "where", "say": "在哪", "any": ["无锡"], "needs": ["shop"]}]},
}


@pytest.mark.parametrize("message", BROKEN)
def test_what_cannot_be_played_is_refused_with_its_name(message):
    scenario, problems = read_scenario(scenario_data(**BROKEN[message]))

    assert problems == ()
    assert any(message in str(problem) for problem in check(scenario)), check(scenario)


def test_the_sample_can_be_played():
    assert check(script()) == ()


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"platform": "all"}, "platform"),
        ({"minutes": 30}, "minutes"),
        ({"extra": 1}, "extra"),
        ({"persona": {"nick": "x", "wish": "y", "patience": 9}}, "persona.patience"),
        ({"variants": {"item": ["一种"]}}, "variants.item"),
        ({"variants": {"item": [{"name": "a", "price": 1}, {"name": "b"}]}}, "variants.item"),
        ({"opening": ["在吗"]}, "opening"),
        ({"points": [{"key": "p", "say": "q"}]}, "points[1].any"),
        ({"points": [{"key": "p", "say": "q", "any": ["(a"]}]}, "points[1].any[1]"),
        ({"points": [{"key": "p", "say": "q", "any": ["(a{1,9}){1,9}"]}]}, "points[1].any[1]"),
        ({"beats": beats(opening=[{"when": {}, "to": "done"}])}, "beats.opening.then[1].when"),
        ({"beats": beats(opening=[{"otherwise": True, "when": {"stayed": 1}}])}, "beats.opening.then[1].otherwise"),
    ],
)
def test_a_problem_leads_to_its_field(changes, where):
    assert where in {problem.where for problem in read_scenario(scenario_data(**changes))[1]}


def test_unknown_lessons_and_facts_are_told_when_the_names_are_given():
    scenario = script(points=[{"key": "p", "say": "q", "any": ["无锡"], "facts": ["a1"], "lesson": "x"}])
    where = [problem.where for problem in check(scenario, lessons={"late-delivery"}, facts=set())]

    assert where[:2] == ["customer_type", "points[1].lesson"]
    assert "points[1].facts" in where
