"""Every form of question, by name, in the order in which they are made."""

from quizzes.rules.generation import (
    attributes,
    blanks,
    conduct,
    dates,
    dead,
    matching,
    money,
    numbers,
    sets,
    steps,
)
from quizzes.rules.generation.form import Form

_MODULES = (attributes, numbers, blanks, sets, steps, matching, conduct, dates, money, dead)

FORMS: dict[str, Form] = {form.name: form for module in _MODULES for form in module.FORMS}
