from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models import labels as engine
from quizzes.models.questions import WrittenOnce
from quizzes.rules.dialogue.scenario import Dimension
from trainer.rules.assessment import Scheme, scheme_from_data


class SchemeVersion(WrittenOnce):
    """The assessment scheme as it holds from ``published_at`` on, until the next one. Immutable.

    ``data`` is what ``rules.assessment.scheme_from_data`` reads: dimensions with their weights and methods, and the
    performance figures with their tiers. ``digest`` is its hash; ``loaded`` says that it came out of a file.
    """

    number = models.PositiveIntegerField(_("版本"), unique=True)
    data = models.JSONField(_("内容"))
    digest = models.CharField(_("指纹"), max_length=64)
    note = models.CharField(_("改了什么"), max_length=300)
    loaded = models.BooleanField(_("来自文件"), default=False)
    published_at = models.DateTimeField(_("发布时间"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发布人")
    )

    class Meta:
        verbose_name = _("考核方案版本")
        verbose_name_plural = _("考核方案版本")
        ordering = ["-number"]
        permissions = [("publish_scheme", _("发布考核方案"))]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="scheme_version_says_what_changed")]

    def __str__(self):
        return f"v{self.number}"

    def to_rule(self) -> Scheme:
        return scheme_from_data(self.data)


class InterviewPrompt(models.Model):
    """One question that an interviewer may ask, for one dimension. ``listen`` says what a good answer has in it."""

    slug = models.SlugField(_("代号"), max_length=80, unique=True)
    dimension = models.CharField(_("维度"), max_length=20, choices=engine.choices(Dimension))
    text = models.CharField(_("问题"), max_length=300)
    listen = models.CharField(_("听什么"), max_length=300)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("面试问题")
        verbose_name_plural = _("面试问题")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(listen=""), name="interview_prompt_says_what_to_listen_for"
            )
        ]

    def __str__(self):
        return self.text
