"""Telephone interviews: the list, the form that saves itself, the result, a second rater, a correction."""

from random import SystemRandom

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.formats.sheets.lists import Value
from quizzes.models import labels as engine
from quizzes.rules.dialogue.scenario import Dimension
from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.commands import interviews as commands
from trainer.forms.interviews import HELD_BY_ME, NOT_ASKED, CorrectionForm, InterviewFilterForm, InterviewForm
from trainer.models import Interview
from trainer.permissions import learners_in_reach
from trainer.queries.interviews import interviews_for, may_not_see_yet, result_with, veiled_for
from trainer.queries.team import teams_in_reach

PER_PAGE = 25


@login_required
@permission_required("trainer.hold_interview", raise_exception=True)
@require_safe
def interviews(request):
    """What was held, with one's own drafts; ``format=xlsx`` gives it as a file.

    Scores are in neither: who reads it may rate blind.
    """
    reach = learners_in_reach(request.user)
    form = InterviewFilterForm(request.GET, teams=teams_in_reach(reach))
    mine = form.wanted["show"] == HELD_BY_ME
    found = interviews_for(request.user, form.narrow(reach), mine=mine, sort=form.wanted["sort"])
    if wants_sheet(request):
        headers = [_("姓名"), _("小组"), _("面试时间"), _("面试人"), _("第二位面试人"), _("状态"), _("更正理由")]
        return as_sheet(_("电话面试"), headers, map(_row, found))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "trainer/interviews.html", {"form": form, "page": page, "mine": mine})


def _row(row: Interview) -> list[Value]:
    second = getattr(row, "second", None)
    return [
        str(row.learner), str(row.learner.employment.team or ""), timezone.localtime(row.held_at), str(row.rater),
        str(second.rater) if second else "", _("已提交") if row.is_final else _("草稿"), row.reason,
    ]  # fmt: skip


@login_required
@permission_required("trainer.hold_interview", raise_exception=True)
@require_POST
def start(request, pk):
    learner = get_object_or_404(learners_in_reach(request.user), pk=pk)
    try:
        made = commands.start_interview(
            learner=learner, rater=request.user, chance=SystemRandom(), at=timezone.now()
        )
    except commands.NothingToAsk:
        messages.error(request, _("还没有考核方案和面试题，请管理员先导入。"))
        return redirect("trainer:assessment", pk)
    return redirect("trainer:interview", made.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interview(request, pk):
    """The rater's own draft as a form; one that was handed in as a result, for those who may see it."""
    forms = Interview.objects.select_related("learner", "rater", "scheme", "corrects", "beside")
    found = get_object_or_404(forms, pk=pk)
    if found.is_final:
        return _result(request, found)
    if found.rater_id != request.user.pk:
        raise Http404
    form = InterviewForm(request.POST, interview=found) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return _form(request, found, form)
    try:
        _save(request, found, form)
        if request.POST.get("go") != "hand-in":
            messages.success(request, _("草稿存好了。"))
            return redirect("trainer:interview", pk)
        commands.finish_interview(interview_id=pk, rater=request.user, at=timezone.now())
    except commands.Stale as stale:
        return _form(request, stale.args[0], form, stale=True)
    except commands.Final:  # a second tab is no error: both end on the result
        return redirect("trainer:interview", pk)
    except commands.Incomplete as error:
        found.refresh_from_db()
        return _form(request, found, form, lacking=error.args[0])
    messages.success(request, _("已经提交，%(person)s 收到了提醒。") % {"person": found.learner})
    return redirect("trainer:interview", pk)


@login_required
@require_POST
def save(request, pk):
    """Autosave: JSON for the page's script."""
    found = get_object_or_404(Interview, pk=pk, rater=request.user)
    form = InterviewForm(request.POST, interview=found)
    if not form.is_valid():
        return JsonResponse({"error": "invalid"}, status=422)
    try:
        saved = _save(request, found, form)
    except commands.Final:
        return JsonResponse({"error": "final", "url": reverse("trainer:interview", args=[pk])}, status=409)
    except commands.Stale as stale:
        return JsonResponse({"error": "stale", "revision": stale.args[0].revision}, status=409)
    return JsonResponse({"revision": saved.revision})


def _save(request, found: Interview, form: InterviewForm) -> Interview:
    return commands.save_draft(
        interview_id=found.pk,
        rater=request.user,
        answers=form.answers,
        comment=form.cleaned_data["comment"],
        private_notes=form.cleaned_data["private_notes"],
        revision=form.cleaned_data["revision"],
        at=timezone.now(),
    )


def _form(request, found: Interview, form: InterviewForm | None, *, stale=False, lacking=()):
    """The draft, or what was just sent where it could not be kept."""
    sent = form if form is not None and (stale or not form.is_valid()) else None
    rule = found.scheme.to_rule()
    sections = [_section(found, rule.dimension(Dimension(key)), sent, lacking) for key in found.prompts]
    context = {
        "interview": found,
        "person": found.learner,
        "sections": sections,
        "comment": sent.data.get("comment", "") if sent else found.comment,
        "private_notes": sent.data.get("private_notes", "") if sent else found.private_notes,
        "stale": stale,
        "lacking": [engine.LABELS[dimension] for dimension in lacking],
        "form": sent,
    }
    status = 409 if stale else 422 if lacking or sent else 200
    return render(request, "trainer/interview_form.html", context, status=status)


def _section(found: Interview, terms, sent: InterviewForm | None, lacking) -> dict:
    key = terms.key.value
    answer = found.answer(key)
    score = NOT_ASKED if answer.not_asked else str(answer.score or "")
    notes = answer.notes or {}
    if sent:
        score, reason = sent.data.get(f"score-{key}", ""), sent.data.get(f"reason-{key}", "")
        notes = {prompt["slug"]: sent.data.get(f"note-{prompt['slug']}", "") for prompt in found.prompts[key]}
    else:
        reason = answer.not_asked
    return {
        "terms": terms,
        "label": engine.LABELS[terms.key],
        "score": score,
        "reason": reason,
        "lacking": terms.key in lacking,
        "points": [(str(point), anchor) for point, anchor in enumerate(terms.anchors, 1)],
        "prompts": [{**prompt, "note": notes.get(prompt["slug"], "")} for prompt in found.prompts[key]],
    }


def _result(request, found: Interview):
    own = found.learner_id == request.user.pk
    if not own and found.rater_id != request.user.pk:
        if not request.user.has_perm("trainer.hold_interview"):
            raise Http404
        get_object_or_404(learners_in_reach(request.user), pk=found.learner_id)
        if blind := may_not_see_yet(found, request.user):
            messages.info(request, _("你正在给这次面试做第二位评分：交了自己的，才能看对方的。"))
            return redirect("trainer:interview", blind.pk)
    result = result_with(found)
    if not own and result and request.GET.get("show") != "scores" and veiled_for(request.user, [result]):
        return render(request, "trainer/interview_veiled.html", {"interview": found, "person": found.learner})
    if not own and result and result.first.rater_id != request.user.pk:
        commands.note_seen(interviews=[result.first.pk], by=request.user, at=timezone.now())
    forms = result.raters if result else (found,)
    context = {
        "interview": found,
        "person": found.learner,
        "result": result,
        "own": own,
        "shown": forms,
        "lines": [_line(Dimension(key), forms) for key in found.prompts],
    }
    return render(request, "trainer/interview.html", context)


def _line(dimension: Dimension, forms) -> dict:
    """One dimension as each rater scored it, with the meaning of the score, and their notes by prompt."""
    said = []
    for form in forms:
        anchors = form.scheme.to_rule().dimension(dimension).anchors
        for score in form.scores.all():
            if score.dimension == dimension:
                anchor = anchors[score.score - 1] if score.score else ""
                said.append(
                    {"rater": form.rater, "score": score.score, "not_asked": score.not_asked, "anchor": anchor}
                )
    notes = [(form.rater, form.answer(dimension).notes or {}) for form in forms]
    return {
        "label": engine.LABELS[dimension],
        "said": said,
        "prompts": [
            {
                "text": prompt["text"],
                "notes": [
                    {"rater": rater, "text": own[prompt["slug"]]} for rater, own in notes if prompt["slug"] in own
                ],
            }
            for prompt in forms[0].prompts[dimension.value]
        ],
    }


@login_required
@permission_required("trainer.hold_interview", raise_exception=True)
@require_POST
def second(request, pk):
    """Become the second rater, who rates without seeing the first."""
    found = get_object_or_404(Interview, pk=pk, learner__in=learners_in_reach(request.user))
    try:
        made = commands.start_second(interview_id=found.pk, rater=request.user, at=timezone.now())
    except commands.SameRater:
        messages.error(request, _("第二位面试人要换一个人。"))
    except commands.HasSecond:
        messages.error(request, _("已经有第二位面试人了，或者你还有一份没交的记录。"))
    except commands.Seen:
        messages.error(request, _("你已经看过第一位的评分，不能再做盲评。请另一位主管来评。"))
    else:
        return redirect("trainer:interview", made.pk)
    return redirect("trainer:interviews")


@login_required
@permission_required("trainer.hold_interview", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, pk):
    """A final form is put right by a new one, with the reason."""
    found = get_object_or_404(Interview.objects.final().select_related("learner"), pk=pk, rater=request.user)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.correct_interview(
                interview_id=pk, rater=request.user, reason=form.cleaned_data["reason"], at=timezone.now()
            )
        except commands.AlreadyCorrected:
            messages.error(request, _("这一份已经更正过，或者你还有一份没交的记录。"))
            return redirect("trainer:interview", pk)
        return redirect("trainer:interview", made.pk)
    context = {"interview": found, "person": found.learner, "form": form}
    return render(request, "trainer/interview_correct.html", context)
