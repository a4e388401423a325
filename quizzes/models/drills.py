"""Typing checks and ticket sorting: short drills against the clock, frozen at their start."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.labels import choices
from quizzes.models.questions import WrittenOnce
from quizzes.rules.sorting import TicketClass, Urgency
from quizzes.rules.typing import Doubt, Terms
from quizzes.rules.vocabulary import Mode


class DrillQuerySet(models.QuerySet):
    def of(self, learner):
        return self.filter(learner=learner)

    def open(self):
        return self.filter(finished_at=None)

    def finished(self):
        return self.exclude(finished_at=None)

    def overdue(self, at: datetime):
        return self.open().filter(ends_at__lte=at)

    def counted(self):
        """Typing tests that stand as a result."""
        return self.filter(counted=True)


class TypingRun(models.Model):
    """One person's typing of one passage, from the start by the server's clock to the finish.

    ``text`` and ``terms`` are frozen at the start. ``typed`` and ``inputs`` are what the page sent last, ``client``
    and ``saves`` who sent it and how often: a page that has not seen the newest save is told so. ``blocked`` counts
    what was kept from being pasted. ``correct_per_minute`` is 字/分, ``accuracy`` from 0 to 1; ``doubt`` says why a
    finished run is not counted.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="typing_runs", verbose_name=_("学员")
    )
    passage = models.CharField(_("短文"), max_length=60)
    text = models.TextField(_("原文"))
    mode = models.CharField(_("方式"), max_length=10, choices=choices(Mode))
    terms = models.JSONField(_("要求"))
    started_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("截止时间"))
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    typed = models.TextField(_("打出的文字"), blank=True)
    inputs = models.JSONField(_("输入记录"), default=list, blank=True)
    blocked = models.JSONField(_("拦下的"), default=dict, blank=True)
    client = models.CharField(_("页面"), max_length=36, blank=True)
    saves = models.PositiveIntegerField(_("保存次数"), default=0)
    correct = models.PositiveIntegerField(_("打对的字数"), null=True, blank=True)
    correct_per_minute = models.DecimalField(_("字/分"), max_digits=6, decimal_places=1, null=True, blank=True)
    accuracy = models.DecimalField(_("准确率"), max_digits=5, decimal_places=4, null=True, blank=True)
    counted = models.BooleanField(_("计入成绩"), default=False)
    doubt = models.CharField(_("不计入的原因"), max_length=10, choices=choices(Doubt), blank=True)

    objects = DrillQuerySet.as_manager()

    class Meta:
        verbose_name = _("打字测试")
        verbose_name_plural = _("打字测试")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["learner", "-started_at"], name="typing_run_of_learner")]
        constraints = [
            models.UniqueConstraint(
                fields=["learner"], condition=Q(finished_at=None), name="typing_run_one_open_per_learner"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("started_at")), name="typing_run_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at"), finished_at__lte=F("ends_at")),
                name="typing_run_finished_in_its_time",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, correct=None, correct_per_minute=None, accuracy=None)
                | Q(
                    finished_at__isnull=False,
                    correct__isnull=False,
                    correct_per_minute__isnull=False,
                    accuracy__isnull=False,
                ),
                name="typing_run_finished_has_figures",
            ),
            models.CheckConstraint(
                condition=Q(accuracy=None) | Q(accuracy__gte=0, accuracy__lte=1), name="typing_run_accuracy_share"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, counted=False, doubt="")
                | Q(finished_at__isnull=False, counted=True, mode=Mode.EXAM, doubt="")
                | (Q(finished_at__isnull=False, counted=False) & ~Q(doubt="")),
                name="typing_run_counted_or_why_not",
            ),
        ]

    def __str__(self):
        return f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.finished_at is None

    def frozen_terms(self) -> Terms:
        return Terms(**self.terms)

    @property
    def passed(self) -> bool:
        """Counted, fast enough and accurate enough by the terms of its start."""
        terms = self.frozen_terms()
        return (
            self.counted
            and self.correct_per_minute is not None
            and self.accuracy is not None
            and self.correct_per_minute >= terms.bar
            and float(self.accuracy) >= terms.accuracy
        )


class SortingRun(models.Model):
    """One person's sorting of drawn tickets by class and urgency, against the clock.

    ``tickets`` are what ``rules.sorting.Ticket.to_data`` says of each, frozen in their order with ``terms``. The
    shares, from 0 to 1, are of all tickets: one that was not answered is not right.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sorting_runs", verbose_name=_("学员")
    )
    seed = models.PositiveIntegerField(_("种子"))
    tickets = models.JSONField(_("工单"))
    terms = models.JSONField(_("要求"))
    started_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("截止时间"))
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    class_accuracy = models.DecimalField(_("分类准确率"), max_digits=5, decimal_places=4, null=True, blank=True)
    urgency_accuracy = models.DecimalField(_("轻重缓急准确率"), max_digits=5, decimal_places=4, null=True, blank=True)

    objects = DrillQuerySet.as_manager()

    class Meta:
        verbose_name = _("工单分拣")
        verbose_name_plural = _("工单分拣")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["learner", "-started_at"], name="sorting_run_of_learner")]
        constraints = [
            models.UniqueConstraint(
                fields=["learner"], condition=Q(finished_at=None), name="sorting_run_one_open_per_learner"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("started_at")), name="sorting_run_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at"), finished_at__lte=F("ends_at")),
                name="sorting_run_finished_in_its_time",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, class_accuracy=None, urgency_accuracy=None)
                | Q(finished_at__isnull=False, class_accuracy__isnull=False, urgency_accuracy__isnull=False),
                name="sorting_run_finished_has_shares",
            ),
            models.CheckConstraint(
                condition=Q(class_accuracy=None)
                | Q(class_accuracy__gte=0, class_accuracy__lte=1, urgency_accuracy__gte=0, urgency_accuracy__lte=1),
                name="sorting_run_shares",
            ),
        ]

    def __str__(self):
        return f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.finished_at is None

    @property
    def passed(self) -> bool:
        """Both shares reach the terms of its start."""
        terms: dict[str, Any] = self.terms
        return (
            self.class_accuracy is not None
            and self.urgency_accuracy is not None
            and float(self.class_accuracy) >= terms["class_accuracy"]
            and float(self.urgency_accuracy) >= terms["urgency_accuracy"]
        )


class SortingAnswer(WrittenOnce):
    """How one ticket of a run was sorted. The first answer stands; ``position`` counts from 1."""

    run = models.ForeignKey(SortingRun, models.CASCADE, related_name="answers", verbose_name=_("工单分拣"))
    position = models.PositiveSmallIntegerField(_("第几张"))
    ticket_class = models.CharField(_("分类"), max_length=10, choices=choices(TicketClass))
    urgency = models.CharField(_("轻重缓急"), max_length=16, choices=choices(Urgency))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("分拣结果")
        verbose_name_plural = _("分拣结果")
        ordering = ["run", "position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="sorting_answer_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="sorting_answer_position_from_one"),
        ]

    def __str__(self):
        return f"{self.run_id}/{self.position}"
