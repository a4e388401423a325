"""Writing the next edition of a lesson, with its facts. Saving makes a draft; publishing has a page of its own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from quizzes.models import Topic
from trainer.commands.lessons import KeysTaken, TooEarly, save_draft
from trainer.forms.facts import TYPES, FactFormSet, fact_values, new_fact
from trainer.forms.lesson_edit import LessonForm, lesson_values
from trainer.models import FactAttribute, Lesson
from trainer.queries.lesson_entries import entry_of, version_to_edit
from trainer.rules.markdown import render as render_markdown


@login_required
@permission_required("trainer.publish_lesson", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug):
    """The form; adding or removing a fact and previewing the text show it again, unsaved."""
    lesson = get_object_or_404(Lesson, slug=slug)
    version = version_to_edit(lesson)
    if version is None:
        raise Http404
    base, today = entry_of(version), timezone.localdate()
    topics = [(topic.slug, str(topic)) for topic in Topic.objects.all()]
    attributes = {row.key: row.to_rule() for row in FactAttribute.objects.all()}
    named = {"base": base, "topics": topics}
    options = {"prefix": "facts", "form_kwargs": {"attributes": attributes}}
    if request.method != "POST":
        form = LessonForm(initial=lesson_values(base, today=today), **named)
        return _show(request, version, form, FactFormSet(initial=[fact_values(f) for f in base.facts], **options))
    form, facts = LessonForm(request.POST, **named), FactFormSet(request.POST, **options)
    if {"add", "remove", "preview"} & request.POST.keys():
        typed = _changed(facts.typed(), request.POST, form)
        form = LessonForm(initial={name: form[name].value() for name in form.fields}, **named)
        return _show(request, version, form, FactFormSet(initial=typed, **options))
    entry = form.entry(facts)
    if entry is not None:
        try:
            draft = save_draft(entry=entry, by=request.user, at=timezone.now())
        except TooEarly as error:
            day = date_format(error.args[0])
            form.add_error("effective_from", _("现行的版本从 %(day)s 起生效，新版不能更早。") % {"day": day})
        except KeysTaken as error:
            taken = _("、").join(error.args[0])
            form.add_error(None, _("别的课程已经有叫“%(keys)s”的知识点，请换代号。") % {"keys": taken})
        else:
            if draft is None:
                messages.info(request, _("和现行的版本一样，没有存草稿。"))
                return redirect("trainer:content_lesson", slug=slug)
            messages.success(request, _("草稿存好了，学员还看不到。看过影响再发布。"))
            return redirect("trainer:content_impact", slug=slug, number=draft.number)
    return _show(request, version, form, facts, status=422)


def _show(request, version, form, facts, status=200):
    body = form["body"].value() if "preview" in request.POST else ""
    context = {
        "lesson": version.lesson,
        "version": version,
        "form": form,
        "facts": facts,
        "types": TYPES,
        "preview": render_markdown(body) if body else "",
        "lists": [form[name] for name in ("steps", "signs", "strategy", "do", "dont") if name in form.fields],
    }
    return render(request, "trainer/content_edit.html", context, status=status)


def _changed(typed: list[dict], posted, form: LessonForm) -> list[dict]:
    """The facts as they were typed, with one more or one less."""
    if "add" in posted:
        scope, begins = form["platforms"].value() or ["all"], form["effective_from"].value()
        flag = form["status"].value() or "current"
        return [*typed, new_fact(posted.get("new_type", ""), flag=flag, scope=scope, valid_from=begins)]
    number = posted.get("remove", "")
    if number.isdecimal() and len(number) < 4:
        return typed[: int(number)] + typed[int(number) + 1 :]
    return typed
