from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import Tag, Topic
from quizzes.models.labels import choices
from quizzes.rules.vocabulary import MAX_DIFFICULTY, MIN_DIFFICULTY, Kind, Origin, Platform, QuestionState

ANY = [("", _("全部"))]
LEVELS = [(level, str(level)) for level in range(MIN_DIFFICULTY, MAX_DIFFICULTY + 1)]


class BankFilterForm(forms.Form):
    """What to look for in the question bank. What it does not understand it ignores: a filter is no trap."""

    text = forms.CharField(label=_("题干里有"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=ANY + choices(QuestionState))
    kind = forms.ChoiceField(label=_("题型"), required=False, choices=ANY + choices(Kind))
    topic = forms.ModelChoiceField(
        label=_("主题"), required=False, queryset=Topic.objects.all(), to_field_name="slug", empty_label=_("全部")
    )
    platform = forms.ChoiceField(label=_("平台"), required=False, choices=ANY + choices(Platform))
    difficulty = forms.ChoiceField(label=_("难度"), required=False, choices=ANY + LEVELS)
    origin = forms.ChoiceField(label=_("来历"), required=False, choices=ANY + choices(Origin))
    tag = forms.ModelChoiceField(
        label=_("标签"), required=False, queryset=Tag.objects.all(), to_field_name="name", empty_label=_("全部")
    )
    appeals = forms.ChoiceField(
        label=_("申诉"), required=False, choices=[*ANY, ("open", _("有待处理的")), ("any", _("有过申诉"))]
    )
    order = forms.ChoiceField(
        label=_("排序"),
        required=False,
        choices=[
            ("slug", _("代号")),
            ("newest", _("最近修改")),
            ("answers", _("作答最多")),
            ("hardest", _("得分率最低")),
            ("easiest", _("得分率最高")),
            ("appeals", _("申诉最多")),
        ],
    )

    MORE = ("platform", "difficulty", "origin", "tag", "appeals")

    def wanted(self) -> dict:
        self.full_clean()
        return self.cleaned_data

    def first_fields(self):
        return [self[name] for name in self.fields if name not in self.MORE]

    def more_fields(self):
        return [self[name] for name in self.MORE]

    def more_wanted(self) -> int:
        """How many of the filters that are folded away are set."""
        return sum(bool(self.cleaned_data.get(name)) for name in self.MORE)
