"""The judge's patterns: what it looks for, changing that, and trying the judge on a text."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.commands.patterns import ChangedSince, NothingNew, add_pattern, change_pattern, switch_pattern
from quizzes.forms.patterns import CheckForm, PatternForm, SwitchForm, TryForm
from quizzes.models import PatternVersion
from quizzes.models.labels import CHECK_LABELS
from quizzes.queries.labelled import ruled_replies
from quizzes.queries.pattern_effect import Preview, preview, preview_switch
from quizzes.queries.patterns import (
    Listed,
    changed_by_check,
    history,
    library_called,
    listed,
    newest_library,
    one_listed,
)
from quizzes.rules.replies.checks import CHECKS, NAMES
from quizzes.rules.replies.judging import judge
from quizzes.rules.replies.records import dump
from quizzes.rules.replies.regexes import BadPattern
from quizzes.rules.replies.shop import ExamplesFail
from quizzes.views.downloads import as_file

keeps_judge = permission_required("quizzes.keep_judge", raise_exception=True)
CHANGED_SINCE = gettext_lazy("你打开这一页以后，有人改过这条句式。请另开一页看看新的写法，再决定要不要改。")
SHOWN = 12  # of each sort that an effect lists one by one


@login_required
@keeps_judge
@require_safe
def patterns(request):
    """The patterns of one check, with the checks to choose from."""
    check = _check_in(request.GET.get("check", ""))
    changed = changed_by_check()
    checks = [(one.name, CHECK_LABELS[one.name], one.violation, changed.get(one.name, 0)) for one in CHECKS]
    context = {"check": check, "label": CHECK_LABELS[check], "checks": checks, "rows": listed(check)}
    return render(request, "quizzes/patterns.html", context)


@login_required
@keeps_judge
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """A pattern of the shop's own."""
    check = _check_in(request.POST.get("check", "") or request.GET.get("check", ""))
    form = PatternForm(request.POST or None)
    context = {"check": check, "check_form": CheckForm(initial={"check": check})}
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return _preview(request, form, check, None, context)
        save = partial(add_pattern, check=check)
        version = _save(request, form, save)
        if version:
            messages.success(request, _("已加上。新开始的对练就按它判。"))
            return redirect("quizzes:pattern", name=version.name)
    return _show(request, form, None, context)


@login_required
@keeps_judge
@require_http_methods(["GET", "HEAD", "POST"])
def pattern(request, name):
    """One pattern: its words, examples and history, to change them."""
    old = _found(name)
    form = PatternForm(request.POST or None, old=old)
    context = {"check": old.check, "versions": history(name)}
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return _preview(request, form, old.check, old, context)
        try:
            seen = request.POST.get("seen", "")
            version = _save(
                request, form, partial(change_pattern, name=name, seen=int(seen) if seen.isdecimal() else -1)
            )
        except ChangedSince:
            form.add_error(None, CHANGED_SINCE)
        except NothingNew:
            messages.warning(request, _("和现在的一样，没有改什么。"))
            return redirect("quizzes:pattern", name=name)
        else:
            if version:
                messages.success(request, _("已存为新的一版。新开始的对练就按它判。"))
                return redirect("quizzes:pattern", name=name)
    return _show(request, form, old, context)


@login_required
@keeps_judge
@require_POST
def switch(request, name):
    """Switch a pattern off, or on again; ``preview`` shows what that would change, and changes nothing."""
    old = _found(name)
    if "preview" in request.POST:
        return _preview_switch(request, old)
    form = SwitchForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("写一句为什么，再停用或启用。"))
        return redirect("quizzes:pattern", name=name)
    data = form.cleaned_data
    try:
        switch_pattern(
            name=name, on=data["on"], reason=data["reason"], seen=data["seen"], by=request.user, at=timezone.now()
        )
    except ChangedSince:
        messages.warning(request, CHANGED_SINCE)
    except NothingNew:
        messages.info(request, _("已经是这样了。"))
    else:
        messages.success(request, _("已启用。") if data["on"] else _("已停用。新开始的对练不再看这条。"))
    return redirect("quizzes:pattern", name=name)


@login_required
@keeps_judge
@require_http_methods(["GET", "HEAD", "POST"])
def try_out(request):
    """What the judge says of a text, with the words that made it say so."""
    form = TryForm(request.POST or None)
    verdicts = None
    if request.method == "POST" and form.is_valid():
        library = library_called(newest_library())
        notes = {one.id: one.note for one in library.patterns}
        found = judge(form.asked(), library=library).verdicts.values()
        verdicts = [
            {
                "label": CHECK_LABELS[one.check],
                "verdict": one,
                "likely": round(100 * one.probability),
                "patterns": [(name, notes[name]) for name in one.patterns],
                "violation": CHECKS[NAMES.index(one.check)].violation,
            }
            for one in sorted(found, key=lambda one: (not one.yes, one.sure, -one.probability))
        ]
    return render(request, "quizzes/pattern_try.html", {"form": form, "verdicts": verdicts})


@login_required
@keeps_judge
@require_safe
def rulings(request):
    """What people ruled, as labelled replies to train the judge on: no names, phone or order numbers."""
    content = "".join(f"{dump(record)}\n" for record in ruled_replies())
    name = f"rulings-{timezone.localdate():%Y-%m-%d}.jsonl"
    return as_file(content.encode(), name, "application/jsonl; charset=utf-8")


def _found(name: str) -> Listed:
    found = one_listed(name)
    if found is None:
        raise Http404
    return found


def _check_in(word: str) -> str:
    return word if word in NAMES else NAMES[0]


def _save(request, form: PatternForm, save) -> PatternVersion | None:
    try:
        return save(
            row=form.row(),
            decisive=form.cleaned_data.get("decisive", False),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except BadPattern as error:
        _tell(form, error)
        return None


def _tell(form: PatternForm, error: BadPattern) -> None:
    for text in error.examples if isinstance(error, ExamplesFail) else [str(error)]:
        form.add_error(None, text)


def _preview(request, form: PatternForm, check: str, old: Listed | None, context: dict):
    try:
        effect = preview(check, old, form.row(), form.cleaned_data.get("decisive", False))
    except BadPattern as error:
        _tell(form, error)
        return _show(request, form, old, context)
    return _show(request, form, old, context | _told(effect))


def _preview_switch(request, old: Listed):
    context = {"check": old.check, "versions": history(old.id), "reason": request.POST.get("reason", "")[:200]}
    form = PatternForm(old=old)
    try:
        context |= _told(preview_switch(old, not old.is_on)) | {"switching": True}
    except BadPattern as error:
        messages.warning(request, str(error))
    return _show(request, form, old, context)


def _told(effect: Preview) -> dict:
    replies, goldens = [*effect.recent.changes, *effect.labelled.changes], effect.goldens.changes
    return {"effect": effect, "changes": replies[:SHOWN], "goldens": goldens[:SHOWN], "taught": effect.taught[:SHOWN]}


def _show(request, form: PatternForm, old: Listed | None, context: dict):
    context |= {"form": form, "pattern": old, "label": CHECK_LABELS[context["check"]]}
    return render(request, "quizzes/pattern.html", context, status=422 if form.errors else 200)
