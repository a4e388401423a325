"""Taking a person's name off their records: after the time that the house keeps it, or when they ask for it.

Marks, decisions and the log stay, under a pseudonym by number; docs/privacy.md says what goes and what stays.
"""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt, AccessLog
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from quizzes.models import Appeal, AuditEntry
from trainer.commands.certificates import take_step
from trainer.commands.private_texts import mask_texts
from trainer.models import (
    ApiToken,
    Certificate,
    DecisionAppeal,
    Delivery,
    Employment,
    Notice,
    PerformanceLine,
    Statement,
    User,
)
from trainer.queries.privacy import past_retention
from trainer.rules.certificates import CertificateState, CertificateStep
from trainer.rules.decisions import DecisionAppealState
from trainer.rules.vocabulary import EmploymentState


class StillHere(Exception):
    """The person works here, or the account is in use."""


class AppealOpen(Exception):
    """An appeal of theirs waits for its answer: until then everything stays as it is."""


class ReasonMissing(ValueError):
    """Before the house's time is up there must be a reason, such as that they asked for it."""


@transaction.atomic
def anonymise_person(*, user_id: int, by: User | None, at: datetime, reason: str = "") -> User:
    """Take the name off somebody who is gone: their records stay, under a pseudonym by number.

    What they were told is deleted, and so is their own statement; what was written by or about them is masked; their
    certificates are revoked and name nobody. Packets name people by number only, so that what was signed keeps its
    hash. Cannot be undone; doing it twice is doing it once. Raises ``StillHere``, ``AppealOpen`` or, while the house
    would still keep the name, ``ReasonMissing``.
    """
    person = User.objects.select_for_update().get(pk=user_id)
    employment = Employment.objects.filter(user=person).first()
    if person.is_active and (employment is None or employment.state != EmploymentState.LEFT):
        raise StillHere
    if person.username == pseudonym(person):
        return person
    if _appeals(person):
        raise AppealOpen
    due = employment is None or past_retention(timezone.localdate(at)).filter(pk=employment.pk).exists()
    reason = reason.strip()[:300]
    if not due and not reason:
        raise ReasonMissing
    names = {person.display_name, person.username, person.get_full_name(), person.email}
    former = f"前员工 {person.pk}"
    _revoke_certificates(person, former, by, at)
    mask_texts(person, names)
    _forget(person, former, by, at)
    person.username, person.display_name = pseudonym(person), former
    person.first_name = person.last_name = person.email = ""
    person.is_active, person.unread = False, 0
    person.set_unusable_password()
    person.save()
    AuditEntry.objects.create(
        at=at, by=by, action="anonymise_person", target=f"user:{person.pk}", detail={"reason": reason}
    )
    return person


def anonymise_due(*, people: Iterable[int], by: User | None, at: datetime) -> tuple[int, int]:
    """Take the names off those of ``people`` whose time is up; how many it was, and how many have an appeal open."""
    due = past_retention(timezone.localdate(at)).filter(user__in=set(people)).values_list("user", flat=True)
    done = waiting = 0
    for user_id in list(due):
        try:
            anonymise_person(user_id=user_id, by=by, at=at)
        except AppealOpen:
            waiting += 1
        else:
            done += 1
    return done, waiting


def pseudonym(person: User) -> str:
    return f"former-{person.pk}"


def _appeals(person: User) -> bool:
    mine = DecisionAppeal.objects.filter(decision__employment__user=person, state=DecisionAppealState.OPEN)
    return mine.exists() or Appeal.objects.open().filter(item__attempt__learner=person).exists()


def _revoke_certificates(person: User, former: str, by: User | None, at: datetime) -> None:
    """A certificate certifies a person: without the name it certifies nobody, and the signed badge names them."""
    with override("zh-hans"):
        reason = _("持证人的姓名已按隐私规则去掉")
    for certificate in Certificate.objects.filter(holder=person).exclude(state=CertificateState.REVOKED):
        take_step(certificate_id=certificate.pk, step=CertificateStep.REVOKED, reason=reason, by=by, at=at)
    Certificate.objects.filter(holder=person).update(name=former, credential="")


def _forget(person: User, former: str, by: User | None, at: datetime) -> None:
    """What is personal and is evidence of nothing."""
    Notice.objects.filter(person=person).delete()
    about = Notice.objects.filter(params__person=str(person)).filter(Q(url__contains=f"/team/{person.pk}/") | Q(url=""))
    for notice in about:
        notice.params["person"] = former
        notice.save(update_fields=["params"])
    Delivery.objects.filter(person=person).delete()
    Statement.objects.filter(employment__user=person).update(text="")
    PerformanceLine.objects.filter(learner=person).update(name=former)
    ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=at, revoked_by=by or person)
    EmailAddress.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    AccessAttempt.objects.filter(username=person.username).delete()
    AccessLog.objects.filter(username=person.username).delete()
    LogEntry.objects.filter(content_type__model="user", object_id=str(person.pk)).update(object_repr=former)
    AuditEntry.objects.filter(target=f"user:{person.username}").update(target=f"user:{person.pk}")
