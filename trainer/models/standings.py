from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trainer.models.people import Employment
from trainer.models.plans import PlanVersion


class StandingSnapshotQuerySet(models.QuerySet):
    def of(self, learners):
        return self.filter(employment__user__in=learners)


class StandingSnapshot(models.Model):
    """Where somebody stood against their plan when last computed: for lists, counts and sorting only.

    What a page shows of one person, and every decision, is judged anew from the evidence. ``stale``: evidence has come
    in since. ``left`` is the least number of things still to do, ``percent`` the ring.
    """

    employment = models.OneToOneField(
        Employment, models.CASCADE, primary_key=True, related_name="snapshot", verbose_name=_("任职记录")
    )
    version = models.ForeignKey(
        PlanVersion, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("方案版本")
    )
    met = models.PositiveSmallIntegerField(_("已达成"), default=0)
    total = models.PositiveSmallIntegerField(_("共几项"), default=0)
    left = models.PositiveSmallIntegerField(_("还差几项"), default=0)
    percent = models.PositiveSmallIntegerField(_("总进度"), default=0)
    all_met = models.BooleanField(_("要求已齐"), default=False)
    near = models.BooleanField(_("只差一点"), default=False)
    borderline = models.PositiveSmallIntegerField(_("临界"), default=0)
    too_few = models.PositiveSmallIntegerField(_("数据不足"), default=0)
    computed_at = models.DateTimeField(_("计算时间"), db_index=True)
    stale = models.BooleanField(_("要重算"), default=False)

    objects = StandingSnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("进度快照")
        verbose_name_plural = _("进度快照")
        ordering = ["employment"]
        indexes = [models.Index(fields=["computed_at"], condition=Q(stale=True), name="standing_stale")]
        constraints = [
            models.CheckConstraint(condition=Q(met__lte=F("total")), name="standing_met_of_total"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="standing_percent"),
            models.CheckConstraint(
                condition=Q(all_met=False) | Q(percent=100, left=0), name="standing_all_met_is_complete"
            ),
        ]

    def __str__(self):
        return f"{self.employment_id}: {self.percent} %"
