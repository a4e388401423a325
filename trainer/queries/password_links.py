"""Links with which people set their password: nobody else ever knows it."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from trainer.models import User
from trainer.rules.vocabulary import EmploymentState


def people_who_may_get_a_link(by: User) -> QuerySet[User]:
    """Whoever may sign in; a superuser only for a superuser, who would else make oneself one."""
    people = User.objects.filter(is_active=True).exclude(employment__state=EmploymentState.LEFT)
    return people if by.is_superuser else people.filter(is_superuser=False)


def without_password(people: QuerySet[User]) -> QuerySet[User]:
    """Those who have none yet, the newest first, with their team."""
    none = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(password="")
    return people.filter(none).select_related("employment__team").order_by("-date_joined", "-pk")


def password_path(person: User) -> str:
    """The path of a link that works once, for ``PASSWORD_RESET_TIMEOUT`` seconds from now."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("password_set", args=[uid, default_token_generator.make_token(person)])
