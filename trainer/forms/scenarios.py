"""Finding scenarios, and writing one as YAML."""

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models.labels import choices
from quizzes.rules.dialogue.reading import PLATFORMS
from quizzes.rules.dialogue.scenario import Stage
from quizzes.rules.vocabulary import Platform, QuestionState
from trainer.queries.scenarios import DRAFT_WAITS, TO_REVIEW, ScenarioFilter
from trainer.readers.scenario_text import LONGEST

ANY = [("", _("全部"))]
BYTES = 4 * LONGEST


class ScenarioFilterForm(forms.Form):
    """Which scenarios to list. What it does not understand it ignores."""

    text = forms.CharField(label=_("名称里有"), required=False, max_length=100)
    platform = forms.ChoiceField(
        label=_("平台"), required=False, choices=ANY + [c for c in choices(Platform) if c[0] in PLATFORMS]
    )
    stage = forms.ChoiceField(label=_("环节"), required=False, choices=ANY + choices(Stage))
    customer_type = forms.ChoiceField(label=_("顾客类型"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            *ANY,
            (QuestionState.LIVE.value, _("已发布")),
            (QuestionState.DRAFT.value, _("草稿，还没发布过")),
            (DRAFT_WAITS, _("有草稿待发布")),
            (TO_REVIEW, _("依据的规则变了")),
            (QuestionState.RETIRED.value, _("已停用")),
        ],
    )
    sort = forms.ChoiceField(
        label=_("排序"),
        required=False,
        choices=[("", _("按平台和环节")), ("title", _("按名称")), ("newest", _("最近发布的在前"))],
    )

    def __init__(self, *args, types, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["customer_type"].choices = ANY + types

    def wanted(self) -> ScenarioFilter:
        self.full_clean()
        return ScenarioFilter(**{name: value or "" for name, value in self.cleaned_data.items()})


class ScenarioForm(forms.Form):
    """The two texts of a scenario, or files in their place. Checking what they mean is the reader's, so nothing that
    was typed is ever refused here but what no database can hold. ``base`` is the newest version the writer has seen."""

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)
    text = forms.CharField(label=_("情景"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 30}))
    golden_text = forms.CharField(
        label=_("配套对话"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 16})
    )
    file = forms.FileField(label=_("情景文件（.yaml）"), required=False, allow_empty_file=True)
    golden_file = forms.FileField(label=_("配套对话文件（.yaml）"), required=False, allow_empty_file=True)

    def clean(self):
        data = super().clean()
        for field, name in (("file", "text"), ("golden_file", "golden_text")):
            upload = data.get(field)
            if upload:
                self._take(field, name, upload)
            data[name] = (data.get(name) or "").replace("\r\n", "\n")
        return data

    def typed(self) -> dict:
        """What to show again: what was read, or what was typed where that cannot be kept."""
        if not self.is_bound:
            return self.initial
        names = ("text", "golden_text")
        texts = {name: self.cleaned_data.get(name, self.data.get(name, "").replace("\0", "")) for name in names}
        return {"base": self.cleaned_data.get("base"), **texts}

    def _take(self, field: str, name: str, upload) -> None:
        if upload.size > BYTES:
            self.add_error(field, _("文件太大，不像一个情景；原来的文字没有动。"))
            return
        try:
            text = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error(field, _("请把文件存成 UTF-8 再选；原来的文字没有动。"))
            return
        if "\0" in text:
            self.add_error(field, _("这不是文本文件；原来的文字没有动。"))
            return
        self.cleaned_data[name] = text
