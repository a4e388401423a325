"""The page of a talk, and what its script sends."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.commands.sessions import (
    LONGEST_REPLY,
    BadReply,
    CannotStepBack,
    NoHint,
    SpokenElsewhere,
    TalkOver,
    UnknownItem,
    ask_hint,
    leave,
    look_up,
    say,
    step_back,
    tick_silence,
)
from quizzes.forms.acting import BODY_LIMIT, Act, UnreadableAct, checked_act, read_act
from quizzes.models import Session
from quizzes.queries.roleplay import quick_phrases
from quizzes.queries.talk_page import talk_page


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session(request, pk):
    """A talk, or the three that run at once. Its form works without scripts, too."""
    found = get_object_or_404(Session, pk=pk, learner=request.user)
    at = timezone.now()
    if request.method == "POST":
        return _posted(request, found, at)
    if not found.is_open and not found.group:
        return redirect("quizzes:debrief", pk=pk)
    talks = Session.objects.filter(learner=request.user).select_related("version", "scenario").order_by("pk")
    together = list(talks.filter(group=found.group) if found.group else talks.filter(pk=pk))
    if not any(talk.is_open for talk in together):
        return redirect("quizzes:debrief", pk=pk)
    pages = [talk_page(tick_silence(session_id=t.pk, learner_id=request.user.pk, at=at), at) for t in together]
    context = {
        "pages": pages,
        "here": found,
        "phrases": quick_phrases(found.scenario.platform, found.scenario.stage),
        "longest": LONGEST_REPLY,
        "token": uuid4(),
    }
    return render(request, "quizzes/session.html", context)


@login_required
@require_POST
def act(request, pk):
    """One act of the script; see ``forms.acting.read_act`` and ``TalkPage.to_data`` for what goes to and fro.

    Errors are ``{"error": message}`` with 400, 404, 409 or 413; with 409 (the talk is over, or went on in another tab)
    the talk as it is now comes along.
    """
    at = timezone.now()
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY_LIMIT:
        return JsonResponse({"error": _("太长了，没有发出。内容还在输入框里，分几句发。")}, status=413)
    try:
        talk = _do(pk, request.user.pk, read_act(request.body), at)
    except UnreadableAct as error:
        return JsonResponse({"error": str(error)}, status=400)
    except Session.DoesNotExist:
        return JsonResponse({"error": _("没有找到这场对练。")}, status=404)
    except (TalkOver, SpokenElsewhere) as error:
        talk = Session.objects.select_related("version", "scenario").get(pk=pk, learner=request.user)
        return JsonResponse({"error": _message(error), **talk_page(talk, at).to_data()}, status=409)
    except (BadReply, CannotStepBack, NoHint, UnknownItem) as error:
        return JsonResponse({"error": _message(error)}, status=400)
    return JsonResponse(talk_page(talk, at).to_data())


def _do(pk: int, learner_id: int, wanted: Act, at) -> Session:
    ids = {"session_id": pk, "learner_id": learner_id, "at": at}
    match wanted.kind:
        case "look":
            return look_up(**ids, item=wanted.name)
        case "wait":
            return tick_silence(**ids)
        case "back":
            return step_back(**ids, after=wanted.after, client=wanted.client)
        case "leave":
            return leave(**ids)
        case "hint":
            return ask_hint(**ids)
    page = {"client": wanted.client, "sequence": wanted.sequence, "after": wanted.after}
    choice = wanted.name if wanted.kind == "choose" else ""
    return say(**ids, **page, text=wanted.text, choice=choice)


def _posted(request, found: Session, at):
    """The page's form without its script: ``do`` is the kind, with the item or prepared reply after a colon."""
    kind, _colon, name = request.POST.get("do", "say").partition(":")
    after = request.POST.get("after", "")
    try:
        wanted = checked_act(
            {
                "kind": kind,
                "name": name,
                "text": request.POST.get("text", ""),
                "client": request.POST.get("token", ""),
                "sequence": 1,
                "after": int(after) if after.isascii() and after.isdigit() else 0,
            }
        )
        _do(found.pk, request.user.pk, wanted, at)
    except UnreadableAct as error:
        messages.warning(request, str(error))
    except (TalkOver, SpokenElsewhere, BadReply, CannotStepBack, NoHint, UnknownItem) as error:
        messages.warning(request, _message(error))
    return redirect("quizzes:session", pk=found.pk)


def _message(error: Exception) -> str:
    if isinstance(error, BadReply):
        return _("写点什么再发。") if error.length <= LONGEST_REPLY else _too_long(error.length)
    if isinstance(error, TalkOver):
        return _("对话已经结束，这一句没有发出。")
    if isinstance(error, SpokenElsewhere):
        return _("这场对话刚在另一个窗口继续了，这一句没有发出，还留在输入框里。看过新的内容再发。")
    if isinstance(error, CannotStepBack):
        return _("现在不能退回：只有练习可以退一步，而且要先回过话。")
    if isinstance(error, NoHint):
        return _("现在没有提示：只有练习可以看，先自己回一句。")
    return _("没有这一项，请刷新页面后再试。")


def _too_long(length: int) -> str:
    return _("太长了：%(length)d 字，一句最多 %(most)d 字。内容还在输入框里，分几句发。") % {
        "length": length,
        "most": LONGEST_REPLY,
    }
