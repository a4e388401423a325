from random import Random

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.commands.blueprints import save_blueprint
from quizzes.forms.blueprints import BlueprintForm, BlueprintListForm, SectionForm, SectionFormSet, section_values
from quizzes.models import Blueprint, Topic
from quizzes.queries.blueprints import MOST_SEEDS, blueprints, report, sample_paper, stock
from quizzes.queries.first_blueprint import first_blueprint
from quizzes.rules.drawing import ImpossibleBlueprint
from quizzes.views.downloads import as_sheet, wants_sheet

PER_PAGE = 25


@login_required
@permission_required("quizzes.view_blueprint", raise_exception=True)
@require_safe
def blueprint_list(request):
    """The blueprints; ``format=xlsx`` gives the list as a file."""
    form = BlueprintListForm(request.GET)
    found = blueprints(**form.wanted)
    if wants_sheet(request):
        headers = [
            _("名称"), _("代号"), _("题数"), _("分钟"), _("及格分"), _("最多次数"), _("交卷"), _("通过"), _("状态"),
        ]  # fmt: skip
        rows = (
            [
                str(row), row.slug, row.questions, row.minutes, row.pass_mark, row.max_attempts, row.sat, row.passed,
                _("开放") if row.is_open else _("已关闭"),
            ]
            for row in found
        )  # fmt: skip
        return as_sheet(_("组卷蓝图"), headers, rows)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "quizzes/blueprints.html", {"form": form, "page": page})


@login_required
@permission_required("quizzes.view_blueprint", raise_exception=True)
@require_safe
def blueprint(request, slug):
    """A blueprint against the bank as it stands, and on request a sample paper with its key."""
    found = get_object_or_404(Blueprint, slug=slug)
    there = stock(found)
    context = {"blueprint": found, "report": report(there), "seed": request.GET.get("seed", "")}
    if context["seed"]:
        if not context["seed"].isdecimal() or int(context["seed"]) > MOST_SEEDS:
            context["problem"] = _("种子要写 0 到 %(most)d 的整数。") % {"most": MOST_SEEDS}
        elif context["report"].possible:
            context["sample"] = sample_paper(there, int(context["seed"]))
    context["next_seed"] = Random(context["seed"]).randrange(1, 10_000)  # noqa: S311 - any other paper will do
    return render(request, "quizzes/blueprint.html", context)


@login_required
@permission_required("quizzes.change_blueprint", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug=None):
    """Make or change a blueprint; adding, removing and moving a section shows the form again, unsaved.

    A new one for ``topic`` (several are allowed) starts as an exam that their live questions can fill.
    """
    found = get_object_or_404(Blueprint, slug=slug) if slug else None
    topics = [(topic.slug, str(topic)) for topic in Topic.objects.all()]
    options = {"prefix": "sections", "form_kwargs": {"topics": topics}}
    if request.method != "POST":
        if first := first_blueprint(request.GET.getlist("topic")) if found is None else None:
            form = BlueprintForm(initial=first.terms)
            return _show(request, None, form, SectionFormSet(initial=first.sections, **options))
        rows = found.sections.prefetch_related("topics").order_by("position") if found else ()
        initial = [section_values(row) for row in rows] or [SectionForm.START]
        return _show(request, found, BlueprintForm(instance=found), SectionFormSet(initial=initial, **options))
    form = BlueprintForm(request.POST, instance=found)
    sections = SectionFormSet(request.POST, **options)
    if change := next((name for name in ("add", "remove", "up") if name in request.POST), None):
        typed = _changed(sections.typed(), change, request.POST[change])
        form = BlueprintForm(instance=found, initial={name: form[name].value() for name in form.fields})
        return _show(request, found, form, SectionFormSet(initial=typed, **options))
    if form.is_valid() and sections.is_valid():
        try:
            saved = save_blueprint(
                terms=form.terms(),
                sections=[section.terms() for section in sections],
                blueprint_id=found.pk if found else None,
                by=request.user,
                at=timezone.now(),
            )
        except ImpossibleBlueprint as refusal:
            form.add_error(None, sections.add_shortages(refusal.shortages))
        else:
            messages.success(request, _("已保存“%(title)s”。") % {"title": saved})
            return redirect("quizzes:blueprint", slug=saved.slug)
    return _show(request, found, form, sections, status=422)


def _show(request, found, form, sections, status=200):
    context = {"blueprint": found, "form": form, "sections": sections}
    return render(request, "quizzes/blueprint_edit.html", context, status=status)


def _changed(typed: list[dict], change: str, value: str) -> list[dict]:
    """The sections with one more, one less, or one moved up; ``value`` is the number of the section."""
    if change == "add":
        return [*typed, SectionForm.START]
    number = int(value) if value.isdecimal() else len(typed)
    if change == "remove":
        return typed[:number] + typed[number + 1 :]
    if 0 < number < len(typed):
        typed[number - 1], typed[number] = typed[number], typed[number - 1]
    return typed
