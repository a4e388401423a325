"""Keeping scenarios: a changed one is a new version, so that every talk can be shown as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from quizzes.models import AuditEntry, Scenario, ScenarioBasis, ScenarioVersion
from quizzes.queries.patterns import shop_judge
from quizzes.rules.dialogue.checking import check
from quizzes.rules.dialogue.criteria import shipped
from quizzes.rules.dialogue.plain import Problem
from quizzes.rules.dialogue.readiness import readiness
from quizzes.rules.dialogue.reading import read_scenario
from quizzes.rules.dialogue.scenario import Scenario as Script
from quizzes.rules.vocabulary import QuestionState


class FaultyScenario(ValueError):
    """The scenario cannot be played: ``problems`` say where and why. Nothing was saved."""

    def __init__(self, problems: tuple[Problem, ...]):
        super().__init__("；".join(map(str, problems)))
        self.problems = problems


class SlugTaken(Exception):
    """Another scenario has this slug, or a version would change the slug that its scenario has."""


class ChangedMeanwhile(Exception):
    """Somebody has saved a version since; ``newest`` is that one. Nothing was saved."""

    def __init__(self, newest: ScenarioVersion):
        super().__init__(newest.number)
        self.newest = newest


class NotReady(Exception):
    """The golden transcripts keep the version from being published; ``reasons`` say how. Nothing was changed."""

    def __init__(self, reasons: tuple[str, ...]):
        super().__init__("；".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Written:
    """A scenario as somebody wrote it: what it says, with its golden transcripts, and the text of both."""

    data: Mapping[str, Any]
    text: str = ""
    golden: Sequence[Any] = field(default_factory=list)
    golden_text: str = ""


@transaction.atomic
def save_scenario(*, data: Mapping[str, Any], at: datetime, by=None, **as_written: Any) -> tuple[Scenario, bool]:
    """Keep ``data`` as the current version of its scenario; the same data twice is one version.

    It is compared with what ``by`` (nobody: files) brought last: what somebody else has written since stands until
    that changes. ``as_written`` are the other fields of ``Written``. Gives the scenario and whether anything changed.
    A new scenario is a draft. Raises ``FaultyScenario``.
    """
    script, written = _checked(Written(data, **as_written))
    scenario, created = Scenario.objects.select_for_update().get_or_create(slug=script.slug, defaults=_told(script))
    newest = scenario.versions.order_by("-number").first()
    brought = scenario.versions.filter(created_by=by).order_by("-number").first()
    if brought and _same(brought, written) and scenario.current_id:
        return scenario, False
    version = _add(scenario, newest, script, written, at, by)
    _tell(scenario, script)
    scenario.current = version
    scenario.save()
    _note("scenario_saved", scenario, at, by, {"version": version.number, "new": created})
    return scenario, True


@transaction.atomic
def save_draft(
    *, scenario_id: int | None, base: int, written: Written, at: datetime, by=None
) -> tuple[ScenarioVersion, bool]:
    """Keep ``written`` as a version that nobody talks with before it is published; the same twice is one version.

    ``scenario_id`` is ``None`` for a new scenario; ``base`` is the number of the newest version that the writer has
    seen (0 for none). Gives the version and whether it is a new one.
    Raises ``FaultyScenario``, ``ChangedMeanwhile`` and ``SlugTaken``.
    """
    script, written = _checked(written)
    if scenario_id is None:
        scenario, created = Scenario.objects.get_or_create(slug=script.slug, defaults=_told(script))
        if not created:
            raise SlugTaken(script.slug)
    else:
        scenario = Scenario.objects.select_for_update().get(pk=scenario_id)
        if scenario.slug != script.slug:
            raise SlugTaken(script.slug)
    newest = scenario.versions.order_by("-number").first()
    if newest and _same(newest, written):
        return newest, False
    if newest and newest.number != base:
        raise ChangedMeanwhile(newest)
    version = _add(scenario, newest, script, written, at, by)
    if scenario.current_id is None:
        _tell(scenario, script)
        scenario.save()
    _note("scenario_draft", scenario, at, by, {"version": version.number, "new": newest is None})
    return version, True


@transaction.atomic
def publish_version(*, version_id: int, at: datetime, by) -> Scenario:
    """Let people talk with this version from now on; twice is once. Talks under way go on as they began.

    Raises ``NotReady`` where its golden transcripts are too few or do not score as stated.
    """
    version = ScenarioVersion.objects.get(pk=version_id)
    scenario = Scenario.objects.select_for_update().get(pk=version.scenario_id)
    if scenario.state == QuestionState.LIVE and scenario.current_id == version.pk:
        return scenario
    script = version.script()
    found = readiness(script, version.golden, shipped(), shop_judge())
    if not found.ready:
        raise NotReady(found.lacking)
    detail = {"version": version.number, "from": scenario.state, "before": scenario.current_id}
    _tell(scenario, script)
    scenario.current, scenario.state = version, QuestionState.LIVE
    scenario.save()
    _note("scenario_published", scenario, at, by, detail)
    return scenario


@transaction.atomic
def take_back_version(*, version_id: int, before: ScenarioVersion | None, at: datetime, by) -> bool:
    """Let people talk with ``before`` again in the place of this version, or with nothing where there was nothing.

    Gives whether anything changed: a scenario that has moved on since stays as it is.
    """
    version = ScenarioVersion.objects.get(pk=version_id)
    scenario = Scenario.objects.select_for_update().get(pk=version.scenario_id)
    if scenario.current_id not in (None, version.pk) or scenario.state == QuestionState.RETIRED:
        return False
    detail = {"version": version.number, "before": before.number if before else None}
    if before:
        _tell(scenario, before.script())
        scenario.current = before
    else:
        scenario.state = QuestionState.RETIRED
    scenario.save()
    _note("scenario_taken_back", scenario, at, by, detail)
    return True


@transaction.atomic
def set_scenario_state(*, scenario_id: int, state: QuestionState, at: datetime, by=None) -> Scenario:
    """Publish (``live``), take back (``draft``) or retire a scenario; talks under way go on to their end."""
    scenario = Scenario.objects.select_for_update().get(pk=scenario_id)
    if scenario.state != state:
        before, scenario.state = scenario.state, state
        scenario.save(update_fields=["state"])
        _note("scenario_state", scenario, at, by, {"from": before, "to": state})
    return scenario


def _checked(written: Written) -> tuple[Script, Written]:
    script, problems = read_scenario(written.data)
    problems = problems or check(script)
    if problems:
        raise FaultyScenario(problems)
    data = {**written.data, "start": script.start}  # a database may keep the beats in another order
    return script, Written(data, written.text, list(written.golden), written.golden_text)


def _same(version: ScenarioVersion, written: Written) -> bool:
    said = (version.data, version.text, version.golden, version.golden_text)
    return said == (written.data, written.text, written.golden, written.golden_text)


def _add(
    scenario: Scenario, newest: ScenarioVersion | None, script: Script, written: Written, at: datetime, by
) -> ScenarioVersion:
    version = ScenarioVersion.objects.create(
        scenario=scenario,
        number=newest.number + 1 if newest else 1,
        data=written.data,
        text=written.text,
        golden=written.golden,
        golden_text=written.golden_text,
        created_at=at,
        created_by=by,
    )
    lessons, facts = script.rests_on()
    ScenarioBasis.objects.bulk_create(
        [ScenarioBasis(version=version, lesson_key=key) for key in lessons]
        + [ScenarioBasis(version=version, fact_key=key) for key in facts]
    )
    return version


def _told(script: Script) -> dict[str, Any]:
    """What the scenario's own row repeats."""
    return {
        "title": script.title,
        "platform": script.platform,
        "stage": script.stage,
        "customer_type": script.customer_type,
        "minutes": script.minutes,
    }


def _tell(scenario: Scenario, script: Script) -> None:
    for name, value in _told(script).items():
        setattr(scenario, name, value)


def _note(action: str, scenario: Scenario, at: datetime, by, detail: dict[str, Any]) -> None:
    AuditEntry.objects.create(at=at, by=by, action=action, target=f"scenario:{scenario.slug}", detail=detail)
