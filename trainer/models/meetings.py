from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainer.models.people import Team


class ActionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at=None)


class Action(models.Model):
    """Something that a team's Monday meeting agreed on, with who sees to it and until when."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="actions", verbose_name=_("小组"))
    text = models.CharField(_("要做什么"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="actions", verbose_name=_("谁来做")
    )
    due_on = models.DateField(_("期限"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("谁定的"))
    made_at = models.DateTimeField(_("定下的时间"))
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("谁勾的")
    )
    result = models.CharField(_("结果"), max_length=200, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("会议行动")
        verbose_name_plural = _("会议行动")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="action_has_text"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="action_done_by_somebody",
            ),
        ]

    def __str__(self):
        return self.text
