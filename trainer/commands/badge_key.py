"""The key that signs badges: one file, made once, readable by the site's own account only."""

import os
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings


class BadKey(Exception):
    """The key file holds no Ed25519 key."""


def badge_key() -> Ed25519PrivateKey:
    """The site's key; a new one is made where there is none. Raises ``BadKey``."""
    return _read(settings.BADGE_KEY_FILE)


@cache
def _read(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        _make(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise BadKey(str(path.name)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey(str(path.name))
    return key


def _make(path: Path) -> None:
    """Whoever is first writes it; a second process that was about to takes what is there."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    mine = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    try:
        os.link(mine, path)
    except FileExistsError:
        pass
    finally:
        mine.unlink()
