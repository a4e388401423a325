"""Who may decide about people, and who hears whose appeal."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from trainer.models import DecisionAppeal, Employment, User
from trainer.models.people import ADMIN, SUPERVISOR
from trainer.rules.decisions import may_hear
from trainer.rules.packet import markers


def deciders() -> QuerySet[User]:
    """Everybody who may decide about somebody, whoever that is: supervisors and admins in service."""
    may = Q(groups__name__in=(SUPERVISOR, ADMIN)) | Q(is_superuser=True)
    return User.objects.filter(may, is_active=True).distinct().order_by("display_name", "username")


def may_be_asked(employment: Employment, by: User) -> QuerySet[User]:
    """Who can be asked to countersign what ``by`` decides about this person."""
    return deciders().exclude(pk__in=(by.pk, employment.user_id))


def hearers(appeal: DecisionAppeal, people: Iterable[User] | None = None) -> list[User]:
    """To whom an appeal goes: the admins and the present supervisor, those left out who had a part in the decision;
    where nobody is left, the other supervisors.

    ``appeal`` has its decision with employment and team at hand; ``people`` are the ``deciders`` with their groups,
    where the caller has them already.
    """
    decision = appeal.decision
    employment = decision.employment
    others = _uninvolved(deciders().prefetch_related("groups") if people is None else people, appeal)
    supervisor = employment.team and employment.team.supervisor_id
    first = [
        person
        for person in others
        if person.pk == supervisor or person.is_superuser or any(group.name == ADMIN for group in person.groups.all())
    ]
    return first or others


def _uninvolved(people: Iterable[User], appeal: DecisionAppeal) -> list[User]:
    decision = appeal.decision
    return [
        person
        for person in people
        if may_hear(
            person.pk,
            decider=appeal.against_id,
            countersigner=appeal.against_second_id,
            markers=markers(decision.packet),
            learner=decision.employment.user_id,
        )
    ]
