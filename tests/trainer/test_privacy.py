"""Names are taken off who is long gone, or asked for it; what must stay stays, and holds."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.models import AuditEntry, CheckResult, Turn
from tests.factories.certificates import CertificateFactory
from tests.factories.decisions import DecisionAppealFactory
from tests.factories.people import UserFactory
from tests.factories.quizzes import AppealFactory, AttemptFactory
from tests.factories.roleplay import CheckResultFactory
from tests.factories.trainer import EmploymentFactory, NoticeFactory
from tests.trainer.deciding import decided, record_of, scored, standard_plan
from trainer.commands.postings import deactivate_person
from trainer.commands.privacy import AppealOpen, ReasonMissing, StillHere, anonymise_due, anonymise_person
from trainer.commands.retention import delete_past_time
from trainer.commands.statements import save_statement
from trainer.models import Certificate, Decision, Notice, User
from trainer.queries.archive import archive_json
from trainer.queries.privacy import past_retention
from trainer.rules.packet import digest
from trainer.rules.vocabulary import EmploymentState

pytestmark = pytest.mark.django_db
ASKED = "本人要求"


def left(person, days_ago=1000):
    employment = record_of(person)
    day = timezone.localdate() - timedelta(days=days_ago)
    employment.state, employment.left_on = EmploymentState.LEFT, day
    employment.hired_on = employment.probation_ends_on = day
    employment.save()
    return employment


def taken(person, by, reason=ASKED):
    return anonymise_person(user_id=person.pk, by=by, at=timezone.now(), reason=reason)


def test_the_name_goes_and_what_was_signed_still_holds(trainee, supervisor, admin):
    standard_plan()
    User.objects.filter(pk=trainee.pk).update(email="lin@example.com")
    save_statement(employment_id=record_of(trainee).pk, text="我是小林，电话 13912345678", after=0, at=timezone.now())
    mark = int(scored(trainee).score)
    decision = decided(trainee, supervisor, reasons="小林表现好，电话 13912345678")
    certificate = CertificateFactory(holder=trainee)
    NoticeFactory(person=trainee)
    deactivate_person(user_id=trainee.pk, by=admin, at=timezone.now())

    person = taken(trainee, admin)

    text = json.dumps(json.loads("".join(archive_json(person, at=timezone.now()))), ensure_ascii=False)
    assert not any(word in text for word in ("小林", "13912345678", "lin@example.com"))
    decision = Decision.objects.get(pk=decision.pk)
    assert digest(decision.packet) == decision.digest and decision.packet["statement"]["sha256"]
    assert person.attempts.get(score__isnull=False, blueprint__slug="rules").score == mark
    certificate = Certificate.objects.get(pk=certificate.pk)
    assert (certificate.state, certificate.name, certificate.credential) == ("revoked", f"前员工 {person.pk}", "")
    assert certificate.events.get(step="revoked").reason
    assert not Notice.objects.filter(person=person).exists()
    assert not person.has_usable_password() and not person.is_active
    assert AuditEntry.objects.get(action="anonymise_person").detail == {"reason": ASKED}


def test_twice_is_once(trainee, admin):
    left(trainee)

    assert taken(trainee, admin) == taken(trainee, admin)
    assert AuditEntry.objects.filter(action="anonymise_person").count() == 1


def test_who_works_here_keeps_the_name(trainee, admin):
    with pytest.raises(StillHere):
        taken(trainee, admin)


@pytest.mark.parametrize("appeal", ["exam", "decision"])
def test_an_open_appeal_keeps_everything_as_it_is(trainee, admin, appeal):
    if appeal == "exam":
        AppealFactory(item=AttemptFactory(learner=trainee, submitted=True).items.first())
    else:
        DecisionAppealFactory(decision__employment=record_of(trainee))
    left(trainee)

    with pytest.raises(AppealOpen):
        taken(trainee, admin)
    assert anonymise_due(people=[trainee.pk], by=admin, at=timezone.now()) == (0, 1)


def test_before_the_time_a_reason_is_needed(trainee, admin):
    left(trainee, days_ago=30)

    with pytest.raises(ReasonMissing):
        taken(trainee, admin, reason=" ")
    assert anonymise_due(people=[trainee.pk], by=admin, at=timezone.now()) == (0, 0)


def test_a_reply_is_masked_and_no_check_points_beside_it(trainee, admin):
    check = CheckResultFactory(turn__session__learner=trainee, turn__text="打 139-1234-5678 找我", evidence=[[2, 15]])
    left(trainee)

    taken(trainee, admin)

    assert Turn.objects.get(pk=check.turn_id).text == "打 13000000000 找我"
    assert CheckResult.objects.get(pk=check.pk).evidence == []


@pytest.mark.parametrize(("days", "listed"), [(1000, True), (600, False)])
def test_those_past_the_time_are_listed(trainee, days, listed):
    left(trainee, days_ago=days)

    assert past_retention(timezone.localdate()).filter(user=trainee).exists() is listed


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_costs_the_same_for_any_length(client, admin, people, django_assert_num_queries):
    for person in [one.user for one in EmploymentFactory.create_batch(people)]:
        left(person)
    client.force_login(admin)

    with django_assert_num_queries(6):
        page = client.get("/former/names/").context["page"]

    assert len(page) == people


def test_chosen_people_lose_their_names_on_the_page(client, admin, trainee):
    left(trainee)
    client.force_login(admin)

    client.post("/former/names/", {"people": [trainee.pk, "x"]})

    trainee.refresh_from_db()
    assert trainee.username == f"former-{trainee.pk}"
    assert client.get("/former/names/").context["page"].paginator.count == 0


def test_on_their_wish_an_admin_takes_the_name_with_a_reason(client, admin, trainee):
    left(trainee, days_ago=10)
    client.force_login(admin)

    assert client.post(f"/team/{trainee.pk}/posting/name/", {"reason": ""}).status_code == 422
    client.post(f"/team/{trainee.pk}/posting/name/", {"reason": ASKED})

    trainee.refresh_from_db()
    assert str(trainee) == f"前员工 {trainee.pk}"


def test_what_is_past_its_time_is_deleted_once_a_day(trainee):
    at = timezone.now()
    old = at - timedelta(days=366)
    NoticeFactory(person=trainee, created_at=old)
    kept = NoticeFactory(person=trainee)
    unused = UserFactory(date_joined=old, last_login=None)
    User.objects.filter(pk=trainee.pk).update(date_joined=old, last_login=None)

    assert delete_past_time(at=at) == 2
    assert delete_past_time(at=at) == 0

    assert list(Notice.objects.all()) == [kept]
    assert not User.objects.filter(pk=unused.pk).exists()
    assert User.objects.get(pk=trainee.pk).unread == 1


def test_an_unused_account_that_left_a_trace_stays():
    old = timezone.now() - timedelta(days=366)
    person = UserFactory(date_joined=old, last_login=None)
    AuditEntry.objects.create(at=old, by=person, action="mark", target="item:1")

    delete_past_time(at=timezone.now())

    assert User.objects.filter(pk=person.pk).exists()
