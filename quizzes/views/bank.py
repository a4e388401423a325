from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from quizzes.commands.questions import NothingToAsk, set_state
from quizzes.formats.exports import FORMATS
from quizzes.forms.bank import BankFilterForm
from quizzes.models import Question
from quizzes.models.labels import LABELS
from quizzes.permissions import learners_in_reach
from quizzes.queries.bank import answered, bank
from quizzes.queries.marking_queue import appeals
from quizzes.queries.results import lesson_links
from quizzes.queries.versions import history
from quizzes.rules.reviewed import review_of
from quizzes.rules.vocabulary import QuestionState

PER_PAGE = 25
APPEALS_SHOWN = 10

# From each state the steps that a reviewer may take, the usual one first.
STEPS = {
    QuestionState.DRAFT: (QuestionState.REVIEW, QuestionState.LIVE, QuestionState.RETIRED),
    QuestionState.REVIEW: (QuestionState.LIVE, QuestionState.DRAFT, QuestionState.RETIRED),
    QuestionState.LIVE: (QuestionState.RETIRED, QuestionState.REVIEW),
    QuestionState.RETIRED: (QuestionState.LIVE, QuestionState.REVIEW),
}
VERBS = {
    QuestionState.DRAFT: gettext_lazy("退回草稿"),
    QuestionState.REVIEW: gettext_lazy("送审"),
    QuestionState.LIVE: gettext_lazy("上线"),
    QuestionState.RETIRED: gettext_lazy("停用"),
}


@login_required
@permission_required("quizzes.view_question", raise_exception=True)
@require_safe
def questions(request):
    """The question bank, filtered and sorted."""
    form = BankFilterForm(request.GET)
    page = Paginator(bank(form.wanted()), PER_PAGE).get_page(request.GET.get("page"))
    filters = request.GET.copy()
    filters.pop("page", None)
    exports = [(f"{urlencode({'format': name})}&{filters.urlencode()}", one.title) for name, one in FORMATS.items()]
    return render(request, "quizzes/bank.html", {"form": form, "page": page, "exports": exports})


@login_required
@permission_required("quizzes.view_question", raise_exception=True)
@require_safe
def question(request, slug):
    """One question with its key, how it is answered, its versions and its appeals."""
    found = get_object_or_404(Question.objects.with_current(), slug=slug)
    version = found.current
    key = version.lesson_key if version else ""
    reach = learners_in_reach(request.user)
    context = {
        "question": found,
        "version": version,
        "review": review_of(version.parsed(), version.stem, {}, None) if version else None,
        "facts": list(version.bases.values_list("fact_key", flat=True)) if version else [],
        "lesson": lesson_links([key]).get(key),
        "tags": list(found.tags.all()),
        "answered": answered(found),
        "history": history(found),
        "appeals": appeals(reach).filter(item__version__question=found).order_by("-filed_at")[:APPEALS_SHOWN],
        "steps": [(step, VERBS[step]) for step in STEPS[QuestionState(found.state)]],
    }
    return render(request, "quizzes/question.html", context)


@login_required
@permission_required("quizzes.review_question", raise_exception=True)
@require_POST
def question_state(request, slug):
    found = get_object_or_404(Question, slug=slug)
    wanted = request.POST.get("state", "")
    state = next((state for state in QuestionState if state == wanted), None)
    if state is None:
        messages.error(request, _("没有“%(state)s”这个状态。") % {"state": wanted})
        return redirect("quizzes:question", slug=slug)
    try:
        changed = set_state(question_id=found.pk, state=state, by=request.user, at=timezone.now())
    except NothingToAsk:
        messages.error(request, _("这道题还没有内容，不能上线。"))
    else:
        if changed:
            messages.success(request, _("现在的状态：%(state)s。") % {"state": LABELS[state]})
    return redirect("quizzes:question", slug=slug)
