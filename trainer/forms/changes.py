from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from trainer.forms.days import DayField
from trainer.models import LessonVersion
from trainer.models.labels import choices
from trainer.rules.vocabulary import ChangeKind

USUAL_TIME = timedelta(days=7)


class PublishForm(forms.Form):
    """What publishing a version means: a correction, or a rule that changed, with a day for the re-checks."""

    kind = forms.TypedChoiceField(
        label=_("这次改动是"), coerce=ChangeKind, choices=choices(ChangeKind), widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("变了什么"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("一两句话，要复查的学员会看到。例如：无理由退货的期限从 7 天改为 15 天。"),
    )
    due_on = DayField(
        label=_("复查期限"),
        required=False,
        help_text=_("规则变了才填。学员要在这一天以前做完复查。"),
    )

    def __init__(self, *args, version: LessonVersion, today: date, **kwargs):
        self.first_day = max(today, version.effective_from)
        kwargs.setdefault("initial", {"due_on": self.first_day + USUAL_TIME})
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        if data.get("kind") != ChangeKind.RULE:
            data["due_on"] = None
        elif data.get("due_on") is None and "due_on" not in self.errors:
            self.add_error("due_on", _("规则变了就要有复查期限。"))
        elif data.get("due_on") and data["due_on"] < self.first_day:
            self.add_error("due_on", _("复查期限不能早于今天，也不能早于新版生效的那天。"))
        return data
