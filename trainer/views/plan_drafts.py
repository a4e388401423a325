"""Editing the draft of a plan, and publishing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trainer.commands.plans import (
    discard_draft,
    open_draft,
    publish_version,
    raise_requirement,
    remove_requirement,
    save_requirement,
    set_cuts,
)
from trainer.forms.plans import CutsForm, PublishForm, RequirementForm
from trainer.models import ConfirmationPlan, PlanVersion
from trainer.models.labels import plan_choices
from trainer.queries.plan_check import PREVIEWED, concerned_by, problems_of, walking_by
from trainer.rules.vocabulary import Part, RequirementKind


@login_required
@permission_required("trainer.change_confirmationplan", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request, slug):
    """The draft with all that it asks for; posting opens one, changes the cuts, moves or removes a requirement."""
    plan = get_object_or_404(ConfirmationPlan, slug=slug)
    by = {"by": request.user, "at": timezone.now()}
    if request.method == "POST" and "open" in request.POST:
        open_draft(plan_id=plan.pk, **by)
        return redirect("trainer:plan_draft", slug=slug)
    found = PlanVersion.objects.drafts().filter(plan=plan).select_related("plan").first()
    if found is None:
        return redirect("trainer:plan", slug=slug)
    rows = list(found.requirements.order_by("position"))
    own = {str(row.pk): row.pk for row in rows}
    cuts = CutsForm(request.POST if "cuts" in request.POST else None, initial=vars(found))
    if request.method == "POST":
        if cuts.is_valid():
            set_cuts(version_id=found.pk, **cuts.cleaned_data, **by)
        elif (pk := own.get(request.POST.get("up", ""))) is not None:
            raise_requirement(requirement_id=pk, **by)
        elif (pk := own.get(request.POST.get("remove", ""))) is not None:
            remove_requirement(requirement_id=pk, **by)
        if not cuts.errors:
            return redirect("trainer:plan_draft", slug=slug)
    context = {
        "plan": plan,
        "draft": found,
        "parts": [(part, [row for row in rows if row.part == part]) for part in Part],
        "rows": rows,
        "cuts": cuts,
        "kinds": plan_choices(RequirementKind),
        "problems": problems_of(found, rows, at=by["at"]),
    }
    return render(request, "trainer/plan_draft.html", context, status=422 if cuts.errors else 200)


@login_required
@permission_required("trainer.change_confirmationplan", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def requirement(request, slug, pk=None):
    """Add a requirement of the kind in the address, or change one of the draft."""
    found = get_object_or_404(PlanVersion.objects.drafts().select_related("plan"), plan__slug=slug)
    row = get_object_or_404(found.requirements, pk=pk) if pk else None
    try:
        kind = RequirementKind(row.kind if row else request.GET.get("kind", ""))
    except ValueError:
        raise Http404 from None
    form = RequirementForm(request.POST or None, kind=kind, row=row)
    if form.is_valid():
        values = form.values()
        if row is None:
            values["slug"] = _new_slug(found, kind)
        save_requirement(
            version_id=found.pk, requirement_id=pk, values=values, by=request.user, at=timezone.now()
        )
        messages.success(request, _("已保存“%(title)s”，发布以后才生效。") % {"title": values["title"]})
        return redirect("trainer:plan_draft", slug=slug)
    context = {"plan": found.plan, "form": form, "row": row, "kind": dict(plan_choices(RequirementKind))[kind]}
    return render(request, "trainer/plan_requirement.html", context, status=422 if request.method == "POST" else 200)


@login_required
@permission_required("trainer.change_confirmationplan", raise_exception=True)
@require_POST
def discard(request, slug):
    found = get_object_or_404(PlanVersion.objects.drafts(), plan__slug=slug)
    discard_draft(version_id=found.pk, by=request.user, at=timezone.now())
    messages.success(request, _("草稿已丢掉，现行的方案没有变。"))
    return redirect("trainer:plan", slug=slug)


@login_required
@permission_required("trainer.change_confirmationplan", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request, slug):
    """What keeps the draft from being met and whom it would concern; posting publishes it when it can be met."""
    found = get_object_or_404(PlanVersion.objects.drafts().select_related("plan"), plan__slug=slug)
    at = timezone.now()
    rows = list(found.requirements.order_by("position"))
    problems = problems_of(found, rows, at=at)
    concerned = concerned_by(found, rows, at=at)
    refused = any(problem.refuses for problem in problems)
    form = PublishForm(request.POST or None, people=[row.now.employment.pk for row in concerned])
    if form.is_valid() and not refused:
        data = form.cleaned_data
        publish_version(version_id=found.pk, note=data["note"], move=data["move"], by=request.user, at=at)
        messages.success(
            request,
            _("第 %(n)d 版已生效。换过去 %(moved)d 人，其他人留在原来的版本。")
            % {"n": found.number, "moved": len(data["move"])},
        )
        return redirect("trainer:plan", slug=slug)
    people = walking_by(found.plan).count() if len(concerned) >= PREVIEWED else len(concerned)
    context = {
        "plan": found.plan, "draft": found, "rows": rows, "problems": problems, "refused": refused, "form": form,
        "concerned": concerned, "changed": sum(row.change != "same" for row in concerned), "people": people,
    }  # fmt: skip
    return render(request, "trainer/plan_publish.html", context, status=422 if request.method == "POST" else 200)


def _new_slug(version: PlanVersion, kind: RequirementKind) -> str:
    taken = set(version.requirements.values_list("slug", flat=True))
    base = kind.value.replace("_", "-")
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 1000))) if slug not in taken)
