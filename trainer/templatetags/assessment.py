"""The words of the assessment scheme, and its values as people read them."""

from decimal import Decimal
from enum import StrEnum

from django import template
from django.utils.translation import gettext as _

from quizzes.models import labels as engine
from quizzes.rules.dialogue.scenario import Dimension
from trainer.models.labels import LABELS
from trainer.rules.assessment import POINTS, Piece, Scale
from trainer.rules.performance import SECONDS
from trainer.rules.vocabulary import Figure

register = template.Library()


@register.filter
def word(key: StrEnum) -> str:
    """What the pages call a dimension, a method, a figure or a tier."""
    return str(engine.LABELS[key] if isinstance(key, Dimension) else LABELS[key])


@register.filter
def as_figure(value: Decimal | str | None, figure: Figure) -> str:
    """24 秒, 92.5%"""
    if value is None or value == "":
        return "—"
    said = _plain(Decimal(value))
    return _("%(n)s 秒") % {"n": said} if figure in SECONDS else f"{said}%"


@register.filter
def as_evidence(piece: Piece) -> str:
    """The value of a piece of evidence in its own unit; none where it is kept from whoever looks."""
    if piece.value is None:
        return ""
    match piece.scale:
        case Scale.PERCENT:
            return f"{_plain(piece.value)}%"
        case Scale.SCORE:
            return _("%(n)s 分") % {"n": _plain(piece.value)}
        case Scale.POINTS:
            return f"{_plain(piece.value)} / {POINTS}"
    return as_figure(piece.value, piece.figure)


@register.filter
def tier_state(tier: StrEnum | None) -> str:
    """The colour of a tier; its word always stands beside it."""
    return {"excellent": "met", "good": "met", "fair": "near", "poor": "critical"}.get(str(tier), "missing")


def _plain(value: Decimal) -> str:
    return f"{round(value, 2).normalize():f}"
