"""One's own notes beside lessons, and proposing something out of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from trainer.commands.notes import NoteTooLong, save_note
from trainer.commands.proposals import AlreadyProposed, propose_note
from trainer.forms.notes import NoteForm, ProposeForm
from trainer.queries.lesson_page import version_in_force
from trainer.queries.notes import name_lessons, note_of, notes_of, own_proposals
from trainer.rules.notes import LONGEST_PROPOSAL

PER_PAGE = 20


def _version(slug):
    version = version_in_force(slug, timezone.localdate())
    if version is None:
        raise Http404
    return version


@login_required
@require_POST
def lesson_note(request, slug):
    """Keep the note as it is being written. A page that another one overtook gets both texts."""
    version = _version(slug)
    form = NoteForm(request.POST)
    problem, saved = "", None
    if form.is_valid():
        given = form.cleaned_data
        text = given["text"].replace("\r\n", "\n")
        try:
            saved = save_note(
                learner=request.user, lesson=version.lesson, text=text, revision=given["revision"] or 0,
                at=timezone.now(),
            )  # fmt: skip
        except NoteTooLong:
            problem = _("另一个页面也写了，合起来太长，现在这一份还没存上。请先把文字复制出来，再刷新。")
    else:
        problem = next(iter(form.errors.values()))[0]
    if not request.htmx:
        if problem:
            messages.warning(request, problem)
        return redirect(reverse("trainer:lesson", args=[slug]) + "#note")
    context = {"note": saved and saved.note, "merged": bool(saved and saved.merged), "problem": problem}
    response = render(request, "trainer/note_state.html", context)
    if saved is None:
        response["HX-Reswap"] = "innerHTML"
    elif saved.merged:
        trigger_client_event(response, "note-merged", {"text": saved.note.text})
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note_propose(request, slug):
    """Propose words out of one's note as a script, or as a correction of the lesson."""
    version = _version(slug)
    note = note_of(request.user, version.lesson)
    form = ProposeForm(
        request.POST if request.method == "POST" else None,
        initial={"text": note.text[:LONGEST_PROPOSAL] if note else "", "kind": request.GET.get("kind", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            propose_note(learner=request.user, lesson=version.lesson, at=timezone.now(), **form.cleaned_data)
        except AlreadyProposed:
            messages.info(request, _("这一课你已经提过一条同样的建议，主管还没处理，处理了会告诉你。"))
        else:
            messages.success(request, _("建议交上去了，主管看过会告诉你结果。"))
        return redirect("trainer:notes")
    context = {"form": form, "version": version}
    return render(request, "trainer/note_propose.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def notes(request):
    """All of one's notes, searchable, and what became of one's proposals."""
    words = request.GET.get("q", "").replace("\0", "")[:60].strip()
    page = Paginator(notes_of(request.user, words), PER_PAGE).get_page(request.GET.get("page"))
    proposals = own_proposals(request.user)
    name_lessons([*page.object_list, *proposals])
    return render(request, "trainer/notes.html", {"page": page, "words": words, "proposals": proposals})
