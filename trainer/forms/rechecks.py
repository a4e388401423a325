from django import forms
from django.utils.translation import gettext_lazy as _

STATES = [
    ("", _("全部状态")),
    ("open", _("待复查")),
    ("overdue", _("逾期没做")),
    ("passed", _("复查通过")),
    ("excused", _("免复查")),
]


class RecheckFilterForm(forms.Form):
    """Which re-checks are listed; what is unknown is left out."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=STATES)
    lesson = forms.SlugField(label=_("课程"), required=False, max_length=80)
    person = forms.IntegerField(label=_("学员"), required=False, min_value=1, max_value=2**31)

    @property
    def wanted(self) -> dict:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class ExcuseForm(forms.Form):
    reason = forms.CharField(
        label=_("免复查的理由"), max_length=300, help_text=_("会留在记录里。例如：当面考过，已经掌握。")
    )
