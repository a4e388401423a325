"""What the customer's patience and trust look like from outside."""

from enum import StrEnum


class Mood(StrEnum):
    CALM = "calm"
    UNEASY = "uneasy"
    ANNOYED = "annoyed"
    ANGRY = "angry"


def mood_of(patience: int, trust: int) -> Mood:
    """Of two customers with the same patience the one who trusts looks a step calmer."""
    level = patience + (1 if trust >= 4 else 0) - (1 if trust == 0 else 0)
    if level >= 4:
        return Mood.CALM
    if level == 3:
        return Mood.UNEASY
    return Mood.ANNOYED if level == 2 else Mood.ANGRY
