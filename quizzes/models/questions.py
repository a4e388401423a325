from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from quizzes.models.labels import choices
from quizzes.rules.questions import Content, content_from_data
from quizzes.rules.vocabulary import (
    MAX_DIFFICULTY,
    MIN_DIFFICULTY,
    Kind,
    MarkingRule,
    Origin,
    Platform,
    QuestionState,
)


class Topic(models.Model):
    """A subject of the bank; lessons use the same ones."""

    slug = models.SlugField(_("代号"), unique=True)
    name = models.CharField(_("名称"), max_length=50)
    name_en = models.CharField(_("英文名称"), max_length=80)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("主题")
        verbose_name_plural = _("主题")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name_en if get_language() == "en" else self.name


class Tag(models.Model):
    """A free word to find questions by; ``case`` marks the hand-written case questions."""

    name = models.CharField(_("标签"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("标签")
        verbose_name_plural = _("标签")
        ordering = ["name"]

    def __str__(self):
        return self.name


class QuestionQuerySet(models.QuerySet):
    def live(self):
        return self.filter(state=QuestionState.LIVE)

    def with_current(self):
        return self.select_related("current__topic")


class Question(models.Model):
    """A question's identity. What it says is in its versions; papers freeze versions, never questions."""

    slug = models.CharField(_("代号"), max_length=120, unique=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=choices(QuestionState), default=QuestionState.DRAFT, db_index=True
    )
    origin = models.CharField(
        _("来历"), max_length=12, choices=choices(Origin), default=Origin.HANDWRITTEN, db_index=True
    )
    current = models.ForeignKey(
        "quizzes.QuestionVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("当前版本")
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="questions", verbose_name=_("标签"))
    answers = models.PositiveIntegerField(_("作答次数"), default=0)
    credit = models.DecimalField(_("得分率合计"), max_digits=16, decimal_places=6, default=0)
    exposure = models.PositiveIntegerField(_("出现在试卷里的次数"), default=0)
    created_at = models.DateTimeField(_("建立时间"))

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("试题")
        verbose_name_plural = _("试题")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=QuestionState.LIVE) | Q(current__isnull=False), name="question_live_has_a_version"
            ),
            models.CheckConstraint(
                condition=Q(credit__gte=0) & Q(credit__lte=F("answers")), name="question_credit_within_answers"
            ),
        ]
        permissions = [("review_question", _("审核试题"))]

    def __str__(self):
        return self.slug


class ImmutableError(TypeError):
    """A version, step or mark was changed after it was written: make a new one instead."""


class WrittenOnce(models.Model):
    """A row that is written once: an update through the model is a programming error."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk is not None and not kwargs.get("force_insert") and not self._state.adding:
            raise ImmutableError(f"{type(self).__name__} {self.pk} is immutable")
        super().save(*args, **kwargs)


class QuestionVersion(WrittenOnce):
    """What a question said from ``created_at`` on, with its key. Immutable."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="versions", verbose_name=_("试题"))
    number = models.PositiveIntegerField(_("版本"))
    kind = models.CharField(_("题型"), max_length=12, choices=choices(Kind), db_index=True)
    stem = models.TextField(_("题干"))
    content = models.JSONField(_("选项与答案"))
    rule = models.CharField(_("给分办法"), max_length=20, choices=choices(MarkingRule))
    explanation = models.TextField(_("讲解"), blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name=_("主题"))
    platform = models.CharField(_("平台"), max_length=10, choices=choices(Platform), default=Platform.ALL)
    difficulty = models.PositiveSmallIntegerField(_("难度"), default=2)
    lesson_key = models.CharField(_("依据的课程"), max_length=120, blank=True, db_index=True)
    form = models.CharField(_("生成方式"), max_length=40, blank=True)
    as_of = models.DateField(_("规则以哪天为准"), null=True, blank=True)
    fingerprint = models.CharField(_("指纹"), max_length=64, db_index=True)
    reason = models.CharField(_("修改原因"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("建立时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("修改人")
    )

    class Meta:
        verbose_name = _("试题版本")
        verbose_name_plural = _("试题版本")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_version_number_once"),
            models.CheckConstraint(
                condition=Q(difficulty__gte=MIN_DIFFICULTY, difficulty__lte=MAX_DIFFICULTY),
                name="question_version_difficulty_in_range",
            ),
        ]

    def __str__(self):
        return f"{self.question_id} v{self.number}"

    def parsed(self) -> Content:
        """The content as a rules dataclass, key included: never hand it to a page before its time."""
        return content_from_data(Kind(self.kind), self.content, stem=self.stem)


class QuestionBasis(models.Model):
    """A fact that a version of a question rests on, by the opaque key of whoever owns the fact."""

    version = models.ForeignKey(QuestionVersion, models.CASCADE, related_name="bases")
    fact_key = models.CharField(_("知识点"), max_length=120, db_index=True)

    class Meta:
        verbose_name = _("试题依据")
        verbose_name_plural = _("试题依据")
        constraints = [models.UniqueConstraint(fields=["version", "fact_key"], name="question_basis_once")]

    def __str__(self):
        return self.fact_key

