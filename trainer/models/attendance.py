from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trainer.models.course_labels import course_choices
from trainer.models.people import Team
from trainer.rules.course_words import Presence


class TrainingSession(models.Model):
    """A training that a supervisor holds for a team at a set time."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="training_sessions", verbose_name=_("小组"))
    title = models.CharField(_("内容"), max_length=60)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("安排人")
    )

    class Meta:
        verbose_name = _("集中培训")
        verbose_name_plural = _("集中培训")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="training_session_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return self.title


class Attendance(models.Model):
    """Whether one person was there. Whoever was late or absent has the reason beside it."""

    session = models.ForeignKey(
        TrainingSession, models.CASCADE, related_name="attendances", verbose_name=_("集中培训")
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendances", verbose_name=_("学员")
    )
    presence = models.CharField(_("到场"), max_length=10, choices=course_choices(Presence))
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    noted_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("考勤")
        verbose_name_plural = _("考勤")
        ordering = ["session", "learner"]
        constraints = [
            models.UniqueConstraint(fields=["session", "learner"], name="attendance_once_per_session"),
            models.CheckConstraint(
                condition=Q(presence=Presence.PRESENT) | ~Q(reason=""), name="attendance_missed_for_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.session_id}: {self.learner_id}"
