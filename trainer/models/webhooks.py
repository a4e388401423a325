from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainer.models.labels import WEBHOOK_LABELS
from trainer.rules.webhooks import DeliveryState


class Webhook(models.Model):
    """Where another system wants to be told what happens here. ``sealed_secret``: see ``rules.webhooks``."""

    name = models.CharField(_("名称"), max_length=60)
    url = models.URLField(_("地址"), max_length=500)
    events = models.JSONField(_("事件"), default=list)
    sealed_secret = models.TextField(_("加密的密钥"))
    is_active = models.BooleanField(_("启用"), default=True)
    created_at = models.DateTimeField(_("创建时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("创建人")
    )

    class Meta:
        verbose_name = _("推送地址")
        verbose_name_plural = _("推送地址")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class WebhookEvent(models.Model):
    """Something that happened, written in the transaction in which it did; ``uid`` is what receivers recognise."""

    uid = models.UUIDField(_("事件号"), default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("事件"), max_length=40)
    payload = models.JSONField(_("内容"), default=dict, blank=True)
    at = models.DateTimeField(_("时间"), db_index=True)

    class Meta:
        verbose_name = _("推送事件")
        verbose_name_plural = _("推送事件")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.kind} {self.uid}"


class DeliveryQuerySet(models.QuerySet):
    def due(self, at: datetime):
        """Those to be sent now, the oldest first; those of a webhook that is switched off wait."""
        waiting = self.filter(state=DeliveryState.PENDING, next_try_at__lte=at, webhook__is_active=True)
        return waiting.order_by("next_try_at", "pk")


class WebhookDelivery(models.Model):
    """One event on its way to one webhook. ``next_try_at`` is when it is tried (again), while it is pending."""

    event = models.ForeignKey(WebhookEvent, models.CASCADE, related_name="deliveries", verbose_name=_("推送事件"))
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("推送地址"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(state.value, WEBHOOK_LABELS[state]) for state in DeliveryState],
        default=DeliveryState.PENDING,
    )
    tries = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_try_at = models.DateTimeField(_("下次发送"), null=True, blank=True)
    last_tried_at = models.DateTimeField(_("上次发送"), null=True, blank=True)
    status = models.PositiveSmallIntegerField(_("对方的状态码"), null=True, blank=True)
    problem = models.CharField(_("没送到的原因"), max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("推送记录")
        verbose_name_plural = _("推送记录")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="webhook_delivery_due")]
        constraints = [
            models.UniqueConstraint(fields=["event", "webhook"], name="webhook_delivery_once_per_event"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.PENDING, next_try_at__isnull=False)
                | Q(~Q(state=DeliveryState.PENDING), next_try_at=None),
                name="webhook_delivery_pending_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.event_id} → {self.webhook_id}"
