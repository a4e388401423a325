"""Who somebody is."""

from trainer.models import User
from trainer.models.people import ADMIN, SUPERVISOR, TRAINEE


def role_of(person: User) -> str:
    """The highest role that a person's permissions come to."""
    if person.has_perm("trainer.load_content"):
        return ADMIN
    return SUPERVISOR if person.has_perm("trainer.view_team") else TRAINEE
