"""The debrief of a talk, read by who talked and by who looks after them; objections, comments, and trying again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.commands.rulings import appeal_check, comment_on
from quizzes.commands.sessions import try_again_from
from quizzes.forms.ruling import AppealForm, CommentForm
from quizzes.models import CheckResult, Session
from quizzes.permissions import learners_in_reach
from quizzes.queries.debrief import debrief_of
from quizzes.rules.dialogue.scenario import MOST_PATIENCE


def _ended(request, pk: int) -> Session:
    """A talk of one's own, or of somebody in reach."""
    mine = Q(learner=request.user) | Q(learner__in=learners_in_reach(request.user))
    return get_object_or_404(Session.objects.filter(mine).select_related("version", "scenario", "learner"), pk=pk)


@login_required
@require_safe
def debrief(request, pk):
    session = _ended(request, pk)
    own = session.learner_id == request.user.pk
    if session.is_open:
        if own:
            return redirect("quizzes:session", pk=pk)
        raise Http404
    found = debrief_of(session)
    context = {
        "session": session,
        "debrief": found,
        "own": own,
        "may_rule": not own and request.user.has_perm("quizzes.rule_on_check"),
        "comments": session.comments.select_related("by"),
        "chart": _chart(found.patience),
        "most_patience": MOST_PATIENCE,
    }
    return render(request, "quizzes/debrief.html", context)


def _chart(patience: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """Places in a drawing of 100 × 40 for each value: x, y, value."""
    step = 92 / max(len(patience) - 1, 1)
    return [
        (round(4 + place * step), round(36 - 32 * value / MOST_PATIENCE), value) for place, value in enumerate(patience)
    ]


@login_required
@require_POST
def appeal(request, pk):
    """Object to a check of one's own talk, with a reason."""
    session = get_object_or_404(Session.objects.ended(), pk=pk, learner=request.user)
    form = AppealForm(request.POST)
    if form.is_valid():
        result = get_object_or_404(CheckResult, pk=form.cleaned_data["result"], turn__session=session)
        appeal_check(result_id=result.pk, learner=request.user, reason=form.cleaned_data["reason"], at=timezone.now())
        messages.success(request, _("申诉已经交给主管，有结果会写在这一句下面。"))
    else:
        messages.warning(request, _("写上理由再提交：哪几个字说明判错了。"))
    return redirect("quizzes:debrief", pk=pk)


@login_required
@permission_required("quizzes.rule_on_check", raise_exception=True)
@require_POST
def comment(request, pk):
    session = get_object_or_404(Session.objects.ended(), pk=pk, learner__in=learners_in_reach(request.user))
    form = CommentForm(request.POST)
    if form.is_valid():
        comment_on(session=session, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
        messages.success(request, _("评语已保存，学员在复盘里看得到。"))
    else:
        messages.warning(request, _("写点什么再保存，最多 1000 字。"))
    return redirect("quizzes:debrief", pk=pk)


@login_required
@require_POST
def again(request, pk):
    """Practise the same customer again from the reply with the number ``turn``; without one from the beginning."""
    session = get_object_or_404(Session.objects.ended(), pk=pk, learner=request.user)
    turn = request.POST.get("turn", "")
    number = int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 6 else 0
    fresh = try_again_from(session=session, turn=number, learner=request.user, at=timezone.now())
    return redirect("quizzes:session", pk=fresh.pk)
