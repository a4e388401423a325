"""Courses assigned to the people in reach, taken back and excused."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from quizzes.formats.sheets.lists import Value
from quizzes.views.back import way_back
from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.commands.assignments import (
    UNDO_FOR,
    DueInThePast,
    NotAssignable,
    NotGiven,
    TooLateToUndo,
    assign_course,
    excuse_assignment,
    undo_assigning,
    withdraw_assignment,
)
from trainer.forms.assigning import AssignForm, AssignmentFilterForm, EndForm
from trainer.models import Assignment
from trainer.models.course_labels import STANDING_LABELS
from trainer.permissions import learners_in_reach, teams_in_care
from trainer.queries.assignments import assignments_in_reach
from trainer.queries.courses import CourseLine
from trainer.queries.team import teams_in_reach

PER_PAGE = 25
SUGGESTED = timedelta(days=7)
COLUMNS = (
    gettext_lazy("姓名"), gettext_lazy("小组"), gettext_lazy("学习路径"), gettext_lazy("学完的单元"),
    gettext_lazy("全部单元"), gettext_lazy("期限"), gettext_lazy("状态"), gettext_lazy("理由"),
)  # fmt: skip


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
@require_safe
def assignments(request):
    """Who has which course to do, how far they are, and who is late."""
    at = timezone.now()
    reach = learners_in_reach(request.user)
    form = AssignmentFilterForm(request.GET, teams=teams_in_reach(reach))
    found = assignments_in_reach(form.narrow(reach), at=at, **form.wanted)
    if wants_sheet(request):
        rows = [_row(line, line.assignment) for line in found.lines if line.assignment]
        return as_sheet(_("派课"), COLUMNS, rows)
    fresh = Assignment.objects.given().filter(assigned_by=request.user, assigned_at__gte=at - UNDO_FOR)
    batches = (
        fresh.order_by()
        .values("batch", "course__name", "course__name_en")
        .annotate(n=Count("pk"), batch_at=Max("assigned_at"))
    )
    context = {
        "form": form,
        "wanted": form.wanted,
        "counts": found.counts,
        "page": Paginator(found.lines, PER_PAGE).get_page(request.GET.get("page")),
        "fresh": batches.order_by("-batch_at").first(),
    }
    return render(request, "trainer/assignments.html", context)


def _row(line: CourseLine, row: Assignment) -> list[Value]:
    """An assignment in the order of ``COLUMNS``."""
    return [
        str(row.learner), str(row.learner.employment.team or ""), str(line.course), line.progress.done,
        line.progress.total, row.due_on, str(STANDING_LABELS[line.state]), row.reason,
    ]  # fmt: skip


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
def assign(request):
    at = timezone.now()
    today = timezone.localdate(at)
    back = way_back(request, reverse("trainer:assignments"))
    people = learners_in_reach(request.user).select_related("employment__team")
    chosen = {"teams": teams_in_care(request.user), "people": people.order_by("employment__team", "pk"), "today": today}
    if request.method == "POST":
        form = AssignForm(request.POST, **chosen)
        if form.is_valid():
            learners = set(form.cleaned_data["people"].values_list("pk", flat=True))
            if team := form.cleaned_data["team"]:
                learners |= set(people.filter(employment__team=team).values_list("pk", flat=True))
            try:
                done = assign_course(
                    course_id=form.cleaned_data["course"].pk,
                    learners=learners,
                    due_on=form.cleaned_data["due_on"],
                    afresh=form.cleaned_data["afresh"],
                    by=request.user,
                    at=at,
                )
            except DueInThePast:
                form.add_error("due_on", _("这一天已经过去了，请选今天或以后的日子。"))
            except NotAssignable:
                form.add_error("course", _("这条路径现在不能派。"))
            else:
                made = 0 if back == reverse("trainer:assignments") else len(done.made)  # told there, with a way to undo
                _tell(request, made, len(done.had))
                return redirect(back)
    else:
        given = {name: request.GET[name] for name in ("course", "team") if name in request.GET}
        wanted = request.GET.getlist("people")
        form = AssignForm(initial={**given, "people": wanted, "due_on": today + SUGGESTED}, **chosen)
    return render(request, "trainer/assign.html", {"form": form, "groups": _by_team(form), "back": back})


def _by_team(form: AssignForm) -> list[tuple]:
    """The people to choose from as check boxes, by team."""
    groups: dict = {}
    teams = {person.pk: person.employment.team for person in form.fields["people"].queryset}
    for box in form["people"]:
        groups.setdefault(teams[int(str(box.data["value"]))], []).append(box)
    return list(groups.items())


def _tell(request, made: int, had: int) -> None:
    if made:
        messages.success(request, ngettext("派给了 %(n)d 人。", "派给了 %(n)d 人。", made) % {"n": made})
        messages.info(request, _("派错了？十分钟内可以到“派课”里撤销。"))
    if had:
        text = ngettext("%(n)d 人已经有这门课，期限和内容照旧。", "%(n)d 人已经有这门课，期限和内容照旧。", had)
        messages.info(request, text % {"n": had})


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
@require_POST
def undo(request, batch: UUID):
    try:
        count = undo_assigning(batch=batch, by=request.user, at=timezone.now())
    except TooLateToUndo:
        messages.warning(request, _("已经撤不回了：过了十分钟，或者已经撤过。要收回某个人的，在列表里撤回。"))
    else:
        messages.success(request, ngettext("撤销了 %(n)d 人的派课。", "撤销了 %(n)d 人的派课。", count) % {"n": count})
    return redirect("trainer:assignments")


@login_required
@permission_required("trainer.assign_course", raise_exception=True)
@require_POST
def end(request, pk):
    row = get_object_or_404(Assignment, pk=pk, learner__in=learners_in_reach(request.user))
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("要写理由，没有改动。"))
        return redirect("trainer:assignments")
    command = excuse_assignment if form.cleaned_data["how"] == "excuse" else withdraw_assignment
    try:
        command(assignment_id=row.pk, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    except NotGiven:
        messages.info(request, _("这份派课已经结束了。"))
    else:
        messages.success(request, _("好了，理由留在记录里，也告诉了学员。"))
    return redirect("trainer:assignments")
