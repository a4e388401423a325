"""A pattern of the judge as a person writes it, and a text to try the judge on."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models.labels import CHECK_LABELS, PATTERN_LABELS
from quizzes.queries.patterns import Listed
from quizzes.rules.replies.checks import CHECKS
from quizzes.rules.replies.clauses import Scope
from quizzes.rules.replies.patterns import Means, Where
from quizzes.rules.replies.records import Reply
from quizzes.rules.replies.records import Turn as Said

_ROWS = forms.Textarea(attrs={"rows": 3})
SCOPES = [(scope.value, PATTERN_LABELS[scope]) for scope in Scope]
CHECK_GROUPS = [
    (_("做得好"), [(check.name, CHECK_LABELS[check.name]) for check in CHECKS if not check.violation]),
    (_("违规"), [(check.name, CHECK_LABELS[check.name]) for check in CHECKS if check.violation]),
]


class PatternForm(forms.Form):
    """``row`` gives what was written like a row of the pattern files; whether it works is the library's to say."""

    note = forms.CharField(
        label=_("说的是什么"), max_length=60, help_text=_("一句话，给以后看的人：例如“叫人加微信”。")
    )
    means = forms.ChoiceField(label=_("命中说明"))
    words = forms.CharField(
        label=_("词句（正则表达式）"),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "mono"}),
        help_text=_(
            "几种说法用 | 隔开，中间可有几个字写 .{0,6}。"
            "比的是规整后的文字：全角、繁体、表情和谐音已经换成普通写法，标点是半角。"
        ),
    )
    unless = forms.MultipleChoiceField(
        label=_("这样说时不算"), choices=SCOPES, required=False, widget=forms.CheckboxSelectMultiple
    )
    without = forms.CharField(
        label=_("同一句回复里有这些词就不算"), max_length=600, required=False,
        widget=forms.TextInput(attrs={"spellcheck": "false", "class": "mono"}),
    )  # fmt: skip
    facts = forms.CharField(
        label=_("只在这种订单情况下算"), max_length=600, required=False,
        widget=forms.TextInput(attrs={"spellcheck": "false", "class": "mono"}),
        help_text=_("在订单情况里找的词；留空就都算。"),
    )  # fmt: skip
    facts_hit = forms.CharField(
        label=_("试例句时的订单情况"), max_length=300, required=False, help_text=_("上一格有内容时才要写。")
    )
    hits = forms.CharField(
        label=_("应当命中的例句"), max_length=4_000, widget=_ROWS, help_text=_("一行一句，至少一句。")
    )
    misses = forms.CharField(
        label=_("不应当命中的例句"), max_length=4_000, widget=_ROWS,
        help_text=_("一行一句，至少一句：用了同样的词、意思却相反的最有用。"),
    )  # fmt: skip
    decisive = forms.BooleanField(
        label=_("命中就定"),
        required=False,
        help_text=_("不勾选时，只有它这么说的，送给主管复核；勾选后不再问人。"),
    )
    reason = forms.CharField(label=_("为什么改"), max_length=200, help_text=_("会留在修改记录里。"))

    def __init__(self, data=None, *, old: Listed | None = None):
        self.row_before: Mapping[str, Any] = old.row if old else {}
        shipped = old is not None and old.shipped
        super().__init__(data, initial={**_initial(self.row_before), "decisive": old is not None and old.decisive})
        self.fields["reason"].required = data is None or "preview" not in data
        means = [Means(self.row_before["means"])] if shipped else [Means.SHOWS, Means.CLEARS]
        self.fields["means"].choices = [(one.value, PATTERN_LABELS[one]) for one in means]
        if shipped:  # its weight was learned
            del self.fields["decisive"]

    def row(self) -> dict[str, Any]:
        data = self.cleaned_data
        row: dict[str, Any] = {
            "note": data["note"].strip(),
            "words": data["words"].strip(),
            "means": data["means"],
            "hit": _lines(data["hits"]),
            "miss": _lines(data["misses"]),
        }
        if self.row_before.get("where", Where.REPLY) != Where.REPLY:
            row["where"] = self.row_before["where"]
        row.update({name: data[name] for name in ("unless", "without", "facts", "facts_hit") if data[name]})
        return row


class CheckForm(forms.Form):
    """Which check a new pattern is for."""

    check = forms.ChoiceField(label=_("质检项"), choices=CHECK_GROUPS)


class SwitchForm(forms.Form):
    on = forms.BooleanField(required=False)
    seen = forms.IntegerField(min_value=0, max_value=2**31)
    reason = forms.CharField(label=_("为什么"), max_length=200)


class TryForm(forms.Form):
    reply = forms.CharField(label=_("客服的回复"), max_length=10_000, widget=_ROWS)
    customer = forms.CharField(
        label=_("顾客前一句"), max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    facts = forms.CharField(
        label=_("订单情况"), max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def asked(self) -> Reply:
        data = self.cleaned_data
        history = (Said("customer", data["customer"]),) if data["customer"] else ()
        return Reply(data["reply"], history, data["facts"])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _initial(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("note", "means", "words", "unless", "without", "facts", "facts_hit")
    kept = {name: row[name] for name in names if name in row}
    return {**kept, "hits": "\n".join(row.get("hit", ())), "misses": "\n".join(row.get("miss", ()))}
