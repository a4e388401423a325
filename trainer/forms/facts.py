"""The facts of a lesson that is edited: fields by type, checked by the reader of the curriculum's files."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import labels as engine
from quizzes.rules.facts import Attribute, Bound, CountsFrom, Fact, FactType
from quizzes.rules.vocabulary import Flag, Platform
from trainer.forms.days import DayField
from trainer.readers.fact_entries import FORMULAS, LessonDefaults, read_fact
from trainer.readers.yaml_lines import Fields, LocatedDict, Problem

TYPES = [
    (FactType.VALUE, _("一个说法（填空、选择）")),
    (FactType.NUMBER, _("一个数")),
    (FactType.WINDOW, _("一段期限")),
    (FactType.RULE, _("一条规矩（符合和违反的做法）")),
    (FactType.SET, _("一组东西（包括哪些）")),
    (FactType.STEPS, _("几个步骤")),
    (FactType.MONEY, _("一笔钱怎么算")),
]
BOUNDS = [
    (Bound.EXACTLY, _("正好")),
    (Bound.AT_MOST, _("不超过")),
    (Bound.AT_LEAST, _("至少")),
    (Bound.MORE_THAN, _("超过")),
    (Bound.LESS_THAN, _("少于")),
]
COUNTS = [(CountsFrom.NEXT_DAY, _("从次日起，整天算")), (CountsFrom.SAME_MOMENT, _("从那一刻起算"))]
FORMULA_WORDS = {
    "multiple_with_minimum": _("基数的几倍，有最低数"),
    "percent_cap": _("基数的百分之几，是上限"),
    "add": _("基数再加多少"),
}
COMMON = ("key", "type", "subject", "flag", "scope", "valid_from", "valid_to", "note", "refs")
BY_TYPE: dict[FactType, tuple[str, ...]] = {
    FactType.VALUE: ("attribute", "value", "wrong", "accept"),
    FactType.NUMBER: ("attribute", "number", "unit", "bound", "wrong"),
    FactType.WINDOW: ("number", "unit", "event", "counts_from", "action"),
    FactType.RULE: ("value", "keeps", "breaks"),
    FactType.SET: ("attribute", "items", "wrong"),
    FactType.STEPS: ("steps",),
    FactType.MONEY: ("formula", "times", "minimum", "plus_refund", "percent", "surcharge", "base", "result"),
}
LISTS = ("wrong", "accept", "keeps", "breaks", "items", "steps")
SUBJECT, ELLIPSIS = "{subject}", "……"
AMOUNTS = ("number", "times", "minimum", "percent", "surcharge")


class Lines(forms.CharField):
    """Several texts, one a line; empty lines do not count."""

    def __init__(self, **kwargs):
        rows = kwargs.pop("rows", 3)
        kwargs = {"required": False, "widget": forms.Textarea(attrs={"rows": rows}), **kwargs}
        super().__init__(**kwargs)

    def to_python(self, value):
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value


def _text(label, most, **more):
    return forms.CharField(label=label, required=False, max_length=most, **more)


class FactForm(forms.Form):
    """One fact. Only the fields of its type are there; ``fact`` is set by ``read``."""

    key = forms.SlugField(label=_("代号"), required=False, max_length=80)
    type = forms.ChoiceField(choices=TYPES, widget=forms.HiddenInput)
    subject = _text(_("说的是什么"), 80)
    attribute = forms.ChoiceField(label=_("怎么问"), required=False)
    value = _text(_("内容"), 120)
    number = _text(_("数"), 20)
    unit = _text(_("单位"), 20)
    bound = forms.ChoiceField(label=_("上限还是下限"), required=False, choices=BOUNDS)
    event = _text(_("从哪件事算起"), 40)
    counts_from = forms.ChoiceField(label=_("怎么数"), required=False, choices=COUNTS)
    action = _text(_("期限内做什么"), 60)
    keeps = Lines(label=_("符合的做法，一行一个"), rows=4)
    breaks = Lines(label=_("违反的做法，一行一个"), rows=4)
    items = Lines(label=_("包括的，一行一个"), rows=4)
    steps = Lines(label=_("步骤，一行一步"), rows=5)
    formula = forms.ChoiceField(
        label=_("算法"), required=False, choices=[(name, FORMULA_WORDS[name]) for name in FORMULAS]
    )
    times = _text(_("几倍"), 20)
    minimum = _text(_("最低（元）"), 20)
    plus_refund = forms.BooleanField(label=_("另外退还货款"), required=False)
    percent = _text(_("百分之几"), 20)
    surcharge = _text(_("加多少（元）"), 20)
    base = _text(_("基数是什么"), 40)
    result = _text(_("算出来的是什么"), 40)
    wrong = Lines(label=_("常见的错误说法，一行一个"))
    accept = Lines(label=_("也算对的写法，一行一个"))
    note = _text(_("为什么"), 300, widget=forms.Textarea(attrs={"rows": 2}))
    flag = forms.ChoiceField(label=_("可靠程度"), choices=engine.choices(Flag))
    scope = forms.MultipleChoiceField(
        label=_("平台"), choices=engine.choices(Platform), widget=forms.CheckboxSelectMultiple
    )
    valid_from, valid_to = DayField(label=_("从哪天起"), required=False), DayField(label=_("到哪天止"), required=False)
    refs = _text(_("依据编号，用空格隔开"), 120)

    def __init__(self, *args, attributes: Mapping[str, Attribute], **kwargs):
        super().__init__(*args, **kwargs)
        self.attributes = attributes
        self.fact: Fact | None = None
        self.fact_type = self._type()
        for name in set(self.fields) - {*COMMON, *BY_TYPE[self.fact_type]}:
            del self.fields[name]
        if "attribute" in self.fields:
            self.fields["attribute"].choices = [
                (key, f"{a.name}：{a.ask.replace(SUBJECT, ELLIPSIS)}") for key, a in sorted(attributes.items())
            ]

    def _type(self) -> FactType:
        word = self.data.get(self.add_prefix("type")) if self.is_bound else self.initial.get("type")
        return FactType(word) if word in set(FactType) else FactType.VALUE

    @property
    def type_label(self) -> str:
        return dict(TYPES)[self.fact_type]

    def own_fields(self):
        """The fields of the type, to be shown first; the common ones fold away."""
        return [self[name] for name in ("subject", *BY_TYPE[self.fact_type], "note")]

    def common_fields(self):
        return [self[name] for name in ("key", "flag", "scope", "valid_from", "valid_to", "refs")]

    def read(self, *, lesson: LessonDefaults, key: str) -> None:
        """Check the fact as a curriculum's file would be; what is wrong stands at its field."""
        problems: list[Problem] = []
        raw = LocatedDict(self._raw(key))
        raw.lines = {}
        fact = read_fact(Fields(raw, file="", problems=problems), lesson=lesson, attributes=self.attributes)
        for problem in problems:
            name = problem.key.rpartition(".")[2]
            self.add_error(name if name in self.fields else None, problem.message)
        fact = fact if self.cleaned_data.get("refs") else replace(fact, refs=())
        self.fact = None if problems else fact

    def _raw(self, key: str) -> dict[str, Any]:
        data = self.cleaned_data
        raw: dict[str, Any] = {"type": self.fact_type.value, "key": data.get("key") or key}
        for name in self.fields:
            value = data.get(name)
            if name in ("key", "type") or value in (None, "", []):
                continue
            raw[name] = value.split() if name == "refs" else value
        return {"refs": ["–"], **raw}  # the reader asks for one; on the site it may be left out


def fact_values(fact: Fact) -> dict[str, Any]:
    """A fact as the initial values of its form."""
    values: dict[str, Any] = {
        "key": fact.key,
        "type": fact.type.value,
        "subject": fact.subject,
        "note": fact.note,
        "flag": fact.flag.value,
        "scope": sorted(fact.scope),
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
        "refs": " ".join(fact.refs),
        "attribute": fact.attribute.key if fact.attribute else "",
        "bound": fact.bound.value,
        "counts_from": fact.counts_from.value,
        "number": _plain(fact.number),
    }
    values |= {name: getattr(fact, name) for name in ("value", "unit", "event", "action", "base", "result")}
    values |= {name: list(getattr(fact, name)) for name in LISTS}
    if fact.formula:
        amounts = {name: _plain(getattr(fact.formula, name)) for name in AMOUNTS if name != "number"}
        values |= {"formula": fact.formula.kind, "plus_refund": fact.formula.plus_refund, **amounts}
    return values


def _plain(number: Decimal | None) -> str:
    return "" if number is None else format(number.normalize(), "f")


def new_fact(fact_type: str, *, flag: str, scope: list[str], valid_from: date | None) -> dict[str, Any]:
    """The initial values of a fact that is added."""
    word = fact_type if fact_type in set(FactType) else FactType.VALUE.value
    return {"type": word, "flag": flag, "scope": scope, "valid_from": valid_from}


class BaseFactFormSet(forms.BaseFormSet):
    def typed(self) -> list[dict[str, Any]]:
        """What was typed into each fact, right or wrong: to show the form again with a fact more or less."""
        return [{name: form[name].value() for name in form.fields} for form in self.forms]


FactFormSet = forms.formset_factory(
    FactForm, formset=BaseFactFormSet, extra=0, max_num=60, validate_max=True, absolute_max=61
)
