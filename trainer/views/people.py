"""Sheets of people: the template, the upload, the preview and its confirmation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.formats.found import Unreadable
from trainer.commands.people_load import (
    PeopleHaveProblems,
    PeopleLoadedBefore,
    PeopleMoved,
    confirm_people,
    upload_people,
)
from trainer.forms.people import PeopleFileForm
from trainer.models import PeopleLoad
from trainer.models.labels import LABELS, ROLE_LABELS
from trainer.queries.people_load import (
    COLUMN_LABELS,
    FIELD_LABELS,
    KIND_LABELS,
    digest_of,
    field_value,
    preview_of,
    problem_text,
)
from trainer.readers.people_template import write_people_template
from trainer.rules.people.compare import Preview
from trainer.rules.people.known import Kind, PersonChange
from trainer.rules.people.rows import Column

PER_PAGE = 50
RECENT = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROBLEMS, TEAMS = "problems", "teams"


@login_required
@permission_required("trainer.add_user", raise_exception=True)
@require_safe
def template(request):
    """The workbook to fill in."""
    headers = {"Content-Disposition": "attachment; filename=people.xlsx; filename*=UTF-8''%E4%BA%BA%E5%91%98.xlsx"}
    return HttpResponse(write_people_template(), content_type=XLSX, headers=headers)


@login_required
@permission_required("trainer.add_user", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request):
    """Upload a sheet, and see those of before."""
    form = PeopleFileForm()
    if request.method == "POST":
        form = PeopleFileForm(request.POST, request.FILES, dropped=request.dropped_uploads)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                load = upload_people(name=file.name, data=file.read(), by=request.user, at=timezone.now())
            except Unreadable as problem:
                form.add_error("file", str(problem))
            else:
                return redirect("trainer:people_load", pk=load.pk)
    loads = PeopleLoad.objects.select_related("created_by").defer("rows")[:RECENT]
    status = 422 if form.errors else 200
    return render(request, "trainer/people.html", {"form": form, "loads": loads}, status=status)


@login_required
@permission_required("trainer.add_user", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def people_load(request, pk):
    """What the sheet would change, by tab; confirming changes all of it."""
    load = get_object_or_404(PeopleLoad.objects.select_related("created_by"), pk=pk)
    if request.method == "POST":
        return _confirm(request, load)
    if load.confirmed_at:
        return render(request, "trainer/people_loaded.html", {"load": load, "kinds": _kinds(load.counts)})
    preview = preview_of(load, at=timezone.now())
    counts = preview.counts
    tabs = [(PROBLEMS, _("问题"), counts[PROBLEMS]), *_kinds(counts), (TEAMS, _("小组"), counts[TEAMS])]
    tabs = [tab for tab in tabs if tab[2] or tab[0] in (Kind.NEW, Kind.CHANGED)]
    show = request.GET.get("show")
    if show not in [name for name, *_rest in tabs]:
        show = next((name for name, _label, count in tabs if count), Kind.NEW)
    page = Paginator(_shown(preview, show), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "load": load,
        "preview": preview,
        "seen": digest_of(preview),
        "tabs": tabs,
        "show": show,
        "page": page,
        "unknown": load.rows["unknown"],
    }
    return render(request, "trainer/people_load.html", context)


def _confirm(request, load: PeopleLoad):
    try:
        confirm_people(load_id=load.pk, seen=request.POST.get("seen", ""), by=request.user, at=timezone.now())
    except PeopleLoadedBefore:
        pass  # a second click is no error
    except PeopleMoved:
        messages.warning(request, _("有人刚改过人员，预览已经更新。请再看一遍，然后确认。"))
    except PeopleHaveProblems:
        messages.error(request, _("还有问题没有解决，一个人都没有导入。请改好表格，重新上传。"))
    else:
        messages.success(request, _("已导入。"))
    return redirect("trainer:people_load", pk=load.pk)


def _kinds(counts: dict[str, int]) -> list[tuple]:
    return [(kind.value, label, counts.get(kind.value, 0)) for kind, label in KIND_LABELS.items()]


def _shown(preview: Preview, show: str) -> list:
    if show == PROBLEMS:
        return [{"row": problem.row, "text": problem_text(problem)} for problem in preview.problems]
    if show == TEAMS:
        return list(preview.teams)
    return [_person(change) for change in preview.of(Kind(show))]


def _person(change: PersonChange) -> dict:
    after = change.after
    said: list = [after.team, after.hired_on and _("%(day)s 入职") % {"day": after.hired_on}]
    said += [after.probation_ends_on and _("试用到 %(day)s") % {"day": after.probation_ends_on}]
    said += [after.state and LABELS[after.state], after.email]
    said += [f"{COLUMN_LABELS[Column(name)]} {uid}" for name, uid in after.external.items()]
    return {
        "row": change.row.row,
        "name": after.name or after.username,
        "username": after.username,
        "role": ROLE_LABELS[after.role],
        "said": [text for text in said if text] if change.kind == Kind.NEW else [],
        "fields": [
            (FIELD_LABELS[field.field], field_value(field.field, field.old), field_value(field.field, field.new))
            for field in change.fields
        ],
    }
