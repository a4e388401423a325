"""Sorting tickets: choosing, one ticket after the other, and what came of it."""

from secrets import randbits

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quizzes.commands.sorting import (
    AlreadySorted,
    NoSuchTicket,
    SortingOver,
    close_overdue_sorting,
    sort_ticket,
    start_sorting,
    stop_sorting,
)
from quizzes.forms.drills import SortForm
from quizzes.models import SortingRun
from quizzes.models.labels import LABELS, choices
from quizzes.permissions import learners_in_reach
from quizzes.queries.drills import best_sorting, chart_of, review_sorting, tickets_of
from quizzes.rules.drills.shipped import sorting_terms
from quizzes.rules.sorting import TicketClass, Urgency

PER_PAGE = 10


@login_required
@never_cache
@require_safe
def sorting(request):
    """The classes and the urgencies explained, and one's own results."""
    close_overdue_sorting(at=timezone.now(), learner_id=request.user.pk)
    runs = list(SortingRun.objects.of(request.user).defer("tickets"))
    terms = sorting_terms()
    finished = [run for run in runs if not run.is_open]
    context = {
        "open": next((run for run in runs if run.is_open), None),
        "best": best_sorting([request.user.pk]).get(request.user.pk),
        "terms": terms,
        "page": Paginator(finished, PER_PAGE).get_page(request.GET.get("page")),
        "chart": chart_of([run.class_accuracy for run in reversed(finished)], terms.class_accuracy, "{:.0%}"),
    }
    return render(request, "quizzes/sorting.html", context)


@login_required
@require_POST
def start(request):
    run = start_sorting(learner=request.user, at=timezone.now(), seed=randbits(31))
    return redirect("quizzes:sorting_run", pk=run.pk)


@login_required
@never_cache
@require_safe
def run(request, pk):
    """The first ticket that is not sorted yet, or the result: one's own, or that of somebody in reach."""
    at = timezone.now()
    mine = Q(learner=request.user) | Q(learner__in=learners_in_reach(request.user))
    found = get_object_or_404(SortingRun.objects.filter(mine).select_related("learner"), pk=pk)
    own = found.learner_id == request.user.pk
    if own and found.is_open and at > found.ends_at:
        close_overdue_sorting(at=at, learner_id=request.user.pk)
        found.refresh_from_db()
    if found.is_open:
        if not own:
            raise Http404
        return render(request, "quizzes/sorting_run.html", _page_of(found, at))
    review = review_sorting(found)
    context = {
        "run": found,
        "own": own,
        "review": review,
        "labels": LABELS,
        "classes": choices(TicketClass),
        "urgencies": choices(Urgency),
        "confused_classes": _confused(review.result.classes.most_confused),
        "confused_urgencies": _confused(review.result.urgencies.most_confused),
    }
    return render(request, "quizzes/sorting_result.html", context)


def _confused(pair) -> dict | None:
    return pair and {"is": LABELS[pair[0]], "called": LABELS[pair[1]], "count": pair[2]}


def _page_of(found: SortingRun, at) -> dict:
    done = set(found.answers.values_list("position", flat=True))
    tickets = tickets_of(found)
    position = next(place for place in range(1, len(tickets) + 1) if place not in done)
    return {
        "run": found,
        "ticket": tickets[position - 1],
        "position": position,
        "done": len(done),
        "total": len(tickets),
        "classes": choices(TicketClass),
        "urgencies": choices(Urgency),
        "labels": LABELS,
        "now": round(at.timestamp() * 1000),
        "ends": round(found.ends_at.timestamp() * 1000),
    }


@login_required
@require_POST
def sort(request, pk):
    """One ticket; then the next one, or the result after the last."""
    form = SortForm(request.POST)
    if not form.is_valid():
        get_object_or_404(SortingRun, pk=pk, learner=request.user)
        messages.warning(request, _("分类和轻重缓急都要选，这一张没有记下。"))
        return redirect("quizzes:sorting_run", pk=pk)
    try:
        sort_ticket(
            run_id=pk,
            learner_id=request.user.pk,
            position=form.cleaned_data["position"],
            ticket_class=TicketClass(form.cleaned_data["ticket_class"]),
            urgency=Urgency(form.cleaned_data["urgency"]),
            at=timezone.now(),
        )
    except (SortingRun.DoesNotExist, NoSuchTicket) as error:
        raise Http404 from error
    except AlreadySorted:
        messages.warning(request, _("上一张刚在另一个窗口分过了，以先分的为准。"))
    except SortingOver:
        messages.warning(request, _("时间到了，最后这一张没有记下。"))
    return redirect("quizzes:sorting_run", pk=pk)


@login_required
@require_POST
def stop(request, pk):
    try:
        stop_sorting(run_id=pk, learner_id=request.user.pk, at=timezone.now())
    except SortingRun.DoesNotExist as error:
        raise Http404 from error
    return redirect("quizzes:sorting_run", pk=pk)
