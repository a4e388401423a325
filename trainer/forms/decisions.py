"""What people write when they decide, sign, and appeal."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from trainer.commands.verdicts import Verdict
from trainer.forms.days import DayField
from trainer.models.labels import decision_choices
from trainer.rules.decisions import Contract, DecisionKind

SALT = "trainer.packet"
LONGEST = 4000


def sign_packet(packet: Mapping[str, Any]) -> str:
    """The packet as a form carries it, so that the server knows what the person looked at."""
    return signing.dumps(packet, salt=SALT, compress=True)


class SeenForm(forms.Form):
    """A form that knows the packet that was on the page: ``seen_packet`` once it is valid."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_seen(self) -> dict[str, Any]:
        try:
            return signing.loads(self.cleaned_data["seen"], salt=SALT)
        except signing.BadSignature as wrong:
            raise forms.ValidationError(_("这一页的材料对不上，请按下面现在的材料再决定一次。")) from wrong

    @property
    def seen_packet(self) -> dict[str, Any]:
        return self.cleaned_data["seen"]


class VerdictForm(SeenForm):
    """What is decided and why: one field ``why_<slug>`` for each requirement that is not met."""

    kind = forms.ChoiceField(label=_("结论"), widget=forms.RadioSelect)
    until = DayField(label=_("延长到"), required=False)
    contract = forms.ChoiceField(
        label=_("合同期限"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    reasons = forms.CharField(
        label=_("理由"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "class": "form-control"}),
        error_messages={"required": _("理由必填：学员会看到，存档也要靠它。")},
    )
    asked: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("请谁复签"),
        queryset=None,
        required=False,
        empty_label=_("请选择"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(
        self,
        *args,
        kinds: Iterable[DecisionKind],
        unmet: Iterable[tuple[str, str]],
        candidates=None,
        contract: str = "",
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        open_now = set(kinds)
        self.fields["kind"].choices = [one for one in decision_choices(DecisionKind) if one[0] in open_now]
        self.fields["contract"].choices = [("", _("请选择")), *decision_choices(Contract)]
        self.fields["contract"].initial = contract
        if candidates is None:
            del self.fields["asked"]
        else:
            self.fields["asked"].queryset = candidates
            self.fields["asked"].required = True
            self.fields["asked"].error_messages["required"] = _("这个结论要两个人签，请选复签的人。")
        self.unmet = [(f"why_{slug}", slug) for slug, _title in unmet]
        for slug, title in unmet:
            self.fields[f"why_{slug}"] = forms.CharField(
                label=title,
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
            )

    @property
    def why_fields(self) -> list[forms.BoundField]:
        return [self[name] for name, _slug in self.unmet]

    def clean(self):
        data = super().clean()
        if data.get("kind") == DecisionKind.EXTEND:
            if not data.get("until"):
                self.add_error("until", _("请写延长到哪一天。"))
            if not data.get("contract"):
                self.add_error("contract", _("请选合同期限：试用期最长多久由它决定。"))
        return data

    @property
    def verdict(self) -> Verdict:
        data = self.cleaned_data
        return Verdict(
            kind=DecisionKind(data["kind"]),
            reasons=data["reasons"].strip(),
            exceptions={slug: data.get(name, "") for name, slug in self.unmet},
            until=data.get("until"),
            contract=Contract(data["contract"]) if data.get("contract") else None,
        )


class NoteForm(forms.Form):
    """Why a proposal is returned."""

    note = forms.CharField(
        label=_("退回的理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"})
    )


class DecisionAppealForm(forms.Form):
    reason = forms.CharField(
        label=_("为什么不同意"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "class": "form-control"}),
        error_messages={"required": _("请写出理由，处理的人才知道该看什么。")},
    )


class AnswerForm(VerdictForm):
    """The answer to an appeal: ``kind`` is empty where the decision stands."""

    UPHOLD = "uphold"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(self.UPHOLD, _("维持原结论")), *self.fields["kind"].choices]
        self.fields["reasons"].label = _("答复")
        self.fields["reasons"].error_messages["required"] = _("答复必填：学员会看到。")

    @property
    def upholds(self) -> bool:
        return self.cleaned_data["kind"] == self.UPHOLD


class StatementForm(forms.Form):
    """What a trainee says for themselves; ``after`` is the number of the version that they saw."""

    text = forms.CharField(
        label=_("自述"),
        required=False,
        max_length=LONGEST,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control"}),
    )
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
