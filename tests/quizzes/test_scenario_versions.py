"""Drafts of scenarios, publishing them, and trials: what the editor's buttons do."""

import pytest

from quizzes.commands.scenarios import (
    ChangedMeanwhile,
    FaultyScenario,
    NotReady,
    SlugTaken,
    Written,
    publish_version,
    save_draft,
    save_scenario,
)
from quizzes.commands.sessions import leave, say, start_session, start_trial, try_again_from
from quizzes.models import AuditEntry, OpenCheck, Scenario, Session
from quizzes.queries.roleplay import roleplay_list
from quizzes.rules.dialogue.criteria import Level
from quizzes.signals import session_marked
from tests.quizzes.scenarios import GOLDEN
from tests.rules.dialogue.sample import scenario_data

pytestmark = pytest.mark.django_db


def draft(now, scenario=None, base=0, golden=GOLDEN, **changes):
    written = Written(scenario_data(**changes), "text", golden, "golden")
    return save_draft(scenario_id=scenario and scenario.pk, base=base, written=written, at=now)


# --- drafts --------------------------------------------------------------------------------------------------------


def test_a_new_scenario_is_a_draft_that_nobody_meets(now):
    version, new = draft(now)

    scenario = Scenario.objects.get()
    assert (new, version.number, scenario.state) == (True, 1, "draft")
    assert (scenario.current, scenario.title) == (None, "包裹没到")
    assert not Scenario.objects.live().exists()


def test_a_draft_leaves_what_people_talk_with_as_it_is(now):
    first, _new = draft(now)
    publish_version(version_id=first.pk, at=now, by=None)

    second, _new = draft(now, first.scenario, base=1, title="改过的")

    scenario = Scenario.objects.get()
    assert (second.number, scenario.current, scenario.title) == (2, first, "包裹没到")


def test_saving_the_same_twice_is_saving_it_once(now):
    first, _new = draft(now)

    again, new = draft(now, first.scenario, base=1)

    assert (again, new) == (first, False)


def test_who_saves_upon_an_older_version_is_told_of_the_newer(now):
    first, _new = draft(now)
    theirs, _new = draft(now, first.scenario, base=1, title="同事改的")

    with pytest.raises(ChangedMeanwhile) as told:
        draft(now, first.scenario, base=1, title="我改的")

    assert told.value.newest == theirs
    assert first.scenario.versions.count() == 2


def test_a_slug_names_one_scenario_for_good(now):
    first, _new = draft(now)

    with pytest.raises(SlugTaken):
        draft(now)
    with pytest.raises(SlugTaken):
        draft(now, first.scenario, base=1, slug="another")


def test_what_cannot_be_played_is_no_draft(now):
    with pytest.raises(FaultyScenario, match="nowhere"):
        draft(now, out_of_patience="nowhere")
    assert not Scenario.objects.exists()


def test_a_version_keeps_what_it_rests_on(now):
    version, _new = draft(now, lessons=["late-delivery", "refunds"])

    assert set(version.bases.values_list("lesson_key", flat=True)) == {"type-impatient", "late-delivery", "refunds"}


# --- publishing ----------------------------------------------------------------------------------------------------


def test_publishing_is_on_record_and_once(now, admin):
    version, _new = draft(now)

    for _ in range(2):
        publish_version(version_id=version.pk, at=now, by=admin)

    entry = AuditEntry.objects.get(action="scenario_published")
    assert (entry.by, entry.detail["version"], Scenario.objects.live().get().current) == (admin, 1, version)


@pytest.mark.parametrize(
    ("golden", "reason"),
    [
        ([], "只有 0 份"),
        (GOLDEN[:2], "critical"),
        ([{**GOLDEN[0], "name": "other"}, *GOLDEN[1:]], "还缺：excellent"),
        ([{**GOLDEN[0], "must": {**GOLDEN[0]["must"], "ending": "gone"}}, *GOLDEN[1:]], "结局是 done，应为 gone"),
        ([{**GOLDEN[0], "must": {**GOLDEN[0]["must"], "score": [1, 2]}}, *GOLDEN[1:]], "得分"),
        ([{**GOLDEN[0], "events": "您好"}, *GOLDEN[1:]], "events"),
    ],
)
def test_publishing_is_refused_with_the_reason(now, golden, reason):
    version, _new = draft(now, golden=golden)

    with pytest.raises(NotReady, match=reason):
        publish_version(version_id=version.pk, at=now, by=None)

    assert Scenario.objects.get().state == "draft"


def test_an_earlier_version_can_be_taken_back_into_use(now):
    first, _new = draft(now)
    second, _new = draft(now, first.scenario, base=1, title="改过的")
    for version in (first, second, first):
        publish_version(version_id=version.pk, at=now, by=None)

    scenario = Scenario.objects.get()
    assert (scenario.current, scenario.title) == (first, "包裹没到")


def test_what_was_written_on_the_site_stands_until_its_file_changes(now, admin):
    scenario, _changed = save_scenario(data=scenario_data(), at=now)
    written = Written(scenario_data(title="在网站上改的"), "text", GOLDEN, "golden")
    edited, _new = save_draft(scenario_id=scenario.pk, base=1, written=written, at=now, by=admin)
    publish_version(version_id=edited.pk, at=now, by=admin)

    assert save_scenario(data=scenario_data(), at=now)[1] is False
    assert Scenario.objects.get().title == "在网站上改的"
    assert save_scenario(data=scenario_data(title="文件改了"), at=now)[1] is True
    assert Scenario.objects.get().title == "文件改了"


# --- trials --------------------------------------------------------------------------------------------------------


@pytest.fixture
def trial(now, admin):
    version, _new = draft(now)
    return start_trial(version_id=version.pk, learner=admin, at=now)


def said(session, now, text="您好，在无锡，我催一下"):
    page = {"session_id": session.pk, "learner_id": session.learner_id, "at": now}
    return say(**page, text=text, client="tab", sequence=1, after=100)


def test_a_draft_can_be_tried_though_nobody_else_may_talk_with_it(trial):
    assert (trial.trial, trial.level, trial.version.number) == (True, Level.PRACTICE, 1)


def test_a_trial_is_in_no_record_no_queue_and_no_evidence(trial, now, admin, settings):
    told = []
    session_marked.connect(lambda **kwargs: told.append(kwargs), weak=False, dispatch_uid="trial-test")
    said(trial, now, "嗯嗯，等着吧，回头再说")
    leave(session_id=trial.pk, learner_id=admin.pk, at=now)
    session_marked.disconnect(dispatch_uid="trial-test")
    publish_version(version_id=trial.version_id, at=now, by=None)

    assert Session.objects.get().ended_at
    assert not Session.objects.of(admin).exists()
    assert not OpenCheck.objects.exists()
    assert not told
    row = roleplay_list(admin)[0].rows[0]
    assert (row.practised, row.open) == (0, None)


def test_a_new_trial_ends_the_one_before(trial, now, admin):
    fresh = start_trial(version_id=trial.version_id, learner=admin, at=now, seed=7)

    trial.refresh_from_db()
    assert (trial.is_open, fresh.is_open, fresh.seed) == (False, True, 7)


def test_one_may_try_a_scenario_while_one_practises_it(now, admin):
    version, _new = draft(now)
    publish_version(version_id=version.pk, at=now, by=None)
    practised = start_session(scenario_id=version.scenario_id, learner=admin, level=Level.PRACTICE, at=now)

    trial = start_trial(version_id=version.pk, learner=admin, at=now)

    assert trial != practised
    assert Session.objects.open().count() == 2


def test_trying_again_from_a_reply_of_a_trial_is_a_trial(trial, now, admin):
    session = leave(session_id=said(trial, now).pk, learner_id=admin.pk, at=now)

    again = try_again_from(session=session, turn=2, learner=admin, at=now)

    assert (again.trial, again.is_open) == (True, True)


def test_a_scenario_loaded_from_files_keeps_how_it_was_written(now):
    scenario, _changed = save_scenario(data=scenario_data(), at=now, text="# 说明\nslug: x", golden=GOLDEN)

    assert scenario.current.as_written().startswith("# 说明")
    assert "name: excellent" in scenario.current.golden_as_written()
