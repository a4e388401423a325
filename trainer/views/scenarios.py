"""Scenarios for those who look after them: the list, and one through its versions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.commands.scenarios import NotReady, publish_version, set_scenario_state
from quizzes.commands.sessions import start_trial
from quizzes.formats.sheets.lists import Value
from quizzes.models import Scenario, ScenarioVersion
from quizzes.queries.patterns import shop_judge
from quizzes.queries.scenario_map import map_page
from quizzes.rules.dialogue.criteria import shipped
from quizzes.rules.dialogue.readiness import readiness
from quizzes.rules.vocabulary import QuestionState
from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.commands.scenario_reviews import settle_reviews
from trainer.forms.scenarios import ScenarioFilterForm
from trainer.queries.lessons import lesson_links
from trainer.queries.scenarios import ScenarioLine, customer_types, history_of, lines_of, scenario_rows, version_lines

PER_PAGE = 25
MOST_SEEDS = 10_000


@login_required
@permission_required("quizzes.view_scenario", raise_exception=True)
@require_safe
def scenarios(request):
    """The scenarios to look after; ``format=xlsx`` gives the list as a file."""
    form = ScenarioFilterForm(request.GET, types=customer_types())
    rows = scenario_rows(form.wanted())
    if wants_sheet(request):
        headers = [
            _("名称"), _("代号"), _("平台"), _("环节"), _("顾客类型"), _("最新版本"), _("状态"), _("有草稿"),
            _("待重看"),
        ]  # fmt: skip
        return as_sheet(_("对练情景"), headers, map(_row, lines_of(list(rows))))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lines": lines_of(page.object_list)}
    return render(request, "trainer/content_scenarios.html", context)


def _row(line: ScenarioLine) -> list[Value]:
    one = line.scenario
    return [
        one.title, one.slug, str(one.get_platform_display()), str(one.get_stage_display()), line.type, line.newest,
        str(one.get_state_display()), _("是") if line.draft_waits else _("否"), _("是") if line.reviews else _("否"),
    ]  # fmt: skip


@login_required
@permission_required("quizzes.view_scenario", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def scenario(request, slug):
    """One scenario: its map, its versions, who did what; ``?replay`` replays the golden transcripts of the version
    shown. A post publishes a version, retires the scenario, restores it, or says that somebody has looked at it."""
    found = get_object_or_404(Scenario.objects.select_related("current"), slug=slug)
    if request.method == "POST":
        return _change(request, found)
    lines = version_lines(found)
    if not lines:
        raise Http404
    wanted = request.GET.get("version", "")
    shown = next((line for line in lines if str(line.version.number) == wanted), lines[0])
    script = shown.version.script()
    lessons, facts = script.rests_on()
    replay = "replay" in request.GET
    context = {
        "scenario": found,
        "lines": lines,
        "shown": shown,
        "script": script,
        "type": lesson_links([found.customer_type]).get(found.customer_type),
        "map": map_page(script),
        "checked": readiness(script, shown.version.golden, shipped(), shop_judge()) if replay else None,
        "golden_count": len(shown.version.golden),
        "history": history_of(found),
        "reviews": found.reviews.open().select_related("change__version__lesson"),
        "lessons": lessons,
        "facts": facts,
    }
    return render(request, "trainer/content_scenario.html", context)


def _change(request, found: Scenario):
    if not request.user.has_perm("quizzes.change_scenario"):
        raise PermissionDenied
    action = ACTIONS.get(request.POST.get("action", ""))
    if action is None:
        messages.error(request, _("看不懂这个操作，请刷新页面再试。"))
    else:
        action(request, found)
    return redirect("trainer:content_scenario", slug=found.slug)


def _publish(request, found: Scenario):
    number = request.POST.get("version", "")
    version = found.versions.filter(number=number if number.isascii() and number.isdigit() else 0).first()
    if version is None:
        messages.error(request, _("没有这一版，请刷新页面再试。"))
        return
    try:
        publish_version(version_id=version.pk, by=request.user, at=timezone.now())
    except NotReady as error:
        reasons = _("；").join(error.reasons)
        messages.error(request, _("没有发布：%(reasons)s。") % {"reasons": reasons})
    else:
        settle_reviews(scenario_id=found.pk, by=request.user, at=timezone.now())
        messages.success(request, _("第 %(number)d 版已发布，新开的对练用这一版。") % {"number": version.number})


def _retire(request, found: Scenario):
    set_scenario_state(scenario_id=found.pk, state=QuestionState.RETIRED, by=request.user, at=timezone.now())
    messages.success(request, _("已停用，学员看不到了；正在聊的可以聊完，随时可以恢复。"))


def _restore(request, found: Scenario):
    state = QuestionState.LIVE if found.current_id else QuestionState.DRAFT
    set_scenario_state(scenario_id=found.pk, state=state, by=request.user, at=timezone.now())
    messages.success(request, _("已恢复。"))


def _settle(request, found: Scenario):
    settle_reviews(scenario_id=found.pk, by=request.user, at=timezone.now())
    messages.success(request, _("记下了：这个情景看过，不用改。"))


ACTIONS = {"publish": _publish, "retire": _retire, "restore": _restore, "settle": _settle}


@login_required
@permission_required("quizzes.change_scenario", raise_exception=True)
@require_POST
def try_it(request, slug, number):
    """Talk with any version oneself, in practice and off the record; ``seed`` meets a certain customer."""
    version = get_object_or_404(ScenarioVersion, scenario__slug=slug, number=number)
    given = request.POST.get("seed", "")
    seed = int(given) % MOST_SEEDS if given.isascii() and given.isdigit() and len(given) < 10 else 0
    session = start_trial(version_id=version.pk, learner=request.user, at=timezone.now(), seed=seed)
    return redirect("quizzes:session", pk=session.pk)
