from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.commands.attempts import close_overdue
from trainer.forms.what_if import WhatIfForm
from trainer.models import Employment
from trainer.queries.confirmation import Confirmation, confirmation_of
from trainer.queries.decision_page import final_decisions_of
from trainer.queries.streaks import streak_of
from trainer.queries.today import today_of

NEWS = timedelta(days=7)


@login_required
def home(request):
    """Today for a trainee; others come to where their work is."""
    if request.user.has_perm("trainer.load_content"):
        return redirect("trainer:content")
    if request.user.has_perm("trainer.view_team"):
        return redirect("trainer:team")
    at = timezone.now()
    confirmation = own_confirmation(request.user, at=at)
    decisions = final_decisions_of(request.user) if confirmation else []
    what_if = WhatIfForm(request.GET, lines=confirmation.lines) if confirmation else None
    return render(
        request,
        "trainer/home.html",
        {
            "confirmation": confirmation,
            "decisions": decisions,
            "fresh": [one for one in decisions if not one.superseded and at - one.closed_at < NEWS],
            "today": confirmation and today_of(confirmation),
            "what_if": what_if,
            "assumed": confirmation.if_scored(what_if.scores) if what_if and what_if.scores else None,
            "streak": streak_of(request.user, at=at) if confirmation and request.user.shows_streak else 0,
            "greeting": greeting(timezone.localtime(at)),
            "at": at,
        },
    )


def own_confirmation(user, *, at: datetime) -> Confirmation | None:
    """Where ``user`` stands, with attempts whose time is over closed first; ``None`` without an employment record."""
    employment = Employment.objects.select_related("user", "team__supervisor").filter(user=user).first()
    if employment is None:
        return None
    confirmation = confirmation_of(employment, at=at)
    if confirmation.overdue:
        close_overdue(at=at, learner_id=user.pk)
        confirmation = confirmation_of(employment, at=at)
    return confirmation


def greeting(local: datetime) -> str:
    if local.hour < 5 or local.hour >= 18:
        return _("晚上好")
    if local.hour < 11:
        return _("早上好")
    return _("中午好") if local.hour < 13 else _("下午好")
