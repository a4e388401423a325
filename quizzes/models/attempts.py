from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.blueprints import Blueprint, BlueprintSection
from quizzes.models.labels import choices
from quizzes.models.questions import QuestionVersion, WrittenOnce
from quizzes.rules.vocabulary import Mode


class AttemptQuerySet(models.QuerySet):
    def of(self, learner):
        return self.filter(learner=learner)

    def open(self):
        return self.filter(submitted_at=None)

    def submitted(self):
        return self.exclude(submitted_at=None)

    def exams(self):
        """Sittings of an exam that somebody set; a check (see ``Attempt``) has no blueprint."""
        return self.filter(mode=Mode.EXAM, blueprint__isnull=False)

    def overdue(self, at: datetime):
        return self.open().filter(ends_at__lte=at)


class Attempt(models.Model):
    """One person's sitting of one paper, from the first page to the final mark.

    A practice run has no blueprint and no deadline; ``purpose`` says what it practises (``topic:returns``,
    ``lesson:seven-day-return``, ``notebook``). A check is sat like an exam, on questions that somebody chose instead
    of a blueprint; its ``purpose`` says what for. ``score`` (of 100) and ``passed`` repeat what the marks say, so that
    lists need not add them up; both stay empty while an answer waits for a person's mark.
    """

    PERSON, DEADLINE = "person", "deadline"

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts", verbose_name=_("学员")
    )
    blueprint = models.ForeignKey(
        Blueprint, models.PROTECT, null=True, blank=True, related_name="attempts", verbose_name=_("组卷蓝图")
    )
    mode = models.CharField(_("方式"), max_length=10, choices=choices(Mode), default=Mode.EXAM)
    purpose = models.CharField(_("练习内容"), max_length=140, blank=True, db_index=True)
    seed = models.BigIntegerField(_("抽题种子"))
    expected_score = models.FloatField(_("预期得分"), null=True, blank=True)
    pass_mark = models.DecimalField(_("及格线"), max_digits=5, decimal_places=2, null=True, blank=True)
    started_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("截止时间"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("交卷时间"), null=True, blank=True)
    handed_in_by = models.CharField(
        _("交卷方式"), max_length=10, blank=True, choices=[(PERSON, _("本人交卷")), (DEADLINE, _("到时自动交卷"))]
    )
    flagged = models.JSONField(_("标记的题号"), default=list, blank=True)
    score = models.DecimalField(_("得分"), max_digits=7, decimal_places=4, null=True, blank=True)
    passed = models.BooleanField(_("通过"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("作答")
        verbose_name_plural = _("作答")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["learner", "blueprint", "-started_at"], name="attempt_of_learner")]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "blueprint"],
                condition=Q(submitted_at=None),
                name="attempt_one_open_per_learner_and_quiz",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("started_at")), name="attempt_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(submitted_at__gte=F("started_at")),
                name="attempt_submitted_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(mode=Mode.PRACTICE)
                | (
                    (Q(blueprint__isnull=False) | ~Q(purpose=""))
                    & Q(ends_at__isnull=False)
                    & Q(pass_mark__isnull=False)
                ),
                name="attempt_exam_has_its_terms",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | (Q(score__gte=0) & Q(score__lte=100)), name="attempt_score_of_100"
            ),
        ]

    def __str__(self):
        return f"#{self.pk}"

    @property
    def heading(self) -> str:
        """What its pages are called."""
        if self.blueprint:
            return str(self.blueprint)
        return str(_("练习") if self.mode == Mode.PRACTICE else _("复查"))

    def is_open(self, at: datetime) -> bool:
        return self.submitted_at is None and (self.ends_at is None or at < self.ends_at)


class PaperItem(models.Model):
    """One question of an attempt's paper, frozen: the version, its marks, and how it was laid out."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="items", verbose_name=_("作答"))
    position = models.PositiveSmallIntegerField(_("题号"))
    section = models.ForeignKey(
        BlueprintSection, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("部分")
    )
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="items", verbose_name=_("试题版本"))
    marks = models.DecimalField(_("分值"), max_digits=5, decimal_places=2)
    arrangement = models.JSONField(_("选项次序"))

    class Meta:
        verbose_name = _("试卷题目")
        verbose_name_plural = _("试卷题目")
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="paper_item_position_once"),
            models.UniqueConstraint(fields=["attempt", "version"], name="paper_item_version_once"),
            models.CheckConstraint(condition=Q(marks__gt=0), name="paper_item_has_marks"),
        ]

    def __str__(self):
        return f"{self.attempt_id}.{self.position}"


class Step(WrittenOnce):
    """One saved answer. Append-only; the newest sequence of an item is its answer.

    Sequences of an item run 1, 2, 3 … without gaps: a tab that does not know the newest one sends a number
    that is already taken, and is told so instead of overwriting.
    """

    item = models.ForeignKey(PaperItem, models.CASCADE, related_name="steps", verbose_name=_("题目"))
    sequence = models.PositiveIntegerField(_("序号"))
    answer = models.JSONField(_("答案"), null=True)
    client = models.CharField(_("页面"), max_length=36)
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("作答步骤")
        verbose_name_plural = _("作答步骤")
        ordering = ["item", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["item", "sequence"], name="step_sequence_once"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="step_sequence_from_one"),
        ]

    def __str__(self):
        return f"{self.item_id}/{self.sequence}"


class LateAnswer(WrittenOnce):
    """An answer that arrived after the attempt was closed: kept for a person to see, never marked."""

    item = models.ForeignKey(PaperItem, models.CASCADE, related_name="late_answers", verbose_name=_("题目"))
    answer = models.JSONField(_("答案"), null=True)
    client = models.CharField(_("页面"), max_length=36)
    sequence = models.PositiveIntegerField(_("序号"))
    received_at = models.DateTimeField(_("收到时间"))

    class Meta:
        verbose_name = _("迟到的答案")
        verbose_name_plural = _("迟到的答案")
        ordering = ["item", "received_at"]
        constraints = [
            models.UniqueConstraint(fields=["item", "client", "sequence"], name="late_answer_once"),
        ]

    def __str__(self):
        return f"{self.item_id} {self.received_at:%H:%M:%S}"


class PageLeave(models.Model):
    """The trainee left the exam page for a while. Recorded, not punished."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="leaves", verbose_name=_("作答"))
    at = models.DateTimeField(_("时间"))
    seconds = models.PositiveIntegerField(_("离开秒数"))

    class Meta:
        verbose_name = _("离开页面")
        verbose_name_plural = _("离开页面")
        ordering = ["attempt", "at"]

    def __str__(self):
        return f"{self.attempt_id} {self.seconds} s"


class Accommodation(models.Model):
    """Extra minutes for a person, with the reason; without a blueprint it holds for every exam."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="accommodations", verbose_name=_("学员")
    )
    blueprint = models.ForeignKey(
        Blueprint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("组卷蓝图")
    )
    extra_minutes = models.PositiveSmallIntegerField(_("加时（分钟）"))
    reason = models.CharField(_("理由"), max_length=300)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("批准人")
    )
    granted_at = models.DateTimeField(_("批准时间"))

    class Meta:
        verbose_name = _("加时")
        verbose_name_plural = _("加时")
        ordering = ["-granted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(extra_minutes__gte=1, extra_minutes__lte=600), name="accommodation_gives_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="accommodation_has_a_reason"),
        ]
        permissions = [("grant_time", _("给学员加时"))]

    def __str__(self):
        return f"{self.learner_id} +{self.extra_minutes}"
