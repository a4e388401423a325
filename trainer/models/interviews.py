from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models import labels as engine
from quizzes.rules.dialogue.scenario import Dimension
from trainer.models.assessment import SchemeVersion
from trainer.rules.interviews import Answer, answer_from_data


class InterviewQuerySet(models.QuerySet):
    def final(self):
        return self.exclude(finished_at=None)

    def standing(self):
        """Handed in, and not put right by another that is handed in, too."""
        return self.final().exclude(correction__finished_at__isnull=False)

    def open(self):
        return self.filter(finished_at=None)


class Interview(models.Model):
    """One rater's form of one telephone interview: a draft until ``finished_at``, immutable from then on.

    ``prompts`` are the questions as they were drawn with ``seed``, by dimension: ``{"attitude": [{"slug", "text",
    "listen"}]}``. ``answers`` is the draft, by dimension: ``{"score", "not_asked", "notes": {slug: text}}``;
    ``revision`` counts its saves, so that a page behind another is noticed. ``comment`` is for the trainee,
    ``private_notes`` are for raters only. ``beside`` is the first rater's form where this is the second, blind one;
    ``corrects`` the form that this one puts right, with its ``reason``.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="interviews", verbose_name=_("学员")
    )
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="interviews_held", verbose_name=_("面试人")
    )
    scheme = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+", verbose_name=_("考核方案版本"))
    seed = models.PositiveIntegerField(_("种子"))
    prompts = models.JSONField(_("问题"))
    held_at = models.DateTimeField(_("面试时间"))
    answers = models.JSONField(_("记录"), default=dict, blank=True)
    revision = models.PositiveIntegerField(_("保存次数"), default=0)
    saved_at = models.DateTimeField(_("保存时间"), null=True, blank=True)
    comment = models.TextField(_("给学员的话"), blank=True)
    private_notes = models.TextField(_("只给主管看的备注"), blank=True)
    finished_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    beside = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="second", verbose_name=_("第一位面试人的记录")
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction", verbose_name=_("更正哪一份")
    )
    reason = models.CharField(_("更正理由"), max_length=300, blank=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("电话面试")
        verbose_name_plural = _("电话面试")
        ordering = ["-held_at", "-pk"]
        permissions = [("hold_interview", _("做电话面试"))]
        constraints = [
            models.CheckConstraint(condition=~Q(learner=F("rater")), name="interview_not_of_oneself"),
            models.UniqueConstraint(
                fields=["learner", "rater"], condition=Q(finished_at=None), name="interview_one_draft_per_rater"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("held_at")), name="interview_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(reason=""), name="interview_correction_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"#{self.pk}"

    @property
    def is_final(self) -> bool:
        return self.finished_at is not None

    def answer(self, dimension: str) -> Answer:
        """What the rater noted so far."""
        return answer_from_data(self.answers.get(dimension, {}))


class InterviewScore(models.Model):
    """What one rater gave for one dimension, written when the form is handed in: 1 to 5, or why it was not asked."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="scores", verbose_name=_("电话面试"))
    dimension = models.CharField(_("维度"), max_length=20, choices=engine.choices(Dimension))
    score = models.PositiveSmallIntegerField(_("评分"), null=True, blank=True)
    not_asked = models.CharField(_("没有问的原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("面试评分")
        verbose_name_plural = _("面试评分")
        ordering = ["interview", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "dimension"], name="interview_score_once_per_dimension"),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5, not_asked="") | (Q(score=None) & ~Q(not_asked="")),
                name="interview_score_1_to_5_or_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.interview_id} {self.dimension}"
