"""What to do for people ticked in a list."""

from django import forms

MOST_TICKED = 200
LONGEST_ID = 18  # digits that a database takes


class RemindForm(forms.Form):
    text = forms.CharField(max_length=200, strip=True)


def ticked(data) -> list[int]:
    """The ids that were ticked; the same person twice is once. Whom of them one may act for, the caller knows."""
    ids = (one for one in data.getlist("people") if one.isascii() and one.isdecimal() and len(one) <= LONGEST_ID)
    return list(dict.fromkeys(map(int, ids)))[:MOST_TICKED]
