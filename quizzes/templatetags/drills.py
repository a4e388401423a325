"""What the pages of the drills write."""

from decimal import ROUND_FLOOR, Decimal

from django import template

from quizzes.rules.drills.shipped import passages

register = template.Library()


@register.filter
def passage_title(slug: str) -> str:
    """The title of a passage; one that is no longer there goes by its slug."""
    return next((passage.title for passage in passages() if passage.slug == slug), slug)


@register.filter
def tenths(share) -> str:
    """A share from 0 to 1 in per cent, cut off after one decimal: 94.96 % is not shown as 95 %."""
    if share is None:
        return ""
    cut = (Decimal(share) * 100).quantize(Decimal("0.1"), rounding=ROUND_FLOOR)
    return f"{cut.normalize():f}%"


@register.filter
def clock(seconds: float) -> str:
    """Seconds as minutes and seconds: 3:07."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


@register.filter
def word(labels, key) -> str:
    """The label of a key."""
    return labels[key]
