from datetime import time

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quizzes.templatetags.days import WEEKDAYS
from trainer.forms.days import DayField
from trainer.forms.team import PeopleForm
from trainer.models import Shift, Team, TrainingSession, User
from trainer.models.course_labels import course_choices
from trainer.rules.course_words import ChannelKind, DayKind, Presence
from trainer.rules.robots import SIGNED


class WeekForm(forms.Form):
    """The usual week of a team."""

    shift = forms.ModelChoiceField(Shift.objects.all(), label=_("班次"), empty_label=_("请选择"))
    rest_days = forms.TypedMultipleChoiceField(
        label=_("每周休息"),
        required=False,
        coerce=int,
        choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_rest_days(self):
        days = self.cleaned_data["rest_days"]
        if len(set(days)) == len(WEEKDAYS):
            raise forms.ValidationError(_("每周至少要有一天上班。"))
        return days


class PersonWeekForm(WeekForm):
    """The usual week of one person of the team."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("学员"), empty_label=_("请选择"))
    field_order = ["person", "shift", "rest_days"]

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class DayForm(forms.Form):
    """One day that differs, for the team or for one person of it."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("谁"), required=False, empty_label=_("整个小组"))
    day = DayField(label=_("日期"))
    kind = forms.ChoiceField(label=_("当天"), choices=course_choices(DayKind))
    reason = forms.CharField(label=_("说明"), max_length=100, required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class ChannelForm(forms.Form):
    """The robot of a team's group chat. Address and secret are written, never shown."""

    team = forms.ModelChoiceField(Team.objects.all(), label=_("小组"), empty_label=_("请选择"))
    kind = forms.ChoiceField(label=_("群机器人"), choices=course_choices(ChannelKind))
    webhook = forms.CharField(
        label=_("Webhook 地址"), max_length=500, required=False, help_text=_("改别的设置时可以不填，照旧用原来的。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    secret = forms.CharField(
        label=_("加签密钥"), max_length=200, required=False, help_text=_("钉钉和飞书用；没开加签就不填。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    quiet_from = forms.TimeField(
        label=_("几点以后不打扰"), initial=time(21), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("几点起可以发"), initial=time(9), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    is_on = forms.BooleanField(label=_("启用"), required=False, initial=True)

    def clean(self):
        data = super().clean()
        if data.get("secret") and data.get("kind") not in SIGNED:
            self.add_error("secret", _("企业微信的群机器人不用密钥。"))
        return data


class SessionFilterForm(PeopleForm):
    """Which trainings are listed, and in which order."""

    q = forms.CharField(label=_("内容"), required=False, max_length=40, strip=True)
    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=str,
        empty_value="-starts_at",
        choices=[("-starts_at", _("最近的在前")), ("starts_at", _("早的在前"))],
    )

    def listed(self, sessions: QuerySet[TrainingSession]) -> QuerySet[TrainingSession]:
        """Those of ``sessions`` that are asked for, in the wanted order."""
        team = self.chosen_team
        found = sessions.filter(title__icontains=self.cleaned_data.get("q", "")).order_by(self.wanted["sort"], "pk")
        return found if team is None else found.filter(team=team)


class SessionForm(forms.Form):
    """A training held for a team."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("小组"), empty_label=_("请选择"))
    title = forms.CharField(label=_("内容"), max_length=60)
    starts_at = forms.DateTimeField(label=_("开始"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    minutes = forms.IntegerField(label=_("多少分钟"), min_value=5, max_value=480, initial=60)

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams


class PresenceForm(forms.Form):
    """Whether one person was there."""

    presence = forms.ChoiceField(choices=course_choices(Presence))
    reason = forms.CharField(max_length=200, required=False)

    def clean(self):
        data = super().clean()
        if data.get("presence") in (Presence.LATE, Presence.ABSENT) and not data.get("reason", "").strip():
            self.add_error("reason", _("迟到和没来要写原因。"))
        return data
