"""The shop's own patterns hold for goldens, publication and scripts, too; and the effect says so before they do."""

import pytest
from django.urls import reverse

from quizzes.commands.patterns import add_pattern, switch_pattern
from quizzes.commands.scenarios import NotReady, publish_version
from quizzes.models import PatternVersion
from quizzes.queries.pattern_effect import preview, preview_switch
from quizzes.queries.patterns import one_listed
from tests.factories.roleplay import ScenarioFactory
from tests.factories.scripts import ScriptFactory
from tests.factories.trainer import LessonFactory
from tests.quizzes.scenarios import GOLDEN
from trainer.commands.scripts import NotSound, load_scripts, submit_script
from trainer.models import Script
from trainer.readers.script_files import read_scripts

pytestmark = pytest.mark.django_db

CHASES = {"note": "催快递", "words": "催一下快递", "means": "shows", "hit": ["催一下快递"], "miss": ["快递"]}
LOOKS = {"note": "查物流", "words": "马上查", "means": "shows", "hit": ["马上查"], "miss": ["查"]}


@pytest.fixture
def scenario():
    scenario = ScenarioFactory()
    scenario.versions.update(golden=GOLDEN)
    return scenario


@pytest.fixture
def add(admin, now):
    def added(row):
        given = {"check": "offline_payment", "decisive": True, "reason": "新招"}
        return add_pattern(row=row, by=admin, at=now, **given)

    return added


def test_the_effect_names_the_transcripts_and_scripts_that_come_out_otherwise(scenario, add):
    script = ScriptFactory()

    found = preview("offline_payment", None, CHASES, decisive=True)
    assert [(one.scenario, one.name) for one in found.goldens.changes] == [(scenario, "excellent")]
    assert "offline_payment" in "".join(found.goldens.changes[0].wrong)
    assert (found.goldens.read, found.taught) == (3, [])

    found = preview("offline_payment", None, LOOKS, decisive=True)
    assert found.goldens.changes == ()
    assert [(one.title, "判有" in one.says) for one in found.taught] == [(script.title, True)]


def test_switching_one_off_tells_what_holds_again(scenario, add):
    name = add(CHASES).name

    (change,) = preview_switch(one_listed(name), False).goldens.changes

    assert (change.name, change.wrong) == ("excellent", ())


def test_the_effect_asks_once_for_all_scenarios_and_scripts(scenario, add, django_assert_num_queries):
    preview("offline_payment", None, CHASES, decisive=True)
    ScenarioFactory().versions.update(golden=GOLDEN)
    ScriptFactory.create_batch(2)
    with django_assert_num_queries(4):
        assert len(preview("offline_payment", None, CHASES, decisive=True).goldens.changes) == 2


def test_nothing_is_published_that_the_shops_patterns_find_fault_with(scenario, add, admin, now):
    scenario.state = "draft"
    scenario.save()
    version = add(CHASES)

    with pytest.raises(NotReady, match="offline_payment"):
        publish_version(version_id=scenario.current_id, at=now, by=admin)

    switch_pattern(name=version.name, on=False, reason="误报", seen=1, by=admin, at=now)
    publish_version(version_id=scenario.current_id, at=now, by=admin)


def test_the_pages_replay_with_the_shops_patterns(scenario, add, admin, client):
    client.force_login(admin)
    add(CHASES)
    page = client.get(reverse("trainer:content_scenario", args=[scenario.slug]), {"replay": "1"})
    assert [bool(played.wrong) for played in page.context["checked"].played] == [True, False, False]

    for slug in ("type-impatient", "late-delivery"):
        LessonFactory(slug=slug)
    page = client.get(reverse("trainer:content_scenario_edit", args=[scenario.slug]))
    assert [bool(played.wrong) for played in page.context["checked"].readiness.played] == [True, False, False]


def test_a_script_goes_before_the_shops_patterns(add, admin, client, now):
    script = ScriptFactory(state="draft")
    add(LOOKS)

    with pytest.raises(NotSound):
        submit_script(script_id=script.pk, by=admin, at=now)
    client.force_login(admin)
    assert "引导站外交易或联系" in client.get(reverse("trainer:script", args=[script.slug])).content.decode()


def test_the_page_shows_the_effect_of_saving_and_of_switching_off(scenario, add, admin, client):
    client.force_login(admin)
    form = {"note": "催快递", "words": "催一下快递", "means": "shows", "decisive": "on", "hits": "催一下快递"}
    page = client.post(
        reverse("quizzes:pattern_new"), {**form, "misses": "快递", "check": "offline_payment", "preview": "1"}
    )
    assert "会对不上" in page.content.decode()
    assert scenario.title in page.content.decode()

    name = add(CHASES).name
    page = client.post(
        reverse("quizzes:pattern_switch", args=[name]), {"seen": "1", "preview": "1", "reason": "总是误报"}
    )
    assert "又对上了" in page.content.decode()
    assert 'value="总是误报"' in page.content.decode()
    assert PatternVersion.objects.count() == 1


def test_a_file_of_scripts_is_loaded_all_the_same(add, now, tmp_path):
    add(LOOKS)
    text = "- {slug: look, title: 查物流, category: logistics, situation: aftersale, platforms: [all], asked: 到哪了, "
    (tmp_path / "a.scripts.yaml").write_text(
        f"{text}good: 亲，让您着急了，我马上查物流，五分钟内回您。}}", encoding="utf-8"
    )

    load_scripts(entries=read_scripts(tmp_path, lessons=set()).entries, at=now)

    assert Script.objects.get().slug == "look"
