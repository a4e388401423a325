from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainer.models.labels import sheet_choices
from trainer.rules.vocabulary import Figure, LineState, SheetState

MOST_SECONDS = 86_400
SECONDS = (Figure.FIRST_REPLY, Figure.AVERAGE_REPLY)


def _person(word, **options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=word, **options)


def _figure(word, most: int):
    return models.DecimalField(
        word,
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(most))],
    )


class PerformanceSheet(models.Model):
    """A file of monthly figures that somebody brought in, from its preview to confirmation or roll back.

    ``token`` comes with the form, so that sending it twice makes one. The lines hold all that was read.
    """

    token = models.UUIDField(_("表单号"), unique=True)
    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("指纹"), max_length=64, db_index=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=sheet_choices(SheetState), default=SheetState.PREVIEWED.value
    )
    notes = models.JSONField(_("说明"), default=list, blank=True)
    created_at = models.DateTimeField(_("上传时间"))
    created_by = _person(_("上传人"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    confirmed_by = _person(_("确认人"), null=True, blank=True)
    rolled_back_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    rolled_back_by = _person(_("撤回人"), null=True, blank=True)

    class Meta:
        verbose_name = _("绩效表")
        verbose_name_plural = _("绩效表")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SheetState.PREVIEWED.value)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="performance_sheet_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=SheetState.ROLLED_BACK.value)
                | Q(rolled_back_at__isnull=False, rolled_back_by__isnull=False),
                name="performance_sheet_rolled_back_by_somebody",
            ),
        ]

    def __str__(self):
        return self.name


class PerformanceMonth(models.Model):
    """One person's figures of one month; ``month`` is its first day. What was not measured is ``None``.

    ``sheet`` is the file they stand in; without one they were entered by hand. ``reason`` says why, where figures
    that stood were changed by hand.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="performance", verbose_name=_("学员")
    )
    month = models.DateField(_("月份"))
    first_reply = _figure(_("首次响应（秒）"), MOST_SECONDS)
    average_reply = _figure(_("平均响应（秒）"), MOST_SECONDS)
    conversion = _figure(_("询单转化率（%）"), 100)
    satisfaction = _figure(_("满意度（%）"), 100)
    refund_rate = _figure(_("退款率（%）"), 100)
    complaint_rate = _figure(_("投诉率（%）"), 100)
    sheet = models.ForeignKey(
        PerformanceSheet, models.PROTECT, null=True, blank=True, related_name="months", verbose_name=_("绩效表")
    )
    reason = models.CharField(_("修改理由"), max_length=300, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = _person(_("录入人"))

    class Meta:
        verbose_name = _("月度绩效")
        verbose_name_plural = _("月度绩效")
        ordering = ["learner", "month"]
        permissions = [("enter_performance", _("录入绩效"))]
        constraints = [
            models.UniqueConstraint(fields=["learner", "month"], name="performance_once_per_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="performance_month_is_its_first_day"),
            models.CheckConstraint(
                condition=~Q(**{f"{figure.value}__isnull": True for figure in Figure}), name="performance_has_a_figure"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{figure.value: None})
                    | Q(**{f"{figure}__gte": 0, f"{figure}__lte": MOST_SECONDS if figure in SECONDS else 100}),
                    name=f"performance_{figure}_possible",
                )
                for figure in Figure
            ),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"

    @property
    def figures(self) -> dict[Figure, Decimal]:
        """The figures that were measured."""
        return {figure: value for figure in Figure if (value := getattr(self, figure)) is not None}


class PerformanceLine(models.Model):
    """One line of a sheet: whose figures of which month it gives, what is wrong with it, what stood there before.

    ``figures`` are texts by the name of the figure. ``before`` is ``{"figures": …, "sheet": id}``, or ``None`` where
    nothing stood there.
    """

    sheet = models.ForeignKey(PerformanceSheet, models.CASCADE, related_name="lines", verbose_name=_("绩效表"))
    line = models.PositiveIntegerField(_("行"))
    name = models.CharField(_("姓名"), max_length=80, blank=True)
    learner = _person(_("学员"), null=True, blank=True)
    month = models.DateField(_("月份"), null=True, blank=True)
    figures = models.JSONField(_("指标"), default=dict, blank=True)
    before = models.JSONField(_("原来的指标"), null=True, blank=True)
    state = models.CharField(_("和现有的比"), max_length=8, choices=sheet_choices(LineState))
    problems = models.JSONField(_("问题"), default=list, blank=True)

    class Meta:
        verbose_name = _("绩效表的行")
        verbose_name_plural = _("绩效表的行")
        ordering = ["sheet", "line"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "line"], name="performance_line_once"),
            models.UniqueConstraint(
                fields=["sheet", "learner", "month"],
                condition=~Q(state=LineState.PROBLEM.value),
                name="performance_line_one_per_person_and_month",
            ),
            models.CheckConstraint(
                condition=Q(state=LineState.PROBLEM.value) | Q(learner__isnull=False, month__isnull=False),
                name="performance_line_of_somebody",
            ),
        ]

    def __str__(self):
        return str(self.line)
