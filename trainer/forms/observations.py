from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainer.forms.days import DayField
from trainer.models.labels import plan_choices
from trainer.rules.vocabulary import Verdict


class ObservationForm(forms.Form):
    on = DayField(
        label=_("哪一天看的"),
        initial=timezone.localdate,
    )
    verdict = forms.ChoiceField(label=_("你的结论"), choices=plan_choices(Verdict), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("看到了什么"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("写看到的事，不写印象：接了几位顾客、哪一句说得好、哪一步漏了。学员看得到。"),
    )

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("这一天还没到。"))
        return self.cleaned_data["on"]
