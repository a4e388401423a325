"""A draft of a lesson beside the lines it was made from, with its proposed facts to tick."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from trainer.commands.load_entries import edit_entry
from trainer.commands.loads import NotNow
from trainer.forms.load_lessons import FactFormSet, LessonDraftForm, facts_in
from trainer.models import LoadEntry


def edit_lesson(request, entry: LoadEntry, back: str):
    """Called for an entry that is a lesson, by somebody who may load content."""
    data = entry.data or {}
    form = LessonDraftForm(request.POST or None, initial=LessonDraftForm.initial_of(data, entry.file.name))
    facts = FactFormSet(request.POST or None, initial=data["facts"], prefix="facts")
    if request.method == "POST" and form.is_valid() and facts.is_valid():
        try:
            said = form.data_of(data, facts_in(facts, data["facts"]))
            edit_entry(entry_id=entry.pk, data=said, by=request.user, at=timezone.now())
        except NotNow:
            form.add_error(None, _("这一课已经存为草稿，请到“课程和版本”里修改。"))
        else:
            messages.success(request, _("已改好，会按改后的导入。"))
            return redirect(back)
    rows = [(row, data["facts"][n] if n < len(data["facts"]) else None) for n, row in enumerate(facts)]
    wrong = form.errors or any(facts.errors)
    context = {"entry": entry, "load": entry.load, "form": form, "facts": facts, "rows": rows, "back": back}
    return render(request, "trainer/load_lesson_edit.html", context, status=422 if request.POST and wrong else 200)
