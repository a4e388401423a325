from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainer.forms.days import DayField
from trainer.models import Team, User
from trainer.rules.pack import WEEK, monday_of, week_to_discuss

FIRST_YEAR = 2000


class MeetingForm(forms.Form):
    """Which team and which week. What is unknown gives the first team and the last week that is over."""

    team = forms.TypedChoiceField(label=_("小组"), required=False, coerce=int, empty_value=None)
    week = forms.DateField(label=_("哪一周"), required=False)

    def __init__(self, *args, teams: list[Team], **kwargs):
        super().__init__(*args, **kwargs)
        self.teams = teams
        self.fields["team"].choices = [(team.pk, str(team)) for team in teams]

    def chosen(self) -> tuple[Team | None, date]:
        self.is_valid()
        wanted = self.cleaned_data.get("team")
        team = next((team for team in self.teams if team.pk == wanted), self.teams[0] if self.teams else None)
        last = week_to_discuss(timezone.localdate())
        week = self.cleaned_data.get("week")
        if week is None or week.year < FIRST_YEAR:
            return team, last
        return team, min(monday_of(week), last + WEEK)


class ActionForm(forms.Form):
    """A new action: what, who, until when."""

    text = forms.CharField(label=_("要做什么"), max_length=200, error_messages={"required": _("写明要做什么。")})
    owner = forms.ModelChoiceField(
        label=_("谁来做"),
        queryset=User.objects.none(),
        empty_label=_("请选择"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    due_on = DayField(
        label=_("期限"),
    )

    def __init__(self, *args, team: Team, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.trainees().filter(employment__team=team)
        heads = User.objects.filter(pk__in=[pk for pk in (team.supervisor_id, by.pk) if pk])
        self.fields["owner"].queryset = (people | heads).distinct().order_by("display_name", "pk")
        self.fields["due_on"].initial = timezone.localdate() + WEEK


class SettleForm(forms.Form):
    done = forms.BooleanField(required=False)
    result = forms.CharField(required=False, max_length=200)
