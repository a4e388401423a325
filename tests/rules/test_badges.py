"""Badges are signed and checked without asking anybody; serials are read as people type them."""

import base64
import json
from datetime import UTC, date, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.badges import BadBadge, Claim, Issuer, credential, key_of_jwk, public_jwk, sign, thumbprint, verify
from trainer.rules.certificates import ALPHABET, months_after, read_serial, shown_serial

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = {thumbprint(KEY.public_key()): KEY.public_key()}
NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)
ISSUER = Issuer("https://train.example.com", "客服学堂")
YEAR = timedelta(days=365)
CLAIM = Claim("ABCDEFGHJKMNPQRS", "林小满", "抖音平台规则", "通过考试。", "platform/douyin", NOW, NOW + YEAR)


def token(claim=CLAIM, key=KEY):
    return sign(credential(claim, ISSUER), key)


def test_a_badge_says_what_open_badges_ask_for_and_nothing_more_of_the_person():
    data = credential(CLAIM, ISSUER)

    assert data["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert {"VerifiableCredential", "OpenBadgeCredential"} <= set(data["type"])
    assert data["credentialSubject"]["achievement"]["name"] == "抖音平台规则"
    assert data["validFrom"] == "2026-11-26T04:00:00Z" and data["validUntil"] == "2027-11-26T04:00:00Z"
    assert data["credentialSubject"]["identifier"][0]["identityHash"] == "林小满"


def test_another_library_finds_the_signature_right():
    whenever = {"verify_exp": False, "verify_nbf": False}
    found = jwt.decode(token(), KEY.public_key(), algorithms=["EdDSA"], options=whenever)

    assert found["name"] == "抖音平台规则"
    assert jwt.get_unverified_header(token())["kid"] == public_jwk(KEY.public_key())["kid"]


def test_it_is_checked_with_the_published_key_alone():
    published = json.loads(json.dumps(public_jwk(KEY.public_key())))
    key = key_of_jwk(published)

    assert verify(token(), {published["kid"]: key}, NOW)["sub"].startswith("urn:uuid:")


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=3))
def test_any_change_is_found(place, other):
    text = token()
    place %= len(text)
    changed = text[:place] + base64.urlsafe_b64encode(other).decode().rstrip("=") + text[place + 1 :]
    if changed == text:
        return
    with pytest.raises(BadBadge):
        found = verify(changed, PUBLIC, NOW)
        assert found != verify(text, PUBLIC, NOW), "the same claims, written otherwise"
        raise BadBadge


@pytest.mark.parametrize(
    "text", ["", "a.b", "a.b.c", "....", "x" * 30_000, "e30.e30.e30", token().replace(".", "..", 1)]
)
def test_nonsense_is_no_badge(text):
    with pytest.raises(BadBadge):
        verify(text, PUBLIC, NOW)


def test_an_unsigned_one_a_strangers_one_and_one_out_of_time_are_refused():
    head, body, _signature = token().split(".")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    for bad, at in (
        (f"{unsigned}.{body}.", NOW),
        (token(key=Ed25519PrivateKey.generate()), NOW),
        (token(), NOW - timedelta(seconds=1)),
        (token(), NOW + timedelta(days=365)),
    ):
        with pytest.raises(BadBadge):
            verify(bad, PUBLIC, at)
    assert head


@pytest.mark.parametrize("jwk", [{}, {"kty": "RSA"}, {"kty": "OKP", "crv": "Ed25519", "x": "!"}, [], None])
def test_another_kind_of_key_is_refused(jwk):
    with pytest.raises(BadBadge):
        key_of_jwk(jwk)


@given(st.text(alphabet=ALPHABET, min_size=16, max_size=16))
def test_a_serial_is_read_however_it_is_typed(serial):
    for typed in (serial, serial.lower(), shown_serial(serial), f" {shown_serial(serial).lower()} "):
        assert read_serial(typed) == serial


@pytest.mark.parametrize("typed", ["", "ABC", "0" * 16, "A" * 17, "你" * 16])
def test_what_can_be_no_serial_is_none(typed):
    assert read_serial(typed) == ""


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(1, 60))
def test_months_later_is_later_and_keeps_the_day_where_it_can(day, months):
    later = months_after(day, months)

    assert later > day and (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or later.day == 28 or later.day < day.day
