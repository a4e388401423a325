from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models import Attempt
from trainer.models.labels import choices
from trainer.models.lessons import LessonVersion
from trainer.rules.vocabulary import RecheckState


class RecheckQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=RecheckState.OPEN)

    def overdue(self, on: date):
        return self.open().filter(due_on__lt=on)


class Recheck(models.Model):
    """A short check for one person whose knowledge rests on a rule that has changed since.

    ``grounds`` are the passed exams that rest on it; empty where the person had only studied the lesson. ``keys`` are
    the facts to be asked about. Being overdue follows from ``due_on`` and the day, and is stored nowhere.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="rechecks", verbose_name=_("学员")
    )
    version = models.ForeignKey(
        LessonVersion, models.PROTECT, related_name="rechecks", verbose_name=_("课程版本")
    )
    reason = models.CharField(_("变了什么"), max_length=300)
    keys = models.JSONField(_("变动的知识点"), default=list, blank=True)
    grounds = models.ManyToManyField(Attempt, blank=True, related_name="rechecks", verbose_name=_("依据的考试"))
    assigned_at = models.DateTimeField(_("布置时间"))
    due_on = models.DateField(_("期限"))
    state = models.CharField(
        _("状态"), max_length=10, choices=choices(RecheckState), default=RecheckState.OPEN, db_index=True
    )
    passed_at = models.DateTimeField(_("通过时间"), null=True, blank=True)
    excused_at = models.DateTimeField(_("免除时间"), null=True, blank=True)
    excused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("免除人")
    )
    excuse = models.CharField(_("免除理由"), max_length=300, blank=True)

    objects = RecheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("复查")
        verbose_name_plural = _("复查")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "version"], name="recheck_once_per_learner_and_version"),
            models.CheckConstraint(
                condition=Q(state=RecheckState.OPEN, passed_at=None, excused_at=None, excused_by=None, excuse="")
                | Q(state=RecheckState.PASSED, passed_at__isnull=False, excused_at=None, excused_by=None, excuse="")
                | (
                    Q(state=RecheckState.EXCUSED, passed_at=None, excused_at__isnull=False, excused_by__isnull=False)
                    & ~Q(excuse="")
                ),
                name="recheck_ends_with_a_pass_or_a_named_excuse",
            ),
        ]

    def __str__(self):
        return f"{self.learner_id}: {self.version_id}"

    def overdue(self, on: date) -> bool:
        return self.state == RecheckState.OPEN and self.due_on < on
