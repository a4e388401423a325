"""One person by the assessment scheme: what there is, what is missing, and how their figures go."""

from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trainer.commands.interviews import note_seen
from trainer.models import Interview
from trainer.permissions import learners_in_reach
from trainer.queries.assessment import assessment_of, interviews_of, performance_of
from trainer.queries.interviews import veiled_for
from trainer.queries.performance import own_lines, trends_of
from trainer.queries.scheme import scheme_in_force


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_safe
def assessment(request, pk):
    """A person in reach; scores that the visitor could still rate blind are shown only when they ask for them."""
    learner = get_object_or_404(learners_in_reach(request.user), pk=pk)
    results = interviews_of([pk]).get(pk, [])
    veiled = veiled_for(request.user, results)
    open_form = Interview.objects.open().filter(learner=learner, rater=request.user).first()
    blind = open_form.beside_id if open_form else None
    if request.GET.get("show") == "scores":
        veiled = {blind} if blind else set()
    note_seen(
        interviews=[
            result.first.pk
            for result in results
            if result.first.pk not in veiled and result.first.rater_id != request.user.pk
        ],
        by=request.user,
        at=timezone.now(),
    )
    context = {"person": learner, "open_form": open_form, "may_show": bool(veiled - {blind})}
    return render(request, "trainer/assessment.html", context | _context(learner, results, veiled))


@login_required
@require_safe
def own_assessment(request):
    results = interviews_of([request.user.pk]).get(request.user.pk, [])
    return render(request, "trainer/assessment.html", _context(request.user, results, set()))


def _context(learner, results, veiled):
    version = scheme_in_force()
    if version is None:
        return {"version": None}
    scheme = version.to_rule()
    months = performance_of([learner.pk]).get(learner.pk, [])
    return {
        "version": version,
        "scheme": scheme,
        "matrix": assessment_of(learner, scheme, interviews=results, months=months, veiled=veiled),
        "results": results,
        "veiled": veiled,
        "months": own_lines(months, scheme),
        "trends": trends_of(scheme, months),
    }
