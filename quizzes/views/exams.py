"""The list of exams, the instructions of one, and what somebody sat before."""

from secrets import randbits

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.commands.attempts import BlueprintClosed, CannotStart, ImpossibleBlueprint, close_overdue, start_exam
from quizzes.models import Attempt, Blueprint, Session
from quizzes.queries.exams import exam_for, exam_list, extra_minutes
from quizzes.queries.practice import name_runs
from quizzes.rules.timing import Start
from quizzes.rules.vocabulary import Mode

PER_PAGE = 25
RECENT = 5
TALKS = "talks"  # beside the modes of attempts


@login_required
@require_safe
def exams(request):
    at = timezone.now()
    close_overdue(at=at, learner_id=request.user.pk)
    rows = exam_list(request.user, at)
    recent = sorted((a for row in rows for a in row.handed_in), key=lambda a: a.submitted_at, reverse=True)
    for attempt in recent:
        attempt.title = next(str(row.blueprint) for row in rows if row.blueprint.pk == attempt.blueprint_id)
    context = {"rows": rows, "recent": recent[:RECENT], "more": len(recent) > RECENT}
    return render(request, "quizzes/exams.html", context)


@login_required
@require_safe
def exam(request, slug):
    at = timezone.now()
    close_overdue(at=at, learner_id=request.user.pk)
    blueprint = get_object_or_404(Blueprint.objects.exams(), slug=slug)
    row = exam_for(request.user, blueprint, at)
    if not blueprint.is_open and not row.handed_in and not row.open_attempt:
        return redirect("quizzes:exams")
    sections = list(blueprint.sections.annotate(total=F("count") * F("marks")))
    context = {
        "row": row,
        "blueprint": blueprint,
        "sections": sections,
        "questions": sum(section.count for section in sections),
        "marks": sum(section.total for section in sections),
        "extra": extra_minutes(request.user, blueprint),
    }
    return render(request, "quizzes/exam.html", context)


@login_required
@require_POST
def exam_start(request, slug):
    blueprint = get_object_or_404(Blueprint.objects.exams(), slug=slug)
    at = timezone.now()
    close_overdue(at=at, learner_id=request.user.pk)
    try:
        attempt = start_exam(blueprint_id=blueprint.pk, learner=request.user, at=at, seed=randbits(62))
    except CannotStart as refusal:
        messages.warning(request, _why_not(refusal))
    except BlueprintClosed:
        messages.warning(request, _("这场考试已经关闭。有疑问请问主管。"))
    except ImpossibleBlueprint:
        messages.error(request, _("题库里的题暂时不够组成这份试卷，没有开始，也不占次数。请告诉管理员。"))
    else:
        return redirect("quizzes:sitting", pk=attempt.pk)
    return redirect("quizzes:exam", slug=slug)


def _why_not(refusal: CannotStart) -> str:
    if refusal.reason == Start.COOLING_DOWN:
        when = date_format(timezone.localtime(refusal.at), "SHORT_DATETIME_FORMAT")
        return _("两次考试之间要隔一段时间，%(when)s 之后可以再考。") % {"when": when}
    return _("这场考试的次数已经用完。需要再考请找主管。")


@login_required
@require_safe
def attempts(request):
    """Everything that the signed-in person sat, practised or talked through."""
    mode = request.GET.get("mode")
    if mode == TALKS:
        rows = Session.objects.of(request.user).select_related("scenario")
    else:
        close_overdue(at=timezone.now(), learner_id=request.user.pk)
        mode = Mode.PRACTICE if mode == Mode.PRACTICE else Mode.EXAM
        rows = Attempt.objects.of(request.user).filter(mode=mode).select_related("blueprint")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    if mode == Mode.PRACTICE:
        name_runs(page.object_list)
    return render(request, "quizzes/attempts.html", {"page": page, "mode": mode})
