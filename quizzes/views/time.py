from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from quizzes.commands.attempts import grant_time
from quizzes.forms.time import GrantTimeForm
from quizzes.permissions import learners_in_reach


@login_required
@permission_required("quizzes.grant_time", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request, pk):
    """Extra time for one person in reach, with what was granted before."""
    learner = get_object_or_404(learners_in_reach(request.user), pk=pk)
    form = GrantTimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        grant_time(learner=learner, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("已给%(name)s加时 %(minutes)d 分钟。") % {
            "name": learner, "minutes": form.cleaned_data["minutes"],
        })  # fmt: skip
        return redirect("quizzes:grant_time", pk=learner.pk)
    context = {
        "learner": learner,
        "form": form,
        "granted": learner.accommodations.select_related("blueprint", "granted_by"),
    }
    return render(request, "quizzes/grant_time.html", context, status=422 if form.errors else 200)
