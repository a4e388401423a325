"""Writing a scenario as YAML, with its map and its problems beside it. Saving makes a draft."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from quizzes.commands.scenarios import ChangedMeanwhile, SlugTaken, Written, save_draft
from quizzes.commands.sessions import start_trial
from quizzes.models import Scenario, ScenarioVersion
from quizzes.queries.patterns import shop_judge
from quizzes.queries.scenario_map import map_page
from quizzes.rules.dialogue.criteria import shipped
from quizzes.rules.dialogue.readiness import Readiness, readiness
from quizzes.rules.differences import compare, side_by_side
from trainer.forms.scenarios import ScenarioForm
from trainer.queries.scenarios import known_names, newest_version
from trainer.readers.scenario_text import (
    Fault,
    GoldenRead,
    ScenarioRead,
    read_golden_text,
    read_scenario_text,
    sample_text,
)


@dataclass(frozen=True)
class Checked:
    """What was typed, as it was read."""

    scenario: ScenarioRead
    golden: GoldenRead
    readiness: Readiness | None

    @property
    def written(self) -> bool:
        """Whether the scenario can be saved; its transcripts may still be unfinished."""
        return not self.scenario.faults

    @property
    def wrong(self) -> set[str]:
        return {fault.beat for fault in self.scenario.faults if fault.beat}


@login_required
@permission_required("quizzes.change_scenario", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug=None):
    """The editor. ``check`` reads what was typed and saves nothing, ``save`` makes a draft, ``try`` talks with it."""
    scenario = get_object_or_404(Scenario, slug=slug) if slug else None
    newest = newest_version(scenario) if scenario else None
    if request.method != "POST":
        initial = _initial(newest)
        return _show(request, scenario, newest, ScenarioForm(initial=initial), _check(initial))
    form = ScenarioForm(request.POST, request.FILES)
    sound = form.is_valid()
    typed = form.typed()
    checked = _check(typed)
    action = request.POST.get("action", "check")
    if not sound or action not in ("save", "try") or request.FILES:
        return _show(request, scenario, newest, form, checked, status=200 if sound else 422)
    if not checked.written:
        return _show(request, scenario, newest, form, checked, status=422)
    try:
        version, new = _save(request, scenario, typed, checked)
    except ChangedMeanwhile as error:
        return _show(request, scenario, error.newest, form, checked, conflict=error.newest, status=409)
    except SlugTaken:
        taken = _taken(checked, scenario)
        return _show(request, scenario, newest, form, checked, taken=taken, status=422)
    if action == "try":
        session = start_trial(version_id=version.pk, learner=request.user, at=timezone.now())
        return redirect("quizzes:session", pk=session.pk)
    if new:
        messages.success(request, _("第 %(number)d 版草稿存好了，学员还看不到。") % {"number": version.number})
    else:
        messages.info(request, _("和第 %(number)d 版一字不差，没有另存。") % {"number": version.number})
    return redirect("trainer:content_scenario_edit", slug=version.scenario.slug)


def _initial(newest: ScenarioVersion | None) -> dict:
    if newest is None:
        return {"base": 0, "text": sample_text(), "golden_text": ""}
    return {"base": newest.number, "text": newest.as_written(), "golden_text": newest.golden_as_written()}


def _check(typed: dict) -> Checked:
    lessons, facts = known_names()
    scenario = read_scenario_text(typed["text"], lessons=lessons, facts=facts)
    golden_text = typed["golden_text"]
    golden = read_golden_text(golden_text) if golden_text.strip() else GoldenRead((), [], ())
    ready = None
    if scenario.scenario and not scenario.faults:
        ready = readiness(scenario.scenario, golden.data, shipped(), shop_judge())
    return Checked(scenario, golden, ready)


def _save(request, scenario: Scenario | None, typed: dict, checked: Checked) -> tuple[ScenarioVersion, bool]:
    written = Written(checked.scenario.data, typed["text"], checked.golden.data, typed["golden_text"])
    return save_draft(
        scenario_id=scenario.pk if scenario else None,
        base=typed.get("base") or 0,
        written=written,
        by=request.user,
        at=timezone.now(),
    )


def _taken(checked: Checked, scenario: Scenario | None) -> str:
    slug = checked.scenario.scenario.slug if checked.scenario.scenario else ""
    if scenario:
        return _("代号（slug）不能改：它是“%(slug)s”。要另起一个，请新建情景。") % {"slug": scenario.slug}
    return _("已经有代号叫“%(slug)s”的情景，请换一个 slug。") % {"slug": slug}


def _show(
    request,
    scenario: Scenario | None,
    newest: ScenarioVersion | None,
    form: ScenarioForm,
    checked: Checked,
    *,
    conflict: ScenarioVersion | None = None,
    taken: str = "",
    status: int = 200,
):
    typed = form.typed()
    base = conflict.number if conflict else typed.get("base") or 0
    script = checked.scenario.scenario
    context = {
        "scenario": scenario,
        "newest": newest,
        "form": form,
        "text": typed["text"],
        "golden_text": typed["golden_text"],
        "base": base,
        "checked": checked,
        "faults": _lined(checked.scenario.faults, typed["text"]),
        "golden_faults": _lined(checked.golden.faults, typed["golden_text"]),
        "map": map_page(script, checked.wrong) if script and script.beats else None,
        "conflict": conflict,
        "differences": _differences(conflict, typed) if conflict else (),
        "taken": taken,
    }
    return render(request, "trainer/scenario_edit.html", context, status=status)


def _lined(faults: tuple[Fault, ...], text: str) -> list[tuple[Fault, str]]:
    """Each fault with the line that it is about."""
    lines = text.splitlines()
    return [(fault, lines[fault.line - 1].strip()[:80] if fault.line <= len(lines) else "") for fault in faults]


def _differences(theirs: ScenarioVersion, typed: dict):
    rows = compare(theirs.as_written().splitlines(), typed["text"].splitlines())
    more = compare(theirs.golden_as_written().splitlines(), typed["golden_text"].splitlines())
    return side_by_side([*rows, *more])
