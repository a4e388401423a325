from django import forms
from django.utils.translation import gettext_lazy as _

from trainer.models import Team, User
from trainer.queries.heat import HeatSort
from trainer.queries.team import Show, Sort
from trainer.rules.risk import RiskKind

SORTS = [(Sort.PROBATION, _("试用期先到的在前")), (Sort.PROGRESS, _("进度高的在前")), (Sort.NAME, _("按姓名"))]


NO_TEAM = 0  # chooses those who are in none
TEAMS_AT_ONCE = 20  # of which everybody's evidence can be looked at together


class PeopleForm(forms.Form):
    """Which people of a supervisor's teams are shown. What is unknown is left out.

    Who has more than ``teams_at_once`` teams in reach sees one at a time, the first unless they choose another: to
    look at thousands of people's evidence would take minutes.
    """

    teams_at_once: int | None = None

    q = forms.CharField(label=_("姓名"), required=False, max_length=40, strip=True)
    team = forms.TypedChoiceField(label=_("小组"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, teams: list[Team], **kwargs):
        super().__init__(*args, **kwargs)
        each = [(team.pk, str(team)) for team in teams]
        one = self.teams_at_once is not None and len(teams) > self.teams_at_once
        self.first = teams[0].pk if one else None
        self.fields["team"].choices = [*each, (NO_TEAM, _("没有小组"))] if one else [("", _("全部小组")), *each]
        if len(teams) < 2:
            del self.fields["team"]

    @property
    def chosen_team(self) -> int | None:
        """The id of the chosen team, ``NO_TEAM``, or ``None`` for all."""
        chosen = self.cleaned_data.get("team")
        return self.first if chosen is None else chosen


class TeamForm(PeopleForm):
    """Which people are listed, and in which order."""

    sort = forms.ChoiceField(label=_("排序"), required=False, choices=SORTS)
    show = forms.ChoiceField(required=False, choices=[(show.value, show.value) for show in Show])

    @property
    def wanted(self) -> dict:
        """The filters that were understood: ``q``, ``team`` (id or ``None``), ``sort`` and ``show``."""
        self.is_valid()
        known = self.cleaned_data
        return {
            "q": known.get("q", ""),
            "team": self.chosen_team,
            "sort": Sort(known.get("sort") or Sort.PROBATION),
            "show": Show(known.get("show") or Show.ALL),
        }


class HeatForm(PeopleForm):
    """Whose knowledge is shown, and in which order."""

    teams_at_once = TEAMS_AT_ONCE

    sort = forms.ChoiceField(
        label=_("排序"),
        required=False,
        choices=[(HeatSort.WEAKEST, _("弱的在前")), (HeatSort.NAME, _("按姓名"))],
    )

    @property
    def wanted(self) -> dict:
        """The filters that were understood: ``q``, ``team`` (id or ``None``) and ``sort``."""
        self.is_valid()
        known = self.cleaned_data
        return {
            "q": known.get("q", ""),
            "team": self.chosen_team,
            "sort": HeatSort(known.get("sort") or HeatSort.WEAKEST),
        }


class RiskForm(PeopleForm):
    """Whose reasons for attention are shown, and of which kind."""

    teams_at_once = TEAMS_AT_ONCE

    kind = forms.ChoiceField(
        label=_("为什么"),
        required=False,
        choices=[
            ("", _("任何原因")),
            (RiskKind.PROBATION, _("试用期将到")),
            (RiskKind.COURSE, _("课过期")),
            (RiskKind.RECHECK, _("复查过期")),
            (RiskKind.GATE, _("上架考核")),
            (RiskKind.FAILED_TWICE, _("连着没通过")),
            (RiskKind.IDLE, _("没有学习")),
            (RiskKind.WEAK, _("弱的主题多")),
            (RiskKind.OURS, _("等我们处理")),
        ],
    )

    @property
    def wanted(self) -> dict:
        """The filters that were understood: ``q``, ``team`` (id or ``None``) and ``kind``."""
        self.is_valid()
        known = self.cleaned_data
        kind = known.get("kind")
        return {"q": known.get("q", ""), "team": self.chosen_team, "kind": RiskKind(kind) if kind else None}


class RemindForm(forms.Form):
    """Whom to remind, and in which words."""

    people = forms.ModelMultipleChoiceField(queryset=User.objects.none())
    text = forms.CharField(max_length=200, strip=True)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
