"""Moving, leaving, coming back."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainer.forms.days import DayField
from trainer.forms.team import PeopleForm
from trainer.models import Team
from trainer.queries.postings import FormerSort


class FormerForm(PeopleForm):
    """Which of those who have left are listed, and in which order."""

    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=FormerSort,
        empty_value=FormerSort.NEWEST,
        choices=[(FormerSort.NEWEST, _("最近离职的在前")), (FormerSort.NAME, _("按姓名"))],
    )


class MoveForm(forms.Form):
    team = forms.ModelChoiceField(
        label=_("调到哪个小组"), queryset=Team.objects.select_related("supervisor"), empty_label=_("请选择")
    )

    def __init__(self, *args, present: Team | None, **kwargs):
        super().__init__(*args, **kwargs)
        if present:
            self.fields["team"].queryset = self.fields["team"].queryset.exclude(pk=present.pk)


class LeaveForm(forms.Form):
    on = DayField(label=_("离职日期"))
    note = forms.CharField(label=_("说明（可不填）"), max_length=300, required=False)
    switch_off = forms.BooleanField(
        label=_("同时停用账号"),
        required=False,
        help_text=_("停用以后不能再登录。结论还在申诉期内的话，先不要停。"),
    )

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("这一天还没到，到了那天再记离职。"))
        return self.cleaned_data["on"]


class HireAgainForm(forms.Form):
    team = forms.ModelChoiceField(label=_("小组"), queryset=Team.objects.all(), empty_label=_("请选择"))
    hired_on = DayField(label=_("入职日期"))
    probation_ends_on = DayField(label=_("试用期截止"))
    keep_evidence = forms.BooleanField(
        label=_("以前的成绩也算"),
        required=False,
        help_text=_("不勾选，这次任职从头开始积累；以前的记录照样能看。"),
    )

    def clean(self):
        data = super().clean()
        hired_on, ends_on = data.get("hired_on"), data.get("probation_ends_on")
        if hired_on and ends_on and ends_on < hired_on:
            self.add_error("probation_ends_on", _("试用期截止不能早于入职日期。"))
        return data


class TakeNameForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=300, help_text=_("例：本人 3 月 2 日来信要求删除。"))
