"""How far two who judge the same things agree, beyond chance."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """``kappa`` is Cohen's: 1 always, 0 as by chance; ``None`` where one answer is all there is, or nothing."""

    count: int
    same: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        return self.same / self.count if self.count else None


def agreement(pairs: Iterable[tuple[bool, bool]]) -> Agreement:
    """Agreement on yes-or-no questions: one pair of answers for each."""
    found = list(pairs)
    count = len(found)
    same = sum(one == other for one, other in found)
    if not count:
        return Agreement(0, 0, None)
    one_yes, other_yes = (sum(pair[place] for pair in found) / count for place in (0, 1))
    chance = one_yes * other_yes + (1 - one_yes) * (1 - other_yes)
    return Agreement(count, same, None if chance == 1 else (same / count - chance) / (1 - chance))
