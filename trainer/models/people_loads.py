from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PeopleLoad(models.Model):
    """A sheet of people that somebody uploaded, from its preview to its confirmation.

    ``rows`` is what the sheet says, see ``readers.people_sheet``. It goes when the load is confirmed: the people are in
    the tables then, and a second copy of their data would serve nobody. What stays is ``counts`` and ``added``, the
    ids of the people who were new.
    """

    name = models.CharField(_("文件名"), max_length=120)
    sha256 = models.CharField(_("指纹"), max_length=64)
    rows = models.JSONField(_("表格内容"), null=True, blank=True)
    counts = models.JSONField(_("结果"), default=dict, blank=True)
    added = models.JSONField(_("新增的人"), default=list, blank=True)
    created_at = models.DateTimeField(_("上传时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上传人")
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("人员导入")
        verbose_name_plural = _("人员导入")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, rows__isnull=False) | Q(confirmed_at__isnull=False, rows=None),
                name="people_load_keeps_rows_until_confirmed",
            ),
        ]

    def __str__(self):
        return self.name
