"""How lists are filtered and sorted; ``components/filters.html`` shows it."""

from typing import Any

from django import forms


class FilterForm(forms.Form):
    """The filters of a list, of which each may be left out. What is unknown is ignored: a filter is no trap."""

    apart: tuple[str, ...] = ()  # fields that are no part of ``wanted``
    keeps_all: tuple[str, ...] = ("sort",)  # fields that leave nothing out: orders and tabs

    @property
    def wanted(self) -> dict[str, Any]:
        """What was understood, by the name of the field; an empty value where nothing was asked for."""
        self.is_valid()
        asked = {name: field for name, field in self.fields.items() if name not in self.apart}
        return {name: self.cleaned_data.get(name, getattr(field, "empty_value", "")) for name, field in asked.items()}

    @property
    def filtered(self) -> bool:
        """Whether anything was asked for that may leave something out."""
        self.is_valid()
        return any(self.data.get(name) for name in self.cleaned_data if name not in self.keeps_all)
