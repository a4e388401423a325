from django import forms


class OutsideForm(forms.Form):
    """What the outside model may be asked for."""

    opinions = forms.BooleanField(required=False)
    rewording = forms.BooleanField(required=False)
