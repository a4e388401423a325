"""Certificates on pages, as files, and as a stranger sees them."""

import json
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from tests.factories.certificates import CertificateFactory
from tests.trainer.certifying import gate, passed
from trainer.commands import badge_key
from trainer.commands.certificates import (
    follow_exam,
)
from trainer.rules.badges import public_jwk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    settings.BADGE_KEY_FILE = tmp_path / "key.pem"
    return badge_key.badge_key()


# --- pages and files -------------------------------------------------------------------------------------


def test_the_holder_takes_it_away_as_pdf_and_badge(client, trainee, now, key, tmp_path):
    certificate = follow_exam(attempt=passed(trainee, gate(name="保温壶").blueprint), at=now)
    client.force_login(trainee)
    address = reverse("trainer:certificate", args=[certificate.serial])

    pdf = PdfReader(BytesIO(client.get(address, {"format": "pdf"}).content))
    badge = client.get(address, {"format": "jwt"}).content
    page = client.get(reverse("trainer:own_certificates")).content.decode()

    assert "保温壶 接待资格" in page and certificate.number in pdf.pages[0].extract_text()
    assert len(pdf.pages) == 1 and "客服学堂" in pdf.pages[0].extract_text()
    picture = client.get(reverse("trainer:certificate_code", args=[certificate.serial])).content
    assert b'<svg xmlns="http://www.w3.org/2000/svg"' in picture  # without its namespace no browser shows it
    (tmp_path / "badge.jwt").write_bytes(badge)
    (tmp_path / "keys.json").write_bytes(client.get(reverse("trainer:badge_keys")).content)
    out = StringIO()
    call_command("verify_badge", tmp_path / "badge.jwt", keys=tmp_path / "keys.json", stdout=out)
    assert "签名有效：小林，保温壶 接待资格" in out.getvalue()


@pytest.mark.parametrize("text", ["", "a.b.c", "你好"])
def test_a_badge_that_is_none_is_refused_on_the_shell(tmp_path, text):
    (tmp_path / "badge.jwt").write_text(text, encoding="utf-8")

    with pytest.raises(CommandError):
        call_command("verify_badge", tmp_path / "badge.jwt")


@pytest.mark.parametrize("keys", ["", "{}", '{"keys": [{}]}', '{"keys": 3}'])
def test_keys_that_are_none_are_refused_on_the_shell(tmp_path, keys):
    (tmp_path / "badge.jwt").write_text("a.b.c")
    (tmp_path / "keys.json").write_text(keys)

    with pytest.raises(CommandError):
        call_command("verify_badge", tmp_path / "badge.jwt", keys=tmp_path / "keys.json")


@pytest.mark.parametrize("many", [1, 4])
def test_the_list_costs_the_same_for_any_number(client, supervisor, trainee, many, django_assert_num_queries):
    CertificateFactory.create_batch(many, holder=trainee)
    CertificateFactory()
    client.force_login(supervisor)

    with django_assert_num_queries(7):
        response = client.get(reverse("trainer:certificates"))

    assert len(response.context["page"]) == many


def test_the_list_filters_and_is_taken_away(client, supervisor, trainee):
    kept = CertificateFactory(holder=trainee, title="抖音平台规则", state="suspended")
    CertificateFactory(holder=trainee, title="别的")
    client.force_login(supervisor)
    address = reverse("trainer:certificates")

    for wanted in ({"q": "抖音"}, {"state": "suspended"}, {"q": kept.number}):
        assert [row.pk for row in client.get(address, wanted).context["page"]] == [kept.pk]
    assert client.get(address, {"format": "xlsx"}).content.startswith(b"PK")
    assert "没有符合" in client.get(address, {"q": "没有这张"}).content.decode()


# --- a stranger ------------------------------------------------------------------------------------------


def verdict(client, certificate):
    return client.get(reverse("trainer:verify", args=[certificate.serial])).content.decode()


def test_a_stranger_sees_name_and_what_and_nothing_more(client, trainee):
    certificate = CertificateFactory(holder=trainee, title="抖音平台规则")

    response = client.get(reverse("trainer:verify_form"), {"serial": certificate.number.lower()}, follow=True)
    page = response.content.decode()

    assert "有效，由客服学堂颁发" in page and "小林" in page and "抖音平台规则" in page
    assert trainee.username not in page and "天猫一组" not in page
    assert response["X-Robots-Tag"].startswith("noindex")


def test_a_stranger_is_told_when_it_does_not_hold(client, admin, now):
    suspended, revoked = CertificateFactory(state="suspended"), CertificateFactory(state="revoked")
    old = CertificateFactory(issued_at=now - timedelta(days=500), valid_until=timezone.localdate() - timedelta(days=1))

    assert "暂停了" in verdict(client, suspended)
    assert "已经吊销" in verdict(client, revoked)
    assert "已经到期" in verdict(client, old)
    for certificate, said in ((suspended, "suspended"), (revoked, "revoked"), (old, "expired")):
        data = client.get(reverse("trainer:verify_status", args=[certificate.serial])).json()
        assert (data["status"], data["valid"]) == (said, False)


def test_an_unknown_serial_is_told_kindly(client):
    response = client.get(reverse("trainer:verify", args=["ABCDEFGHJKMNPQRS"]))

    assert response.status_code == 404 and "没有这个编号的证书" in response.content.decode()
    assert client.get(reverse("trainer:verify_status", args=["x"])).status_code == 404
    assert "没有这个编号" in client.get(reverse("trainer:verify_form"), {"serial": "1 2 3"}).content.decode()


def test_the_key_is_made_once_and_kept_to_oneself(settings, key, client):
    path = settings.BADGE_KEY_FILE

    assert path.stat().st_mode & 0o077 == 0
    published = json.loads(client.get(reverse("trainer:badge_keys")).content)["keys"]
    assert published == [public_jwk(key.public_key())]
    assert "d" not in published[0]


def test_a_key_file_of_another_kind_is_refused(settings, tmp_path):
    settings.BADGE_KEY_FILE = tmp_path / "other.pem"
    settings.BADGE_KEY_FILE.write_text("no key")

    with pytest.raises(badge_key.BadKey):
        badge_key.badge_key()
