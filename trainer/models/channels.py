from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.questions import WrittenOnce
from trainer.models.course_labels import COURSE_LABELS, course_choices
from trainer.models.people import Team
from trainer.rules.course_words import ChannelKind, DeliveryOutcome


class Channel(models.Model):
    """The robot of a team's group chat. Address and secret open the group: they are sealed (``rules.sealing``), and
    shown to nobody again.

    Nothing is sent from ``quiet_from`` to ``quiet_until``, which may span midnight, nor on the team's rest days.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="channels", verbose_name=_("小组"))
    kind = models.CharField(_("群机器人"), max_length=10, choices=course_choices(ChannelKind))
    sealed_webhook = models.TextField(_("加密的 Webhook 地址"))
    sealed_secret = models.TextField(_("加密的加签密钥"), blank=True)
    is_on = models.BooleanField(_("启用"), default=True)
    quiet_from = models.TimeField(_("几点以后不打扰"), default=time(21))
    quiet_until = models.TimeField(_("几点起可以发"), default=time(9))
    created_at = models.DateTimeField(_("建立时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("建立人")
    )

    class Meta:
        verbose_name = _("提醒渠道")
        verbose_name_plural = _("提醒渠道")
        ordering = ["team", "kind"]
        permissions = [("keep_channels", _("设置提醒渠道"))]
        constraints = [models.UniqueConstraint(fields=["team", "kind"], name="channel_once_per_team_and_kind")]

    def __str__(self):
        return f"{self.team_id}: {self.kind}"


class Delivery(WrittenOnce):
    """One try to send the digest of a day to a group or to a person's e-mail: what, when and with which result.

    ``upto`` is the time of the newest notice in it. ``text`` is what was sent; it holds no secret and no score.
    """

    channel = models.ForeignKey(
        Channel, models.SET_NULL, null=True, blank=True, related_name="deliveries", verbose_name=_("提醒渠道")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("小组"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="deliveries",
        verbose_name=_("收件人"),
    )  # fmt: skip
    kind = models.CharField(_("方式"), max_length=10)
    day = models.DateField(_("哪天的"))
    at = models.DateTimeField(_("时间"))
    upto = models.DateTimeField(_("含到何时的提醒"))
    outcome = models.CharField(_("结果"), max_length=10, choices=course_choices(DeliveryOutcome))
    problem = models.CharField(_("问题"), max_length=200, blank=True)
    text = models.TextField(_("内容"))
    test = models.BooleanField(_("测试消息"), default=False)

    class Meta:
        verbose_name = _("发送记录")
        verbose_name_plural = _("发送记录")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "day"],
                condition=Q(outcome=DeliveryOutcome.SENT, test=False),
                name="delivery_one_digest_per_channel_and_day",
            ),
            models.UniqueConstraint(
                fields=["person", "day"],
                condition=Q(outcome=DeliveryOutcome.SENT, test=False),
                name="delivery_one_digest_per_person_and_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome=DeliveryOutcome.SENT, problem="")
                | (Q(outcome=DeliveryOutcome.FAILED) & ~Q(problem="")),
                name="delivery_failed_why",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.day}: {self.outcome}"

    @property
    def kind_label(self):
        return COURSE_LABELS[ChannelKind(self.kind)] if self.kind in list(ChannelKind) else _("邮件")
