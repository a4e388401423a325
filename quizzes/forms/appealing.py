from django import forms
from django.utils.translation import gettext_lazy as _

REASON_LIMIT = 1000


class FileAppealForm(forms.Form):
    """Why somebody thinks that a question was marked wrongly."""

    reason = forms.CharField(
        label=_("申诉理由"),
        min_length=5,
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("写清你认为哪里不对，最好写明依据，例如课程里的哪一条。"),
        error_messages={
            "required": _("请写明申诉理由。"),
            "min_length": _("理由至少写 %(limit_value)d 个字，现在有 %(show_value)d 个。"),
            "max_length": _("理由最多 %(limit_value)d 个字，现在有 %(show_value)d 个。"),
        },
    )
