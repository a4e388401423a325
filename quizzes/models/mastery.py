from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.questions import Topic
from quizzes.rules.mastery import Tally


class Mastery(models.Model):
    """What somebody's answers say of a topic, added up as of a moment: see ``rules.mastery``.

    It repeats what the marks say, so that pages about many people need not read every answer.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="masteries", verbose_name=_("学员")
    )
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+", verbose_name=_("主题"))
    weight = models.FloatField(_("分量"))
    credit = models.FloatField(_("得分分量"))
    answers = models.PositiveIntegerField(_("答题数"))
    as_of = models.DateTimeField(_("截至"))

    class Meta:
        verbose_name = _("掌握程度")
        verbose_name_plural = _("掌握程度")
        ordering = ["learner", "topic"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "topic"], name="mastery_once_per_learner_and_topic"),
            models.CheckConstraint(
                condition=Q(credit__gte=0, credit__lte=F("weight") + 1e-6), name="mastery_credit_within_weight"
            ),
        ]

    def __str__(self):
        return f"{self.learner_id}/{self.topic_id}"

    @property
    def tally(self) -> Tally:
        return Tally(self.weight, self.credit, self.as_of)
