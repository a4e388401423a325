"""The scenarios of a load: drafts at confirmation, talked with from publication on, taken back with the load."""

from collections.abc import Sequence
from datetime import datetime

from quizzes.commands.scenarios import NotReady, Written, publish_version, save_draft, take_back_version
from quizzes.models import Scenario, ScenarioVersion
from trainer.models import Load, LoadEntry
from trainer.queries.scenarios import newest_version
from trainer.readers.scenario_text import read_golden_text, read_scenario_text
from trainer.rules.loaded_scenarios import LoadedScenario, Part, scenario_from_data
from trainer.rules.loads import Decision, EntryKind


def waiting_scenarios(load: Load) -> list[LoadEntry]:
    """The entries that were taken and are no draft yet."""
    taken = load.entries.filter(kind=EntryKind.SCENARIO, decision=Decision.TAKE, scenario_version=None)
    return list(taken.order_by("file__position", "position"))


def save_scenario_drafts(entries: Sequence[LoadEntry], by, at: datetime) -> None:
    """One draft for each scenario, of what came for it: what did not come stays as its newest version says it.

    Transcripts of a scenario that is not there are left out, with the reason.
    """
    by_slug: dict[str, dict[Part, tuple[LoadEntry, LoadedScenario]]] = {}
    for entry in entries:
        found = scenario_from_data(entry.data or {})
        by_slug.setdefault(found.slug, {})[found.part] = (entry, found)
    for slug, parts in by_slug.items():
        scenario = Scenario.objects.filter(slug=slug).first()
        newest = newest_version(scenario) if scenario else None
        if Part.SCENARIO not in parts and newest is None:
            _leave_out(parts[Part.GOLDEN][0], f"没有代号叫“{slug}”的情景。文件名要和情景的 slug 一样。")
            continue
        version, _new = save_draft(
            scenario_id=scenario.pk if scenario else None,
            base=newest.number if newest else 0,
            written=_written({part: found for part, (_entry, found) in parts.items()}, newest),
            by=by,
            at=at,
        )
        for entry, _found in parts.values():
            entry.scenario_version = version
            entry.save(update_fields=["scenario_version"])


def _written(parts: dict[Part, LoadedScenario], newest: ScenarioVersion | None) -> Written:
    text = parts[Part.SCENARIO].text if Part.SCENARIO in parts else (newest.as_written() if newest else "")
    data = read_scenario_text(text).data if Part.SCENARIO in parts else (newest.data if newest else {})
    if Part.GOLDEN in parts:
        golden_text = parts[Part.GOLDEN].text
        return Written(data, text, read_golden_text(golden_text).data, golden_text)
    return Written(data, text, newest.golden if newest else [], newest.golden_text if newest else "")


def _leave_out(entry: LoadEntry, reason: str) -> None:
    entry.decision, entry.reason = Decision.SKIP, reason
    entry.save(update_fields=["decision", "reason"])


def publish_scenarios(load: Load, by, at: datetime) -> None:
    """Publish the drafts of the load. One whose transcripts do not hold stays a draft, and its entries say why."""
    for entry, version in _drafts(load):
        before = version.scenario.current
        if before == version:
            continue
        try:
            publish_version(version_id=version.pk, by=by, at=at)
        except NotReady as error:
            entry.reason = f"还是草稿，没有发布：{'；'.join(error.reasons)}"
        else:
            entry.scenario_before, entry.reason = before, ""
        entry.save(update_fields=["scenario_before", "reason"])


def unpublished_scenarios(load: Load) -> list[str]:
    """The titles of those that stayed drafts when the load was published."""
    return [
        version.scenario.title
        for _entry, version in _drafts(load)
        if version.scenario.current_id != version.pk
    ]


def withdraw_scenarios(load: Load, by, at: datetime) -> int:
    """Let people talk with what was there before the load, or with nothing; those changed since stay. How many."""
    return sum(
        take_back_version(version_id=version.pk, before=entry.scenario_before, by=by, at=at)
        for entry, version in _drafts(load)
    )


def _drafts(load: Load) -> list[tuple[LoadEntry, ScenarioVersion]]:
    """One entry for each version that the load made, with the version."""
    entries = load.entries.filter(kind=EntryKind.SCENARIO).exclude(scenario_version=None).order_by("pk")
    related = entries.select_related("scenario_version__scenario__current", "scenario_before")
    found = {entry.scenario_version: entry for entry in reversed(related) if entry.scenario_version}
    return [(entry, version) for version, entry in found.items()]
