from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def _person(word, **options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=word, **options)


class ApiTokenQuerySet(models.QuerySet):
    def usable(self, at: datetime):
        """Those that open the door at ``at``: neither revoked nor expired."""
        return self.filter(revoked_at=None, expires_at__gt=at)


class ApiToken(models.Model):
    """A key with which a program acts for a person: never more than ``person`` may do, and only what ``scopes`` name.

    Only its SHA-256 is kept. The key is 256 random bits, so that a slow hash would protect nothing more.
    """

    name = models.CharField(_("用途"), max_length=60)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_tokens", verbose_name=_("代表谁")
    )
    prefix = models.CharField(_("开头"), max_length=12)
    digest = models.CharField(_("指纹"), max_length=64, unique=True)
    scopes = models.JSONField(_("权限范围"), default=list)
    created_at = models.DateTimeField(_("创建时间"))
    created_by = _person(_("创建人"))
    expires_at = models.DateTimeField(_("到期时间"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True)
    revoked_by = _person(_("吊销人"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")
        ordering = ["-created_at", "-pk"]
        permissions = [("manage_interfaces", _("管理接口令牌和推送"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="api_token_expires_after_creation"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="api_token_revoked_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.prefix}…"

    def state(self, at: datetime) -> str:
        """``revoked``, ``expired`` or ``usable``."""
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at <= at else "usable"


class IdempotentCall(models.Model):
    """What a write through the API was answered, so that sending it again is answered the same and does nothing.

    ``request`` is the SHA-256 of method, path and body: the same key with another request is a mistake of the caller.
    """

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="calls", verbose_name=_("接口令牌"))
    key = models.CharField(_("幂等键"), max_length=80)
    request = models.CharField(_("请求的指纹"), max_length=64)
    status = models.PositiveSmallIntegerField(_("状态码"))
    answer = models.JSONField(_("回答"))
    at = models.DateTimeField(_("时间"), db_index=True)

    class Meta:
        verbose_name = _("幂等的写入")
        verbose_name_plural = _("幂等的写入")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="idempotent_call_once_per_token_and_key")]

    def __str__(self):
        return self.key
