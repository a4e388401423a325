from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from trainer.models.labels import plan_choices
from trainer.models.people import User
from trainer.rules.confirmation import Asked, Terms
from trainer.rules.standards import Standard, standard_from_params
from trainer.rules.vocabulary import Part, RequirementKind


class ConfirmationPlan(models.Model):
    """What a new hire must show before early confirmation: a name under which versions follow each other."""

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


class PlanVersionQuerySet(models.QuerySet):
    def published(self):
        return self.exclude(published_at=None)

    def drafts(self):
        return self.filter(published_at=None)


class PlanVersion(models.Model):
    """What a plan asks for, from its publication on. A draft may change; what is published never does.

    ``theory_cut`` and ``practice_cut`` are how much of the weight of the weighted requirements of that part has to be
    met, in percent; they say nothing where a part has none. The highest published number is the one in force: who
    starts walks by it, who was there before keeps theirs (``Employment.plan_version``).
    """

    plan = models.ForeignKey(ConfirmationPlan, models.CASCADE, related_name="versions", verbose_name=_("转正方案"))
    number = models.PositiveIntegerField(_("版本"))
    theory_cut = models.PositiveSmallIntegerField(_("理论加权线（%）"), default=100)
    practice_cut = models.PositiveSmallIntegerField(_("实操加权线（%）"), default=100)
    note = models.CharField(_("改了什么，为什么"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("建立时间"))
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发布人")
    )

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("方案版本")
        verbose_name_plural = _("方案版本")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(published_at=None), name="plan_version_one_draft"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plan_version_number_from_one"),
            models.CheckConstraint(
                condition=Q(theory_cut__gte=1, theory_cut__lte=100, practice_cut__gte=1, practice_cut__lte=100),
                name="plan_version_cuts_of_100",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False) | Q(published_by=None),
                name="plan_version_draft_has_no_publisher",
            ),
        ]

    def __str__(self):
        return _("%(plan)s 第 %(number)d 版") % {"plan": self.plan, "number": self.number}

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    def terms(self, requirements) -> Terms:
        """These requirement rows, which are this version's, as the rules take them."""
        return Terms(
            tuple(row.asked() for row in requirements),
            {Part.THEORY: self.theory_cut, Part.PRACTICE: self.practice_cut},
        )


class Requirement(models.Model):
    """One thing that a version of a plan asks for. ``params`` by kind: see ``rules.standards``.

    Without a ``weight`` it is mandatory; with one it counts towards the cut of its part.
    """

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="requirements", verbose_name=_("方案版本"))
    position = models.PositiveSmallIntegerField(_("次序"))
    slug = models.SlugField(_("代号"), max_length=80)
    kind = models.CharField(_("类型"), max_length=20, choices=plan_choices(RequirementKind))
    title = models.CharField(_("名称"), max_length=60)
    title_en = models.CharField(_("英文名称"), max_length=120)
    part = models.CharField(_("属于"), max_length=10, choices=plan_choices(Part), default=Part.NEITHER, blank=True)
    weight = models.PositiveSmallIntegerField(_("权重（必达的不填）"), null=True, blank=True)
    params = models.JSONField(_("标准"), default=dict, blank=True)
    rationale = models.TextField(_("理由"))

    class Meta:
        verbose_name = _("转正要求")
        verbose_name_plural = _("转正要求")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "slug"], name="requirement_slug_once_per_version"),
            models.UniqueConstraint(fields=["version", "position"], name="requirement_position_once_per_version"),
            models.CheckConstraint(
                condition=Q(weight=None) | (Q(weight__gte=1, weight__lte=100) & ~Q(part=Part.NEITHER)),
                name="requirement_weight_counts_towards_a_part",
            ),
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

    def asked(self) -> Asked:
        return Asked(self.to_rule(), Part(self.part), self.weight)
