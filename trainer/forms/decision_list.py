from django import forms
from django.utils.translation import gettext_lazy as _

from trainer.forms.team import PeopleForm
from trainer.models.labels import decision_choices
from trainer.queries.decision_list import Show, Sort, Wanted
from trainer.rules.decisions import DecisionKind

SORTS = [(Sort.DUE, _("最急的在前")), (Sort.NAME, _("按姓名")), (Sort.NEWEST, _("最近的在前"))]


class DecisionListForm(PeopleForm):
    """Which decisions are listed, and in which order."""

    kind = forms.ChoiceField(
        label=_("结论"), required=False, choices=[("", _("全部")), *decision_choices(DecisionKind)]
    )
    sort = forms.ChoiceField(label=_("排序"), required=False, choices=SORTS)
    show = forms.ChoiceField(
        required=False, choices=[(show.value, show.value) for show in Show], widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self["show"].value() != Show.DECIDED:
            del self.fields["kind"]

    @property
    def listed(self) -> Wanted:
        """The filters that were understood."""
        self.is_valid()
        known = self.cleaned_data
        kind = known.get("kind")
        return Wanted(
            show=Show(known.get("show") or Show.READY),
            sort=Sort(known.get("sort") or Sort.DUE),
            q=known.get("q", ""),
            team=self.chosen_team,
            kind=DecisionKind(kind) if kind else None,
        )
