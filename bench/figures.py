"""What a measurement says: one line, ``name  value  unit  goal  holds|short``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``value`` in ``unit``; the goal is at most ``most`` or at least ``least``. A ``value`` of None was skipped."""

    name: str
    value: float | None
    unit: str
    most: float | None = None
    least: float | None = None
    places: int = 0

    @property
    def holds(self) -> bool | None:
        if self.value is None:
            return None
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    def line(self) -> str:
        goal = f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}"
        value = "–" if self.value is None else f"{self.value:,.{self.places}f}"
        word = {True: "holds", False: "short", None: "skipped"}[self.holds]
        return f"{self.name:<52}  {value:>10}  {self.unit:<10}  {goal:<8}  {word}"
