from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.models.questions import ImmutableError, WrittenOnce
from trainer.models.labels import decision_choices
from trainer.models.people import Employment, Team
from trainer.rules.decisions import DecisionAppealState, DecisionKind, DecisionState, Second


class Statement(WrittenOnce):
    """What a trainee says for themselves before a decision. Each edit is a new row; an empty one takes it back."""

    employment = models.ForeignKey(Employment, models.PROTECT, related_name="statements", verbose_name=_("任职记录"))
    period = models.PositiveSmallIntegerField(_("第几次任职"), default=1)
    number = models.PositiveIntegerField(_("版本"))
    text = models.TextField(_("自述"), max_length=4000, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("自述")
        verbose_name_plural = _("自述")
        ordering = ["employment", "period", "number"]
        constraints = [
            models.UniqueConstraint(fields=["employment", "period", "number"], name="statement_number_once"),
        ]

    def __str__(self):
        return f"{self.employment_id}/{self.number}"


class DecisionQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(state=DecisionState.PENDING)

    def final(self):
        return self.filter(state=DecisionState.FINAL)

    def standing(self):
        """Those that hold: final, and no later one in their place."""
        return self.final().filter(superseded=False)

    def update(self, **kwargs):
        if frozen := kwargs.keys() - Decision.CLOSING:
            raise ImmutableError(f"{', '.join(sorted(frozen))} of a decision is immutable")
        return super().update(**kwargs)

    def delete(self):
        raise ImmutableError("A decision is never deleted")


class Decision(models.Model):
    """What a named person decided about somebody's probation, with the packet that they looked at, as it was.

    All but the fields of ``CLOSING`` is written once. ``packet`` is plain data, ``digest`` the SHA-256 of its canonical
    form (``rules.packet``). ``exceptions`` say, by slug of the requirement, why somebody is confirmed although it was
    not met. ``supervisor`` and ``team`` are those of that moment; ``asked`` is who was asked to countersign.
    ``effective_on`` is the day from which it holds. A final decision that a later one replaces is ``superseded``.
    """

    CLOSING = frozenset(
        {
            "state", "countersigned_by", "closed_by", "closed_at", "closing_note", "effective_on",
            "supersedes", "superseded",
        }
    )  # fmt: skip

    employment = models.ForeignKey(Employment, models.PROTECT, related_name="decisions", verbose_name=_("任职记录"))
    period = models.PositiveSmallIntegerField(_("第几次任职"), default=1)
    kind = models.CharField(_("结论"), max_length=10, choices=decision_choices(DecisionKind))
    reasons = models.TextField(_("理由"), max_length=4000)
    exceptions = models.JSONField(_("未达成的要求为什么仍然通过"), default=dict, blank=True)
    until = models.DateField(_("延长到"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("决定人"))
    at = models.DateTimeField(_("时间"))
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("当时的小组")
    )
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("当时的主管")
    )
    packet = models.JSONField(_("评议材料"))
    digest = models.CharField(_("摘要"), max_length=64)
    second = models.CharField(
        _("为什么要复签"), max_length=12, choices=decision_choices(Second), default=Second.NOT_NEEDED, blank=True
    )
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("请谁复签")
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("取代哪个结论")
    )

    state = models.CharField(_("状态"), max_length=10, choices=decision_choices(DecisionState))
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复签人")
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("了结的人")
    )
    closed_at = models.DateTimeField(_("了结时间"), null=True, blank=True)
    closing_note = models.TextField(_("说明"), max_length=1000, blank=True)
    effective_on = models.DateField(_("生效日期"), null=True, blank=True)
    superseded = models.BooleanField(_("已被取代"), default=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("转正结论")
        verbose_name_plural = _("转正结论")
        ordering = ["-at", "-pk"]
        permissions = [("decide_confirmation", _("作转正结论")), ("move_people", _("调动人员"))]
        constraints = [
            models.UniqueConstraint(
                fields=["employment"], condition=Q(state=DecisionState.PENDING), name="decision_one_pending"
            ),
            models.UniqueConstraint(
                fields=["employment", "period"],
                condition=Q(state=DecisionState.FINAL, superseded=False),
                name="decision_one_standing_per_period",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_has_reasons"),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.EXTEND, until__isnull=False)
                | (~Q(kind=DecisionKind.EXTEND) & Q(until=None)),
                name="decision_extension_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by=None) | ~Q(countersigned_by=F("by")),
                name="decision_countersigned_by_a_second_person",
            ),
            models.CheckConstraint(condition=Q(asked=None) | ~Q(asked=F("by")), name="decision_asks_a_second_person"),
            models.CheckConstraint(
                condition=Q(state=DecisionState.PENDING, closed_at=None, closed_by=None, countersigned_by=None)
                | Q(state=DecisionState.FINAL, closed_at__isnull=False, effective_on__isnull=False)
                | (
                    Q(state__in=[DecisionState.RETURNED, DecisionState.WITHDRAWN], countersigned_by=None)
                    & Q(closed_at__isnull=False, closed_by__isnull=False)
                    & (~Q(closing_note="") | Q(state=DecisionState.WITHDRAWN))
                ),
                name="decision_closed_as_its_state_says",
            ),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.FINAL)
                | Q(second=Second.NOT_NEEDED)
                | Q(countersigned_by__isnull=False),
                name="decision_final_has_the_second_signature",
            ),
            models.CheckConstraint(
                condition=Q(superseded=False) | Q(state=DecisionState.FINAL), name="decision_superseded_was_final"
            ),
        ]

    def __str__(self):
        return f"{self.employment_id}: {self.kind}"

    def save(self, *args, **kwargs):
        if not self._state.adding and not set(kwargs.get("update_fields") or ("all",)) <= self.CLOSING:
            raise ImmutableError(f"Decision {self.pk} is immutable")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ImmutableError(f"Decision {self.pk} is never deleted")

    @property
    def is_final(self) -> bool:
        return self.state == DecisionState.FINAL

    @property
    def is_pending(self) -> bool:
        return self.state == DecisionState.PENDING

    @property
    def appeal_until(self) -> date | None:
        """The last day for an appeal; ``None`` while the decision is not final."""
        if self.closed_at is None or not self.is_final:
            return None
        return timezone.localdate(self.closed_at) + timedelta(days=settings.DECISION_APPEAL_DAYS)


class DecisionAppealQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=DecisionAppealState.OPEN)


class DecisionAppeal(models.Model):
    """A trainee does not accept a decision, and says why; somebody else than those who signed it answers.

    ``against`` and ``against_second`` repeat who signed, so that the database refuses them as judges in their own case.
    ``result`` is the decision that came out of it, where it was overturned.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="appeal", verbose_name=_("转正结论"))
    against = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("决定人"))
    against_second = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复签人")
    )
    reason = models.TextField(_("申诉理由"), max_length=4000)
    filed_at = models.DateTimeField(_("提出时间"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        default=DecisionAppealState.OPEN,
        choices=decision_choices(DecisionAppealState),
    )
    answer = models.TextField(_("答复"), max_length=4000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("处理人")
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    result = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="came_from", verbose_name=_("改成的结论")
    )

    objects = DecisionAppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("结论申诉")
        verbose_name_plural = _("结论申诉")
        ordering = ["filed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="decision_appeal_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("against")) & (Q(against_second=None) | ~Q(decided_by=F("against_second")))),
                name="decision_appeal_goes_to_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionAppealState.OPEN, decided_at=None, decided_by=None, result=None)
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(answer="")
                    & (
                        Q(state=DecisionAppealState.UPHELD, result=None)
                        | Q(state=DecisionAppealState.OVERTURNED, result__isnull=False)
                    )
                ),
                name="decision_appeal_answered_in_full",
            ),
        ]

    def __str__(self):
        return f"{self.decision_id} {self.state}"

    @property
    def answer_until(self) -> date:
        """By when the trainee has been promised an answer."""
        return timezone.localdate(self.filed_at) + timedelta(days=settings.DECISION_ANSWER_DAYS)
