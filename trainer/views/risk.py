"""Who needs attention, with the reasons; reminding and assigning from the list."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from trainer.commands.reminding import remind_people
from trainer.forms.team import RemindForm, RiskForm
from trainer.permissions import learners_in_reach
from trainer.queries.risk import people_at_risk
from trainer.queries.team import teams_in_reach
from trainer.views.downloads import as_sheet

PER_PAGE = 25


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_safe
def risk(request):
    """The people of one's teams who need attention; ``format=xlsx`` gives the list as a file."""
    reach = learners_in_reach(request.user)
    form = RiskForm(request.GET, teams=teams_in_reach(reach))
    found = people_at_risk(reach, **form.wanted, at=timezone.now())
    if request.GET.get("format") == "xlsx":
        headers = [_("姓名"), _("小组"), _("为什么"), _("最近一次学习")]
        rows = (
            [
                str(row.confirmation.employment.user),
                str(row.confirmation.employment.team or ""),
                _("；").join(reason.text for reason in row.reasons),
                timezone.localtime(row.active_at) if row.active_at else None,
            ]
            for row in found
        )
        return as_sheet(_("需要关注"), headers, rows)
    context = {
        "form": form,
        "wanted": form.wanted,
        "filtered": any(form.wanted.values()),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "trainer/risk.html", context)


@login_required
@permission_required("trainer.view_team", raise_exception=True)
@require_POST
def remind(request):
    """Remind the chosen people, those of one's teams."""
    form = RemindForm(request.POST, people=learners_in_reach(request.user))
    if form.is_valid():
        people = [person.pk for person in form.cleaned_data["people"]]
        told = remind_people(people=people, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
        if told:
            messages.success(request, ngettext("提醒了 %(n)d 人。", "提醒了 %(n)d 人。", told) % {"n": told})
        else:
            messages.info(request, _("同样的话今天已经提醒过他们了。"))
    else:
        messages.warning(request, _("选上人，写一句话，再提醒。没有发出。"))
    return redirect("trainer:risk")
