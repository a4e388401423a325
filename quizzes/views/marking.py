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
from quizzes.permissions import learners_in_reach
from quizzes.queries.marking_queue import (
    exams_with_waiting_items,
    item_to_mark,
    newest_step,
    standing_mark,
    waiting_items,
)

PER_PAGE = 25


@login_required
@permission_required("quizzes.mark_answers", raise_exception=True)
@require_safe
def queue(request):
    """Free-text answers that wait for a mark, of the people in reach."""
    reach = learners_in_reach(request.user)
    exams = exams_with_waiting_items(reach)
    exam = next((exam for exam in exams if exam.slug == request.GET.get("exam")), None)
    items = waiting_items(reach)
    if exam:
        items = items.filter(attempt__blueprint=exam)
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "quizzes/marking.html", {"page": page, "exams": exams, "exam": exam})


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
        return redirect(_next_address(request, reach))
    context = {
        "item": item,
        "form": form,
        "content": content,
        "step": newest_step(item),
        "mark": standing_mark(item),
        "waiting": waiting_items(reach).count(),
        "exam": request.GET.get("exam", ""),
    }
    return render(request, "quizzes/mark_item.html", context, status=422 if form.errors else 200)


def _next_address(request, reach) -> str:
    """The oldest item that still waits, in the exam that the marker chose, if there is one."""
    exam = request.GET.get("exam", "")
    items = waiting_items(reach)
    if exam:
        items = items.filter(attempt__blueprint__slug=exam)
    item = items.first()
    query = {"exam": exam} if exam else None
    if item is None:
        return reverse("quizzes:marking")
    return reverse("quizzes:mark_item", args=[item.pk], query=query)
