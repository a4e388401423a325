from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from trainer.models.labels import choices
from trainer.rules.confirmation import Standard, standard_from_params
from trainer.rules.vocabulary import RequirementKind


class ConfirmationPlan(models.Model):
    """What a new hire must show before early confirmation. Data, not code."""

    slug = models.SlugField(_("代号"), max_length=80, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120)
    is_default = models.BooleanField(_("默认方案"), default=False)

    class Meta:
        verbose_name = _("转正方案")
        verbose_name_plural = _("转正方案")
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="plan_one_default"),
        ]

    def __str__(self):
        return self.name_en if get_language() == "en" else self.name


class Requirement(models.Model):
    """One thing that the plan asks for. ``params`` by kind: see ``rules.confirmation``."""

    plan = models.ForeignKey(ConfirmationPlan, models.CASCADE, related_name="requirements", verbose_name=_("转正方案"))
    position = models.PositiveSmallIntegerField(_("次序"))
    slug = models.SlugField(_("代号"), max_length=80)
    kind = models.CharField(_("类型"), max_length=20, choices=choices(RequirementKind))
    title = models.CharField(_("名称"), max_length=60)
    title_en = models.CharField(_("英文名称"), max_length=120)
    params = models.JSONField(_("标准"), default=dict)
    rationale = models.TextField(_("理由"))

    class Meta:
        verbose_name = _("转正要求")
        verbose_name_plural = _("转正要求")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug"], name="requirement_slug_once_per_plan"),
            models.UniqueConstraint(fields=["plan", "position"], name="requirement_position_once_per_plan"),
        ]

    def __str__(self):
        return self.title_en if get_language() == "en" else self.title

    def clean(self):
        try:
            self.to_rule()
        except ValueError as problem:
            raise ValidationError({"params": str(problem)}) from problem

    def to_rule(self) -> Standard:
        """The standard that ``params`` describe. Raises ``ValueError`` when they do not describe one."""
        return standard_from_params(self.kind, self.params)
