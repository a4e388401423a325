"""Taking the names off the records of people who are gone."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from trainer.commands.privacy import AppealOpen, StillHere, anonymise_due, anonymise_person
from trainer.forms.acting import ticked
from trainer.forms.postings import TakeNameForm
from trainer.forms.team import PeopleForm
from trainer.models import User
from trainer.queries.privacy import past_retention
from trainer.views.postings import employment_in_reach, posting_page

PER_PAGE = 25


@login_required
@permission_required("trainer.change_employment", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def names(request):
    """Those who left so long ago that the house need not keep their names; the chosen ones lose theirs."""
    at = timezone.now()
    if request.method == "POST":
        done, waiting = anonymise_due(people=set(ticked(request.POST)), by=request.user, at=at)
        if done:
            messages.success(request, ngettext("已给 %(n)d 个人去名。", "已给 %(n)d 个人去名。", done) % {"n": done})
        if waiting:
            messages.warning(
                request,
                ngettext("%(n)d 个人还有没答复的申诉，先答复。", "%(n)d 个人还有没答复的申诉，先答复。", waiting)
                % {"n": waiting},
            )
        if not done and not waiting:
            messages.info(request, _("先选人。"))
        return redirect("trainer:names")
    form = PeopleForm(request.GET, teams=[])
    people = past_retention(timezone.localdate(at)).filter(user__in=form.narrow(User.objects.all()))
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "months": settings.RETENTION_MONTHS}
    return render(request, "trainer/names.html", context)


@login_required
@permission_required("trainer.change_employment", raise_exception=True)
@require_POST
def take_name(request, pk):
    """Before the time is up, with a reason: because they asked for it."""
    employment = employment_in_reach(request, pk)
    form = TakeNameForm(request.POST)
    if not form.is_valid():
        return posting_page(request, employment, name=form)
    try:
        anonymise_person(user_id=pk, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
    except StillHere:
        messages.warning(request, _("这个人还在职，不能去名。"))
    except AppealOpen:
        messages.warning(request, _("还有没答复的申诉，答复以后才能去名。"))
    else:
        messages.success(request, _("姓名已去掉，记录留在编号下。"))
    return redirect("trainer:posting", pk=pk)
