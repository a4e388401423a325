"""A draft of a lesson that came out of a document, and the facts that were proposed for it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.models import Topic
from quizzes.models import labels as engine
from quizzes.rules.vocabulary import Flag, Platform
from trainer.forms.days import DayField
from trainer.models.labels import choices
from trainer.rules.loaded_lessons import ATTRIBUTE, SUBJECT, SUMMARY, TITLE, UNIT, VALUE
from trainer.rules.vocabulary import LessonKind

REVIEWED_FOR = timedelta(days=180)
MOST_FACTS = 500
AS_TYPED = ("title", "kind", "summary", "platforms", "status", "source_name", "required")


class LessonDraftForm(forms.Form):
    """What a lesson is to say; ``data_of`` puts it back into what the entry holds."""

    title = forms.CharField(label=_("标题"), max_length=TITLE)
    kind = forms.ChoiceField(label=_("类型"), choices=choices(LessonKind))
    summary = forms.CharField(
        label=_("摘要"), max_length=SUMMARY, required=False, help_text=_("列表里看到的一句话；空着就用标题。")
    )
    topic = forms.ModelChoiceField(
        label=_("主题"), queryset=Topic.objects.all(), required=False, empty_label=_("（按这一批的主题）"),
        to_field_name="slug",
    )  # fmt: skip
    platforms = forms.MultipleChoiceField(
        label=_("平台（不选就按这一批的）"),
        required=False,
        choices=engine.choices(Platform),
        widget=forms.CheckboxSelectMultiple,
    )
    status = forms.ChoiceField(
        label=_("可靠程度"), choices=[choice for choice in engine.choices(Flag) if choice[0] != Flag.OUTDATED]
    )
    effective_from = DayField(label=_("生效日期"))
    review_by = DayField(label=_("复核期限"))
    source_name = forms.CharField(label=_("来源"), max_length=300)
    required = forms.BooleanField(label=_("转正必修"), required=False)
    body = forms.CharField(label=_("正文（Markdown）"), max_length=100_000, widget=forms.Textarea(attrs={"rows": 24}))

    @staticmethod
    def initial_of(data: dict[str, Any], file_name: str) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "status": Flag.SHOP_POLICY,
            "effective_from": today,
            "review_by": today + REVIEWED_FOR,
            "source_name": file_name,
            **{name: data[name] for name in data if name not in ("facts", "source")},
        }

    def clean(self):
        data = super().clean()
        begins, review = data.get("effective_from"), data.get("review_by")
        if begins and review and review <= begins:
            self.add_error("review_by", _("复核期限要晚于生效日期。"))
        return data

    def data_of(self, before: dict[str, Any], facts: list[dict[str, Any]]) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            **before,
            **{name: said[name] for name in AS_TYPED},
            "body": said["body"].replace("\r\n", "\n"),
            "topic": said["topic"].slug if said["topic"] else "",
            "effective_from": said["effective_from"].isoformat(),
            "review_by": said["review_by"].isoformat(),
            "facts": facts,
        }


class FactForm(forms.Form):
    """One proposed fact, to be ticked and put right; line and evidence go along unseen."""

    take = forms.BooleanField(label=_("记为知识点"), required=False)
    subject = forms.CharField(label=_("主语"), max_length=SUBJECT, required=False)
    attribute = forms.CharField(label=_("说的是什么"), max_length=ATTRIBUTE, required=False)
    value = forms.CharField(label=_("内容"), max_length=VALUE, required=False)
    unit = forms.CharField(label=_("单位"), max_length=UNIT, required=False)

    def clean(self):
        data = super().clean()
        if data.get("take"):
            for name in ("subject", "attribute", "value"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("要记为知识点，这里要填。"))
        return data


FactFormSet = forms.formset_factory(FactForm, extra=2, max_num=MOST_FACTS, absolute_max=MOST_FACTS + 2)


def facts_in(formset, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The facts as they were put right, those that came with the draft with their evidence; empty new rows fall out."""
    facts = []
    for number, form in enumerate(formset.forms):
        said = {name: form.cleaned_data.get(name, "") for name in ("subject", "attribute", "value", "unit")}
        said["take"] = form.cleaned_data.get("take", False)
        if number < len(before):
            facts.append({**before[number], **said})
        elif said["subject"] and said["value"]:
            facts.append({**said, "line": 0, "evidence": "", "doubt": ""})
    return facts
