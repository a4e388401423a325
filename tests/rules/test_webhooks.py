"""Signing, waiting and refusing addresses."""

import hashlib
import hmac
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.rules.sealing import Unsealable, seal, unseal
from trainer.rules.webhooks import LONGEST_WAIT, MOST_TRIES, is_public, signature, wait_after


def test_time_and_body_are_signed_together():
    expected = hmac.new(b"s3cret", b'1700000000.{"a":1}', hashlib.sha256).hexdigest()

    assert signature("s3cret", 1_700_000_000, b'{"a":1}') == f"v1={expected}"
    assert signature("s3cret", 1_700_000_001, b'{"a":1}') != f"v1={expected}"


def test_the_waits_double_up_to_half_a_day_and_end():
    waits = [wait_after(tries) for tries in range(1, MOST_TRIES)]

    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(waits) == LONGEST_WAIT
    assert sum(waits, timedelta()) > timedelta(days=1)
    assert wait_after(MOST_TRIES) is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b:1::1",
        "255.255.255.255", "192.0.2.1",
    ],
)  # fmt: skip
def test_addresses_of_our_own_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "119.29.29.29", "2400:3200::1", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are(address):
    assert is_public(address)


@given(st.text(max_size=80))
def test_what_was_sealed_is_unsealed_with_the_new_and_the_old_key_only(text):
    sealed = seal(text, ["old-key-of-the-site"])

    assert unseal(sealed, ["new-key-of-the-site", "old-key-of-the-site"]) == text
    assert text == "" or text not in sealed or len(text) < 4
    with pytest.raises(Unsealable):
        unseal(sealed, ["new-key-of-the-site"])
