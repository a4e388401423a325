from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.models.labels import CHECK_LABELS, LABELS
from quizzes.rules.replies.checks import CHECKS
from quizzes.rules.vocabulary import QuestionState
from trainer.commands.scripts import FIELDS
from trainer.models.labels import script_choices
from trainer.models.scripts import PLATFORM_FIELDS, Script
from trainer.queries.scripts import ScriptFilter, choices_of_filter
from trainer.rules.scripts import Category, Situation

SHOWN = [("", gettext_lazy("不属于质检项"))] + [(one.name, CHECK_LABELS[one.name]) for one in CHECKS if one.violation]


class ScriptForm(forms.Form):
    """One script; the form knows nothing of the judge, who speaks when it is submitted."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    category = forms.ChoiceField(label=gettext_lazy("类别"), choices=script_choices(Category))
    situation = forms.ChoiceField(label=gettext_lazy("场合"), choices=script_choices(Situation))
    platforms = forms.MultipleChoiceField(
        label=gettext_lazy("平台"),
        choices=[(one.value, LABELS[one]) for one in PLATFORM_FIELDS],
        widget=forms.CheckboxSelectMultiple,
    )
    asked = forms.CharField(
        label=gettext_lazy("顾客说"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("没有就空着，例如自动回复。"),
    )
    good = forms.CharField(label=gettext_lazy("这样说"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}))
    bad = forms.CharField(
        label=gettext_lazy("别这样说"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    bad_check = forms.ChoiceField(label=gettext_lazy("错在哪一项"), choices=SHOWN, required=False)
    why = forms.CharField(label=gettext_lazy("为什么"), max_length=400, required=False)

    def clean(self):
        data = super().clean()
        if data.get("bad") and not data.get("why"):
            self.add_error("why", _("写了反面例子，就要写为什么不能这样说。"))
        if data.get("bad_check") and not data.get("bad"):
            self.add_error("bad_check", _("没有反面例子，就不用选错在哪一项。"))
        return data

    @property
    def fields_of_script(self) -> dict:
        """Fit for ``commands.scripts.save_script``."""
        data = self.cleaned_data
        platforms = {f"on_{one}": one in data["platforms"] for one in PLATFORM_FIELDS}
        return {name: platforms[name] if name in platforms else data[name] for name in FIELDS}


def initial_of(script: Script) -> dict:
    platforms = [one for one in PLATFORM_FIELDS if getattr(script, f"on_{one}")]
    return {**{name: getattr(script, name) for name in FIELDS}, "platforms": platforms}


class RemarkForm(forms.Form):
    remark = forms.CharField(label=gettext_lazy("要改什么"), max_length=300)


STATES = (QuestionState.LIVE, QuestionState.REVIEW, QuestionState.DRAFT, QuestionState.RETIRED)


def filter_of(data, *, staff: bool) -> ScriptFilter:
    """What the address asks for; unknown words ask for nothing, and only staff see what is not live."""
    known = choices_of_filter()

    def one_of(name: str, among: str) -> str:
        value = data.get(name, "")
        return value if value in {key for key, _label in known[among]} else ""

    state = data.get("state", "")
    return ScriptFilter(
        words=data.get("q", "").replace("\0", "")[:60].strip(),
        category=one_of("category", "categories"),
        situation=one_of("situation", "situations"),
        platform=one_of("platform", "platforms"),
        state=state if staff and state in STATES else QuestionState.LIVE,
        pairs=data.get("pairs") == "1",
    )
