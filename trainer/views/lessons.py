"""The list of lessons, and the reader with its questions at the end."""

from contextlib import suppress
from secrets import randbits

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quizzes.commands.attempts import NothingToPractise, start_practice
from quizzes.commands.reviews import note_keys_shown
from quizzes.models.labels import LABELS as ENGINE_LABELS
from quizzes.rules.vocabulary import Platform
from trainer.commands.reading import open_lesson, reach_end
from trainer.forms.lessons import STATUSES, LessonFilterForm
from trainer.models import LessonVersion
from trainer.models.labels import LABELS
from trainer.queries.lesson_page import (
    lesson_page,
    neighbours,
    purpose_of,
    questions_at_end,
    read_of,
    retrieval_questions,
    state_of,
    version_in_force,
)
from trainer.queries.lessons import LessonFilter, listing
from trainer.queries.notes import note_of
from trainer.rules.vocabulary import LessonKind

READING_SECONDS = 5  # the end does not count as reached by a page that was only thrown down


@login_required
@require_safe
def lessons(request):
    wanted = LessonFilterForm(request.GET).wanted
    context = {
        "listing": listing(learner=request.user, on=timezone.localdate(), wanted=wanted),
        "wanted": wanted,
        "filtered": wanted != LessonFilter(),
        "kinds": [(kind, LABELS[kind]) for kind in LessonKind],
        "platforms": [(platform, ENGINE_LABELS[platform]) for platform in Platform],
        "statuses": [(status, ENGINE_LABELS[status]) for status in STATUSES],
    }
    return render(request, "trainer/lessons.html", context)


@login_required
@never_cache
@require_safe
def lesson(request, slug):
    today = timezone.localdate()
    number = request.GET.get("version")
    if number is not None:
        return _preview(request, slug, number)
    version = _in_force(slug)
    read = open_lesson(learner=request.user, version=version, at=timezone.now())
    context = {
        "page": lesson_page(version),
        "changed": read.reached_end_at is not None and read.version_id != version.pk,
        "overdue": version.review_by < today,
        "seconds": READING_SECONDS,
        "note": note_of(request.user, version.lesson),
    }
    return render(request, "trainer/lesson.html", context | _shown_end_of(request, version, read))


def _preview(request, slug, number):
    """Another version than the one in force, for those who write lessons; nothing of it is noted as read."""
    if not request.user.has_perm("trainer.view_lessonversion"):
        raise PermissionDenied
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404
    version = get_object_or_404(
        LessonVersion.objects.select_related("lesson"), lesson__slug=slug, number=int(number)
    )
    today = timezone.localdate()
    in_force = version_in_force(slug, today)
    context = {
        "version": version,
        "page": lesson_page(version),
        "preview": True,
        "in_force": in_force,
        "overdue": version.review_by < today,
    }
    return render(request, "trainer/lesson.html", context)


@login_required
@require_POST
def lesson_end(request, slug):
    """The reader came to the end: told by the page, or by the button that also asks for the questions."""
    version = _in_force(slug)
    now = timezone.now()
    read = reach_end(learner=request.user, version=version, at=now)
    if "questions" in request.POST:
        with suppress(NothingToPractise):  # a question was retired since the page was loaded: the end stays reached
            start_practice(
                learner=request.user,
                question_ids=retrieval_questions(version.lesson),
                purpose=purpose_of(version.lesson),
                at=now,
                seed=randbits(62),
            )
    if not request.htmx:
        return redirect(reverse("trainer:lesson", args=[slug]) + "#end")
    if "questions" in request.POST:
        return render(request, "trainer/lesson_end.html", _shown_end_of(request, version, read))
    return render(request, "trainer/lesson_summary.html", _end_of(request, version, read) | {"oob": True})


@login_required
@never_cache
@require_safe
def lesson_progress(request, slug):
    """How far the reader is by now, and what comes next: fetched after each answer."""
    version = _in_force(slug)
    read = read_of(request.user, version.lesson)
    return render(request, "trainer/lesson_summary.html", _end_of(request, version, read) | {"oob": True})


def _in_force(slug) -> LessonVersion:
    version = version_in_force(slug, timezone.localdate())
    if version is None:
        raise Http404
    return version


def _shown_end_of(request, version, read):
    """What ``_end_of`` says, for a page with the questions: it shows the keys of those that were answered."""
    context = _end_of(request, version, read)
    if answered := context["questions"].answered:
        note_keys_shown(items=[item.id for item in answered], at=timezone.now())
    return context


def _end_of(request, version, read):
    return {
        "version": version,
        "read": read,
        "state": state_of(read),
        "questions": questions_at_end(request.user, version.lesson),
        "neighbours": neighbours(version, on=timezone.localdate()),
    }
