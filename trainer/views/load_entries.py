"""Deciding the entries of a load, one by one or all that are open."""

import re
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from quizzes.formats.found import FoundQuestion, Unreadable, to_data
from quizzes.formats.plain import read_text
from quizzes.forms.writing import QuestionForm, Written
from quizzes.forms.writing_content import content_initial
from quizzes.models import Topic
from quizzes.models.labels import choices
from quizzes.rules.questions import Single
from quizzes.rules.vocabulary import Kind, Platform
from quizzes.views.back import way_back
from quizzes.views.writing import kind_in, typed_in
from trainer.commands.load_entries import NoReading, decide_all, decide_entry, edit_entry
from trainer.commands.load_reading import put_back
from trainer.commands.loads import NotNow
from trainer.models import Load, LoadEntry
from trainer.queries.loads import load_counts
from trainer.rules.loads import Decision, EntryKind
from trainer.views.load_lessons import edit_lesson
from trainer.views.loads import of_steps, read_soon

_KEY_LINE = re.compile(r"^[ \t]*[【\[(（]?(?:正确|参考|标准)?答案[^\n]*\n?", re.MULTILINE)
EDITED = (EntryKind.QUESTION, EntryKind.HELD, EntryKind.LESSON)


@login_required
@permission_required("trainer.load_content", raise_exception=True)
@require_POST
def decide(request, pk, entry):
    """Take, skip or open one entry; htmx gets the entry and the figures anew, a plain form the page it came from."""
    found = get_object_or_404(LoadEntry, pk=entry, load=pk)
    if found.kind == EntryKind.REMOVED:
        return _put_back(request, found)
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
        related = ("load__topic", "load__confirmed_by", "file", "twin__current", "question", "lesson_version__lesson",
                   "scenario_version__scenario")  # fmt: skip
        shown = LoadEntry.objects.select_related(*related).get(pk=found.pk)
        context = {"entry": shown, "load": shown.load, "counts": load_counts(shown.load), "problem": problem}
        context["here"] = _back(request, pk)
        return render(request, "trainer/load_decided.html", context | of_steps(shown.load, request.user))
    if problem:
        messages.error(request, problem)
    return redirect(_back(request, pk))


def _put_back(request, entry: LoadEntry):
    """The file is read once more with the line in it; the page is loaded anew, since lines may move."""
    try:
        load = put_back(entry_id=entry.pk, by=request.user, at=timezone.now())
    except NotNow:
        messages.warning(request, _("已经确认过了，不能再放回；请撤回这一批，重新上传。"))
    else:
        read_soon(load)
        messages.success(request, _("已放回原文，文件重新读了一遍；你做过的决定都还在。"))
    url = reverse("trainer:load", args=[entry.load_id])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


@login_required
@permission_required("trainer.load_content", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk, entry):
    """Put one's own reading in the place of what was read, the source beside it; a saved one is taken."""
    found = get_object_or_404(LoadEntry.objects.select_related("load", "file"), pk=entry, load=pk, kind__in=EDITED)
    if found.kind == EntryKind.LESSON:
        return edit_lesson(request, found, _back(request, pk))
    read = found.parsed() if found.data else None
    kind = kind_in(request.POST.get("kind", ""), read.kind if read else Kind.SINGLE)
    options = {"old": read.content if read else None, "topic_required": False}
    form = QuestionForm(request.POST or None, kind=kind, initial=_initial(found, read), **options)
    if "switch" in request.POST:
        form = QuestionForm(kind=kind_in(request.POST["switch"]), initial=typed_in(form), **options)
    elif request.method == "POST" and form.is_valid():
        try:
            question = _found(form.written, found.line, read)
            edit_entry(entry_id=found.pk, data=to_data(question), by=request.user, at=timezone.now())
        except NotNow:
            form.add_error(None, _("这一条已经入库，请到题库里修改。"))
        else:
            messages.success(request, _("已改好，会按改后的导入。"))
            return redirect(_back(request, pk))
    context = {"entry": found, "load": found.load, "form": form, "kinds": choices(Kind), "back": _back(request, pk)}
    return render(request, "trainer/load_entry_edit.html", context, status=422 if form.errors else 200)


def _initial(entry: LoadEntry, read: FoundQuestion | None) -> dict:
    if read is None:
        return _guess(entry.text)
    topic = Topic.objects.filter(Q(name=read.topic) | Q(slug=read.topic)).first() if read.topic else None
    return {
        "stem": read.stem,
        "explanation": read.explanation,
        "topic": topic and topic.pk,
        "platform": read.platform if read.platform in list(Platform) else entry.load.platform,
        "difficulty": read.difficulty or 2,
        "tags": "、".join(read.tags),
        **content_initial(read.content),
    }


def _guess(text: str) -> dict:
    """What can be read of a question without its key, which is missing or fits no option: the person gives it."""
    try:
        found = read_text(f"{_KEY_LINE.sub('', text)}\n答案：A\n".encode())
    except Unreadable:
        return {"stem": text}
    if len(found.questions) != 1 or found.held or not isinstance(found.questions[0].content, Single):
        return {"stem": text}
    initial = content_initial(found.questions[0].content)
    keyless = {name: value for name, value in initial.items() if not name.startswith("right_")}
    return {"stem": found.questions[0].stem, "explanation": found.questions[0].explanation, **keyless}


def _found(written: Written, line: int, read: FoundQuestion | None) -> FoundQuestion:
    begun = read or FoundQuestion(written.kind, written.stem, written.content, line)
    return replace(
        begun,
        kind=written.kind,
        stem=written.stem,
        content=written.content,
        explanation=written.explanation,
        displayed=(),
        topic=written.topic.slug if written.topic else "",
        platform=written.platform,
        difficulty=written.difficulty,
        tags=written.tags,
    )


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
    return way_back(request, reverse("trainer:load", args=[pk]))
