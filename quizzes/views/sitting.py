"""The pages of an open attempt: its questions, ten a page, and the summary before handing in."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.commands.attempts import AlreadySubmitted, close_overdue, set_flag, submit_attempt
from quizzes.commands.saving import save_answers
from quizzes.forms.saving import FORM_CLIENT, changed_answers, posted_sequences
from quizzes.models import Attempt
from quizzes.queries.sitting import PER_PAGE, answers_as_seen, asked, cells
from quizzes.rules.vocabulary import Mode


def _own_attempt(request, pk: int) -> Attempt:
    close_overdue(at=timezone.now(), learner_id=request.user.pk)
    return get_object_or_404(Attempt.objects.select_related("blueprint"), pk=pk, learner=request.user)


def _elsewhere(attempt: Attempt):
    """Where a person belongs whose attempt is no exam in progress; ``None`` when it is."""
    if attempt.mode == Mode.PRACTICE:
        return redirect("quizzes:practice_run", pk=attempt.pk)
    if attempt.submitted_at:
        return redirect("quizzes:result", pk=attempt.pk)
    return None


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sitting(request, pk):
    """A page of questions. Its form works without scripts: it saves what changed, then goes where it was told."""
    attempt = _own_attempt(request, pk)
    if request.method == "POST":
        return _save_page(request, attempt)
    if elsewhere := _elsewhere(attempt):
        return elsewhere
    paper = cells(attempt)
    pages = max(-(-len(paper) // PER_PAGE), 1)
    number = _page_number(request.GET.get("page"), pages)
    first = (number - 1) * PER_PAGE
    context = {
        "attempt": attempt,
        "cells": paper,
        "here": {cell.item_id for cell in paper[first : first + PER_PAGE]},
        "answered": sum(cell.answered for cell in paper),
        "questions": asked(attempt, number),
        "number": number,
        "pages": pages,
        "per_page": PER_PAGE,
        "now": _milliseconds(timezone.now()),
        "ends": _milliseconds(attempt.ends_at),
    }
    return render(request, "quizzes/sitting.html", context)


def _page_number(raw: str | None, pages: int) -> int:
    number = int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 5 else 1
    return min(max(number, 1), pages)


def _milliseconds(moment) -> int:
    return int(moment.timestamp() * 1000)


def _save_page(request, attempt: Attempt):
    at = timezone.now()
    sequences = posted_sequences(request.POST)
    seen = answers_as_seen(attempt, sequences)
    given, refused = changed_answers(request.POST, sequences, seen)
    if given and attempt.mode == Mode.EXAM:
        saved = save_answers(
            attempt_id=attempt.pk, learner_id=request.user.pk, given=given, client=FORM_CLIENT, at=at
        )
        for item_id in saved.stale:
            position = seen[item_id][0].position
            messages.warning(request, _("第 %(n)s 题刚在另一个窗口改过，已换成较新的答案。") % {"n": position})
        if saved.closed:
            messages.warning(
                request,
                ngettext(
                    "考试已经结束：%(n)s 道题的答案没有赶上，已留存供查看，不计分。",
                    "考试已经结束：%(n)s 道题的答案没有赶上，已留存供查看，不计分。",
                    len(saved.kept_late),
                )
                % {"n": len(saved.kept_late)},
            )
    for position, reason in refused:
        messages.error(request, _("第 %(n)s 题没有保存：%(reason)s。") % {"n": position, "reason": reason})
    if elsewhere := _elsewhere(attempt):
        return elsewhere
    return redirect(_target(request, attempt, at, refused))


def _target(request, attempt: Attempt, at, refused) -> str:
    """Where the pressed button leads: ``page:2``, ``q:17``, ``flag:17:on`` or ``hand-in``."""
    verb, _colon, rest = request.POST.get("go", "").partition(":")
    here = reverse("quizzes:sitting", args=[attempt.pk])
    number, _colon, state = rest.partition(":")
    position = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
    if refused:
        position = refused[0][0]
    elif verb == "hand-in":
        return reverse("quizzes:hand_in", args=[attempt.pk])
    elif verb == "page":
        return f"{here}?page={position}"
    elif verb == "flag" and position:
        set_flag(attempt_id=attempt.pk, learner_id=request.user.pk, position=position, on=state == "on", at=at)
    if not position:
        return f"{here}?page={_page_number(request.GET.get('page'), 1000)}"
    return f"{here}?page={(position - 1) // PER_PAGE + 1}#q{position}"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request, pk):
    """What is still open before handing in; then the hand-in, which a second tab may repeat without harm."""
    attempt = _own_attempt(request, pk)
    if elsewhere := _elsewhere(attempt):
        return elsewhere
    if request.method == "POST":
        with suppress(AlreadySubmitted):
            submit_attempt(attempt_id=attempt.pk, at=timezone.now())
        return redirect("quizzes:result", pk=pk)
    paper = cells(attempt)
    context = {
        "attempt": attempt,
        "cells": paper,
        "unanswered": [cell for cell in paper if not cell.answered],
        "flagged": [cell for cell in paper if cell.flagged],
        "answered": sum(cell.answered for cell in paper),
        "now": _milliseconds(timezone.now()),
        "ends": _milliseconds(attempt.ends_at),
    }
    return render(request, "quizzes/hand_in.html", context)
