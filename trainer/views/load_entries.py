"""Deciding the entries of a load, one by one or all that are open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trainer.commands.load_entries import NoReading, decide_all, decide_entry
from trainer.commands.loads import NotNow
from trainer.models import Load, LoadEntry
from trainer.queries.loads import load_counts
from trainer.rules.loads import Decision, EntryKind
from trainer.views.loads import of_steps


@login_required
@permission_required("trainer.load_content", raise_exception=True)
@require_POST
def decide(request, pk, entry):
    """Take, skip or open one entry; htmx gets the entry and the figures anew, a plain form the page it came from."""
    found = get_object_or_404(LoadEntry, pk=entry, load=pk)
    wanted = request.POST.get("decision", "")
    problem = ""
    if wanted not in list(Decision):
        problem = _("看不懂这个操作，请刷新页面再试。")
    else:
        try:
            decide_entry(entry_id=found.pk, decision=Decision(wanted), by=request.user, at=timezone.now())
        except NoReading:
            problem = _("这一条没有读成题，请先点“修改”，补全以后再导入。")
        except NotNow:
            problem = _("这一批的状态已经变了，可能是别的页面先操作了。请刷新页面看最新的情况。")
    if request.htmx:
        related = ("load__topic", "load__confirmed_by", "file", "twin__current", "question")
        shown = LoadEntry.objects.select_related(*related).get(pk=found.pk)
        context = {"entry": shown, "load": shown.load, "counts": load_counts(shown.load), "problem": problem}
        return render(request, "trainer/load_decided.html", context | of_steps(shown.load, request.user))
    if problem:
        messages.error(request, problem)
    return redirect(_back(request, pk))


@login_required
@permission_required("trainer.load_content", raise_exception=True)
@require_POST
def decide_open(request, pk):
    """Decide all that is open and has a reading, of one kind."""
    found = get_object_or_404(Load, pk=pk)
    kind, decision = request.POST.get("kind", ""), request.POST.get("decision", "")
    if kind not in list(EntryKind) or decision not in (Decision.TAKE, Decision.SKIP):
        messages.error(request, _("看不懂这个操作，请刷新页面再试。"))
        return redirect(_back(request, pk))
    try:
        count = decide_all(
            load_id=found.pk, kind=EntryKind(kind), decision=Decision(decision), by=request.user, at=timezone.now()
        )
    except NotNow:
        messages.warning(request, _("这一批的状态已经变了，可能是别的页面先操作了。下面是最新的情况。"))
    else:
        messages.success(request, _("处理了 %(count)d 条。") % {"count": count})
    return redirect(_back(request, pk))


def _back(request, pk) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("trainer:load", args=[pk])
