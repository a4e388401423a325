"""What the scripts of the sitting send: answers, flags, and how long the page was left."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quizzes.commands.attempts import record_leave, set_flag
from quizzes.commands.saving import WrongShape, save_answers
from quizzes.forms.saving import BODY_LIMIT, UnreadableSave, read_save
from quizzes.models import Attempt

LONGEST_LEAVE = 24 * 60 * 60


def _refuse(status: int, message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)


@login_required
@require_POST
def save(request, pk):
    """Save answers; see ``forms.saving.read_save`` for what is sent.

    Gives ``{"saved": {item: sequence}, "stale": {item: {"sequence", "answer", "mine"}}, "closed", "kept_late",
    "now"}``, ``now`` in milliseconds since 1970. Errors are ``{"error": message}`` with 400, 404, 413 or 415; an
    answer that its question cannot have is named, too: ``{"error": message, "item": 7}``.
    """
    if request.content_type != "application/json":
        return _refuse(415, _("收到的内容不是 JSON，没有保存。请刷新页面后再试。"))
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY_LIMIT:
        return _refuse(413, _("一次送来的答案太多，没有保存。请缩短答案后再试。"))
    at = timezone.now()
    try:
        sent = read_save(request.body)
        saved = save_answers(attempt_id=pk, learner_id=request.user.pk, given=sent.given, client=sent.client, at=at)
    except WrongShape as error:
        return JsonResponse({"error": str(error), "item": error.item_id}, status=400)
    except UnreadableSave as error:
        return _refuse(400, str(error))
    except Attempt.DoesNotExist:
        return _refuse(404, _("没有找到这次考试。"))
    return JsonResponse(
        {
            "saved": saved.saved,
            "stale": saved.stale,
            "closed": saved.closed,
            "kept_late": sorted(saved.kept_late),
            "now": int(at.timestamp() * 1000),
        }
    )


def _number(raw: str | None, most: int) -> int | None:
    return int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 10 and int(raw) <= most else None


@login_required
@require_POST
def flag(request, pk):
    """Mark a question (form field ``position``) to come back to, or with ``on=0`` no longer."""
    position = _number(request.POST.get("position"), 10_000)
    if not position or request.POST.get("on") not in ("0", "1"):
        return _refuse(400, _("没有说明标记哪道题。请刷新页面后再试。"))
    on = request.POST["on"] == "1"
    try:
        set_flag(attempt_id=pk, learner_id=request.user.pk, position=position, on=on, at=timezone.now())
    except Attempt.DoesNotExist:
        raise Http404 from None
    return HttpResponse(status=204)


@login_required
@require_POST
def leave(request, pk):
    """Record that the page was left for so many ``seconds``."""
    seconds = _number(request.POST.get("seconds"), LONGEST_LEAVE)
    if not seconds:
        return _refuse(400, _("没有说明离开了多久。"))
    try:
        record_leave(attempt_id=pk, learner_id=request.user.pk, seconds=seconds, at=timezone.now())
    except Attempt.DoesNotExist:
        raise Http404 from None
    return HttpResponse(status=204)
