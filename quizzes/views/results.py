"""After the hand-in: the result, the questions with their reasons, and appeals."""

from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.commands.attempts import close_overdue
from quizzes.commands.marking import CannotAppeal, file_appeal
from quizzes.commands.reviews import note_keys_shown
from quizzes.forms.appealing import FileAppealForm
from quizzes.models import Attempt, PaperItem
from quizzes.queries.exams import exam_for
from quizzes.queries.results import note_on, positions_to_review, result_of, review_state, reviewed_items
from quizzes.rules.feedback import Review
from quizzes.rules.vocabulary import Mode

PER_PAGE = 10


def _handed_in(request, pk: int) -> Attempt:
    close_overdue(at=timezone.now(), learner_id=request.user.pk)
    return get_object_or_404(Attempt.objects.select_related("blueprint"), pk=pk, learner=request.user)


@login_required
@require_safe
def result(request, pk):
    attempt = _handed_in(request, pk)
    if attempt.mode == Mode.PRACTICE:
        return redirect("quizzes:practice_run", pk=pk)
    if attempt.submitted_at is None:
        return redirect("quizzes:sitting", pk=pk)
    found = result_of(attempt)
    standing = exam_for(request.user, attempt.blueprint, timezone.now()) if attempt.blueprint else None
    weakest = max(found.topics, key=lambda topic: topic.lost, default=None)
    context = {
        "attempt": attempt,
        "result": found,
        "row": standing,
        "missing": max(attempt.pass_mark - attempt.score, Decimal(0)) if attempt.score is not None else None,
        "weakest": weakest if weakest and weakest.lost else None,
        "review": review_state(attempt),
        "note": note_on(attempt),
    }
    return render(request, "quizzes/result.html", context)


@login_required
@require_safe
def review(request, pk):
    """Each question with the person's answer, the key and the reasons, once the exam's policy allows."""
    attempt = _handed_in(request, pk)
    state = review_state(attempt)
    if state == Review.STILL_OPEN:
        return redirect("quizzes:sitting", pk=pk)
    context = {"attempt": attempt, "state": state}
    if state == Review.ALLOWED:
        if attempt.submitted_at is None:
            return redirect("quizzes:practice_run", pk=pk)
        only_wrong = request.GET.get("show") == "wrong"
        positions = positions_to_review(attempt, only_wrong=only_wrong)
        page = Paginator(positions, PER_PAGE).get_page(request.GET.get("page"))
        items = reviewed_items(attempt, page.object_list)
        note_keys_shown(items=[item.id for item in items], at=timezone.now())
        context |= {"page": page, "items": items, "only_wrong": only_wrong}
    return render(request, "quizzes/review.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request, pk):
    """Say that a question was marked wrongly, and why; afterwards its page shows what came of it."""
    items = PaperItem.objects.select_related("attempt__blueprint", "appeal__decided_by")
    item = get_object_or_404(items, pk=pk, attempt__learner=request.user, attempt__submitted_at__isnull=False)
    attempt = item.attempt
    back = f"{reverse('quizzes:review', args=[attempt.pk])}?page={(item.position - 1) // PER_PAGE + 1}#q{item.position}"
    if review_state(attempt) != Review.ALLOWED:
        messages.warning(request, _("现在还不能看这场考试的解析，能看以后再申诉。"))
        return redirect("quizzes:result", pk=attempt.pk)
    note_keys_shown(items=[item.pk], at=timezone.now())
    filed = getattr(item, "appeal", None)
    form = FileAppealForm(request.POST if request.method == "POST" and not filed else None)
    if request.method == "POST" and (filed or form.is_valid()):
        if filed:
            messages.info(request, _("这道题已经申诉过，不用再提交。"))
        else:
            _file(request, item, form.cleaned_data["reason"])
        return redirect(back)
    context = {
        "attempt": attempt,
        "asked": reviewed_items(attempt, [item.position])[0],
        "appeal": filed,
        "form": form,
        "back": back,
    }
    return render(request, "quizzes/appeal.html", context, status=422 if form.errors else 200)


def _file(request, item: PaperItem, reason: str) -> None:
    try:
        file_appeal(item_id=item.pk, learner_id=request.user.pk, reason=reason, at=timezone.now())
    except CannotAppeal:
        messages.warning(request, _("这道题现在不能申诉：还没有评分，或者已经申诉过。"))
    else:
        messages.success(request, _("申诉已提交。主管处理后，结果会显示在这道题下面。"))
