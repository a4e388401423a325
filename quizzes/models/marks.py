from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.attempts import PaperItem, Step
from quizzes.models.questions import Question, QuestionVersion


class MarkQuerySet(models.QuerySet):
    def standing(self):
        """The marks that count: one an item, the newest."""
        return self.filter(superseded=False)


class Mark(models.Model):
    """Credit for one item, by the key of ``version``. A later mark supersedes it; none is ever edited.

    The credit is the exact fraction ``numerator / denominator`` of the item's marks: thirds must add up.
    """

    AUTOMATIC, PERSON, CORRECTION, APPEAL = "automatic", "person", "correction", "appeal"

    item = models.ForeignKey(PaperItem, models.CASCADE, related_name="mark_rows", verbose_name=_("题目"))
    step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("作答步骤"))
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="+", verbose_name=_("依据的版本"))
    numerator = models.PositiveIntegerField(_("分子"))
    denominator = models.PositiveIntegerField(_("分母"))
    origin = models.CharField(
        _("由来"),
        max_length=10,
        choices=[(AUTOMATIC, _("自动")), (PERSON, _("人工")), (CORRECTION, _("更正答案")), (APPEAL, _("申诉"))],
    )
    comment = models.TextField(_("评语"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("评分人")
    )
    at = models.DateTimeField(_("时间"))
    superseded = models.BooleanField(_("已被取代"), default=False)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("得分")
        verbose_name_plural = _("得分")
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(superseded=False), name="mark_one_stands_per_item"),
            models.CheckConstraint(
                condition=Q(denominator__gte=1) & Q(numerator__lte=F("denominator")), name="mark_between_none_and_full"
            ),
            models.CheckConstraint(
                condition=Q(origin="automatic") | Q(by__isnull=False), name="mark_by_a_person_names_the_person"
            ),
        ]
        permissions = [("mark_answers", _("批改简答题")), ("correct_key", _("更正答案"))]

    def __str__(self):
        return f"{self.item_id}: {self.numerator}/{self.denominator}"

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


class AppealQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Appeal.OPEN)


class Appeal(models.Model):
    """A trainee says that a question was marked wrongly, and why; a person answers with a reason."""

    OPEN, ACCEPTED, REJECTED = "open", "accepted", "rejected"

    item = models.OneToOneField(PaperItem, models.CASCADE, related_name="appeal", verbose_name=_("题目"))
    reason = models.TextField(_("申诉理由"), max_length=1000)
    filed_at = models.DateTimeField(_("提出时间"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        default=OPEN,
        choices=[(OPEN, _("处理中")), (ACCEPTED, _("申诉成立")), (REJECTED, _("维持原判"))],
    )
    reply = models.TextField(_("答复"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("处理人")
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("申诉")
        verbose_name_plural = _("申诉")
        ordering = ["filed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None, decided_by=None)
                | (
                    Q(state__in=["accepted", "rejected"], decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(reply="")
                ),
                name="appeal_decided_with_name_and_reply",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="appeal_has_a_reason"),
        ]
        permissions = [("decide_appeal", _("处理申诉"))]

    def __str__(self):
        return f"{self.item_id} {self.state}"


class NotebookEntry(models.Model):
    """A question that a learner once got wrong: kept until it was right twice in a row.

    It repeats what the marks say, so that the notebook opens at once; ``commands.notebook`` writes it.
    """

    RIGHT_TO_CLEAR = 2

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notebook", verbose_name=_("学员")
    )
    question = models.ForeignKey(Question, models.CASCADE, related_name="+", verbose_name=_("试题"))
    wrong = models.PositiveIntegerField(_("错过几次"), default=1)
    right_in_a_row = models.PositiveIntegerField(_("连对几次"), default=0)
    last_item = models.ForeignKey(PaperItem, models.CASCADE, related_name="+", verbose_name=_("最近一次"))
    last_at = models.DateTimeField(_("最近时间"))

    class Meta:
        verbose_name = _("错题")
        verbose_name_plural = _("错题本")
        ordering = ["-last_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["learner", "question"], name="notebook_entry_once")]

    def __str__(self):
        return f"{self.learner_id}: {self.question_id}"

    @property
    def cleared(self) -> bool:
        return self.right_in_a_row >= self.RIGHT_TO_CLEAR
