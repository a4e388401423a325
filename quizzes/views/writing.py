"""Writing a question by hand, of any kind."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from quizzes.commands.questions import QuestionEntry
from quizzes.commands.writing import AskedAlready, NothingNew, WrittenSince, rewrite_question, write_question
from quizzes.forms.writing import QuestionForm, Written, initial_of
from quizzes.models import Question
from quizzes.models.labels import choices
from quizzes.rules.vocabulary import Kind


def kind_in(word: str, otherwise: Kind = Kind.SINGLE) -> Kind:
    return next((kind for kind in Kind if kind == word), otherwise)


def typed_in(form: QuestionForm) -> dict:
    """What was typed, right or wrong, to begin the form of another kind with."""
    return {name: form[name].value() for name in form.fields if name != "rule"}


@login_required
@permission_required("quizzes.change_question", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """A new draft; ``switch`` shows the form of another kind with what was typed."""
    kind = kind_in(request.POST.get("kind", "") or request.GET.get("kind", ""))
    form = QuestionForm(request.POST or None, kind=kind)
    if "switch" in request.POST:
        return _show(request, QuestionForm(kind=kind_in(request.POST["switch"]), initial=typed_in(form)))
    if request.method == "POST" and form.is_valid():
        try:
            question = write_question(
                entry=entry_of(form.written), reason=_("手写新题"), by=request.user, at=timezone.now()
            )
        except AskedAlready as found:
            url = reverse("quizzes:question", args=[found.args[0]])
            form.add_error(None, format_html(_("题库里已经有<a href=\"{}\">一样的题</a>。"), url))
        else:
            messages.success(request, _("已存为草稿；看过没问题，就可以上线。"))
            return redirect("quizzes:question", slug=question.slug)
    return _show(request, form, status=422 if form.errors else 200)


@login_required
@permission_required("quizzes.change_question", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug):
    """A new version of a question; papers that were drawn keep the old one."""
    question = get_object_or_404(Question.objects.with_current(), slug=slug)
    version = question.current
    kind = kind_in(request.POST.get("kind", ""), Kind(version.kind) if version else Kind.SINGLE)
    initial = initial_of(version, tuple(question.tags.values_list("name", flat=True))) if version else {}
    form = QuestionForm(request.POST or None, kind=kind, initial=initial, old=version.parsed() if version else None)
    context = {"question": question, "version": version}
    if "switch" in request.POST:
        form = QuestionForm(kind=kind_in(request.POST["switch"]), initial=typed_in(form))
        return _show(request, form, **context)
    if request.method == "POST" and form.is_valid():
        try:
            began = request.POST.get("version", "")
            rewrite_question(
                question_id=question.pk,
                version_id=int(began) if began.isdecimal() else None,
                entry=entry_of(form.written),
                reason=request.POST.get("reason", "").strip()[:200] or _("手工修改"),
                by=request.user,
                at=timezone.now(),
            )
        except WrittenSince:
            form.add_error(None, _("你打开这一页以后，有人改过这道题。请另开一页看看新的内容，再决定要不要改。"))
        except NothingNew:
            messages.warning(request, _("内容和现在的一样，没有改什么。"))
            return redirect("quizzes:question", slug=slug)
        else:
            messages.success(request, _("已存为新的一版；已经抽出的试卷不受影响。"))
            return redirect("quizzes:question", slug=slug)
    return _show(request, form, status=422 if form.errors else 200, **context)


def entry_of(written: Written) -> QuestionEntry:
    return QuestionEntry(
        slug="",
        kind=written.kind,
        stem=written.stem,
        content=written.content,
        rule=written.rule,
        explanation=written.explanation,
        topic=written.topic.slug,
        platform=written.platform,
        difficulty=written.difficulty,
        tags=written.tags,
    )


def _show(request, form, status=200, **context):
    context |= {"form": form, "kinds": choices(Kind)}
    return render(request, "quizzes/question_edit.html", context, status=status)
