from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.labels import CHECK_LABELS
from quizzes.models.questions import WrittenOnce
from quizzes.rules.replies.shop import Edit


class PatternVersion(WrittenOnce):
    """What the shop made of one pattern of the judge, from ``at`` on: added, worded anew, switched off or on.

    The shipped library is the base; of the versions of a ``name`` the newest holds. ``row`` is written like a row of
    the pattern files; without one the shipped wording holds. ``library`` names all versions up to this one: a talk
    keeps it, and is judged by the patterns of its beginning.
    """

    name = models.CharField(_("代号"), max_length=60)
    number = models.PositiveIntegerField(_("版本"))
    check_name = models.CharField(_("质检项"), max_length=20, choices=[*CHECK_LABELS.items()], db_index=True)
    shipped = models.BooleanField(_("自带的"), default=False)
    row = models.JSONField(_("写法"), null=True, blank=True)
    is_on = models.BooleanField(_("启用"), default=True)
    decisive = models.BooleanField(_("命中即定"), default=False)
    reason = models.CharField(_("为什么"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("谁改的"))
    at = models.DateTimeField(_("时间"))
    library = models.CharField(_("句式库"), max_length=16, unique=True)

    class Meta:
        verbose_name = _("质检句式")
        verbose_name_plural = _("质检句式")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["name", "number"], name="pattern_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="pattern_version_from_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="pattern_version_has_a_reason"),
            models.CheckConstraint(condition=Q(shipped=True) | Q(row__isnull=False), name="pattern_own_has_words"),
            models.CheckConstraint(condition=Q(shipped=False) | Q(decisive=False), name="pattern_shipped_votes_not"),
        ]
        permissions = [("keep_judge", _("维护质检句式"))]

    def __str__(self):
        return f"{self.name} {self.number}"

    def edit(self) -> Edit:
        return Edit(self.name, self.check_name, self.row, self.is_on, self.decisive)
