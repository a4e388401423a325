from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from quizzes.models.labels import choices
from quizzes.models.questions import Topic
from quizzes.rules.vocabulary import MAX_DIFFICULTY, MIN_DIFFICULTY, Feedback, Mode


class BlueprintQuerySet(models.QuerySet):
    def open(self):
        return self.filter(is_open=True)

    def listed(self):
        return self.filter(is_listed=True)

    def exams(self):
        return self.filter(mode=Mode.EXAM)


class Blueprint(models.Model):
    """How papers of one exam or practice set are drawn, sat and passed.

    ``pass_mark`` is out of 100 whatever the marks of the sections add up to. ``max_attempts`` 0 means no limit.
    One that is not listed is sat from another page than the list of exams.
    """

    slug = models.SlugField(_("代号"), max_length=80, unique=True)
    title = models.CharField(_("名称"), max_length=60)
    title_en = models.CharField(_("英文名称"), max_length=120)
    instructions = models.TextField(_("考前说明"))
    mode = models.CharField(_("方式"), max_length=10, choices=choices(Mode), default=Mode.EXAM)
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"))
    pass_mark = models.DecimalField(_("及格线"), max_digits=5, decimal_places=2)
    pass_rationale = models.TextField(_("及格线的理由"))
    max_attempts = models.PositiveSmallIntegerField(_("最多考几次（0 为不限）"), default=0)
    cooldown_hours = models.PositiveSmallIntegerField(_("两次之间至少隔几小时"), default=0)
    feedback = models.CharField(
        _("何时可看解析"), max_length=30, choices=choices(Feedback), default=Feedback.AFTER_SUBMISSION
    )
    is_open = models.BooleanField(_("开放"), default=True)
    is_listed = models.BooleanField(_("列在考试里"), default=True)

    objects = BlueprintQuerySet.as_manager()

    class Meta:
        verbose_name = _("组卷蓝图")
        verbose_name_plural = _("组卷蓝图")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_mark__gte=0, pass_mark__lte=100), name="blueprint_pass_mark_of_100"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="blueprint_takes_time"),
        ]

    def __str__(self):
        return self.title_en if get_language() == "en" else self.title


class BlueprintSection(models.Model):
    """So many questions of such a sort. Empty topics, platforms, kinds or lessons mean any.

    ``lessons`` are the opaque keys that question versions give as their lesson.
    """

    blueprint = models.ForeignKey(Blueprint, models.CASCADE, related_name="sections", verbose_name=_("组卷蓝图"))
    position = models.PositiveSmallIntegerField(_("次序"))
    title = models.CharField(_("名称"), max_length=60)
    title_en = models.CharField(_("英文名称"), max_length=120)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("主题"))
    platforms = models.JSONField(_("平台"), default=list, blank=True)
    kinds = models.JSONField(_("题型"), default=list, blank=True)
    lessons = models.JSONField(_("依据的课程"), default=list, blank=True)
    min_difficulty = models.PositiveSmallIntegerField(_("最低难度"), default=MIN_DIFFICULTY)
    max_difficulty = models.PositiveSmallIntegerField(_("最高难度"), default=MAX_DIFFICULTY)
    count = models.PositiveSmallIntegerField(_("题数"))
    marks = models.DecimalField(_("每题分值"), max_digits=5, decimal_places=2, default=Decimal(1))

    class Meta:
        verbose_name = _("蓝图部分")
        verbose_name_plural = _("蓝图部分")
        ordering = ["blueprint", "position"]
        constraints = [
            models.UniqueConstraint(fields=["blueprint", "position"], name="blueprint_section_position_once"),
            models.CheckConstraint(
                condition=Q(min_difficulty__lte=F("max_difficulty"))
                & Q(min_difficulty__gte=MIN_DIFFICULTY, max_difficulty__lte=MAX_DIFFICULTY),
                name="blueprint_section_difficulty_range",
            ),
            models.CheckConstraint(condition=Q(count__gte=1) & Q(marks__gt=0), name="blueprint_section_asks_something"),
        ]

    def __str__(self):
        return self.title_en if get_language() == "en" else self.title
