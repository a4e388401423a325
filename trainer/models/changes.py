from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainer.models.labels import choices
from trainer.models.lessons import LessonVersion
from trainer.rules.vocabulary import ChangeKind


class LessonChange(models.Model):
    """What somebody decided when a version was published: a correction, or a rule that changed.

    ``applied_at`` is when the questions were remade and the re-checks assigned: at once, or on the day from which the
    version holds. ``keys`` are the facts that changed, as far as that is known.
    """

    version = models.OneToOneField(
        LessonVersion, models.PROTECT, related_name="change", verbose_name=_("课程版本")
    )
    kind = models.CharField(_("性质"), max_length=12, choices=choices(ChangeKind))
    note = models.CharField(_("变了什么"), max_length=300)
    due_on = models.DateField(_("复查期限"), null=True, blank=True)
    keys = models.JSONField(_("变动的知识点"), default=list, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("决定人")
    )
    decided_at = models.DateTimeField(_("决定时间"))
    applied_at = models.DateTimeField(_("落实时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("课程变更")
        verbose_name_plural = _("课程变更")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.CORRECTION, due_on=None)
                | Q(kind=ChangeKind.RULE, due_on__isnull=False),
                name="lesson_change_of_a_rule_has_a_due_date",
            ),
        ]

    def __str__(self):
        return f"{self.version_id} {self.kind}"


class RuleDay(models.Model):
    """A day on which the rules that begin and end by their dates were followed up. One row a run, never edited."""

    day = models.DateField(_("日期"), unique=True)
    handled_at = models.DateTimeField(_("处理时间"))
    keys = models.JSONField(_("变动的知识点"), default=list, blank=True)

    class Meta:
        verbose_name = _("规则日")
        verbose_name_plural = _("规则日")
        ordering = ["-day"]

    def __str__(self):
        return str(self.day)
