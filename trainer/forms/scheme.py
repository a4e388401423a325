from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import labels as engine
from quizzes.rules.dialogue.scenario import Dimension
from trainer.models.labels import LABELS
from trainer.rules.assessment import POINTS, Need
from trainer.rules.vocabulary import Figure, Method, Tier

NEEDS = [("", _("不用")), (Need.HELPFUL.value, _("参考")), (Need.REQUIRED.value, _("必需"))]
LONGEST = 200
SCALE = range(1, POINTS + 1)
BOUNDS = (Tier.EXCELLENT, Tier.GOOD, Tier.FAIR)


class SchemeForm(forms.Form):
    """Dimensions and tiers of a new version; what a person cannot change here comes from the one before.

    ``topics`` are the slugs and names of those whose questions may speak for a dimension.
    """

    after = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("改了什么、为什么"), max_length=300)

    def __init__(self, data: Any = None, *, base: dict[str, Any], number: int, topics: Iterable[tuple[str, str]]):
        super().__init__(data, initial={"after": number, **self.initial_of(base)})
        self.base = base
        names = dict(topics)
        figures = [(figure.value, LABELS[figure]) for figure in Figure]
        for row in base["dimensions"]:
            key, label = row["key"], engine.LABELS[Dimension(row["key"])]
            self.fields[f"weight-{key}"] = forms.IntegerField(label=label, min_value=0, max_value=100)
            self.fields[f"meaning-{key}"] = forms.CharField(label=label, max_length=LONGEST)
            self.fields[f"topics-{key}"] = forms.MultipleChoiceField(
                label=label, required=False, choices=({slug: slug for slug in row["topics"]} | names).items()
            )
            self.fields[f"figures-{key}"] = forms.MultipleChoiceField(label=label, required=False, choices=figures)
            for point in SCALE:
                # That each is written, the rules say, by the name of the dimension.
                self.fields[f"anchor-{key}-{point}"] = forms.CharField(
                    label=_("%(n)d 分") % {"n": point}, required=False, max_length=LONGEST
                )
            for method in Method:
                self.fields[f"need-{key}-{method}"] = forms.ChoiceField(
                    label=LABELS[method], required=False, choices=NEEDS
                )
        for row in base["figures"]:
            for tier in BOUNDS:
                self.fields[f"tier-{row['key']}-{tier}"] = forms.DecimalField(
                    label=LABELS[tier], min_value=0, max_value=86_400, max_digits=8, decimal_places=2
                )

    @staticmethod
    def initial_of(base: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row in base["dimensions"]:
            found |= {f"{name}-{row['key']}": row[name] for name in ("weight", "meaning", "topics", "figures")}
            found |= {f"anchor-{row['key']}-{point}": row["anchors"][point - 1] for point in SCALE}
            found |= {f"need-{row['key']}-{method}": row["methods"].get(method, "") for method in Method}
        for row in base["figures"]:
            found |= {f"tier-{row['key']}-{tier}": row["tiers"][tier] for tier in BOUNDS}
        return found

    @property
    def scheme_data(self) -> dict[str, Any]:
        """The new version's data; the form is valid."""
        known, data = self.cleaned_data, deepcopy(self.base)
        for row in data["dimensions"]:
            row |= {name: known[f"{name}-{row['key']}"] for name in ("weight", "meaning", "topics", "figures")}
            row["anchors"] = [known[f"anchor-{row['key']}-{point}"] for point in SCALE]
            chosen = {method.value: known[f"need-{row['key']}-{method}"] for method in Method}
            row["methods"] = {method: need for method, need in chosen.items() if need}
        for row in data["figures"]:
            key = row["key"]
            row["tiers"] = {tier.value: format(known[f"tier-{key}-{tier}"], "f") for tier in BOUNDS}
        return data

    def dimension_rows(self) -> list[dict[str, Any]]:
        """For the page: each dimension with its bound fields."""
        return [
            {
                "label": engine.LABELS[Dimension(row["key"])],
                "weight": self[f"weight-{row['key']}"],
                "needs": [self[f"need-{row['key']}-{method}"] for method in Method],
                "meaning": self[f"meaning-{row['key']}"],
                "topics": self[f"topics-{row['key']}"],
                "figures": self[f"figures-{row['key']}"],
                "anchors": [self[f"anchor-{row['key']}-{point}"] for point in SCALE],
            }
            for row in self.base["dimensions"]
        ]

    def figure_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "label": LABELS[Figure(row["key"])],
                "unit": row["unit"],
                "lower": row["better"] == "lower",
                "tiers": [self[f"tier-{row['key']}-{tier}"] for tier in BOUNDS],
            }
            for row in self.base["figures"]
        ]
