from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trainer.commands.observations import observe
from trainer.forms.observations import ObservationForm
from trainer.models import Observation
from trainer.permissions import learners_in_reach
from trainer.rules.vocabulary import Verdict

SHOWN = 10


@login_required
@permission_required("trainer.add_observation", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, pk):
    """Write down what one saw of a person in reach at work, below what was seen before."""
    person = get_object_or_404(learners_in_reach(request.user), pk=pk)
    form = ObservationForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        observe(
            learner=person, verdict=Verdict(data["verdict"]), text=data["text"], on=data["on"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("已记下。%(name)s 看得到这条观察。") % {"name": person})
        return redirect("trainer:person", pk=pk)
    before = Observation.objects.filter(learner=person).select_related("by")[:SHOWN]
    status = 422 if request.method == "POST" else 200
    return render(request, "trainer/observe.html", {"person": person, "form": form, "before": before}, status=status)


@login_required
@require_safe
def observation(request, pk):
    """One observation: for who was seen, who saw it, and who has them in reach."""
    user = request.user
    reach = learners_in_reach(user)
    mine = Q(learner=user) | Q(by=user) | Q(learner__in=reach)
    seen = get_object_or_404(Observation.objects.filter(mine).select_related("learner", "by"), pk=pk)
    own = seen.learner_id == user.pk
    context = {"seen": seen, "person": seen.learner, "own": own}
    context["in_reach"] = not own and reach.filter(pk=seen.learner_id).exists()
    return render(request, "trainer/observation.html", context)
