import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models.labels import LABELS
from quizzes.rules.vocabulary import Platform
from trainer.commands.courses import CourseTerms, UnitTerms
from trainer.models.course_labels import course_choices
from trainer.queries.course_targets import targets
from trainer.rules.course_words import CourseRole, CourseState, UnitKind
from trainer.rules.courses import ACCURACY, CHARACTERS, QUESTIONS

DRILLS = (UnitKind.TYPING, UnitKind.SORTING)
SPARE = 4  # empty rows at the end


class CourseForm(forms.Form):
    """What a course says beside its units."""

    slug = forms.SlugField(label=_("代号"), max_length=80, help_text=_("小写英文、数字和连字符，建好以后少改。"))
    name = forms.CharField(label=_("名称"), max_length=60)
    name_en = forms.CharField(label=_("英文名称"), max_length=120)
    summary = forms.CharField(label=_("简介"), max_length=200)
    summary_en = forms.CharField(label=_("英文简介"), max_length=300, required=False)
    role = forms.ChoiceField(label=_("岗位"), choices=course_choices(CourseRole))
    platform = forms.ChoiceField(label=_("平台"), choices=[(p.value, LABELS[p]) for p in Platform])
    state = forms.ChoiceField(label=_("状态"), choices=course_choices(CourseState))
    days = forms.IntegerField(label=_("建议天数"), min_value=1, max_value=180)

    def to_terms(self, units: list[UnitTerms]) -> CourseTerms:
        data = self.cleaned_data
        return CourseTerms(
            slug=data["slug"],
            name=data["name"],
            name_en=data["name_en"],
            summary=data["summary"],
            summary_en=data["summary_en"],
            role=CourseRole(data["role"]),
            platform=Platform(data["platform"]),
            state=CourseState(data["state"]),
            days=data["days"],
            units=tuple(units),
        )


class UnitForm(forms.Form):
    """One unit. ``amount`` are questions or characters a minute, by kind; empty takes what is usual."""

    order = forms.IntegerField(label=_("次序"), required=False, min_value=1, max_value=999)
    day = forms.IntegerField(label=_("第几天"), required=False, min_value=1, max_value=180)
    kind = forms.ChoiceField(label=_("类型"), required=False, choices=[("", "—"), *course_choices(UnitKind)])
    target = forms.CharField(label=_("内容的代号"), required=False, max_length=120)
    after = forms.CharField(label=_("先完成（代号）"), required=False, max_length=600)
    amount = forms.IntegerField(label=_("数量"), required=False, min_value=1, max_value=400)
    accuracy = forms.IntegerField(label=_("准确率 %"), required=False, min_value=1, max_value=100)
    strict = forms.BooleanField(label=_("按考核"), required=False)
    key = forms.CharField(label=_("单元代号"), required=False, max_length=100, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        if data.get("kind") and data["kind"] not in DRILLS and not data.get("target"):
            self.add_error("target", _("要写内容的代号。"))
        return data

    @property
    def is_empty(self) -> bool:
        return not self.cleaned_data.get("kind")

    def to_terms(self) -> UnitTerms:
        data = self.cleaned_data
        kind = UnitKind(data["kind"])
        target = "" if kind in DRILLS else data["target"].strip()
        return UnitTerms(
            key=data["key"] or target or str(kind),
            kind=kind,
            target=target,
            day=data["day"] or 1,
            after=tuple(word for word in re.split(r"[\s,，、;；]+", data["after"]) if word),
            params=self._params(kind),
        )

    def _params(self, kind: UnitKind) -> dict[str, Any]:
        amount, accuracy = self.cleaned_data["amount"], self.cleaned_data["accuracy"]
        match kind:
            case UnitKind.PRACTICE:
                return {"questions": amount or QUESTIONS}
            case UnitKind.SCENARIO:
                return {"level": "exam" if self.cleaned_data["strict"] else "practice"}
            case UnitKind.TYPING:
                return {"per_minute": amount or CHARACTERS, "accuracy": accuracy or ACCURACY}
            case UnitKind.SORTING:
                return {"accuracy": accuracy or ACCURACY}
        return {}


class UnitsFormSet(forms.BaseFormSet):
    """The units in their order; rows without a kind are left out."""

    def clean(self):
        if any(self.errors):
            return
        terms = self.to_terms()
        keys = [unit.key for unit in terms]
        if double := {key for key in keys if keys.count(key) > 1}:
            raise forms.ValidationError(_("“%(key)s”出现了两次。") % {"key": "、".join(sorted(double))})
        wanted = {(unit.kind, unit.target) for unit in terms}
        if gone := wanted - targets(wanted, on=self.form_kwargs["on"]).keys():
            names = "、".join(sorted(target for _kind, target in gone))
            raise forms.ValidationError(_("找不到：%(names)s。请核对代号，或者它还没有发布。") % {"names": names})

    def to_terms(self) -> list[UnitTerms]:
        rows = [form for form in self.forms if not form.is_empty]
        rows.sort(key=lambda form: form.cleaned_data.get("order") or 1000)
        return [form.to_terms() for form in rows]


class DatedUnitForm(UnitForm):
    """A unit of a set that is checked against what is offered on a day."""

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)


UnitForms = forms.formset_factory(DatedUnitForm, formset=UnitsFormSet, extra=SPARE, max_num=200)


def row_of(number: int, unit: UnitTerms) -> dict[str, Any]:
    """A unit as the form's first values."""
    params = unit.params
    return {
        "order": number,
        "day": unit.day,
        "kind": unit.kind,
        "target": unit.target,
        "after": " ".join(unit.after),
        "amount": params.get("questions") or params.get("per_minute"),
        "accuracy": params.get("accuracy"),
        "strict": params.get("level") == "exam",
        "key": unit.key,
    }
