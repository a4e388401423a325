"""Publishing a version: first what it touches, then the decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from trainer.commands.changes import Published, publish_change
from trainer.forms.changes import PublishForm
from trainer.models import LessonVersion
from trainer.queries.impact import Impact, impact_of
from trainer.queries.impact_words import fact_rows, question_rows, suggested_note
from trainer.queries.lesson_versions import differences
from trainer.rules.vocabulary import ChangeKind

PER_PAGE = 25
TABS = ("facts", "questions", "exams", "scenarios", "people")


def _version(slug: str, number: int) -> LessonVersion:
    versions = LessonVersion.objects.select_related("lesson", "change", "created_by")
    return get_object_or_404(versions, lesson__slug=slug, number=number)


@login_required
@permission_required("trainer.publish_lesson", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def impact(request, slug, number):
    """What publishing this version would touch; a post decides what it means and publishes it."""
    version, at = _version(slug, number), timezone.now()
    change = getattr(version, "change", None)
    form = PublishForm(request.POST or None, version=version, today=timezone.localdate(at))
    if request.method == "POST" and form.is_valid():
        published = publish_change(version_id=version.pk, by=request.user, at=at, **form.cleaned_data)
        _tell(request, published, version)
        return redirect("trainer:content_lesson", slug=slug)
    found = impact_of(version, at=at)
    if not form.is_bound:
        form.initial["note"] = change.note if change else suggested_note(found)
    tab = request.GET.get("show")
    tab = tab if tab in TABS else "facts"
    context = {
        "version": version,
        "impact": found,
        "change": change,
        "correction": change is not None and change.kind == ChangeKind.CORRECTION,
        "form": form,
        "tab": tab,
        "counts": _counts(found),
        **_listed(request, found, tab),
    }
    return render(request, "trainer/content_impact.html", context, status=422 if form.errors else 200)


def _counts(found: Impact) -> dict[str, int]:
    made = found.remaking
    return {
        "facts": len(found.facts),
        "questions": len(made.changed) + len(made.new) + len(made.gone) + len(found.handwritten),
        "exams": len(found.blueprints),
        "scenarios": len(found.scenarios),
        "people": len(found.people),
    }


def _listed(request, found: Impact, tab: str) -> dict:
    if tab == "facts":
        return {"facts": fact_rows(found), "differences": differences(found.before, found.version)}
    if tab == "exams":
        return {"papers": found.open_papers[:PER_PAGE], "more_papers": max(len(found.open_papers) - PER_PAGE, 0)}
    listed = {"people": found.people, "scenarios": found.scenarios}
    rows = listed[tab] if tab in listed else question_rows(found)
    return {"page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))}


def _tell(request, published: Published, version: LessonVersion) -> None:
    if not published.new:
        messages.info(request, _("这一版早就发布了，什么也没有改。"))
    elif not published.applied:
        day = version.effective_from
        messages.success(request, _("已发布，%(day)s 起生效；到那天试题会自动换好，复查也会布置下去。") % {"day": day})
    else:
        done = {"number": version.number, "done": _done(published)}
        messages.success(request, _("第 %(number)d 版已发布，%(done)s。") % done)


def _done(published: Published) -> str:
    made, gone = published.questions.changed + published.questions.new, published.questions.retired
    reviewed, assigned = published.reviewed, published.assigned
    parts = [ngettext("%(n)d 道题重新出好", "%(n)d 道题重新出好", made) % {"n": made}]
    if gone:
        parts.append(ngettext("%(n)d 道停用", "%(n)d 道停用", gone) % {"n": gone})
    if reviewed:
        parts.append(ngettext("%(n)d 道手写题转为待审核", "%(n)d 道手写题转为待审核", reviewed) % {"n": reviewed})
    if published.scenarios:
        n = published.scenarios
        parts.append(ngettext("%(n)d 个对练情景等人看", "%(n)d 个对练情景等人看", n) % {"n": n})
    if assigned:
        parts.append(ngettext("给 %(n)d 人布置了复查", "给 %(n)d 人布置了复查", assigned) % {"n": assigned})
    return _("，").join(parts)
