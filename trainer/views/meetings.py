"""Monday's meeting: the pack on one page and as a file, and what was agreed on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.views.downloads import as_file
from trainer.commands.meetings import DueBefore, NotOfTheTeam, add_action, settle_action
from trainer.forms.meetings import ActionForm, MeetingForm, SettleForm
from trainer.models import Action, Team
from trainer.permissions import teams_in_care
from trainer.queries.meeting import meeting
from trainer.rules.pack import WEEK, week_to_discuss
from trainer.views.pack_files import as_pdf, as_word

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_safe
def pack(request):
    """The pack of one team for one week; ``format=docx`` or ``pdf`` gives it as a file."""
    form = MeetingForm(request.GET, teams=list(teams_in_care(request.user)))
    team, monday = form.chosen()
    if team is None:
        return render(request, "trainer/meeting.html", {"meeting": None})
    found = meeting(team, monday=monday, at=timezone.now())
    match request.GET.get("format", ""):
        case "docx":
            return as_file(as_word(found), f"{found.pack.title}-{monday:%Y-%m-%d}.docx", DOCX)
        case "pdf":
            return as_file(as_pdf(found), f"{found.pack.title}-{monday:%Y-%m-%d}.pdf", "application/pdf")
        case "":
            context = {
                "meeting": found,
                "form": form,
                "action_form": ActionForm(team=team, by=request.user),
                "before": monday - WEEK,
                "after": monday + WEEK if monday <= week_to_discuss(timezone.localdate()) else None,
                "today": timezone.localdate(),
            }
            return render(request, "trainer/meeting.html", context)
    raise Http404


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_POST
def add(request, pk):
    """A new action of the team ``pk``."""
    team = get_object_or_404(teams_in_care(request.user), pk=pk)
    form = ActionForm(request.POST, team=team, by=request.user)
    if form.is_valid():
        try:
            add_action(team=team, **form.cleaned_data, by=request.user, at=timezone.now())
        except (DueBefore, NotOfTheTeam):
            messages.warning(request, _("期限已经过了，换一天再记。"))
        else:
            messages.success(request, _("记下了。"))
    else:
        messages.warning(request, _("要做什么、谁来做、哪天前做完，三样都写上再记。"))
    return redirect(_page(team))


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_POST
def settle(request, pk):
    """Tick an action off, or take the tick back."""
    action = get_object_or_404(Action.objects.filter(team__in=teams_in_care(request.user)), pk=pk)
    form = SettleForm(request.POST)
    if form.is_valid():
        settle_action(action_id=pk, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("已完成。") if form.cleaned_data["done"] else _("又是没做完的了。"))
    else:
        messages.warning(request, _("结果最多 200 字。"))
    return redirect(_page(action.team))


def _page(team: Team) -> str:
    return f"{reverse('trainer:meeting')}?team={team.pk}#actions"
