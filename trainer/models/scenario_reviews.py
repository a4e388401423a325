from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models import Scenario
from trainer.models.changes import LessonChange


class ScenarioReviewQuerySet(models.QuerySet):
    def open(self):
        return self.filter(settled_at=None)


class ScenarioReview(models.Model):
    """A scenario rests on a rule that changed, so somebody has to look at it; meanwhile it is talked with as before.

    ``keys`` are the facts it names that no longer hold; empty where it names the lesson only.
    """

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="reviews", verbose_name=_("情景"))
    change = models.ForeignKey(
        LessonChange, models.CASCADE, related_name="scenario_reviews", verbose_name=_("课程变更")
    )
    keys = models.JSONField(_("变动的知识点"), default=list, blank=True)
    since = models.DateTimeField(_("从何时起"))
    settled_at = models.DateTimeField(_("看过的时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("谁看过")
    )

    objects = ScenarioReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("待看的情景")
        verbose_name_plural = _("待看的情景")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "change"], name="scenario_review_once_per_change"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="scenario_review_settled_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.scenario_id} {self.change_id}"
