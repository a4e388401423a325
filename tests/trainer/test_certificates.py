"""Certificates: who gets one, when it is suspended and comes back, who may take it, and what a stranger is told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.commands.attempts import submit_attempt
from quizzes.models import AuditEntry
from tests.factories.certificates import CertificateFactory
from tests.factories.decisions import DecisionFactory
from tests.factories.interfaces import WebhookFactory
from tests.factories.quizzes import AttemptFactory
from tests.factories.trainer import RecheckFactory
from tests.trainer.certifying import exam_of, gate, passed
from trainer.commands import badge_key
from trainer.commands.certificates import (
    NotNow,
    ReasonMissing,
    follow_decision,
    follow_exam,
    follow_rechecks,
    take_step,
)
from trainer.models import Certificate, CertificateEvent, Notice, WebhookEvent
from trainer.queries.notices import text_of
from trainer.rules.badges import thumbprint, verify
from trainer.rules.certificates import CertificateKind, CertificateState, CertificateStep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    settings.BADGE_KEY_FILE = tmp_path / "key.pem"
    return badge_key.badge_key()


# --- issuing ---------------------------------------------------------------------------------------------


def test_a_passed_gate_gives_the_products_certificate_once(trainee, now, key):
    product = gate(name="保温壶")
    attempt = passed(trainee, product.blueprint)

    first, second = (follow_exam(attempt=attempt, at=now) for _ in range(2))

    assert first == second == Certificate.objects.get()
    assert (first.kind, first.about, first.title) == (CertificateKind.PRODUCT, product.sku, "保温壶 接待资格")
    badge = verify(first.credential, {thumbprint(key.public_key()): key.public_key()}, now)
    assert badge["credentialSubject"]["identifier"][0]["identityHash"] == "小林"
    assert text_of(Notice.objects.get(person=trainee)) == "你拿到了证书：保温壶 接待资格。"


@pytest.mark.parametrize(
    ("platforms", "about"),
    [(["douyin"], "douyin"), (["douyin", "all"], "douyin"), (["douyin", "vip"], None), ([], None)],
)
def test_an_exam_of_one_platform_gives_the_platforms_certificate(trainee, now, platforms, about):
    found = follow_exam(attempt=passed(trainee, exam_of(*platforms)), at=now)

    assert (found and found.about) == about


def test_handing_in_a_passed_exam_is_enough(trainee):
    product = gate()
    attempt = AttemptFactory(learner=trainee, blueprint=product.blueprint, pass_mark=0)

    submit_attempt(attempt_id=attempt.pk, at=timezone.now())

    assert Certificate.objects.filter(holder=trainee, about=product.sku).exists()


@pytest.mark.parametrize("result", [None, False])
def test_without_a_pass_there_is_none(trainee, now, result):
    quiz = gate().blueprint
    attempt = AttemptFactory(learner=trainee, blueprint=quiz, submitted=True, items=0, passed=result, score=1)

    assert follow_exam(attempt=attempt, at=now) is None
    assert not Certificate.objects.exists()


def test_a_mark_that_takes_the_pass_takes_the_certificate(trainee, now):
    attempt = passed(trainee, gate().blueprint)
    certificate = follow_exam(attempt=attempt, at=now)
    attempt.passed = False

    follow_exam(attempt=attempt, at=now)

    certificate.refresh_from_db()
    assert certificate.state == CertificateState.REVOKED
    assert certificate.events.last().reason == "重新判分以后没有通过"


def test_who_is_confirmed_is_certified_and_an_overturned_confirmation_takes_it_back(trainee, now):
    early = DecisionFactory(employment=trainee.employment, kind="early")
    certificate = follow_decision(decision=early, at=now)
    assert certificate.kind == CertificateKind.CONFIRMATION and certificate.decision == early

    early.kind = "refuse"  # as the decision on an appeal says
    assert follow_decision(decision=early, at=now) is None
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.REVOKED


def test_one_that_has_run_out_is_replaced(trainee, now):
    product = gate()
    old = CertificateFactory(
        holder=trainee, kind="product", about=product.sku, issued_at=now - timedelta(days=400),
        valid_until=timezone.localdate() - timedelta(days=30),
    )  # fmt: skip

    new = follow_exam(attempt=passed(trainee, product.blueprint), at=now)

    old.refresh_from_db()
    assert new != old and old.state == CertificateState.REVOKED and new.state == CertificateState.VALID


# --- suspended and back ----------------------------------------------------------------------------------


def late(learner, **more):
    return RecheckFactory(learner=learner, due_on=timezone.localdate() - timedelta(days=1), **more)


def test_an_overdue_recheck_of_the_product_suspends_and_the_pass_reinstates(trainee, now):
    product = gate()
    certificate = follow_exam(attempt=passed(trainee, product.blueprint), at=now)
    recheck = late(trainee, version__lesson=product.lesson)

    assert follow_rechecks(at=now) == 1 and follow_rechecks(at=now) == 0
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.SUSPENDED
    assert "复查过期" in certificate.events.last().reason

    type(recheck).objects.filter(pk=recheck.pk).update(state="passed", passed_at=now)
    assert follow_rechecks(at=now) == 1
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.VALID


def test_an_exam_that_the_recheck_names_suspends_what_rests_on_it(trainee, now):
    exam = passed(trainee, exam_of("vip"))
    certificate = follow_exam(attempt=exam, at=now)
    other = follow_exam(attempt=passed(trainee, exam_of("douyin")), at=now)
    late(trainee).grounds.add(exam)

    follow_rechecks(at=now)

    certificate.refresh_from_db()
    other.refresh_from_db()
    assert (certificate.state, other.state) == ("suspended", "valid")


def test_a_recheck_that_is_not_due_yet_suspends_nothing(trainee, now):
    product = gate()
    follow_exam(attempt=passed(trainee, product.blueprint), at=now)
    RecheckFactory(learner=trainee, version__lesson=product.lesson, due_on=timezone.localdate())

    assert follow_rechecks(at=now) == 0


def test_what_a_person_suspended_only_a_person_reinstates(admin, now):
    certificate = CertificateFactory()
    take_step(certificate_id=certificate.pk, step=CertificateStep.SUSPENDED, reason="在查", by=admin, at=now)

    assert follow_rechecks(at=now) == 0
    assert text_of(Notice.objects.get(person=certificate.holder)) == "证书“抖音平台规则”暂停了：在查"


@pytest.mark.parametrize("many", [1, 4])
def test_following_costs_the_same_while_nothing_moves(many, now, django_assert_num_queries):
    for _ in range(many):
        certificate = CertificateFactory()
        late(certificate.holder)
    with django_assert_num_queries(5):
        assert follow_rechecks(at=now) == 0


# --- steps by hand ---------------------------------------------------------------------------------------


def test_other_systems_are_told_when_one_is_issued_and_when_it_changes(trainee, admin, now):
    WebhookFactory(events=["certificate.issued", "certificate.changed"])
    certificate = follow_exam(attempt=passed(trainee, gate().blueprint), at=now)

    take_step(certificate_id=certificate.pk, step=CertificateStep.REVOKED, reason="替考", by=admin, at=now)

    told = WebhookEvent.objects.order_by("pk")
    assert [(row.kind, row.payload["state"]) for row in told] == [
        ("certificate.issued", "valid"),
        ("certificate.changed", "revoked"),
    ]


def test_nobody_loses_one_without_a_reason_and_revoked_is_the_end(admin, now):
    certificate = CertificateFactory()
    with pytest.raises(ReasonMissing):
        take_step(certificate_id=certificate.pk, step=CertificateStep.REVOKED, reason="  ", by=admin, at=now)
    for _ in range(2):
        take_step(certificate_id=certificate.pk, step=CertificateStep.REVOKED, reason="替考", by=admin, at=now)

    assert CertificateEvent.objects.filter(certificate=certificate).count() == 1
    assert AuditEntry.objects.filter(action="certificate_revoked", by=admin).count() == 1
    with pytest.raises(NotNow):
        take_step(certificate_id=certificate.pk, step=CertificateStep.REINSTATED, reason="", by=admin, at=now)


def test_the_admin_is_told_what_is_missing(client, admin, trainee):
    certificate = CertificateFactory(holder=trainee)
    client.force_login(admin)
    address = reverse("trainer:certificate_step", args=[certificate.serial])

    assert "写明理由" in client.post(address, {"step": "revoked"}, follow=True).content.decode()
    assert "选一种办法" in client.post(address, {"step": "burnt"}, follow=True).content.decode()
    assert "已办好" in client.post(address, {"step": "revoked", "reason": "替考"}, follow=True).content.decode()
    assert "不能这样办" in client.post(address, {"step": "reinstated"}, follow=True).content.decode()
