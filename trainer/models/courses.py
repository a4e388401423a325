from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from quizzes.models import labels as engine
from quizzes.models.questions import WrittenOnce
from quizzes.rules.vocabulary import Platform
from trainer.models.course_labels import course_choices
from trainer.rules.course_words import CourseRole, CourseState, UnitKind


class CourseQuerySet(models.QuerySet):
    def open(self):
        """Those that can be assigned."""
        return self.filter(state=CourseState.OPEN)


class Course(models.Model):
    """A path of units. Its units are kept by ``version``: whoever was assigned an earlier one keeps that.

    One that was ``edited`` on the site stands until the file that it was loaded from changes.
    """

    slug = models.SlugField(_("代号"), max_length=80, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120)
    summary = models.CharField(_("简介"), max_length=200)
    summary_en = models.CharField(_("英文简介"), max_length=300, blank=True)
    role = models.CharField(_("岗位"), max_length=20, choices=course_choices(CourseRole), default=CourseRole.BOTH)
    platform = models.CharField(_("平台"), max_length=10, choices=engine.choices(Platform), default=Platform.ALL)
    state = models.CharField(_("状态"), max_length=10, choices=course_choices(CourseState), default=CourseState.OPEN)
    days = models.PositiveSmallIntegerField(_("建议天数"), default=7)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    version = models.PositiveIntegerField(_("版本"), default=1)
    edited = models.BooleanField(_("在网站上编辑"), default=False)
    created_at = models.DateTimeField(_("建立时间"))

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("学习路径")
        verbose_name_plural = _("学习路径")
        ordering = ["position", "slug"]
        constraints = [models.CheckConstraint(condition=Q(days__gte=1), name="course_takes_a_day")]
        permissions = [("write_course", _("编写学习路径"))]

    def __str__(self):
        return self.name_en if get_language() == "en" else self.name


class Unit(WrittenOnce):
    """One step of one version of a course.

    ``key`` names it within the course, ``after`` the keys of the units that come before it. ``target`` is the slug of
    a lesson, exam, topic or scenario or the SKU of a product, by ``kind``; empty for a drill. ``params``: see
    ``rules.courses``. ``day`` is the suggested day, from 1.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="units", verbose_name=_("学习路径"))
    version = models.PositiveIntegerField(_("版本"), default=1)
    key = models.SlugField(_("代号"), max_length=100)
    position = models.PositiveSmallIntegerField(_("次序"))
    day = models.PositiveSmallIntegerField(_("第几天"), default=1)
    kind = models.CharField(_("类型"), max_length=10, choices=course_choices(UnitKind))
    target = models.CharField(_("内容"), max_length=120, blank=True)
    params = models.JSONField(_("要求"), default=dict, blank=True)
    after = models.JSONField(_("先完成"), default=list, blank=True)

    class Meta:
        verbose_name = _("学习单元")
        verbose_name_plural = _("学习单元")
        ordering = ["course", "version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["course", "version", "key"], name="unit_key_once_per_version"),
            models.UniqueConstraint(fields=["course", "version", "position"], name="unit_position_once_per_version"),
            models.CheckConstraint(condition=Q(day__gte=1), name="unit_day_from_one"),
            models.CheckConstraint(
                condition=Q(kind__in=[UnitKind.TYPING, UnitKind.SORTING]) | ~Q(target=""), name="unit_has_a_target"
            ),
        ]

    def __str__(self):
        return f"{self.course_id}/{self.version}/{self.key}"
