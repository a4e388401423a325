"""What the sections of an archive are made of."""

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

Sections = tuple[tuple[str, QuerySet], ...]


def named(path: str) -> Coalesce:
    """The name of the person at the end of ``path``, as ``str(user)`` has it."""
    return Coalesce(NullIf(F(f"{path}__display_name"), Value("")), F(f"{path}__username"))
