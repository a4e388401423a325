"""Whose attempts a person may see. The engine asks the house around it: see ``QUIZZES_LEARNERS_IN_REACH``."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string


def learners_in_reach(user, *, named: str = "") -> QuerySet:
    """The people whose work ``user`` may look after, and whose name has ``named``: never ``user`` themself by this
    alone."""
    return import_string(settings.QUIZZES_LEARNERS_IN_REACH)(user, named=named)
