from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.commands.marking import AlreadyMarked, mark_by_person
from quizzes.forms.marking import MarkForm
from quizzes.forms.queues import MarkingForm
from quizzes.permissions import learners_in_reach
from quizzes.queries.marking_queue import (
    exams_with_waiting_items,
    item_to_mark,
    newest_step,
    standing_mark,
    waiting_items,
)
from quizzes.views.downloads import as_sheet, wants_sheet

PER_PAGE = 25


@login_required
@permission_required("quizzes.mark_answers", raise_exception=True)
@require_safe
def queue(request):
    """Free-text answers that wait for a mark, of the people in reach; ``format=xlsx`` gives the list as a file."""
    form = MarkingForm(request.GET)
    reach = learners_in_reach(request.user, named=form.named)
    exams = exams_with_waiting_items(reach)
    exam = next((exam for exam in exams if exam.slug == form.wanted["exam"]), None)
    items = waiting_items(reach, exam=exam.slug if exam else "", sort=form.wanted["sort"])
    if wants_sheet(request):
        headers = [_("姓名"), _("考试"), _("题目"), _("分值"), _("交卷时间")]
        rows = (
            [
                str(item.attempt.learner), str(item.attempt.blueprint or _("练习")), item.version.stem, item.marks,
                timezone.localtime(item.attempt.submitted_at),
            ]
            for item in items
        )  # fmt: skip
        return as_sheet(_("待批改"), headers, rows)
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "quizzes/marking.html", {"form": form, "page": page, "exams": exams, "exam": exam})


@login_required
@permission_required("quizzes.mark_answers", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def mark_item(request, pk):
    """One answer beside its rubric. After saving comes the next one of the same queue."""
    reach = learners_in_reach(request.user)
    item = get_object_or_404(item_to_mark(reach), pk=pk)
    content = item.version.parsed()
    form = MarkForm(request.POST or None, rubric=content.rubric)
    if request.method == "POST" and form.is_valid():
        try:
            mark_by_person(
                item_id=item.pk,
                points=form.points,
                comment=form.cleaned_data["comment"],
                by=request.user,
                at=timezone.now(),
            )
        except AlreadyMarked:
            messages.warning(request, _("这一份刚才已经有人批改了，没有改动。"))
        else:
            messages.success(request, _("已保存%(name)s的得分。") % {"name": item.attempt.learner})
        return redirect(_next_address(request))
    context = {
        "item": item,
        "form": form,
        "content": content,
        "step": newest_step(item),
        "mark": standing_mark(item),
        "waiting": waiting_items(reach).count(),
    }
    return render(request, "quizzes/mark_item.html", context, status=422 if form.errors else 200)


def _next_address(request) -> str:
    """The first item that still waits in the list that the marker came from, if there is one."""
    form = MarkingForm(request.GET)
    item = waiting_items(learners_in_reach(request.user, named=form.named), **form.wanted).first()
    if item is None:
        return reverse("quizzes:marking")
    return reverse("quizzes:mark_item", args=[item.pk], query=request.GET)
