"""Taking a lesson out of reading: first what goes with it, then the decision. And putting it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from trainer.commands.retiring import restore_lesson, retire_lesson
from trainer.models import Lesson
from trainer.queries.retirement import retirement_of

SHOWN = 6  # questions of each list; the bank has them all


@login_required
@permission_required("trainer.publish_lesson", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request, slug):
    """What goes with the lesson; a post retires it."""
    lesson, at = get_object_or_404(Lesson, slug=slug), timezone.now()
    if request.method == "POST":
        moved = retire_lesson(lesson_id=lesson.pk, by=request.user, at=at)
        if moved:
            done = ngettext(
                "课程已停用，学员看不到了；它的 %(n)d 道题也不再出。随时可以恢复。",
                "课程已停用，学员看不到了；它的 %(n)d 道题也不再出。随时可以恢复。",
                moved.questions,
            )
            messages.success(request, done % {"n": moved.questions})
        if moved and moved.reviewed:
            messages.warning(request, _("%(n)d 道别的题依据它的知识点，转为待审核。") % {"n": moved.reviewed})
    if request.method == "POST" or lesson.retired_at:
        return redirect("trainer:content_lesson", slug=slug)
    context = {"lesson": lesson, "retirement": retirement_of(lesson, at=at), "shown": SHOWN}
    return render(request, "trainer/content_retire.html", context)


@login_required
@permission_required("trainer.publish_lesson", raise_exception=True)
@require_POST
def restore(request, slug):
    lesson = get_object_or_404(Lesson, slug=slug)
    moved = restore_lesson(lesson_id=lesson.pk, by=request.user, at=timezone.now())
    if moved:
        done = ngettext(
            "课程已恢复，%(n)d 道题跟着恢复。", "课程已恢复，%(n)d 道题跟着恢复。", moved.questions
        )
        messages.success(request, done % {"n": moved.questions})
    return redirect("trainer:content_lesson", slug=slug)
