from django import forms
from django.utils.translation import gettext_lazy as _

COUNTS = (5, 10, 20)


class StartPracticeForm(forms.Form):
    """What to practise: a topic (``topic``), the notebook (``notebook``), there all topics or one, what is due for
    review (``review``), or the weak topics (``weak``)."""

    TOPIC, NOTEBOOK, REVIEW, WEAK = "topic", "notebook", "review", "weak"

    source = forms.ChoiceField(
        choices=[(TOPIC, _("主题")), (NOTEBOOK, _("错题本")), (REVIEW, _("今日复习")), (WEAK, _("练弱的"))],
        required=False,
        error_messages={"invalid_choice": _("没有这种练习，请重新选择。")},
    )
    topic = forms.SlugField(required=False, max_length=50, error_messages={"invalid": _("没有这个主题，请重新选择。")})
    count = forms.TypedChoiceField(
        choices=[(n, n) for n in COUNTS],
        coerce=int,
        empty_value=COUNTS[0],
        required=False,
        error_messages={"invalid_choice": _("每次练 5、10 或 20 道题，请重新选择。")},
    )

    def clean(self):
        cleaned = super().clean()
        by_topic = (cleaned.get("source") or self.TOPIC) == self.TOPIC
        if not self.errors and by_topic and not cleaned.get("topic"):
            raise forms.ValidationError(_("请先选一个主题。"))
        return cleaned
