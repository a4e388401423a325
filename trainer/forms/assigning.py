from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from trainer.forms.days import DayField
from trainer.forms.team import TEAMS_AT_ONCE, PeopleForm
from trainer.models import Course, Team, User
from trainer.queries.assignments import SHOW, AssignmentSort


class AssignmentFilterForm(PeopleForm):
    """Which assignments are listed, and in which order."""

    teams_at_once = TEAMS_AT_ONCE

    course = forms.ModelChoiceField(
        Course.objects.all(), label=_("学习路径"), required=False, to_field_name="slug", empty_label=_("全部路径")
    )
    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=AssignmentSort,
        empty_value=AssignmentSort.DUE,
        choices=[
            (AssignmentSort.DUE, _("期限先到的在前")),
            (AssignmentSort.NEWEST, _("新派的在前")),
            (AssignmentSort.NAME, _("按姓名")),
        ],
    )
    state = forms.TypedChoiceField(
        required=False,
        coerce=str,
        empty_value="todo",
        choices=[(state, state) for state in SHOW],
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = list(iter(self.fields["course"].choices))  # read once, and not counted first


class AssignForm(forms.Form):
    """A course for one person, for a team, or for everybody in reach, with its day."""

    course = forms.ModelChoiceField(
        Course.objects.open(), label=_("学习路径"), to_field_name="slug", empty_label=_("请选择")
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("整个小组"), required=False, empty_label=_("不按小组"))
    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("学员"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("有不在你小组里的学员。")},
    )
    due_on = DayField(
        label=_("哪天下班前学完"),
        help_text=_("落在某个人的休息日上，就顺延到他的下一个工作日。"),
    )
    afresh = forms.BooleanField(label=_("重新学一遍：以前学过的不算，已派的换成新的"), required=False)

    def __init__(self, *args, teams, people, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["team"].queryset = teams
        self.fields["people"].queryset = people
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError(_("这一天已经过去了，请选今天或以后的日子。"))
        return due_on

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("team") and not data.get("people"):
            self.add_error("people", _("请选学员，或者选一个小组。"))
        return data


class EndForm(forms.Form):
    """Excusing or withdrawing, with the reason."""

    how = forms.ChoiceField(choices=[("excuse", _("免修")), ("withdraw", _("撤回"))])
    reason = forms.CharField(label=_("理由"), max_length=300)


class OrderForm(forms.Form):
    """A course for everybody who joins from now on."""

    course = forms.ModelChoiceField(
        Course.objects.open(), label=_("学习路径"), to_field_name="slug", empty_label=_("请选择")
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("小组"), required=False)
    workdays = forms.IntegerField(label=_("入职后几个工作日内学完"), min_value=1, max_value=180, initial=7)

    def __init__(self, *args, teams, all_teams: bool, **kwargs):
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        team.queryset, team.required = teams, not all_teams
        team.empty_label = _("所有小组") if all_teams else _("请选择")


class MonthlyForm(OrderForm):
    """A course for each month."""

    day_of_month = forms.IntegerField(label=_("每月几号派"), min_value=1, max_value=31, initial=1)
    workdays = forms.IntegerField(label=_("几个工作日内学完"), min_value=1, max_value=31, initial=5)
    field_order = ["course", "team", "day_of_month", "workdays"]


class CampaignForm(OrderForm):
    """A course for the days of a campaign."""

    workdays = None
    starts_on = DayField(label=_("哪天派"))
    ends_on = DayField(label=_("哪天前学完"))

    def clean(self):
        data = super().clean()
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("结束不能早于开始。"))
        return data
