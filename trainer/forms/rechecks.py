from django import forms
from django.utils.translation import gettext_lazy as _

from trainer.forms.team import PeopleForm
from trainer.queries.rechecks import RecheckSort

STATES = [
    ("", _("全部状态")),
    ("open", _("待复查")),
    ("overdue", _("逾期没做")),
    ("passed", _("复查通过")),
    ("excused", _("免复查")),
]


class RecheckFilterForm(PeopleForm):
    """Which re-checks are listed, and in which order; those to be done where no state is named."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=STATES)
    sort = forms.TypedChoiceField(
        label=_("排序"),
        required=False,
        coerce=RecheckSort,
        empty_value=RecheckSort.DUE,
        choices=[(RecheckSort.DUE, _("期限先到的在前")), (RecheckSort.NAME, _("按姓名"))],
    )
    lesson = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)
    person = forms.IntegerField(required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput)

    def __init__(self, data, **kwargs):
        super().__init__(data if "state" in data else {"state": "open", **data.dict()}, **kwargs)


class ExcuseForm(forms.Form):
    reason = forms.CharField(
        label=_("免复查的理由"), max_length=300, help_text=_("会留在记录里。例如：当面考过，已经掌握。")
    )
