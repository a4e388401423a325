from collections.abc import Sequence
from decimal import Decimal

from django import forms

from trainer.queries.confirmation import Line


class WhatIfForm(forms.Form):
    """An assumed score for each exam of the plan that is not met yet; ``scores`` are those given rightly."""

    def __init__(self, data, *, lines: Sequence[Line]):
        super().__init__(data, prefix="if")
        for line in lines:
            if line.exam and not line.judgement.is_met:
                self.fields[line.exam.blueprint.slug] = forms.DecimalField(
                    label=str(line.exam.blueprint), required=False, min_value=0, max_value=100, decimal_places=1,
                    widget=forms.NumberInput(attrs={"class": "form-control", "step": "0.5"}),
                )  # fmt: skip

    @property
    def scores(self) -> dict[str, Decimal]:
        self.is_valid()
        return {slug: score for slug, score in self.cleaned_data.items() if score is not None}
