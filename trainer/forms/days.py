"""The one field for a day."""

from django import forms


class DayField(forms.DateField):
    """A day from the browser's own picker, which takes days as ISO only, whatever the language of the page."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)
