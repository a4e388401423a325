from django import forms
from django.utils.translation import gettext_lazy as _

from trainer.models import Team
from trainer.models.labels import decision_choices
from trainer.queries.decision_list import Show, Sort, Wanted
from trainer.rules.decisions import DecisionKind

SORTS = [(Sort.DUE, _("最急的在前")), (Sort.NAME, _("按姓名")), (Sort.NEWEST, _("最近的在前"))]


class DecisionListForm(forms.Form):
    """Which decisions are listed, and in which order. What is unknown is left out."""

    q = forms.CharField(label=_("姓名"), required=False, max_length=40, strip=True)
    team = forms.TypedChoiceField(label=_("小组"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(
        label=_("结论"), required=False, choices=[("", _("全部")), *decision_choices(DecisionKind)]
    )
    sort = forms.ChoiceField(label=_("排序"), required=False, choices=SORTS)
    show = forms.ChoiceField(required=False, choices=[(show.value, show.value) for show in Show])

    def __init__(self, *args, teams: list[Team], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", _("全部小组")), *((team.pk, str(team)) for team in teams)]

    @property
    def wanted(self) -> Wanted:
        """The filters that were understood."""
        self.is_valid()
        known = self.cleaned_data
        kind = known.get("kind")
        return Wanted(
            show=Show(known.get("show") or Show.READY),
            sort=Sort(known.get("sort") or Sort.DUE),
            q=known.get("q", ""),
            team=known.get("team"),
            kind=DecisionKind(kind) if kind else None,
        )
