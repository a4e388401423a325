from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import Blueprint


class GrantTimeForm(forms.Form):
    """Extra minutes for one person, in one exam or in all."""

    blueprint = forms.ModelChoiceField(
        label=_("哪场考试"),
        queryset=Blueprint.objects.exams().order_by("title"),
        required=False,
        empty_label=_("所有考试"),
        error_messages={"invalid_choice": _("没有这场考试，请重新选择。")},
    )
    minutes = forms.IntegerField(
        label=_("加时（分钟）"),
        min_value=1,
        max_value=600,
        error_messages={
            "required": _("请填要加几分钟。"),
            "invalid": _("请填整数分钟，例如 15。"),
            "min_value": _("至少加 1 分钟。"),
            "max_value": _("最多加 600 分钟。"),
        },
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("会留在记录里，例如“右手受伤，打字慢”。"),
        error_messages={
            "required": _("请写明为什么加时。"),
            "max_length": _("理由最多 %(limit_value)d 个字，现在有 %(show_value)d 个。"),
        },
    )
