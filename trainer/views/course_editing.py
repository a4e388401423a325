"""Courses for staff: the list, and the editor of admins."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quizzes.models import Blueprint, Scenario, Topic
from trainer.commands.courses import CircularPrerequisites, SlugTaken, UnknownPrerequisite, save_course, units_of
from trainer.forms.course_edit import CourseForm, UnitForms, row_of
from trainer.models import Course, Lesson, Product

FIELDS = ("slug", "name", "name_en", "summary", "summary_en", "role", "platform", "state", "days")


@login_required
@permission_required("trainer.view_course", raise_exception=True)
@require_safe
def course_list(request):
    """Every course with its number of units and of people on it."""
    rows = Course.objects.annotate(
        unit_count=Count("units", filter=Q(units__version=F("version")), distinct=True),
        people=Count("assignments__learner", filter=Q(assignments__state="given"), distinct=True),
    ).order_by("position", "slug")
    return render(request, "trainer/course_list.html", {"courses": rows})


@login_required
@permission_required("trainer.write_course", raise_exception=True)
def course_edit(request, slug=None):
    """A new course, or changes of one: other units make a new version for whoever is assigned it from then on."""
    course = get_object_or_404(Course, slug=slug) if slug else None
    today = timezone.localdate()
    initial = {name: getattr(course, name) for name in FIELDS} if course else {"state": "draft", "days": 7}
    rows = [row_of(number, unit) for number, unit in enumerate(units_of(course), 1)] if course else []
    form = CourseForm(request.POST or None, initial=initial)
    units = UnitForms(request.POST or None, initial=rows, prefix="unit", form_kwargs={"on": today})
    if request.method == "POST" and form.is_valid() & units.is_valid() and _save(form, units, course, request.user):
        messages.success(request, _("保存了。已经派出去的照旧，新派的按这一版。"))
        return redirect("trainer:course_list")
    context = {"form": form, "units": units, "course": course, "known": _known(today)}
    return render(request, "trainer/course_edit.html", context)


def _save(form: CourseForm, units, course: Course | None, by) -> bool:
    """Whether it was saved; if not, the form says why."""
    try:
        save_course(
            terms=form.to_terms(units.to_terms()),
            course_id=course and course.pk,
            by=by,
            at=timezone.now(),
            edited=True,
        )
    except CircularPrerequisites as error:
        ring = " → ".join((*error.keys, error.keys[0]))
        form.add_error(None, _("先后次序绕成了圈：%(ring)s。去掉其中一个“先完成”。") % {"ring": ring})
    except UnknownPrerequisite as error:
        form.add_error(None, _("“先完成”里的 %(keys)s 不在这条路径里。") % {"keys": error})
    except SlugTaken:
        form.add_error("slug", _("这个代号别的路径在用。"))
    return not form.errors


def _known(today) -> list[tuple[str, str]]:
    """Every target that can be written, with its name, for the browser to propose."""
    found = [(row.slug, str(row)) for row in Blueprint.objects.exams().open()]
    found += [(row.slug, str(row)) for row in Topic.objects.all()]
    found += list(Scenario.objects.live().values_list("slug", "title"))
    found += list(Product.objects.sold().filter(blueprint__isnull=False).values_list("sku", "name"))
    lessons = Lesson.objects.published(today).values_list("slug", "versions__title")
    return found + sorted(dict(lessons).items())
