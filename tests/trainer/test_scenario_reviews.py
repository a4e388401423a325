"""A rule that changes sends the scenarios that rest on it to review; they are talked with as before."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.commands.scenarios import save_scenario
from quizzes.models import AuditEntry, Scenario
from tests.rules.dialogue.sample import scenario_data
from tests.trainer.changing import FREIGHT, WINDOW, World
from trainer.commands.scenario_reviews import settle_reviews
from trainer.models import ScenarioReview

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def resting(world, slug, *, facts=(), lesson="another-lesson", state="live"):
    """A scenario that names these facts and this lesson."""
    data = scenario_data(slug=slug, lessons=[lesson])
    data["points"][1]["facts"] = list(facts)
    scenario, _changed = save_scenario(data=data, at=world.now)
    Scenario.objects.filter(pk=scenario.pk).update(state=state)
    return scenario


def test_a_changed_fact_flags_the_scenarios_that_name_it_or_its_lesson_and_no_others(world, admin):
    named = resting(world, "names-the-fact", facts=[WINDOW, FREIGHT])
    taught = resting(world, "names-the-lesson", lesson=world.lesson.slug)
    resting(world, "names-another-fact", facts=[FREIGHT])
    resting(world, "is-retired", facts=[WINDOW], state="retired")

    published = world.publish(world.draft(window=15), by=admin)

    reviews = {review.scenario: review.keys for review in ScenarioReview.objects.all()}
    assert reviews == {named: [WINDOW], taught: []}
    assert published.scenarios == 2
    assert set(Scenario.objects.live().values_list("slug", flat=True)) >= {named.slug, taught.slug}


def test_only_the_version_of_today_counts(world, admin):
    resting(world, "late-parcel", facts=[WINDOW])
    resting(world, "late-parcel")

    world.publish(world.draft(window=15), by=admin)

    assert not ScenarioReview.objects.exists()


def test_a_reworded_fact_flags_nothing(world, admin):
    resting(world, "late-parcel", facts=[WINDOW])

    world.publish(world.draft(note="换一种说法"), by=admin)

    assert not ScenarioReview.objects.exists()


def test_a_version_for_a_later_day_flags_on_that_day_only(world, admin):
    resting(world, "late-parcel", facts=[WINDOW])

    world.publish(world.draft(window=15, effective_from=timezone.localdate() + timedelta(days=3)), by=admin)

    assert not ScenarioReview.objects.exists()


def test_somebody_says_that_they_have_looked_at_it(world, admin):
    scenario = resting(world, "late-parcel", facts=[WINDOW])
    world.publish(world.draft(window=15), by=admin)

    counts = [settle_reviews(scenario_id=scenario.pk, by=admin, at=world.now) for _ in range(2)]

    assert counts == [1, 0]
    assert not ScenarioReview.objects.open().exists()
    assert AuditEntry.objects.filter(action="scenario_reviewed", by=admin, target="scenario:late-parcel").count() == 1


def test_the_impact_page_lists_them_before_it_happens(world, admin, client):
    resting(world, "late-parcel", facts=[WINDOW])
    version = world.draft(window=15)
    client.force_login(admin)

    url = reverse("trainer:content_impact", args=[world.lesson.slug, version.number])
    page = client.get(url, {"show": "scenarios"}).content.decode()

    assert reverse("trainer:content_scenario", args=["late-parcel"]) in page
    assert WINDOW in page
    assert not ScenarioReview.objects.exists()


def test_the_list_and_the_page_show_the_flag(world, admin, client):
    scenario = resting(world, "late-parcel", facts=[WINDOW])
    resting(world, "another-one")
    world.publish(world.draft(window=15), by=admin)
    client.force_login(admin)
    address = reverse("trainer:content_scenario", args=[scenario.slug])

    listed = client.get(reverse("trainer:content_scenarios"), {"state": "review"})
    assert [line.scenario for line in listed.context["lines"]] == [scenario]
    assert client.get(address).context["reviews"].count() == 1

    client.post(address, {"action": "settle"})

    assert not client.get(address).context["reviews"]
