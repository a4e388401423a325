"""Choosing a simulated customer."""

from random import SystemRandom

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quizzes.commands.sessions import (
    AT_ONCE,
    NotLive,
    TooFewScenarios,
    leave_forgotten,
    start_session,
    start_several,
)
from quizzes.models import Scenario, Session
from quizzes.models.labels import choices
from quizzes.queries.results import lesson_links
from quizzes.queries.roleplay import roleplay_list, row_of
from quizzes.rules.dialogue.criteria import Level
from quizzes.rules.dialogue.reading import PLATFORMS
from quizzes.rules.dialogue.scenario import Stage
from quizzes.rules.vocabulary import Platform

HISTORY = 10


@login_required
@never_cache
@require_safe
def roleplay(request):
    """The customers by type, filtered by platform and stage."""
    leave_forgotten(learner_id=request.user.pk, at=timezone.now())
    platform, stage = request.GET.get("platform", ""), request.GET.get("stage", "")
    context = {
        "groups": roleplay_list(request.user, platform=platform, stage=stage),
        "platforms": [(key, label) for key, label in choices(Platform) if key in PLATFORMS],
        "stages": choices(Stage),
        "platform": platform,
        "stage": stage,
    }
    return render(request, "quizzes/roleplay.html", context)


@login_required
@never_cache
@require_safe
def scenario(request, slug):
    """One customer before the talk: what to know, the levels, and one's own talks so far."""
    found = get_object_or_404(Scenario.objects.live().select_related("current"), slug=slug)
    sessions = list(Session.objects.of(request.user).filter(scenario=found).order_by("started_at", "pk"))
    script = found.current.script()
    links = lesson_links((found.customer_type, *script.lessons))
    context = {
        "scenario": found,
        "script": script,
        "row": row_of(found, sessions),
        "type": links.get(found.customer_type),
        "lessons": [links[key] for key in script.lessons if key in links and key != found.customer_type],
        "sessions": [session for session in reversed(sessions) if not session.is_open][:HISTORY],
        "at_once": AT_ONCE,
    }
    return render(request, "quizzes/scenario.html", context)


@login_required
@require_POST
def scenario_start(request, slug):
    """Begin a talk at the level of the pressed button; ``seed`` meets the same customer again."""
    found = get_object_or_404(Scenario.objects.live(), slug=slug)
    at = timezone.now()
    level = request.POST.get("level", "")
    seed = request.POST.get("seed", "")
    try:
        if level == Level.SEVERAL:
            talks = start_several(scenario_id=found.pk, learner=request.user, at=at, chance=SystemRandom())
            return redirect("quizzes:session", pk=talks[0].pk)
        session = start_session(
            scenario_id=found.pk,
            learner=request.user,
            level=Level.EXAM if level == Level.EXAM else Level.PRACTICE,
            at=at,
            seed=int(seed) if seed.isascii() and seed.isdigit() and len(seed) < 10 else None,
        )
    except NotLive:
        messages.warning(request, _("这位顾客刚刚下线，请另选一位。"))
        return redirect("quizzes:roleplay")
    except TooFewScenarios:
        messages.warning(request, _("现在凑不齐三位顾客：先聊完正在进行的，或过几天再来。"))
        return redirect("quizzes:scenario", slug=slug)
    return redirect("quizzes:session", pk=session.pk)
