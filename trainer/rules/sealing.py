"""Secrets that must be read again: sealed with the site's key, so that a copy of the database tells nothing."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Unsealable(Exception):
    """Sealed with another key, or not at all."""


def seal(text: str, keys: Sequence[str]) -> str:
    """``text`` sealed with the first of ``keys``, which are long random texts."""
    return _fernet(keys).encrypt(text.encode()).decode()


def unseal(sealed: str, keys: Sequence[str]) -> str:
    """What was sealed with any of ``keys``. Raises ``Unsealable``."""
    try:
        return _fernet(keys).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unsealable from error


def _fernet(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """A key of its own for this purpose: what else the site signs with its key tells nothing about it."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"webhook secrets").derive(key.encode())
    return base64.urlsafe_b64encode(derived)
