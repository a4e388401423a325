"""The typing check: choosing, typing, and what came of it."""

from random import SystemRandom
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quizzes.commands.typing import (
    GRACE,
    NoSuchPassage,
    RunOver,
    TypedElsewhere,
    close_overdue_typing,
    finish_typing,
    keep_typing,
    start_typing,
)
from quizzes.forms.drills import BODY_LIMIT, UnreadableTyping, posted_typing, read_typing
from quizzes.models import TypingRun
from quizzes.permissions import learners_in_reach
from quizzes.queries.drills import best_typing, chart_of
from quizzes.rules.drills.shipped import passages, typing_terms
from quizzes.rules.typing import align, letters
from quizzes.rules.vocabulary import Mode

PER_PAGE = 10


@login_required
@never_cache
@require_safe
def typing(request):
    """What is asked for, the passages to practise with, and one's own results."""
    close_overdue_typing(at=timezone.now(), learner_id=request.user.pk)
    runs = list(TypingRun.objects.of(request.user).defer("text", "typed", "inputs"))
    terms = typing_terms()
    counted = [run.correct_per_minute for run in reversed(runs) if run.counted]
    context = {
        "open": next((run for run in runs if run.is_open), None),
        "best": best_typing([request.user.pk]).get(request.user.pk),
        "terms": terms,
        "passages": [(one, len(letters(one.text))) for one in passages()],
        "page": Paginator([run for run in runs if not run.is_open], PER_PAGE).get_page(request.GET.get("page")),
        "chart": chart_of(counted, terms.bar, "{:.0f}"),
    }
    return render(request, "quizzes/typing.html", context)


@login_required
@require_POST
def start(request):
    """A test, or practice with the chosen passage; a run that is open is gone on with."""
    passage = request.POST.get("passage", "")
    mode = Mode.PRACTICE if passage else Mode.EXAM
    try:
        run = start_typing(
            learner=request.user,
            mode=mode,
            passage=passage,
            at=timezone.now(),
            chance=SystemRandom(),
        )
    except NoSuchPassage:
        messages.warning(request, _("没有这篇短文了，请另选一篇。"))
        return redirect("quizzes:typing")
    if run.mode != mode:
        messages.info(request, _("这一次还没打完，先打完或者结束它，再开始别的。"))
    return redirect("quizzes:typing_run", pk=run.pk)


@login_required
@never_cache
@require_safe
def run(request, pk):
    """The page to type on, or the result: one's own, or that of somebody in reach."""
    at = timezone.now()
    mine = Q(learner=request.user) | Q(learner__in=learners_in_reach(request.user))
    found = get_object_or_404(TypingRun.objects.filter(mine).select_related("learner"), pk=pk)
    own = found.learner_id == request.user.pk
    if own and found.is_open and at > found.ends_at + GRACE:
        close_overdue_typing(at=at, learner_id=request.user.pk)
        found.refresh_from_db()
    if found.is_open:
        if not own:
            raise Http404
        return render(request, "quizzes/typing_run.html", _page_of(found, at))
    context = {
        "run": found,
        "own": own,
        "terms": found.frozen_terms(),
        "alignment": align(found.text, found.typed),
        "seconds": round((found.finished_at - found.started_at).total_seconds()),
        "blocked": sum(found.blocked.values()),
    }
    return render(request, "quizzes/typing_result.html", context)


def _page_of(found: TypingRun, at) -> dict:
    return {
        "run": found,
        "terms": found.frozen_terms(),
        "length": len(letters(found.text)),
        "token": uuid4(),
        "kept": {"text": found.typed, "inputs": found.inputs, "blocked": found.blocked, "seen": found.saves},
        "now": round(at.timestamp() * 1000),
        "began": round(found.started_at.timestamp() * 1000),
        "ends": round(found.ends_at.timestamp() * 1000),
    }


@login_required
@require_POST
def keep(request, pk):
    """What is typed so far, as JSON; see ``forms.drills.read_typing``. Answers ``{"seen"}`` or ``{"error"}``."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY_LIMIT:
        return JsonResponse({"error": _("太长了，没有保存。")}, status=413)
    try:
        found = keep_typing(
            run_id=pk, learner_id=request.user.pk, typed=read_typing(request.body), at=timezone.now()
        )
    except UnreadableTyping as error:
        return JsonResponse({"error": str(error)}, status=400)
    except TypingRun.DoesNotExist:
        return JsonResponse({"error": _("没有找到这次打字。")}, status=404)
    except RunOver:
        return JsonResponse({"error": _("这次已经结束了。"), "over": True}, status=409)
    except TypedElsewhere:
        return JsonResponse({"error": _elsewhere()}, status=409)
    return JsonResponse({"seen": found.saves})


@login_required
@require_POST
def finish(request, pk):
    """End the run. A second press, or a second tab, ends on the same result."""
    try:
        finish_typing(
            run_id=pk, learner_id=request.user.pk, typed=posted_typing(request.POST), at=timezone.now()
        )
    except TypingRun.DoesNotExist as error:
        raise Http404 from error
    except UnreadableTyping as error:
        messages.warning(request, str(error))
    except TypedElsewhere:
        messages.warning(request, _elsewhere())
    return redirect("quizzes:typing_run", pk=pk)


def _elsewhere() -> str:
    return _("这次打字刚在另一个窗口继续了，这一页没有保存。刷新页面就能接着打。")
