"""What the sections of an archive are made of."""

from typing import Any

from django.db.models import F, Model, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from trainer.models import User

Section = tuple[str, QuerySet]  # its name and its rows


def named(path: str) -> Coalesce:
    """The name of the person at the end of ``path``, as ``str(user)`` has it."""
    return Coalesce(NullIf(F(f"{path}__display_name"), Value("")), F(f"{path}__username"))


def section(name: str, model: type[Model], person: User, *columns: str, path: str = "learner", **more: Any) -> Section:
    """The rows of ``model`` that are ``person``'s over ``path``, in the order in which they were made."""
    return name, model._default_manager.filter(**{path: person}).order_by("pk").values(*columns, **more)
