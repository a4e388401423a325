from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.questions import WrittenOnce
from trainer.models.labels import plan_choices
from trainer.rules.vocabulary import Verdict


class Observation(WrittenOnce):
    """What somebody saw of a trainee at real work on one day, and what they conclude. Never edited: look again."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="observations", verbose_name=_("学员")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("观察人"))
    on = models.DateField(_("观察日期"))
    verdict = models.CharField(_("结论"), max_length=10, choices=plan_choices(Verdict))
    text = models.TextField(_("看到了什么"), max_length=1000)
    created_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("现场观察")
        verbose_name_plural = _("现场观察")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="observation_says_what_was_seen"),
            models.CheckConstraint(condition=~Q(learner=models.F("by")), name="observation_is_of_somebody_else"),
        ]

    def __str__(self):
        return f"{self.learner_id} {self.on}"
