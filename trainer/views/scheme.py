"""The assessment scheme: open to everybody it is used on; a new version is published by an admin."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.models import Topic
from trainer.commands.scheme import BadScheme, Overtaken, publish_scheme
from trainer.forms.scheme import SchemeForm
from trainer.models import InterviewPrompt, SchemeVersion
from trainer.queries.scheme import scheme_in_force, scheme_problem_text
from trainer.rules.vocabulary import Method

VERSIONS_SHOWN = 10


@login_required
@require_safe
def scheme(request):
    version = scheme_in_force()
    context = {"version": version}
    if version:
        rule, topics = version.to_rule(), dict(_topics())
        context |= {
            "scheme": rule,
            "methods": list(Method),
            "rows": [
                {
                    "terms": terms,
                    "topics": [topics.get(slug, slug) for slug in terms.topics],
                    "needs": [(method, terms.methods.get(method)) for method in Method],
                }
                for terms in rule.dimensions
            ],
            "versions": list(SchemeVersion.objects.select_related("published_by")[:VERSIONS_SHOWN]),
        }
        if request.user.has_perm("trainer.hold_interview"):  # the questions are no secret to those who ask them only
            context["prompts"] = list(InterviewPrompt.objects.filter(retired_at=None))
    return render(request, "trainer/scheme.html", context)


@login_required
@permission_required("trainer.publish_scheme", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request):
    version = scheme_in_force()
    if version is None:
        return redirect("trainer:scheme")  # which says how one comes in
    form = SchemeForm(request.POST or None, base=version.data, number=version.number, topics=_topics())
    if request.method == "POST" and form.is_valid() and _publish(request, form):
        messages.success(request, _("新版考核方案已经发布。以前做的面试仍按当时的版本。"))
        return redirect("trainer:scheme")
    context = {"form": form, "version": version, "methods": list(Method)}
    return render(request, "trainer/scheme_edit.html", context, status=422 if form.errors else 200)


def _topics() -> list[tuple[str, str]]:
    """The topics of the bank by their slug, named in the reader's language."""
    return [(topic.slug, str(topic)) for topic in Topic.objects.all()]


def _publish(request, form: SchemeForm) -> bool:
    known = form.cleaned_data
    try:
        publish_scheme(
            data=form.scheme_data, note=known["note"], after=known["after"], by=request.user, at=timezone.now()
        )
    except BadScheme as error:
        for problem in error.problems:
            form.add_error(None, scheme_problem_text(problem))
        return False
    except Overtaken:
        form.add_error(None, _("就在刚才，别人发布了新的一版。请打开方案看过以后再改。"))
        return False
    return True
