"""Marks and shares as pages show them; sums stay exact until here."""

from fractions import Fraction
from math import ceil

from django import template

from quizzes.rules.scoring import display_marks

register = template.Library()


@register.filter
def marks(value) -> str:
    """A number of marks, cut off after two decimals and without idle zeros."""
    return "" if value is None else display_marks(value)


@register.filter
def earned_of(mark, item) -> str:
    """What ``mark`` earns of the marks of ``item``."""
    return display_marks(mark.fraction * Fraction(item.marks))


@register.filter
def percent(share) -> str:
    """A share from 0 to 1 as whole per cent."""
    return "" if share is None else f"{round(100 * share)}%"


@register.filter
def marks_up(value) -> str:
    """Marks that are missing, rounded up to two decimals: who lacks 0.004 does not lack 0."""
    return display_marks(Fraction(ceil(Fraction(value) * 100), 100))
