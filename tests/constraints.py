"""What the tests of constraints share: which there are, and how the database names the one that was broken."""

from django.apps import apps
from django.db import connection
from django.db.models import UniqueConstraint


def constraints_of(app_label):
    """``{name: (model, constraint)}`` of every named constraint of an app's models."""
    return {
        constraint.name: (model, constraint)
        for model in apps.get_app_config(app_label).get_models()
        for constraint in model._meta.constraints
    }


def complaint(model, constraint):
    """What the database says of a broken constraint: its name, or the columns where SQLite has only those."""
    if connection.vendor == "sqlite" and isinstance(constraint, UniqueConstraint) and constraint.fields:
        columns = (model._meta.get_field(name).column for name in constraint.fields)
        return ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    return constraint.name
