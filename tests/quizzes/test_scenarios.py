import pytest

from quizzes.commands.scenarios import FaultyScenario, save_scenario, set_scenario_state
from quizzes.models import AuditEntry, ImmutableError, Scenario, ScenarioVersion
from quizzes.rules.vocabulary import QuestionState
from tests.rules.dialogue.sample import scenario_data

pytestmark = pytest.mark.django_db


def test_a_scenario_is_kept_as_a_draft_and_twice_is_once(now, admin):
    scenario, changed = save_scenario(data=scenario_data(), at=now, by=admin)
    again, changed_again = save_scenario(data=scenario_data(), at=now, by=admin)

    assert (changed, changed_again) == (True, False)
    assert (scenario, scenario.state, scenario.versions.count()) == (again, QuestionState.DRAFT, 1)
    assert scenario.current.script().title == "包裹没到"


def test_the_first_beat_stays_the_first_whatever_order_the_database_keeps(now):
    scenario, _changed = save_scenario(data=scenario_data(), at=now)
    scenario.refresh_from_db()

    kept = scenario.current.data
    turned = {**kept, "beats": dict(reversed(kept["beats"].items()))}
    assert scenario.current.script().start == "opening"
    assert ScenarioVersion(data=turned).script().start == "opening"


def test_a_changed_scenario_is_a_new_version(now):
    save_scenario(data=scenario_data(), at=now)
    scenario, _changed = save_scenario(data=scenario_data(title="包裹丢了", platform="vip"), at=now)

    assert [version.number for version in scenario.versions.all()] == [1, 2]
    assert (scenario.title, scenario.platform, scenario.current.number) == ("包裹丢了", "vip", 2)
    with pytest.raises(ImmutableError):
        scenario.versions.first().save()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"platform": "jd"}, "platform"),
        ({"out_of_patience": "nowhere"}, "nowhere"),
        ({"beats": {"stuck": {"better": ["无锡催"], "then": [{"otherwise": True}]}}}, "stuck"),
    ],
)
def test_what_cannot_be_played_is_refused_with_its_beat_named(now, changes, named):
    with pytest.raises(FaultyScenario, match=named):
        save_scenario(data=scenario_data(**changes), at=now)
    assert not Scenario.objects.exists()


def test_publishing_and_retiring_are_on_record(now, admin):
    scenario, _changed = save_scenario(data=scenario_data(), at=now)
    for state in (QuestionState.LIVE, QuestionState.LIVE, QuestionState.RETIRED):
        set_scenario_state(scenario_id=scenario.pk, state=state, at=now, by=admin)

    entries = AuditEntry.objects.filter(action="scenario_state", by=admin).order_by("pk")
    assert [entry.detail for entry in entries] == [
        {"from": "draft", "to": "live"},
        {"from": "live", "to": "retired"},
    ]
    assert not Scenario.objects.live().exists()
