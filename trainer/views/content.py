"""What is taught, for those who look after it: the report, the lessons, and one lesson through its versions."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.formats.sheets.lists import Value
from quizzes.views.downloads import as_sheet, wants_sheet
from trainer.commands.lessons import set_owner
from trainer.forms.content import LessonFilterForm, LessonOwnerForm
from trainer.models import Lesson
from trainer.queries.content import LessonLine, lesson_lines, overview
from trainer.queries.content_report import read_ids
from trainer.queries.lesson_versions import lesson_history
from trainer.queries.notes import corrections_of
from trainer.queries.notices import in_words, notices_of

PER_PAGE = 25
NOTICES_SHOWN = 5
IDS = settings.BASE_DIR / "fixtures" / "curriculum" / "fact_ids.txt"


@login_required
@permission_required("trainer.view_lessonversion", raise_exception=True)
@require_safe
def content(request):
    """How much there is of everything, and what is due for review."""
    ids = read_ids(IDS.read_text(encoding="utf-8")) if IDS.is_file() else []
    unread = in_words(notices_of(request.user).unread()[:NOTICES_SHOWN])
    context = {"overview": overview(timezone.localdate(), ids), "told": unread}
    return render(request, "trainer/content.html", context)


@login_required
@permission_required("trainer.view_lessonversion", raise_exception=True)
@require_safe
def lessons(request):
    """Every lesson by its version in force; ``format=xlsx`` gives the list as a file."""
    today = timezone.localdate()
    form = LessonFilterForm(request.GET)
    lines = lesson_lines(today, form.wanted())
    if wants_sheet(request):
        headers = [
            _("标题"), _("代号"), _("类型"), _("可靠程度"), _("版本"), _("知识点"), _("试题"), _("必修"), _("生效日期"),
            _("复核期限"), _("状态"), _("有草稿"),
        ]  # fmt: skip
        return as_sheet(_("课程和版本"), headers, map(_row, lines))
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "trainer/content_lessons.html", {"form": form, "page": page, "today": today})


def _row(line: LessonLine) -> list[Value]:
    version = line.version
    return [
        str(version), version.lesson.slug, str(version.get_kind_display()), str(version.get_status_display()),
        version.number, line.facts, line.questions, _("是") if version.required else _("否"), version.effective_from,
        version.review_by, str(line.state_word), _("是") if line.drafts else _("否"),
    ]  # fmt: skip


@login_required
@permission_required("trainer.view_lessonversion", raise_exception=True)
@require_safe
def lesson(request, slug):
    """The versions of a lesson."""
    found = get_object_or_404(Lesson.objects.select_related("owner"), slug=slug)
    today = timezone.localdate()
    context = {
        "lesson": found,
        "history": lesson_history(found, today),
        "owner_form": LessonOwnerForm(initial={"owner": found.owner_id}),
        "corrections": corrections_of(found),
        "today": today,
    }
    return render(request, "trainer/content_lesson.html", context)


@login_required
@permission_required("trainer.publish_lesson", raise_exception=True)
@require_POST
def owner(request, slug):
    found, form = get_object_or_404(Lesson, slug=slug), LessonOwnerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("只能选一位管理员。"))
    elif set_owner(lesson_id=found.pk, owner=form.cleaned_data["owner"], by=request.user, at=timezone.now()):
        named = form.cleaned_data["owner"]
        said = _("负责人改好了，到复核期限会提醒。") if named else _("没有指定负责人，到期提醒所有管理员。")
        messages.success(request, said)
    return redirect("trainer:content_lesson", slug=slug)
