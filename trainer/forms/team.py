from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quizzes.forms.filters import FilterForm
from trainer.models import Team
from trainer.models.people import NO_TEAM
from trainer.queries.heat import HeatSort
from trainer.queries.risk import RiskSort
from trainer.queries.team import Show, Sort
from trainer.rules.risk import RiskKind

TEAMS_AT_ONCE = 20  # of which everybody's evidence can be looked at together


class PeopleForm(FilterForm):
    """Which people of a supervisor's teams a list is about, and its other filters.

    Who has more than ``teams_at_once`` teams in reach sees one at a time, the first unless they choose another: to
    look at thousands of people's evidence would take minutes.
    """

    teams_at_once: int | None = None
    apart = ("q", "team")
    keeps_all = ("sort", "show")

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
        self.is_valid()
        chosen = self.cleaned_data.get("team")
        return self.first if chosen is None else chosen

    def narrow(self, reach: QuerySet) -> QuerySet:
        """Those of the people in ``reach`` who are asked for."""
        return reach.of_team(self.chosen_team).named(self.cleaned_data.get("q", ""))

    @property
    def filtered(self) -> bool:
        return self.chosen_team is not None or super().filtered


class TeamForm(PeopleForm):
    """Which people are listed, and in which order."""

    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=Sort,
        empty_value=Sort.PROBATION,
        choices=[
            (Sort.PROBATION, _("试用期先到的在前")),
            (Sort.PROGRESS, _("进度高的在前")),
            (Sort.NAME, _("按姓名")),
        ],
    )
    show = forms.TypedChoiceField(
        required=False,
        coerce=Show,
        empty_value=Show.ALL,
        choices=[(show.value, show.value) for show in Show],
        widget=forms.HiddenInput,
    )


class HeatForm(PeopleForm):
    """Whose knowledge is shown, and in which order."""

    teams_at_once = TEAMS_AT_ONCE

    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=HeatSort,
        empty_value=HeatSort.WEAKEST,
        choices=[(HeatSort.WEAKEST, _("弱的在前")), (HeatSort.NAME, _("按姓名"))],
    )


class RiskForm(PeopleForm):
    """Whose reasons for attention are shown, of which kind, and in which order."""

    teams_at_once = TEAMS_AT_ONCE

    kind = forms.TypedChoiceField(
        label=_("为什么"),
        required=False,
        coerce=RiskKind,
        empty_value=None,
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
    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=RiskSort,
        empty_value=RiskSort.URGENT,
        choices=[
            (RiskSort.URGENT, _("最急的在前")),
            (RiskSort.IDLE, _("最久没学习的在前")),
            (RiskSort.NAME, _("按姓名")),
        ],
    )
