"""What is taught, for those who look after it: the report, the lessons, and one lesson through its versions."""

from django.conf import settings
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trainer.forms.content import LessonFilterForm
from trainer.models import Lesson
from trainer.queries.content import lesson_lines, overview
from trainer.queries.content_report import read_ids
from trainer.queries.lesson_versions import lesson_history
from trainer.queries.notes import corrections_of
from trainer.queries.notices import in_words, notices_of

PER_PAGE = 25
NOTICES_SHOWN = 5
IDS = settings.BASE_DIR / "fixtures" / "curriculum" / "fact_ids.txt"


@login_required
@permission_required("trainer.view_lessonversion", raise_exception=True)
@require_safe
def content(request):
    """How much there is of everything, and what is due for review."""
    ids = read_ids(IDS.read_text(encoding="utf-8")) if IDS.is_file() else []
    unread = in_words(notices_of(request.user).unread()[:NOTICES_SHOWN])
    context = {"overview": overview(timezone.localdate(), ids), "told": unread}
    return render(request, "trainer/content.html", context)


@login_required
@permission_required("trainer.view_lessonversion", raise_exception=True)
@require_safe
def lessons(request):
    today = timezone.localdate()
    form = LessonFilterForm(request.GET)
    page = Paginator(lesson_lines(today, form.wanted()), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "trainer/content_lessons.html", {"form": form, "page": page, "today": today})


@login_required
@permission_required("trainer.view_lessonversion", raise_exception=True)
@require_safe
def lesson(request, slug):
    """The versions of a lesson."""
    found = get_object_or_404(Lesson.objects.select_related("owner"), slug=slug)
    today = timezone.localdate()
    context = {
        "lesson": found,
        "history": lesson_history(found, today),
        "corrections": corrections_of(found),
        "today": today,
    }
    return render(request, "trainer/content_lesson.html", context)
