"""The fields of each kind of question, and their way to the plain data of its content and back.

Long lists are written one a line: that is how people have them, and it works without a script.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
    Single,
    TrueFalse,
    id_for,
)
from quizzes.rules.vocabulary import Kind

ROWS = 10
VARIANT = re.compile(r"[|｜]")
APART, CLOSE = re.compile(r"\s(?:=|＝|→|->)\s"), re.compile(r"=|＝|→|->")


def _lines(label, help_text, *, required=True, rows=4):
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _option_fields() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for row in range(ROWS):
        letter = chr(65 + row)
        fields[f"option_{row}"] = forms.CharField(label=_("选项 %s") % letter, max_length=500, required=False)
        fields[f"right_{row}"] = forms.BooleanField(label=_("%s 是正确的") % letter, required=False)
        fields[f"why_{row}"] = forms.CharField(label=_("%s 的说明") % letter, max_length=300, required=False)
        fields[f"id_{row}"] = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    return fields


def _true_false_fields() -> dict[str, forms.Field]:
    answers = [("true", _("正确")), ("false", _("错误"))]
    return {"answer": forms.ChoiceField(label=_("答案"), choices=answers, widget=forms.RadioSelect)}


def _fill_fields() -> dict[str, forms.Field]:
    return {"blanks": _lines(_("每个空的答案"), _("一个空一行；几种写法都算对时用竖线隔开，例如：7 天 | 七天。"))}


def _numeric_fields() -> dict[str, forms.Field]:
    return {
        "answer": forms.DecimalField(label=_("答案"), max_digits=14, decimal_places=4),
        "tolerance": forms.DecimalField(
            label=_("允许的误差"), min_value=0, max_digits=14, decimal_places=4, required=False, initial=0
        ),
        "unit": forms.CharField(label=_("单位"), max_length=20, required=False),
    }


def _matching_fields() -> dict[str, forms.Field]:
    return {
        "pairs": _lines(_("配对"), _("一对一行，左右用 = 隔开。"), rows=5),
        "extra": _lines(_("多出来的右边"), _("不和任何左边配对的，一行一个；可以不写。"), required=False, rows=2),
    }


def _ordering_fields() -> dict[str, forms.Field]:
    return {"items": _lines(_("步骤"), _("按正确的次序，一步一行，至少三步；考试时会打乱。"), rows=5)}


def _cloze_fields() -> dict[str, forms.Field]:
    hint = _("一个空一行，正确的写在最前面，用竖线隔开，例如：次日 | 当日 | 三日后。")
    return {"gaps": _lines(_("每个空的词"), hint)}


def _free_text_fields() -> dict[str, forms.Field]:
    return {
        "sample": _lines(_("参考回答"), "", required=False),
        "rubric": _lines(_("评分点"), _("一点一行，前面写分数，例如：2 先道歉再核实。")),
    }


FIELDS: dict[Kind, Callable[[], dict[str, forms.Field]]] = {
    Kind.SINGLE: _option_fields,
    Kind.MULTIPLE: _option_fields,
    Kind.TRUE_FALSE: _true_false_fields,
    Kind.FILL: _fill_fields,
    Kind.NUMERIC: _numeric_fields,
    Kind.MATCHING: _matching_fields,
    Kind.ORDERING: _ordering_fields,
    Kind.CLOZE: _cloze_fields,
    Kind.FREE_TEXT: _free_text_fields,
}


def content_data(kind: Kind, data: Mapping[str, Any], old: Content | None = None) -> dict[str, Any]:
    """What was typed as ``content_from_data`` takes it; what ``old`` has, too, keeps its id and its reason.

    Raises ``InvalidQuestion`` where it is no such thing.
    """
    match kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            return {"options": _options(data)}
        case Kind.TRUE_FALSE:
            return {"answer": data["answer"] == "true"}
        case Kind.FILL:
            return {"blanks": [_variants(line) for line in _split(data["blanks"])]}
        case Kind.NUMERIC:
            return {"answer": data["answer"], "tolerance": data["tolerance"] or 0, "unit": data["unit"]}
        case Kind.MATCHING:
            ids = _ids_of(old)
            pairs = [[_part(left, ids, "l"), _part(right, ids, "r")] for left, right in _pairs(data["pairs"])]
            return {"pairs": pairs, "extra": [_part(text, ids, "r") for text in _split(data["extra"])]}
        case Kind.ORDERING:
            items = _split(data["items"])
            if len(items) < 3:
                raise InvalidQuestion("items", gettext("至少写三步，一步一行。"))
            return {"items": [_part(text, _ids_of(old)) for text in items]}
        case Kind.CLOZE:
            before = old.gaps if isinstance(old, Cloze) else ()
            return {
                "gaps": [
                    _gap(line, number, before[number] if number < len(before) else ())
                    for number, line in enumerate(_split(data["gaps"]))
                ]
            }
        case Kind.FREE_TEXT:
            return {"rubric": _rubric(data["rubric"]), "sample": data["sample"].strip()}


def _options(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    options: list[dict[str, Any]] = []
    taken: set[str] = set()
    for row in range(ROWS):
        text = data[f"option_{row}"].strip()
        if not text:
            if data[f"right_{row}"]:
                raise InvalidQuestion(f"option_{row}", gettext("勾了正确，却没有写内容。"))
            continue
        id_ = data[f"id_{row}"] or id_for(text)
        if id_ in taken:
            id_ = id_for(text, str(row))
        taken.add(id_)
        options.append({"id": id_, "text": text, "correct": data[f"right_{row}"], "why": data[f"why_{row}"].strip()})
    if len(options) < 2:
        raise InvalidQuestion("option_0", gettext("至少写两个选项。"))
    return options


def _split(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _variants(line: str) -> list[str]:
    return [part.strip() for part in VARIANT.split(line) if part.strip()]


def _pairs(text: str) -> list[list[str]]:
    pairs = []
    for line in _split(text):
        sides = [side.strip() for side in (APART if APART.search(line) else CLOSE).split(line, maxsplit=1)]
        if len(sides) != 2 or not all(sides):
            raise InvalidQuestion("pairs", gettext("“%s”里没有左右两边，请用 = 隔开。") % line)
        pairs.append(sides)
    if len(pairs) < 2:
        raise InvalidQuestion("pairs", gettext("至少写两对，一对一行。"))
    return pairs


def _ids_of(old: Content | None) -> dict[tuple[str, str], str]:
    """The ids of an old matching or ordering by salt and text."""
    match old:
        case Matching(pairs, extra):
            rights = [*(pair.right for pair in pairs), *extra]
            return {("l", pair.left.text): pair.left.id for pair in pairs} | {("r", p.text): p.id for p in rights}
        case Ordering(items):
            return {("", item.text): item.id for item in items}
    return {}


def _part(text: str, ids: Mapping[tuple[str, str], str], salt: str = "") -> dict[str, str]:
    return {"id": ids.get((salt, text)) or id_for(text, salt), "text": text}


def _gap(line: str, number: int, old: Sequence[Option]) -> list[dict[str, Any]]:
    words = _variants(line)
    if len(words) < 2:
        raise InvalidQuestion("gaps", gettext("“%s”只有一个词，请用竖线隔开，再写至少一个错的。") % line)
    known = {option.text: option for option in old}
    places = {option.text: place for place, option in enumerate(old)}
    options = [
        {
            "id": known[word].id if word in known else id_for(word, str(number)),
            "text": word,
            "correct": place == 0,
            "why": known[word].why if word in known else "",
        }
        for place, word in enumerate(words)
    ]
    return sorted(options, key=lambda option: places.get(option["text"], len(places)))  # no order tells the key


def _rubric(text: str) -> list[dict[str, Any]]:
    lines = []
    for line in _split(text):
        found = re.match(r"(\d{1,3})\s*(?:分|：|:|、)?\s*(.+)", line)
        if not found or int(found[1]) < 1:
            raise InvalidQuestion("rubric", gettext("“%s”前面没有分数，例如：2 先道歉再核实。") % line)
        lines.append({"points": int(found[1]), "text": found[2].strip()})
    return lines


def content_initial(content: Content) -> dict[str, Any]:
    """What the fields begin with for a content that is there."""
    match content:
        case Single(options) | Multiple(options):
            return {
                f"{part}_{row}": value
                for row, option in enumerate(options[:ROWS])
                for part, value in (
                    ("option", option.text), ("right", option.correct), ("why", option.why), ("id", option.id)
                )
            }  # fmt: skip
        case TrueFalse(answer):
            return {"answer": "true" if answer else "false"}
        case Fill(blanks):
            return {"blanks": "\n".join(" | ".join(variants) for variants in blanks)}
        case Numeric(answer, tolerance, unit):
            return {"answer": f"{answer.normalize():f}", "tolerance": f"{tolerance.normalize():f}", "unit": unit}
        case Matching(pairs, extra):
            return {
                "pairs": "\n".join(f"{pair.left.text} = {pair.right.text}" for pair in pairs),
                "extra": "\n".join(part.text for part in extra),
            }
        case Ordering(items):
            return {"items": "\n".join(item.text for item in items)}
        case Cloze(gaps):
            ordered = [sorted(gap, key=lambda option: not option.correct) for gap in gaps]
            return {"gaps": "\n".join(" | ".join(option.text for option in gap) for gap in ordered)}
        case FreeText(rubric, sample):
            return {"sample": sample, "rubric": "\n".join(f"{line.points} {line.text}" for line in rubric)}
