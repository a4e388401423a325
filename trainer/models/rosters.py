from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainer.models.course_labels import course_choices
from trainer.models.people import Team
from trainer.rules.course_words import DayKind

WEEK = 7


class Shift(models.Model):
    """When a working day begins and ends; one that ends at or before its beginning ends on the next day."""

    slug = models.SlugField(_("代号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    starts = models.TimeField(_("上班"))
    ends = models.TimeField(_("下班"))

    class Meta:
        verbose_name = _("班次")
        verbose_name_plural = _("班次")
        ordering = ["starts", "ends", "slug"]

    def __str__(self):
        return f"{self.name} {self.starts:%H:%M}–{self.ends:%H:%M}"


class Roster(models.Model):
    """The week of a team or of one person, who then goes by it and not by the team's.

    ``rest_days`` are weekdays, Monday being 0. Without any roster the house works every weekday, 9:00 to 18:00.
    """

    team = models.OneToOneField(
        Team, models.CASCADE, null=True, blank=True, related_name="roster", verbose_name=_("小组")
    )
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="roster", verbose_name=_("学员")
    )
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="rosters", verbose_name=_("班次"))
    rest_days = models.JSONField(_("每周休息"), default=list, blank=True)

    class Meta:
        verbose_name = _("排班")
        verbose_name_plural = _("排班")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, person=None) | Q(team=None, person__isnull=False),
                name="roster_of_a_team_or_a_person",
            ),
        ]

    def __str__(self):
        return f"{self.team_id or ''}/{self.person_id or ''}"

    def clean(self):
        days = self.rest_days
        if not isinstance(days, list) or any(day not in range(WEEK) for day in days) or len(set(days)) == WEEK:
            raise ValidationError({"rest_days": _("每周至少要有一天上班。")})


class RosterException(models.Model):
    """One day that differs from the week: a day off, or a working day in exchange."""

    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="roster_exceptions", verbose_name=_("小组")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="roster_exceptions",
        verbose_name=_("学员"),
    )  # fmt: skip
    day = models.DateField(_("日期"))
    kind = models.CharField(_("当天"), max_length=10, choices=course_choices(DayKind))
    shift = models.ForeignKey(
        Shift, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("班次"),
        help_text=_("不选就是平时的班次"),
    )  # fmt: skip
    reason = models.CharField(_("说明"), max_length=100, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )

    class Meta:
        verbose_name = _("调休")
        verbose_name_plural = _("调休")
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, person=None) | Q(team=None, person__isnull=False),
                name="roster_exception_of_a_team_or_a_person",
            ),
            models.UniqueConstraint(
                fields=["team", "day"], condition=Q(person=None), name="roster_exception_once_per_team_and_day"
            ),
            models.UniqueConstraint(
                fields=["person", "day"], condition=Q(team=None), name="roster_exception_once_per_person_and_day"
            ),
        ]

    def __str__(self):
        return f"{self.day}: {self.kind}"
