from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

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
    return render(
        request, "trainer/observe.html", {"person": person, "form": form, "before": before}, status=status
    )
