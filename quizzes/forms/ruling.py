"""What a person says about a check of a reply, or about a talk."""

from django import forms
from django.utils.translation import gettext_lazy as _

VERDICTS = [("yes", _("有")), ("no", _("没有"))]


class RulingForm(forms.Form):
    result = forms.IntegerField(label=_("质检项"), min_value=1, max_value=2**62)
    verdict = forms.ChoiceField(label=_("裁定"), choices=VERDICTS)
    reason = forms.CharField(label=_("理由"), max_length=300, required=False)

    def clean_verdict(self) -> bool:
        return self.cleaned_data["verdict"] == "yes"


class AppealForm(forms.Form):
    result = forms.IntegerField(label=_("质检项"), min_value=1, max_value=2**62)
    reason = forms.CharField(label=_("理由"), max_length=300)


class CommentForm(forms.Form):
    text = forms.CharField(label=_("评语"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
