"""The outside language model: whether an admin lets it be asked, what was sent to it, and what it said."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.questions import WrittenOnce
from quizzes.models.sessions import CheckResult, Session


class OutsideSwitch(WrittenOnce):
    """An admin's decision about the outside model; the newest one holds, and without any it is off."""

    opinions = models.BooleanField(_("给拿不准的质检项提供参考意见"), default=False)
    rewording = models.BooleanField(_("给模拟顾客换说法"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("谁改的"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("外部模型开关")
        verbose_name_plural = _("外部模型开关")
        ordering = ["-at", "-pk"]
        permissions = [("switch_outside_model", _("开关外部模型"))]

    def __str__(self):
        return f"{self.opinions}/{self.rewording}"


class Purpose(models.TextChoices):
    OPINION = "opinion", _("参考意见")
    REWORDING = "rewording", _("换说法")


class CallOutcome(models.TextChoices):
    USED = "used", _("用上了")
    REFUSED = "refused", _("回答不合格式，没有用")
    FAILED = "failed", _("没有连上或太慢")


class OutsideCall(WrittenOnce):
    """One request to the outside model, with exactly what was sent."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="outside_calls", verbose_name=_("对练"))
    purpose = models.CharField(_("用途"), max_length=10, choices=Purpose)
    sent = models.JSONField(_("发出的内容"))
    outcome = models.CharField(_("结果"), max_length=8, choices=CallOutcome)
    detail = models.CharField(_("说明"), max_length=200, blank=True)
    seconds = models.FloatField(_("用时（秒）"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("外部模型请求")
        verbose_name_plural = _("外部模型请求")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(seconds__gte=0), name="outside_call_takes_time")]

    def __str__(self):
        return f"{self.purpose} {self.outcome}"


class SecondOpinion(WrittenOnce):
    """What the outside model said of a check. It is shown to the person who rules, and counts for nothing by itself."""

    result = models.OneToOneField(
        CheckResult, models.CASCADE, related_name="opinion", primary_key=True, verbose_name=_("质检结果")
    )
    yes = models.BooleanField(_("有"))
    words = models.CharField(_("依据的文字"), max_length=200, blank=True)
    model = models.CharField(_("模型"), max_length=80)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("参考意见")
        verbose_name_plural = _("参考意见")

    def __str__(self):
        return f"{self.result_id} {self.yes}"
