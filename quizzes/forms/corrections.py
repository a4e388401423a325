"""The form to correct a question's key, one for each kind. It changes the key and the reasons, never what is shown."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from string import ascii_uppercase

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import QuestionVersion
from quizzes.rules.questions import (
    Cloze,
    Content,
    Fill,
    FreeText,
    InvalidQuestion,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Pair,
    RubricLine,
    Single,
    TrueFalse,
    content_from_data,
    content_to_data,
)
from quizzes.rules.vocabulary import Kind

MISSING = {"required": _("这里要填。")}


class CorrectionForm(forms.Form):
    """Starts as ``version`` has it. ``content`` is the corrected content once the form is valid."""

    explanation = forms.CharField(
        label=_("讲解"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    reason = forms.CharField(
        label=_("为什么更正"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("会留在版本记录里。"),
        error_messages={"required": _("请写明为什么更正。")},
    )

    def __init__(self, *args, version: QuestionVersion, **kwargs):
        self.version = version
        self.old = version.parsed()
        kwargs.setdefault("initial", {"explanation": version.explanation})
        super().__init__(*args, **kwargs)
        for name, field in _key_fields(self.old).items():
            self.fields[name] = field
        self.order_fields([name for name in self.fields if name not in ("explanation", "reason")])

    def clean(self):
        data = super().clean()
        if not self.errors:
            try:
                content = _READ[self.old.kind](self.old, data)
                self.content = content_to_data(content)
                content_from_data(Kind(self.old.kind), self.content, stem=self.version.stem)
            except InvalidQuestion as problem:
                raise forms.ValidationError(problem.message) from None
        return data


def _key_fields(content: Content) -> dict[str, forms.Field]:
    match content:
        case Single(options):
            key = next(option.id for option in options if option.correct)
            field = forms.ChoiceField(
                label=_("正确的选项"),
                choices=_lettered(options),
                initial=key,
                widget=forms.RadioSelect,
                error_messages=MISSING,
            )
            return {"key": field, **_reasons(options)}
        case Multiple(options):
            field = forms.MultipleChoiceField(
                label=_("正确的选项"),
                choices=_lettered(options),
                initial=[option.id for option in options if option.correct],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("多选题至少要有一个正确项。")},
            )
            return {"key": field, **_reasons(options)}
        case TrueFalse(answer):
            return {
                "key": forms.ChoiceField(
                    label=_("这句话"),
                    choices=[("true", _("正确")), ("false", _("错误"))],
                    initial="true" if answer else "false",
                    widget=forms.RadioSelect,
                    error_messages=MISSING,
                )
            }
        case Fill(blanks):
            return {
                f"blank-{number}": forms.CharField(
                    label=_("第 %(number)d 空算对的写法") % {"number": number + 1},
                    initial="\n".join(wordings),
                    widget=forms.Textarea(attrs={"rows": max(2, len(wordings))}),
                    help_text=_("一行一种写法。"),
                    error_messages={"required": _("每个空至少写一种算对的写法。")},
                )
                for number, wordings in enumerate(blanks)
            }
        case Numeric(answer, tolerance, unit):
            label = _("答案（%(unit)s）") % {"unit": unit} if unit else _("答案")
            return {
                "answer": _number(label, answer),
                "tolerance": _number(_("容许误差"), tolerance, min_value=0),
            }
        case Matching(pairs, extra):
            rights = [(part.id, part.text) for part in (*(pair.right for pair in pairs), *extra)]
            return {f"pair-{pair.left.id}": _choice(pair.left.text, rights, pair.right.id) for pair in pairs}
        case Ordering(items):
            places = [(number, str(number)) for number in range(1, len(items) + 1)]
            return {f"place-{item.id}": _choice(item.text, places, n) for n, item in enumerate(items, 1)}
        case Cloze(gaps):
            return {
                f"gap-{number}": _choice(
                    _("第 %(number)d 空") % {"number": number + 1},
                    [(option.id, option.text) for option in gap],
                    next(option.id for option in gap if option.correct),
                )
                for number, gap in enumerate(gaps)
            }
        case FreeText(rubric, sample):
            fields: dict[str, forms.Field] = {}
            for number, line in enumerate(rubric):
                label = {"number": number + 1}
                fields[f"text-{number}"] = forms.CharField(
                    label=_("评分点 %(number)d") % label, initial=line.text, max_length=300, error_messages=MISSING
                )
                fields[f"points-{number}"] = forms.IntegerField(
                    label=_("评分点 %(number)d 的分值") % label, initial=line.points, min_value=1, max_value=100
                )
            fields["sample"] = forms.CharField(
                label=_("参考回答"), initial=sample, required=False, widget=forms.Textarea(attrs={"rows": 4})
            )
            return fields


def _lettered(options: tuple[Option, ...]) -> list[tuple[str, str]]:
    return [
        (option.id, f"{letter}. {option.text}") for letter, option in zip(ascii_uppercase, options, strict=False)
    ]


def _reasons(options: tuple[Option, ...]) -> dict[str, forms.Field]:
    return {
        f"why-{option.id}": forms.CharField(
            label=_("%(letter)s 错在哪里（正确的选项不用填）") % {"letter": letter},
            initial=option.why,
            required=False,
            max_length=300,
        )
        for letter, option in zip(ascii_uppercase, options, strict=False)
    }


def _choice(label: str, choices: list, initial) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, initial=initial, error_messages=MISSING)


def _number(label: str, initial: Decimal, **limits) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        initial=initial,
        max_digits=14,
        decimal_places=4,
        error_messages={**MISSING, "invalid": _("请填一个数。"), "min_value": _("不能小于 0。")},
        **limits,
    )


def _chosen_options(options: tuple[Option, ...], right: set[str], data: dict) -> tuple[Option, ...]:
    return tuple(
        replace(option, correct=option.id in right, why=data.get(f"why-{option.id}", option.why)) for option in options
    )


def _read_matching(old: Matching, data: dict) -> Matching:
    parts = {part.id: part for part in (*(pair.right for pair in old.pairs), *old.extra)}
    pairs = tuple(Pair(pair.left, parts[data[f"pair-{pair.left.id}"]]) for pair in old.pairs)
    used = {pair.right.id for pair in pairs}
    if len(used) < len(pairs):
        raise forms.ValidationError(_("有两个左项配了同一个右项，请改开。"))
    return Matching(pairs, tuple(part for part in parts.values() if part.id not in used))


def _read_ordering(old: Ordering, data: dict) -> Ordering:
    places = {item.id: int(data[f"place-{item.id}"]) for item in old.items}
    if len(set(places.values())) < len(places):
        raise forms.ValidationError(_("有两步写了同一个次序，请改开。"))
    return Ordering(tuple(sorted(old.items, key=lambda item: places[item.id])))


_READ: dict[Kind, Callable[..., Content]] = {
    Kind.SINGLE: lambda old, data: Single(_chosen_options(old.options, {data["key"]}, data)),
    Kind.MULTIPLE: lambda old, data: Multiple(_chosen_options(old.options, set(data["key"]), data)),
    Kind.TRUE_FALSE: lambda old, data: TrueFalse(data["key"] == "true"),
    Kind.FILL: lambda old, data: Fill(
        tuple(
            tuple(line.strip() for line in data[f"blank-{number}"].splitlines() if line.strip())
            for number in range(len(old.blanks))
        )
    ),
    Kind.NUMERIC: lambda old, data: Numeric(data["answer"], data["tolerance"], old.unit),
    Kind.MATCHING: _read_matching,
    Kind.ORDERING: _read_ordering,
    Kind.CLOZE: lambda old, data: Cloze(
        tuple(_chosen_options(gap, {data[f"gap-{number}"]}, {}) for number, gap in enumerate(old.gaps))
    ),
    Kind.FREE_TEXT: lambda old, data: FreeText(
        tuple(
            RubricLine(data[f"points-{number}"], data[f"text-{number}"]) for number in range(len(old.rubric))
        ),
        data["sample"],
    ),
}
