from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.attempts import PaperItem
from quizzes.models.questions import Question, QuestionVersion
from quizzes.rules.vocabulary import Kind, QuestionState


class ReviewCardQuerySet(models.QuerySet):
    def of(self, learner):
        return self.filter(learner=learner)

    def in_use(self):
        """Those whose question may still be asked, and says what it said when it was answered."""
        return self.filter(question__state=QuestionState.LIVE, question__current=F("version")).exclude(
            version__kind=Kind.FREE_TEXT
        )


class ReviewCard(models.Model):
    """When a learner is asked a question again: see ``rules.reviews``.

    It repeats what the marks say, so that the day's review opens at once; ``commands.reviews`` writes it. ``version``
    is what the question said then: one that says something else since is left out until it is answered anew.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="review_cards", verbose_name=_("学员")
    )
    question = models.ForeignKey(Question, models.CASCADE, related_name="+", verbose_name=_("试题"))
    version = models.ForeignKey(QuestionVersion, models.CASCADE, related_name="+", verbose_name=_("试题版本"))
    stability = models.FloatField(_("稳定度（天）"))
    difficulty = models.FloatField(_("难度"))
    due_on = models.DateField(_("该复习的日期"))
    last_at = models.DateTimeField(_("最近一次"))
    recalls = models.PositiveIntegerField(_("回忆次数"))
    lapses = models.PositiveIntegerField(_("没想起来的次数"), default=0)

    objects = ReviewCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("复习卡")
        verbose_name_plural = _("复习卡")
        ordering = ["learner", "due_on", "pk"]
        indexes = [models.Index(fields=["learner", "due_on"], name="review_card_due")]
        constraints = [
            models.UniqueConstraint(fields=["learner", "question"], name="review_card_once"),
            models.CheckConstraint(
                condition=Q(stability__gt=0, difficulty__gte=1, difficulty__lte=10), name="review_card_in_range"
            ),
            models.CheckConstraint(
                condition=Q(recalls__gte=1, lapses__lte=F("recalls")), name="review_card_lapses_within_recalls"
            ),
        ]

    def __str__(self):
        return f"{self.learner_id}: {self.question_id}"


class KeyShown(models.Model):
    """The person whose paper it is looked at the key of a question again, after the feedback right at the answer."""

    item = models.ForeignKey(PaperItem, models.CASCADE, related_name="keys_shown", verbose_name=_("题目"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("看过答案")
        verbose_name_plural = _("看过答案")
        ordering = ["item", "at"]
        constraints = [models.UniqueConstraint(fields=["item", "at"], name="key_shown_once_at_a_time")]

    def __str__(self):
        return f"{self.item_id} {self.at:%H:%M:%S}"
