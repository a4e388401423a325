"""Confirmation plans: which there are, who walks by which version, and moving people on purpose."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainer.commands.plans import NothingInForce, create_plan, make_default, move_people
from trainer.forms.plans import MoveForm, NewPlanForm
from trainer.models import ConfirmationPlan
from trainer.queries.plan_check import problems_of
from trainer.queries.plan_lists import elsewhere, plan_lines, versions_of

PER_PAGE = 25


@login_required
@permission_required("trainer.change_confirmationplan", raise_exception=True)
@require_safe
def plans(request):
    return render(request, "trainer/plans.html", {"lines": plan_lines()})


@login_required
@permission_required("trainer.change_confirmationplan", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    form = NewPlanForm(request.POST or None)
    if form.is_valid():
        create_plan(**form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("trainer:plan_draft", slug=form.cleaned_data["slug"])
    return render(request, "trainer/plan_new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@login_required
@permission_required("trainer.change_confirmationplan", raise_exception=True)
@require_safe
def plan(request, slug):
    """What the version in force asks for, earlier versions, and who could be moved to it."""
    return _show(request, get_object_or_404(ConfirmationPlan, slug=slug))


@login_required
@permission_required("trainer.change_confirmationplan", raise_exception=True)
@require_POST
def default(request, slug):
    found = get_object_or_404(ConfirmationPlan, slug=slug)
    try:
        make_default(plan_id=found.pk, by=request.user, at=timezone.now())
    except NothingInForce:
        messages.error(request, _("这个方案还没有发布过，不能设为默认。"))
    else:
        messages.success(request, _("以后入职的人默认走“%(plan)s”，已经在走的人不变。") % {"plan": found})
    return redirect("trainer:plan", slug=slug)


@login_required
@permission_required("trainer.change_confirmationplan", raise_exception=True)
@require_POST
def move(request, slug):
    """Move the ticked people to the version in force of this plan."""
    found = get_object_or_404(ConfirmationPlan, slug=slug)
    current = versions_of(found).current
    if current is None:
        return redirect("trainer:plan", slug=slug)
    ids = elsewhere(current, "").values_list("pk", flat=True)
    form = MoveForm(request.POST, people=ids)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    data = form.cleaned_data
    moved = move_people(
        employments=data["people"], version_id=current.pk, reason=data["reason"], by=request.user, at=timezone.now()
    )
    told = _("已把 %(n)d 人换到《%(version)s》，理由留在记录里。") % {"n": moved, "version": current}
    messages.success(request, told)
    return redirect("trainer:plan", slug=slug)


def _show(request, found: ConfirmationPlan, form: MoveForm | None = None, status: int = 200):
    versions, q = versions_of(found), request.GET.get("q", "").strip()[:40]
    rows = list(versions.current.requirements.order_by("position")) if versions.current else []
    context = {
        "plan": found,
        "versions": versions,
        "rows": rows,
        "problems": problems_of(versions.current, rows, at=timezone.now()) if versions.current else [],
        "q": q,
        "form": form or MoveForm(),
    }
    if versions.current:
        context["page"] = Paginator(elsewhere(versions.current, q), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "trainer/plan.html", context, status=status)
