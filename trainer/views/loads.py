"""Loading content: upload, preview, confirm, publish, roll back."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.commands.topics import ensure_topic
from trainer.commands.load_confirming import NothingToLoad, NoTopic, confirm_load
from trainer.commands.load_publishing import (
    PastDay,
    SecondPersonNeeded,
    may_release,
    publish_load,
    roll_back_load,
    schedule_load,
    unschedule_load,
)
from trainer.commands.load_reading import read_later, read_load
from trainer.commands.load_scenarios import unpublished_scenarios
from trainer.commands.loads import NotNow, Upload, choose_topic, start_load
from trainer.forms.loads import LoadFilterForm, LoadForm, ScheduleForm, TopicForm
from trainer.models import Load
from trainer.queries.loads import LoadCounts, entries_for, load_counts, load_lines, topics_of
from trainer.queries.loads import progress as progress_of
from trainer.rules.loads import Difference, FileState, LoadState

PER_PAGE = 25
TABS = ("open", "questions", "held", "lessons", "products", "scenarios", "removed")


@login_required
@permission_required("trainer.load_content", raise_exception=True)
@require_safe
def loads(request):
    form = LoadFilterForm(request.GET)
    page = Paginator(load_lines(**form.wanted), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "trainer/loads.html", {"form": form, "page": page})


@login_required
@permission_required("trainer.load_content", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """The upload form; a script that wants to show progress asks for JSON and is told where to go."""
    by_script = request.accepts("application/json") and not request.accepts("text/html")
    if request.method != "POST":
        return render(request, "trainer/load_new.html", {"form": LoadForm(), **_limits()})
    form = LoadForm(request.POST, request.FILES, dropped=getattr(request, "dropped_uploads", ()))
    if not form.is_valid():
        if by_script:
            errors = [error for field in form for error in field.errors] + list(form.non_field_errors())
            return JsonResponse({"errors": errors}, status=422)
        return render(request, "trainer/load_new.html", {"form": form, **_limits()}, status=422)
    url = reverse("trainer:load", args=[_start(request, form).pk])
    return JsonResponse({"url": url}) if by_script else redirect(url)


def _limits() -> dict[str, int]:
    """In bytes: one file, and all of them."""
    return {"largest": settings.LARGEST_UPLOAD, "largest_together": settings.LARGEST_REQUEST}


def _start(request, form: LoadForm) -> Load:
    now, name = timezone.now(), form.cleaned_data["new_topic"].strip()
    topic = ensure_topic(name=name, by=request.user, at=now) if name else None
    files = form.cleaned_data["files"]
    load = start_load(
        token=form.cleaned_data["token"],
        uploads=[Upload(file.name, file.read()) for file in files],
        options=form.options(topic),
        by=request.user,
        at=now,
    )
    read_soon(load)
    return load


def read_soon(load: Load) -> None:
    """Small files are read at once, large ones by a worker."""
    waiting = load.files.filter(state=FileState.WAITING).aggregate(size=Sum("size"))["size"] or 0
    if waiting <= settings.READ_AT_ONCE:
        read_load(load_id=load.pk)
    else:
        read_later.enqueue(load.pk)


@login_required
@permission_required("trainer.load_content", raise_exception=True)
@require_safe
def load(request, pk):
    """One load: what was found, what is to be decided, and the step that comes next."""
    found = get_object_or_404(Load.objects.select_related("topic", "created_by", "confirmed_by", "released_by"), pk=pk)
    counts = load_counts(found)
    tab = request.GET.get("tab", "")
    if tab not in TABS:
        tab = _first_tab(counts)
    difference = request.GET.get("difference", "")
    page = Paginator(entries_for(found, tab, difference), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "load": found,
        "files": list(found.files.select_related("earlier__load")),
        "counts": counts,
        "tab": tab,
        "difference": difference,
        "differences": [(word, counts.differences[word]) for word in Difference if counts.differences[word]],
        "page": page,
        **of_steps(found, request.user),
        "topics": topics_of(found) if found.state == LoadState.PUBLISHED else (),
        "progress": progress_of(found, timezone.now()) if found.state == LoadState.READING else None,
    }
    return render(request, "trainer/load.html", context)


def _first_tab(counts: LoadCounts) -> str:
    if counts.undecided:
        return "open"
    if counts.scenarios and not counts.questions:
        return "scenarios"
    return "questions" if counts.questions or not counts.lessons else "lessons"


def of_steps(found: Load, person) -> dict:
    """What the card with the next step needs beside the load and its counts."""
    return {"topic_form": TopicForm(initial={"topic": found.topic_id}), "may_release": may_release(found, person)}


@login_required
@permission_required("trainer.load_content", raise_exception=True)
@require_safe
def progress(request, pk):
    """How far reading has come; once it is done the page is asked to load itself again."""
    found = get_object_or_404(Load, pk=pk)
    context = {"load": found, "progress": progress_of(found, timezone.now())}
    response = render(request, "trainer/load_progress.html", context)
    if found.state != LoadState.READING:
        response.headers["HX-Refresh"] = "true"
    return response


@login_required
@permission_required("trainer.load_content", raise_exception=True)
@require_POST
def step(request, pk):
    """The next step of a load: ``topic``, ``read``, ``confirm``, ``publish``, ``schedule``, ``unschedule``,
    ``roll_back``. What can no more be done is said, and the page shows how things stand."""
    found = get_object_or_404(Load, pk=pk)
    action = STEPS.get(request.POST.get("action", ""))
    if action is None:
        messages.error(request, _("看不懂这个操作，请刷新页面再试。"))
    else:
        try:
            action(request, found)
        except NotNow:
            messages.warning(request, _("这一批的状态已经变了，可能是别的页面先操作了。下面是最新的情况。"))
        except SecondPersonNeeded:
            messages.error(request, _("这里要两个人复核：确认的人不能自己发布，请另一位管理员来发布。"))
    return redirect("trainer:load", pk=pk)


def _topic(request, found):
    form = TopicForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选一个主题，或者给新主题起个名字。"))
        return
    name, now = form.cleaned_data["new_topic"].strip(), timezone.now()
    topic = ensure_topic(name=name, by=request.user, at=now) if name else form.cleaned_data["topic"]
    choose_topic(load_id=found.pk, topic=topic, by=request.user, at=now)
    messages.success(request, _("没写主题的题和课，归到“%(topic)s”。") % {"topic": topic})


def _read(request, found):
    read_load(load_id=found.pk)


def _confirm(request, found):
    try:
        confirm_load(load_id=found.pk, by=request.user, at=timezone.now())
    except NoTopic as error:
        messages.error(
            request, _("有 %(count)d 条不知道归到哪个主题，请先在下面选一个主题。") % {"count": error.args[0]}
        )
    except NothingToLoad:
        messages.warning(request, _("没有要导入的：选中的都已经在题库里了。"))
    else:
        messages.success(request, _("已导入为草稿，学员还看不到；看过没问题就可以发布。"))


def _publish(request, found):
    _may_publish(request)
    publish_load(load_id=found.pk, by=request.user, at=timezone.now())
    messages.success(request, _("已发布，现在起可以组卷、练习。"))
    if left := unpublished_scenarios(found):
        titles = _("、").join(left)
        messages.warning(request, _("这些情景的配套对话没有对上，还是草稿：%(titles)s。") % {"titles": titles})


def _schedule(request, found):
    _may_publish(request)
    form = ScheduleForm(request.POST)
    try:
        if not form.is_valid():
            raise PastDay
        schedule_load(load_id=found.pk, on=form.cleaned_data["on"], by=request.user, at=timezone.now())
    except PastDay:
        messages.error(request, _("发布日期要写明天或以后的一天。"))
    else:
        messages.success(request, _("到那天零点自动发布；之前可以随时取消。"))


def _unschedule(request, found):
    _may_publish(request)
    unschedule_load(load_id=found.pk, by=request.user, at=timezone.now())
    messages.success(request, _("定时发布已取消，草稿还在。"))


def _roll_back(request, found):
    done = roll_back_load(load_id=found.pk, by=request.user, at=timezone.now())
    said = done.summary()
    messages.success(
        request,
        _("已整批撤回：%(said)s。已经答过的记录都留着。") % {"said": said} if said else _("已撤回，没有内容受影响。"),
    )
    if done.left:
        messages.warning(
            request, _("有 %(left)d 道题在导入以后又有人改过，没有动，请到题库里看一看。") % {"left": done.left}
        )


def _may_publish(request):
    if not request.user.has_perm("trainer.publish_lesson"):
        raise PermissionDenied


STEPS = {
    "topic": _topic,
    "read": _read,
    "confirm": _confirm,
    "publish": _publish,
    "schedule": _schedule,
    "unschedule": _unschedule,
    "roll_back": _roll_back,
}
