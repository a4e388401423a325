"""People who move between teams, leave, or come back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.commands.postings import (
    NotHere,
    StillHere,
    WrongDays,
    deactivate_person,
    hire_again,
    leave,
    move_team,
    undo_leaving,
)
from trainer.commands.privacy import pseudonym
from trainer.forms.postings import FormerForm, HireAgainForm, LeaveForm, MoveForm, TakeNameForm
from trainer.models import User
from trainer.permissions import employments_in_reach
from trainer.queries.decision_list import teams_in
from trainer.queries.postings import former as former_people
from trainer.queries.postings import moves_of, periods_of
from trainer.rules.vocabulary import EmploymentState

PER_PAGE = 25
may_move = permission_required("trainer.move_people", raise_exception=True)
may_hire = permission_required("trainer.change_employment", raise_exception=True)


@login_required
@may_move
@require_safe
def posting(request, pk):
    """Where somebody is and has been, with the ways to change it."""
    return posting_page(request, employment_in_reach(request, pk))


@login_required
@may_move
@require_POST
def move(request, pk):
    employment = employment_in_reach(request, pk)
    form = MoveForm(request.POST, present=employment.team)
    if not form.is_valid():
        return posting_page(request, employment, move=form)
    team = form.cleaned_data["team"]
    try:
        move_team(employment_id=employment.pk, team=team, by=request.user, at=timezone.now())
    except NotHere:
        messages.warning(request, _("这个人已经离职，不能再调组。"))
    else:
        messages.success(
            request, _("%(person)s 已调到%(team)s，没做完的事跟着过去。") % {"person": employment.user, "team": team}
        )
    return _after(request, employment)


@login_required
@may_move
@require_POST
def let_go(request, pk):
    employment = employment_in_reach(request, pk)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return posting_page(request, employment, leave=form)
    data, at = form.cleaned_data, timezone.now()
    try:
        leave(employment_id=employment.pk, on=data["on"], note=data["note"], by=request.user, at=at)
        if data["switch_off"]:
            deactivate_person(user_id=employment.user_id, by=request.user, at=at)
    except NotHere:
        messages.info(request, _("已经记过离职了。"))
    except WrongDays:
        form.add_error("on", _("离职日期不能早于入职日期。"))
        return posting_page(request, employment, leave=form)
    else:
        messages.success(request, _("已记离职，学习和考核记录都留着。"))
    return _after(request, employment)


@login_required
@may_hire
@require_POST
def undo(request, pk):
    employment = employment_in_reach(request, pk)
    try:
        undo_leaving(employment_id=employment.pk, by=request.user, at=timezone.now())
    except StillHere:
        messages.info(request, _("这个人在职，没有离职可以撤销。"))
    else:
        messages.success(request, _("已撤销离职，一切和之前一样。"))
    return redirect("trainer:posting", pk=pk)


@login_required
@may_hire
@require_POST
def rehire(request, pk):
    employment = employment_in_reach(request, pk)
    form = HireAgainForm(request.POST)
    if not form.is_valid():
        return posting_page(request, employment, rehire=form)
    try:
        hire_again(employment_id=employment.pk, by=request.user, at=timezone.now(), **form.cleaned_data)
    except StillHere:
        messages.info(request, _("这个人在职，不用重新入职。"))
    except WrongDays:
        form.add_error("hired_on", _("入职日期要晚于上次离职的日期。"))
        return posting_page(request, employment, rehire=form)
    else:
        messages.success(request, _("已重新入职，以前的记录照样能看。"))
    return redirect("trainer:posting", pk=pk)


@login_required
@may_hire
@require_POST
def switch_off(request, pk):
    employment = employment_in_reach(request, pk)
    deactivate_person(user_id=employment.user_id, by=request.user, at=timezone.now())
    messages.success(request, _("账号已停用，记录都留着。"))
    return redirect("trainer:posting", pk=pk)


@login_required
@may_hire
@require_safe
def former(request):
    """Those who have left; ``format=xlsx`` gives the list as a file."""
    reach = employments_in_reach(request.user)
    form = FormerForm(request.GET, teams=teams_in(reach))
    people = former_people(reach.filter(user__in=form.narrow(User.objects.all())), **form.wanted)
    if wants_sheet(request):
        headers = [_("姓名"), _("小组"), _("入职日期"), _("离职日期")]
        rows = ([str(one.user), str(one.team or ""), one.hired_on, one.left_on] for one in people)
        return as_sheet(_("已离职的人"), headers, rows)
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "trainer/former.html", {"form": form, "page": page})


def employment_in_reach(request, pk):
    rows = employments_in_reach(request.user).select_related("user", "team__supervisor")
    return get_object_or_404(rows, user=pk)


def _after(request, employment):
    """Back to the person's page while they are still in reach."""
    if employments_in_reach(request.user).filter(pk=employment.pk).exists():
        return redirect("trainer:posting", pk=employment.user_id)
    return redirect("trainer:team")


def posting_page(request, employment, **forms):
    """The page, with the form that was not filled in right."""
    today = timezone.localdate()
    context = {
        "employment": employment,
        "moves": moves_of(employment),
        "periods": periods_of(employment),
        "move": forms.get("move") or MoveForm(present=employment.team),
        "leave": forms.get("leave") or LeaveForm(initial={"on": today}),
        "rehire": forms.get("rehire") or HireAgainForm(initial={"hired_on": today}),
        "name": forms.get("name") or TakeNameForm(),
        "nameless": employment.user.username == pseudonym(employment.user),
        "gone": employment.state == EmploymentState.LEFT,
    }
    return render(request, "trainer/posting.html", context, status=422 if forms else 200)
