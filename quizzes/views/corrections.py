from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from quizzes.commands.corrections import NothingToCorrect, VersionMovedOn, correct_key
from quizzes.forms.corrections import CorrectionForm
from quizzes.models import Question
from quizzes.permissions import learners_in_reach
from quizzes.queries.corrections import effect_of_correction
from quizzes.queries.versions import compare_correction

SHOWN = 200


@login_required
@permission_required("quizzes.correct_key", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, slug):
    """Correct a key in three steps: the form, whom it concerns, and only then the correction itself."""
    question = get_object_or_404(Question.objects.with_current().exclude(current=None), slug=slug)
    version = question.current
    if request.method == "POST" and request.POST.get("version") != str(version.pk):
        messages.error(request, _("这道题刚才有了新的版本，请看过以后重新更正。"))
        return redirect("quizzes:correct_key", slug=slug)
    form = CorrectionForm(request.POST or None, version=version)
    context = {"question": question, "version": version, "form": form}
    if request.method != "POST" or not form.is_valid() or request.POST.get("step") == "edit":
        return render(request, "quizzes/correct_key.html", context, status=422 if form.errors else 200)
    explanation = form.cleaned_data["explanation"]
    if request.POST.get("step") == "apply":
        return _apply(request, question, form)
    effect = effect_of_correction(version, form.content)
    reach = set(learners_in_reach(request.user).values_list("pk", flat=True))
    context |= {
        "effect": effect,
        "rows": effect.changed[:SHOWN],
        "more": max(len(effect.changed) - SHOWN, 0),
        "reach": reach,
        "differences": compare_correction(version, form.content, explanation),
    }
    return render(request, "quizzes/correct_key_preview.html", context)


def _apply(request, question, form):
    try:
        correct_key(
            version_id=question.current_id,
            content=form.content,
            explanation=form.cleaned_data["explanation"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except NothingToCorrect:
        messages.warning(request, _("答案和讲解都和现在的一样，没有更正什么。"))
        return redirect("quizzes:correct_key", slug=question.slug)
    except VersionMovedOn:
        messages.error(request, _("这道题刚才有了新的版本，请看过以后重新更正。"))
        return redirect("quizzes:correct_key", slug=question.slug)
    messages.success(request, _("答案已更正，相关的作答已按新的答案重新评分。"))
    return redirect("quizzes:question", slug=question.slug)
