from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something that a person is told once. ``key`` says what it is about: nobody is told the same thing twice.

    ``code`` and ``params`` give the text, in the reader's language; see ``queries.notices``.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("人员")
    )
    key = models.CharField(_("事由"), max_length=120)
    code = models.CharField(_("文字代号"), max_length=40)
    params = models.JSONField(_("文字里的内容"), default=dict, blank=True)
    url = models.CharField(_("去处"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("读过的时间"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("提醒")
        verbose_name_plural = _("提醒")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["person", "read_at"], name="notice_unread")]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once_per_person_and_key")]

    def __str__(self):
        return f"{self.person_id}: {self.key}"
