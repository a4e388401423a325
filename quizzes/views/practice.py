"""Practice by topic and from the wrong-question notebook, one question at a time."""

from datetime import datetime
from random import Random
from secrets import randbits

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from quizzes.commands.attempts import AlreadyAnswered, NothingToPractise, answer_practice, start_practice
from quizzes.commands.reviews import note_keys_shown
from quizzes.forms.answers import posted_answer
from quizzes.forms.practice import COUNTS, StartPracticeForm
from quizzes.models import Attempt, PaperItem, Topic
from quizzes.queries.practice import (
    DRAWN_FROM,
    answered_item,
    asked_item,
    cleared,
    missed_items,
    name_runs,
    notebook,
    notebook_topics,
    open_runs,
    questions_of_notebook,
    questions_of_topic,
    run_of,
    topics_to_practise,
)
from quizzes.queries.reviews import questions_due, review_state
from quizzes.queries.weakness import questions_of_weak_topics, weak_topics
from quizzes.rules.answers import AnswerShapeError
from quizzes.rules.cards import field_name, nothing_in
from quizzes.rules.vocabulary import Mode
from quizzes.views.back import way_back

PER_PAGE = 25
RUNS = 3
PRACTICE_CLIENT = "practice"


@login_required
@require_safe
def practice(request):
    at = timezone.now()
    topics = topics_to_practise(request.user)
    runs = list(open_runs(request.user)[:RUNS])
    name_runs(runs)
    context = {
        "topics": topics,
        "counts": COUNTS,
        "runs": runs,
        "wrong": notebook(request.user).count(),
        "review": review_state(request.user, timezone.localdate(at)),
        "weak": weak_topics(request.user, topics, at),
    }
    return render(request, "quizzes/practice.html", context)


@login_required
@require_POST
def practice_start(request):
    form = StartPracticeForm(request.POST)
    back = "quizzes:notebook" if request.POST.get("source") == StartPracticeForm.NOTEBOOK else "quizzes:practice"
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, errors[0])
        return redirect(back)
    at, seed = timezone.now(), randbits(62)
    purpose, questions = _drawn(request.user, form.cleaned_data, at, Random(seed))  # noqa: S311 - no secret
    try:
        attempt = start_practice(learner=request.user, question_ids=questions, purpose=purpose, at=at, seed=seed)
    except NothingToPractise:
        messages.info(request, _("这里暂时没有可以练的题，换一个主题试试。"))
        return redirect(back)
    return redirect("quizzes:practice_run", pk=attempt.pk)


def _drawn(learner, wanted: dict, at: datetime, rng: Random) -> tuple[str, list[int]]:
    """The purpose of a run and its questions."""
    topic, count = wanted["topic"], wanted["count"]
    match wanted["source"]:
        case StartPracticeForm.NOTEBOOK:
            return f"notebook:{topic}" if topic else "notebook", questions_of_notebook(learner, topic, count)
        case StartPracticeForm.REVIEW:
            return "review", questions_due(learner, timezone.localdate(at))
        case StartPracticeForm.WEAK:
            weak = weak_topics(learner, topics_to_practise(learner), at)
            return "weak", questions_of_weak_topics(learner, [one.slug for one in weak], count, rng)
        case _:
            return f"topic:{topic}", questions_of_topic(learner, topic, count, rng)


@login_required
@never_cache
@require_safe
def practice_run(request, pk):
    """The next open question of a run, or with ``?item=`` one that was just answered; at the end the summary."""
    attempt = get_object_or_404(Attempt.objects.of(request.user).filter(mode=Mode.PRACTICE), pk=pk)
    kind, _colon, slug = attempt.purpose.partition(":")
    topic = Topic.objects.filter(slug=slug).first() if kind in ("topic", "notebook") and slug else None
    run = run_of(attempt)
    context = {
        "attempt": attempt,
        "run": run,
        "kind": kind,
        "topic": topic,
        "counts": COUNTS,
        "drawn_from": DRAWN_FROM.get(kind),
    }
    shown = request.GET.get("item", "")
    if shown.isascii() and shown.isdigit() and len(shown) < 19:
        item = get_object_or_404(PaperItem.objects.select_related("attempt"), pk=shown, attempt=attempt)
        answered = answered_item(item)
        if answered.fraction is not None:
            note_keys_shown(items=[item.pk], at=timezone.now())
            return render(request, "quizzes/practice_run.html", context | {"item": answered})
    if run.next_item is not None:
        return render(request, "quizzes/practice_run.html", context | {"asked": asked_item(run.next_item)})
    return render(request, "quizzes/practice_summary.html", context | {"missed": missed_items(attempt)})


@login_required
@require_POST
def practice_answer(request, pk):
    """Mark one answer and show what is right. With HTMX the card is swapped, without the page comes back."""
    items = PaperItem.objects.select_related("attempt", "version")
    item = get_object_or_404(items, pk=pk, attempt__learner=request.user, attempt__mode=Mode.PRACTICE)
    content = item.version.parsed()
    answer = posted_answer(content, item.arrangement, request.POST, field_name(item.pk))
    if nothing_in(answer) and "skip" not in request.POST:
        return _ask_again(request, item, _("还没有作答。想不出来可以点“不会，看解析”。"))
    try:
        answer_practice(
            item_id=item.pk,
            learner_id=request.user.pk,
            answer=None if "skip" in request.POST else answer,
            at=timezone.now(),
            client=PRACTICE_CLIENT,
        )
    except AlreadyAnswered:
        pass  # the back button, or a second tab: the first answer counts and is shown
    except AnswerShapeError as error:
        return _ask_again(request, item, str(error))
    if not request.htmx:
        return redirect(way_back(request, f"{reverse('quizzes:practice_run', args=[item.attempt_id])}?item={item.pk}"))
    in_run = not item.attempt.purpose.startswith("lesson:")
    context = {"item": answered_item(item), "attempt": item.attempt, "in_run": in_run}
    if in_run:
        context["run"] = run_of(item.attempt)
    return render(request, "quizzes/practised.html", context)


def _ask_again(request, item: PaperItem, message: str):
    if not request.htmx:
        messages.warning(request, message)
        return redirect(way_back(request, reverse("quizzes:practice_run", args=[item.attempt_id])))
    return render(request, "components/question/practise.html", {"asked": asked_item(item.pk), "problem": message})


@login_required
@require_safe
def notebook_page(request):
    """The questions that this person gets wrong, and, folded away, those that they have learnt since."""
    topics = notebook_topics(request.user)
    wanted = request.GET.get("topic", "")
    topic = next((topic for topic in topics if topic.slug == wanted), None)
    page = Paginator(notebook(request.user, topic.slug if topic else ""), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "topics": topics,
        "topic": topic,
        "counts": COUNTS,
        "cleared": cleared(request.user)[:PER_PAGE],
    }
    return render(request, "quizzes/notebook.html", context)
