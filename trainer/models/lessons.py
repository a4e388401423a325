from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from quizzes.models import Question, Topic
from quizzes.models import labels as engine
from quizzes.rules.vocabulary import Flag
from trainer.models.labels import choices
from trainer.rules.vocabulary import LessonKind


class LessonQuerySet(models.QuerySet):
    def published(self, on: date):
        """Lessons that a reader may open on that day, each with ``in_force_id``: its version in force."""
        newest = (
            LessonVersion.objects.in_force(on).filter(lesson=OuterRef("pk")).order_by("-effective_from", "-number")
        )
        return self.filter(retired_at=None).annotate(in_force_id=Subquery(newest.values("pk")[:1])).exclude(
            in_force_id=None
        )


class Lesson(models.Model):
    """A lesson's identity. What it says is in its versions; the reader sees the one in force."""

    slug = models.SlugField(_("代号"), max_length=80, unique=True)
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("负责人"),
        help_text=_("到复核期限时提醒谁"),
    )
    retrieval = models.ManyToManyField(
        Question, through="trainer.RetrievalQuestion", related_name="+", verbose_name=_("课末问题")
    )

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("课程内容")
        verbose_name_plural = _("课程内容")
        ordering = ["slug"]
        permissions = [("publish_lesson", _("发布和停用课程内容")), ("load_content", _("导入内容"))]

    def __str__(self):
        return self.slug


class RetrievalQuestion(models.Model):
    """One of the two or three questions at the end of a lesson."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="retrieval_links")
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("课末问题")
        verbose_name_plural = _("课末问题")
        ordering = ["lesson", "position"]
        constraints = [models.UniqueConstraint(fields=["lesson", "question"], name="retrieval_question_once")]

    def __str__(self):
        return f"{self.lesson_id}: {self.question_id}"


class LessonVersionQuerySet(models.QuerySet):
    def in_force(self, on: date):
        """Published versions whose dates include ``on``; of several the one effective last applies."""
        return self.filter(published_at__isnull=False, effective_from__lte=on).filter(
            Q(effective_to=None) | Q(effective_to__gte=on)
        )


class LessonVersion(models.Model):
    """What a lesson says. Only ``published_at`` may still be filled in: the text never changes.

    One that was ``edited`` on the site stands until the file that the lesson was loaded from changes.
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="versions", verbose_name=_("课程内容"))
    number = models.PositiveIntegerField(_("版本"))
    kind = models.CharField(_("类型"), max_length=20, choices=choices(LessonKind), db_index=True)
    title = models.CharField(_("标题"), max_length=60)
    title_en = models.CharField(_("英文标题"), max_length=120)
    summary = models.CharField(_("摘要"), max_length=120)
    platforms = models.JSONField(_("平台"))
    status = models.CharField(
        _("可靠程度"), max_length=20, choices=[c for c in engine.choices(Flag) if c[0] != Flag.OUTDATED]
    )
    topics = models.ManyToManyField(Topic, through="trainer.LessonTopic", related_name="+", verbose_name=_("主题"))
    effective_from = models.DateField(_("生效日期"))
    effective_to = models.DateField(_("失效日期"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=300)
    review_by = models.DateField(_("复核期限"))
    minutes = models.PositiveSmallIntegerField(_("阅读分钟"))
    position = models.PositiveSmallIntegerField(_("次序"))
    required = models.BooleanField(_("转正必修"), default=False)
    steps = models.JSONField(_("步骤"), default=list, blank=True)
    signs = models.JSONField(_("特征"), default=list, blank=True)
    strategy = models.JSONField(_("对策"), default=list, blank=True)
    do = models.JSONField(_("该做"), default=list, blank=True)
    dont = models.JSONField(_("不该做"), default=list, blank=True)
    body = models.TextField(_("正文"))
    fingerprint = models.CharField(_("指纹"), max_length=64)
    edited = models.BooleanField(_("在网站上编辑"), default=False)
    created_at = models.DateTimeField(_("建立时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("作者")
    )
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    objects = LessonVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("课程版本")
        verbose_name_plural = _("课程版本")
        ordering = ["position", "lesson", "number"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "number"], name="lesson_version_number_once"),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                name="lesson_version_dates_in_order",
            ),
        ]

    def __str__(self):
        return self.title_en if get_language() == "en" else self.title


class LessonTopic(models.Model):
    """A topic of a lesson version; position 0 is the main one."""

    version = models.ForeignKey(LessonVersion, models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("课程主题")
        verbose_name_plural = _("课程主题")
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "topic"], name="lesson_topic_once")]

    def __str__(self):
        return f"{self.version_id}: {self.topic_id}"


class LessonRead(models.Model):
    """How far one person has come with one lesson, in one period of their employment."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reads")
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="reads")
    version = models.ForeignKey(LessonVersion, models.PROTECT, related_name="+")
    period = models.PositiveSmallIntegerField(_("第几次任职"), default=1)
    opened_at = models.DateTimeField(_("打开时间"))
    reached_end_at = models.DateTimeField(_("读到末尾"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答完课末问题"), null=True, blank=True)
    right = models.PositiveSmallIntegerField(_("答对"), default=0)
    asked = models.PositiveSmallIntegerField(_("题数"), default=0)

    class Meta:
        verbose_name = _("学习进度")
        verbose_name_plural = _("学习进度")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "lesson", "period"], name="lesson_read_once_per_period"),
            models.CheckConstraint(condition=Q(right__lte=F("asked")), name="lesson_read_right_within_asked"),
        ]

    def __str__(self):
        return f"{self.learner_id}: {self.lesson_id}"

    @property
    def done(self) -> bool:
        return self.reached_end_at is not None and self.answered_at is not None
