from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trainer.models.course_labels import course_choices
from trainer.models.courses import Course
from trainer.models.people import Team
from trainer.rules.course_words import AssignmentState, Cadence


class Order(models.Model):
    """What goes on assigning a course until somebody ends it."""

    created_at = models.DateTimeField(_("设立时间"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("设立人")
    )
    ended_at = models.DateTimeField(_("停止时间"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("停止人")
    )

    class Meta:
        abstract = True


class StandingOrder(Order):
    """A course for everybody hired from a day on, in one team or in all: due ``workdays`` after they join."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="orders", verbose_name=_("学习路径"))
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("小组"),
        help_text=_("不选就是所有小组"),
    )  # fmt: skip
    hired_from = models.DateField(_("从哪天起入职"))
    workdays = models.PositiveSmallIntegerField(_("几个工作日内学完"))

    class Meta:
        verbose_name = _("入职派课")
        verbose_name_plural = _("入职派课")
        ordering = ["course", "team", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "team"], condition=Q(ended_at=None), name="standing_order_once_per_course_and_team"
            ),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(ended_at=None, team=None),
                name="standing_order_of_all_teams_once_per_course",
            ),
            models.CheckConstraint(condition=Q(workdays__gte=1), name="standing_order_gives_a_day"),
        ]

    def __str__(self):
        return f"{self.course_id}: {self.team_id or '*'}"


class RecurringAssignment(Order):
    """A course that is assigned again and again: each month on ``day_of_month``, or for the days of a campaign.

    A month that is shorter takes its last day. In a campaign the course is assigned on ``starts_on`` and due by
    ``ends_on``; each month it is due after ``workdays``.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="recurrences", verbose_name=_("学习路径"))
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="recurrences", verbose_name=_("小组"),
        help_text=_("不选就是所有小组"),
    )  # fmt: skip
    cadence = models.CharField(_("频率"), max_length=10, choices=course_choices(Cadence))
    day_of_month = models.PositiveSmallIntegerField(_("每月几号"), null=True, blank=True)
    workdays = models.PositiveSmallIntegerField(_("几个工作日内学完"), null=True, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("定期派课")
        verbose_name_plural = _("定期派课")
        ordering = ["course", "team", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    cadence=Cadence.MONTHLY,
                    day_of_month__isnull=False,
                    day_of_month__gte=1,
                    day_of_month__lte=31,
                    workdays__isnull=False,
                    workdays__gte=1,
                )
                | Q(cadence=Cadence.CAMPAIGN, day_of_month=None, workdays=None, ends_on__isnull=False),
                name="recurring_has_the_terms_of_its_cadence",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="recurring_days_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.course_id}: {self.team_id or '*'} {self.cadence}"


class AssignmentQuerySet(models.QuerySet):
    def given(self):
        """Those that count: neither excused nor withdrawn nor replaced by a newer one."""
        return self.filter(state=AssignmentState.GIVEN)

    def past_due(self, at: datetime):
        """Given ones whose time is over, done or not."""
        return self.given().filter(due_at__lte=at)


class Assignment(models.Model):
    """One course for one person, in the version that it had then, due at the end of the shift on ``due_on``.

    Whether it is done follows from evidence, whether it is overdue from that and ``due_at``: neither is stored.
    Evidence from before ``since`` does not count, where it is set: for whoever has to show it anew. ``period`` tells
    the assignments of one standing order or recurrence apart (``2026-11``); it is empty for one made by hand. What
    was assigned in one go shares its ``batch``.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name=_("学员")
    )
    course = models.ForeignKey(Course, models.PROTECT, related_name="assignments", verbose_name=_("学习路径"))
    version = models.PositiveIntegerField(_("版本"))
    assigned_at = models.DateTimeField(_("派课时间"))
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("派课人")
    )
    order = models.ForeignKey(
        StandingOrder, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("入职派课")
    )
    recurrence = models.ForeignKey(
        RecurringAssignment, models.PROTECT, null=True, blank=True, related_name="assignments",
        verbose_name=_("定期派课"),
    )  # fmt: skip
    period = models.CharField(_("期次"), max_length=20, blank=True)
    batch = models.UUIDField(_("批次"), db_index=True)
    due_on = models.DateField(_("期限"))
    due_at = models.DateTimeField(_("到期时间"), db_index=True)
    since = models.DateTimeField(_("从何时起算"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=course_choices(AssignmentState), default=AssignmentState.GIVEN, db_index=True
    )
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("结束人")
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("派课")
        verbose_name_plural = _("派课")
        ordering = ["due_at", "pk"]
        permissions = [("assign_course", _("派课"))]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course", "period"],
                condition=Q(state=AssignmentState.GIVEN),
                name="assignment_given_once_per_period",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("assigned_at")), name="assignment_due_after_assigning"),
            models.CheckConstraint(
                condition=Q(state=AssignmentState.GIVEN, ended_at=None, ended_by=None, reason="")
                | Q(state=AssignmentState.REPLACED, ended_at__isnull=False)
                | (
                    Q(
                        state__in=[AssignmentState.EXCUSED, AssignmentState.WITHDRAWN],
                        ended_at__isnull=False,
                        ended_by__isnull=False,
                    )
                    & ~Q(reason="")
                ),
                name="assignment_ends_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(order=None) | Q(recurrence=None), name="assignment_of_an_order_or_a_recurrence"
            ),
        ]

    def __str__(self):
        return f"{self.learner_id}: {self.course_id}"
