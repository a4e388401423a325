"""Acting for people ticked in a list, whichever it is: remind them, or go on to assign something to them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from quizzes.views.back import way_back
from trainer.commands.reminding import remind_people
from trainer.forms.acting import RemindForm, ticked
from trainer.permissions import learners_in_reach
from trainer.queries.notices import reminded_on


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_POST
def act(request):
    """``do=assign`` goes on to assigning, anything else reminds; then back to the list (``next``)."""
    back = way_back(request, reverse("trainer:team"))
    chosen = ticked(request.POST)
    people = list(learners_in_reach(request.user).filter(pk__in=chosen).values_list("pk", flat=True))
    if left_out := len(chosen) - len(people):
        text = ngettext(
            "%(n)d 人已离职或不在你的小组里，跳过了。", "%(n)d 人已离职或不在你的小组里，跳过了。", left_out
        )
        messages.warning(request, text % {"n": left_out})
    if not people:
        messages.warning(request, _("没有选上可以办的人。先在名字前面打勾。"))
    elif request.POST.get("do") == "assign":
        return redirect(reverse("trainer:assign", query={"people": people, "next": back}))
    else:
        _remind(request, people)
    return redirect(back)


def _remind(request, people: list[int]) -> None:
    form = RemindForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("写一句话（最多 200 字）再提醒。没有发出。"))
        return
    at = timezone.now()
    before = reminded_on(people, timezone.localdate(at))
    told = remind_people(people=people, text=form.cleaned_data["text"], by=request.user, at=at)
    same = len(people) - told  # who was told these words before was not told again
    other = len(before) - same
    if told:
        messages.success(request, ngettext("提醒了 %(n)d 人。", "提醒了 %(n)d 人。", told) % {"n": told})
    if other:
        text = ngettext("其中 %(n)d 人今天已经收到过别的提醒。", "其中 %(n)d 人今天已经收到过别的提醒。", other)
        messages.info(request, text % {"n": other})
    if same:
        text = ngettext(
            "%(n)d 人今天已经收到过同样的话，没有再发。", "%(n)d 人今天已经收到过同样的话，没有再发。", same
        )
        messages.info(request, text % {"n": same})
