from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainer.forms.team import PeopleForm
from trainer.models import PerformanceMonth
from trainer.models.labels import LABELS
from trainer.queries.performance import PerformanceSort
from trainer.rules.performance import SECONDS, BadValue, Share, month_of, percent_of, seconds_of
from trainer.rules.vocabulary import Figure


class MonthField(forms.Field):
    """A month as ``<input type="month">`` sends it: the first day of it."""

    widget = forms.TextInput({"type": "month"})

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or not value:
            return value or None
        try:
            return month_of(str(value))
        except BadValue as wrong:
            raise forms.ValidationError(_("请选一个月份。")) from wrong


class FigureField(forms.CharField):
    """Seconds or percent in any spelling that a sheet may have."""

    def __init__(self, figure: Figure):
        self.figure = figure
        unit = _("秒，也可以写 1:20") if figure in SECONDS else _("百分比，写 92.5 或 92.5%")
        super().__init__(label=LABELS[figure], required=False, max_length=20, help_text=unit)
        self.widget.attrs |= {"autocomplete": "off", "inputmode": "text"}

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return seconds_of(text) if self.figure in SECONDS else percent_of(text, Share.PERCENT)
        except BadValue as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class PerformanceFilterForm(PeopleForm):
    """Whose figures of a month are listed, and in which order."""

    have = forms.ChoiceField(
        label=_("数据"), required=False, choices=[("", _("全部")), ("no", _("还没有数据")), ("yes", _("有数据"))]
    )

    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=PerformanceSort,
        empty_value=PerformanceSort.TEAM,
        choices=[(PerformanceSort.TEAM, _("按小组")), (PerformanceSort.NAME, _("按姓名"))],
    )
    month = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class PerformanceForm(forms.Form):
    """The figures of one person and month; what is left blank was not measured."""

    month = MonthField(label=_("月份"))
    reason = forms.CharField(
        label=_("修改理由"), required=False, max_length=300, help_text=_("这个月已经有数据、要改的时候才写。")
    )

    field_order = ["month", *Figure, "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for figure in Figure:
            self.fields[figure.value] = FigureField(figure)
        self.order_fields(["month", *(figure.value for figure in Figure), "reason"])

    def clean_month(self) -> date:
        month = self.cleaned_data["month"]
        if month > timezone.localdate():
            raise forms.ValidationError(_("这个月还没有到。"))
        return month

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.figures:
            raise forms.ValidationError(_("至少填一项指标。"))
        return data

    @property
    def figures(self) -> dict[Figure, Decimal]:
        return {f: value for f in Figure if (value := self.cleaned_data.get(f.value)) is not None}

    @staticmethod
    def initial_of(month: date, row: PerformanceMonth | None) -> dict[str, Any]:
        found = row.figures if row else {}
        return {"month": f"{month:%Y-%m}", **{f.value: f"{value.normalize():f}" for f, value in found.items()}}


class SheetForm(forms.Form):
    """A file of figures; ``month`` is for files that have no column for it."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(label=_("绩效表"), help_text=_("Excel（.xlsx、.xls）、WPS、CSV 都可以。"))
    month = MonthField(
        label=_("哪个月"), required=False, help_text=_("表里有“月份”一列，就按表里的。")
    )
