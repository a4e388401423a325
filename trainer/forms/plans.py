"""The editor of confirmation plans: its terms, and one requirement of any kind."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import Blueprint, Scenario
from quizzes.models.labels import choices as engine_choices
from quizzes.rules.vocabulary import Platform
from trainer.models import ConfirmationPlan, Course, Product, Requirement
from trainer.models.labels import choices, plan_choices
from trainer.rules.vocabulary import Figure, Part, RequirementKind, Tier

RESERVED_SLUGS = {"new"}


class NewPlanForm(forms.ModelForm):
    class Meta:
        model = ConfirmationPlan
        fields = ("slug", "name", "name_en")
        help_texts = {"slug": _("小写英文、数字和连字符，例如 night-shift；建好以后不能改。")}

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("“%(slug)s”留给网址用，请换一个代号。") % {"slug": slug})
        return slug


class CutsForm(forms.Form):
    theory_cut = forms.IntegerField(label=_("理论：有权重的几项要占到（%）"), min_value=1, max_value=100)
    practice_cut = forms.IntegerField(label=_("实操：有权重的几项要占到（%）"), min_value=1, max_value=100)


class PublishForm(forms.Form):
    """``move``: employments of those who are moved on purpose."""

    note = forms.CharField(
        label=_("改了什么，为什么"), max_length=300, help_text=_("会写进版本记录；换过去的人以它为理由。")
    )
    move = forms.TypedMultipleChoiceField(label=_("换到新版的人"), required=False, coerce=int)

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["move"].choices = [(pk, str(pk)) for pk in people]


class MoveForm(forms.Form):
    reason = forms.CharField(label=_("为什么换"), max_length=300)
    people = forms.TypedMultipleChoiceField(
        label=_("要换的人"), coerce=int, error_messages={"required": _("先勾选要换的人。")}
    )

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(pk, str(pk)) for pk in people]


class RequirementForm(forms.Form):
    """One requirement: what all kinds have, then what its kind asks for. ``params`` are plain data."""

    title = forms.CharField(label=_("名称"), max_length=60)
    title_en = forms.CharField(label=_("英文名称"), max_length=120)
    part = forms.ChoiceField(label=_("属于"), required=False, choices=plan_choices(Part))
    weight = forms.IntegerField(
        label=_("权重"), required=False, min_value=1, max_value=100, help_text=_("空着就是必须达成。")
    )
    rationale = forms.CharField(
        label=_("线为什么画在这里"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("学员看得到。写这个标准对真实工作意味着什么。"),
    )

    def __init__(self, data=None, *, kind: RequirementKind, row: Requirement | None = None):
        initial = None
        if row:
            initial = {name: getattr(row, name) for name in ("title", "title_en", "part", "weight", "rationale")}
            initial |= row.params
        super().__init__(data, initial=initial)
        self.kind = kind
        own = OWN_FIELDS[kind]()
        rationale = self.fields.pop("rationale")
        self.fields |= {**own, "rationale": rationale}
        self.own = list(own)

    def clean(self):
        data = super().clean()
        if data.get("weight") and not data.get("part"):
            self.add_error("part", _("有权重的要求要说明属于理论还是实操。"))
        return data

    def values(self) -> dict[str, Any]:
        """The fields of the requirement."""
        data = self.cleaned_data
        params = {name: _plain(data[name]) for name in self.own if data[name] not in (None, "", [])}
        common = {name: data[name] for name in ("title", "title_en", "part", "weight", "rationale")}
        return {**common, "kind": self.kind.value, "params": params}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    return value


def _whole(label, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most)


def _number(label, least: int, most: int) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=least, max_value=most, decimal_places=2)


def _ticks(label, words, **options) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=words, widget=forms.CheckboxSelectMultiple, **options)


def _exam() -> dict[str, forms.Field]:
    exams = [(exam.slug, str(exam)) for exam in Blueprint.objects.exams().filter(is_listed=True)]
    return {
        "blueprint": forms.ChoiceField(label=_("考试"), choices=exams),
        "at_least": _number(_("至少多少分"), 0, 100),
    }


def _roleplay() -> dict[str, forms.Field]:
    types = sorted(set(Scenario.objects.live().values_list("customer_type", flat=True)))
    return {
        "types": _whole(_("要过几类顾客"), 1, 50),
        "among": _ticks(_("只算这几类（不选为不限）"), [(name, name) for name in types], required=False),
    }


def _course() -> dict[str, forms.Field]:
    courses = [(course.slug, str(course)) for course in Course.objects.open()]
    return {"course": forms.ChoiceField(label=_("课程"), choices=courses)}


def _gates() -> dict[str, forms.Field]:
    products = [(product.sku, str(product)) for product in Product.objects.sold()]
    return {
        "skus": _ticks(_("只要这几个商品（不选为所有在售的）"), products, required=False),
        "platforms": _ticks(_("只算这些平台的商品（不选为不限）"), engine_choices(Platform), required=False),
    }


OWN_FIELDS: Mapping[RequirementKind, Callable[[], dict[str, forms.Field]]] = {
    RequirementKind.EXAM_SCORE: _exam,
    RequirementKind.ROLEPLAY: _roleplay,
    RequirementKind.LESSONS_DONE: dict,
    RequirementKind.COURSE_DONE: _course,
    RequirementKind.TYPING: lambda: {
        "per_minute": _whole(_("每分钟多少个正确的字"), 1, 300),
        "accuracy": _number(_("准确率（%）"), 0, 100),
    },
    RequirementKind.PRODUCT_GATES: _gates,
    RequirementKind.INTERVIEW: lambda: {
        "mean": _number(_("平均至少几分（1–5）"), 1, 5),
        "floor": _number(_("每个方面至少几分（1–5）"), 1, 5),
        "raters": _whole(_("几位面试人"), 1, 5),
    },
    RequirementKind.PERFORMANCE: lambda: {
        "months": _whole(_("连续几个月"), 1, 24),
        "figures": _ticks(_("看哪几项"), choices(Figure)),
        "tier": forms.ChoiceField(label=_("至少到哪一档"), choices=choices(Tier)),
    },
    RequirementKind.DAYS_IN_POST: lambda: {"at_least": _whole(_("满多少天"), 0, 1000)},
    RequirementKind.OBSERVATION: lambda: {"observers": _whole(_("几位看过"), 1, 5)},
}
