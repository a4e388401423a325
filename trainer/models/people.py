from datetime import date

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from trainer.models.labels import choices, decision_choices
from trainer.rules.decisions import Contract
from trainer.rules.vocabulary import EmploymentState

TRAINEE, SUPERVISOR, ADMIN = "trainee", "supervisor", "admin"
NO_TEAM = 0  # stands for those who are in none


class UserQuerySet(models.QuerySet):
    def trainees(self):
        return self.filter(is_active=True, employment__isnull=False).exclude(employment__state=EmploymentState.LEFT)

    def admins(self):
        """Those who look after the content."""
        return self.filter(is_active=True, groups__name=ADMIN)

    def in_teams_of(self, supervisor):
        return self.filter(employment__team__supervisor=supervisor)

    def named(self, q: str):
        """Those whose name or username has ``q``; an empty one is in every name."""
        return self.filter(Q(display_name__icontains=q) | Q(username__icontains=q)) if q else self

    def of_team(self, team: int | None):
        """Those of one team (its id, ``NO_TEAM`` for those in none); ``None`` stands for all."""
        return self if team is None else self.filter(employment__team=team or None)


class PeopleManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    pass


class User(AbstractUser):
    """A person who signs in. What they may do follows from their groups, whom they may see from their teams.

    ``unread`` repeats the number of unread notices, so that every page can show it; ``commands.notices`` writes it.
    Who has an address and wants the ``digest`` gets unread notices by e-mail, once a day.
    """

    display_name = models.CharField(_("姓名"), max_length=40, blank=True)
    digest = models.BooleanField(_("每日邮件汇总"), default=True)
    shows_streak = models.BooleanField(_("显示连续学习日"), default=True)
    unread = models.PositiveIntegerField(_("未读提醒"), default=0, editable=False)

    objects = PeopleManager()  # type: ignore[misc]

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined]
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        constraints = [
            # A person is recognised by it when they sign in with the company's account.
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="user_email_once",
                violation_error_message=_("这个邮箱已经是另一个人的。"),
            ),
        ]

    def __str__(self):
        return self.display_name or self.username

    def get_full_name(self):
        return str(self)

    @property
    def may_sign_in(self) -> bool:
        """Not switched off, and not gone."""
        employment = getattr(self, "employment", None)
        return self.is_active and not (employment and employment.state == EmploymentState.LEFT)


class Team(models.Model):
    """A group of trainees with one supervisor."""

    name = models.CharField(_("名称"), max_length=40, unique=True)
    supervisor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="teams", verbose_name=_("主管")
    )

    class Meta:
        verbose_name = _("小组")
        verbose_name_plural = _("小组")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Employment(models.Model):
    """Since when somebody works here, in which team, and where they stand on probation.

    There is one row a person. Whoever comes back starts a new ``period`` in it, and what the row said of the period
    before is kept as a ``PastEmployment``. Evidence from before ``counts_from`` does not count; without it, all does.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="employment", verbose_name=_("人员"))
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("小组")
    )
    hired_on = models.DateField(_("入职日期"))
    probation_ends_on = models.DateField(_("试用期截止"))
    state = models.CharField(
        _("状态"), max_length=20, choices=choices(EmploymentState), default=EmploymentState.PROBATION
    )
    plan = models.ForeignKey(
        "trainer.ConfirmationPlan",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="employments",
        verbose_name=_("转正方案"),
        help_text=_("不选就用默认方案"),
    )
    plan_version = models.ForeignKey(
        "trainer.PlanVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="employments",
        verbose_name=_("方案版本"),
        help_text=_("空着就跟着方案的现行版本；方案出新版时，已经在走的人留在原来的版本"),
    )
    contract = models.CharField(
        _("合同期限"),
        max_length=20,
        choices=decision_choices(Contract),
        blank=True,
        help_text=_("试用期最长多久由它决定：不满一年 1 个月，不满三年 2 个月，更长 6 个月"),
    )
    left_on = models.DateField(_("离职日期"), null=True, blank=True)
    period = models.PositiveSmallIntegerField(_("第几次任职"), default=1, editable=False)
    counts_from = models.DateField(_("从哪天起的成绩才算"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("任职记录")
        verbose_name_plural = _("任职记录")
        ordering = ["hired_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(probation_ends_on__gte=F("hired_on")), name="employment_probation_ends_after_hiring"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(state=EmploymentState.LEFT), name="employment_left_on_a_day_means_left"
            ),
        ]

    def __str__(self):
        return str(self.user)

    def days_in_post(self, on: date) -> int:
        """Whole days since the hire date; the first day counts as day 1."""
        return max((on - self.hired_on).days + 1, 0)


class PastEmployment(models.Model):
    """An earlier period of somebody who came back: what their employment said when it ended."""

    employment = models.ForeignKey(Employment, models.PROTECT, related_name="past", verbose_name=_("任职记录"))
    period = models.PositiveSmallIntegerField(_("第几次任职"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("小组"))
    supervisor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("当时的主管")
    )
    hired_on = models.DateField(_("入职日期"))
    probation_ends_on = models.DateField(_("试用期截止"))
    left_on = models.DateField(_("离职日期"))
    state = models.CharField(_("离职前的状态"), max_length=20, choices=choices(EmploymentState))
    contract = models.CharField(_("合同期限"), max_length=20, choices=decision_choices(Contract), blank=True)

    class Meta:
        verbose_name = _("以前的任职")
        verbose_name_plural = _("以前的任职")
        ordering = ["employment", "-period"]
        constraints = [
            models.UniqueConstraint(fields=["employment", "period"], name="past_employment_period_once"),
            models.CheckConstraint(condition=Q(left_on__gte=F("hired_on")), name="past_employment_ends_after_hiring"),
        ]

    def __str__(self):
        return f"{self.employment_id}/{self.period}"
