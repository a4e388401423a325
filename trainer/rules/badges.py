"""A certificate as an Open Badges 3.0 credential: built, signed, and checked without asking anybody.

The credential is a Verifiable Credential of type ``OpenBadgeCredential`` (1EdTech Open Badges 3.0), secured as a JSON
Web Token: compact JWS with ``EdDSA`` over Ed25519 (RFC 7515, RFC 8037). Its payload is the credential itself with the
registered claims ``iss``, ``jti``, ``nbf``, ``sub`` and, where it ends, ``exp``.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
LONGEST = 20_000


class BadBadge(ValueError):
    """The token is not a badge that this key signed; the message says what is wrong with it."""


@dataclass(frozen=True)
class Claim:
    """What is certified of whom; nothing personal but the name. ``ends_at`` is ``None`` where it does not end."""

    serial: str
    name: str
    title: str
    criteria: str
    achievement: str
    issued_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Issuer:
    """``url`` is where the site is, without a slash at its end."""

    url: str
    name: str


def credential(claim: Claim, issuer: Issuer) -> dict[str, Any]:
    """The credential as data, with the registered claims of a token."""
    address = f"{issuer.url}/verify/{claim.serial}/"
    subject = f"urn:uuid:{_uuid(claim.serial)}"
    profile = f"{issuer.url}/badges/issuer.json"
    data: dict[str, Any] = {
        "@context": list(CONTEXT),
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": claim.title,
        "issuer": {"id": profile, "type": ["Profile"], "name": issuer.name, "url": issuer.url},
        "validFrom": _iso(claim.issued_at),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": claim.name, "identityType": "name"}
            ],
            "achievement": {
                "id": f"{issuer.url}/badges/{claim.achievement}",
                "type": ["Achievement"],
                "name": claim.title,
                "description": claim.title,
                "criteria": {"narrative": claim.criteria},
            },
        },
        "credentialStatus": {"id": f"{address}status.json", "type": "1EdTechCredentialStatus"},
        "iss": profile,
        "jti": address,
        "sub": subject,
        "nbf": int(claim.issued_at.timestamp()),
    }
    if claim.ends_at:
        data["validUntil"] = _iso(claim.ends_at)
        data["exp"] = int(claim.ends_at.timestamp())
    return data


def sign(data: Mapping[str, Any], key: Ed25519PrivateKey) -> str:
    """A compact token; the same data and key give the same token."""
    public = key.public_key()
    head = {"alg": "EdDSA", "typ": "JWT", "kid": thumbprint(public)}
    text = f"{_pack(_json(head))}.{_pack(_json(data))}"
    return f"{text}.{_pack(key.sign(text.encode()))}"


def verify(token: str, keys: Mapping[str, Ed25519PublicKey], at: datetime) -> dict[str, Any]:
    """The credential in ``token`` if one of ``keys`` (by thumbprint) signed it and it holds at ``at``.

    Whether it was suspended or revoked since is not in it: its status address tells. Raises ``BadBadge``.
    """
    parts = token.strip().split(".")
    if len(token) > LONGEST or len(parts) != 3:
        raise BadBadge("It is no signed token.")
    try:
        head, data, signature = json.loads(_unpack(parts[0])), json.loads(_unpack(parts[1])), _unpack(parts[2])
    except (ValueError, RecursionError) as error:
        raise BadBadge("It is no signed token.") from error
    if not isinstance(head, dict) or not isinstance(data, dict) or head.get("alg") != "EdDSA":
        raise BadBadge("It is not signed with EdDSA.")
    key = keys.get(str(head.get("kid")))
    if key is None:
        raise BadBadge("It is signed with a key that is not known.")
    try:
        key.verify(signature, f"{parts[0]}.{parts[1]}".encode())
    except InvalidSignature as error:
        raise BadBadge("It was changed after it was signed.") from error
    now = at.timestamp()
    if not isinstance(data.get("nbf"), int) or now < data["nbf"]:
        raise BadBadge("It does not hold yet.")
    if "exp" in data and (not isinstance(data["exp"], int) or now >= data["exp"]):
        raise BadBadge("It has ended.")
    return data


def public_jwk(key: Ed25519PublicKey) -> dict[str, str]:
    """The key as a JSON Web Key (RFC 8037)."""
    return {"kty": "OKP", "crv": "Ed25519", "x": _pack(_raw(key)), "use": "sig", "alg": "EdDSA", "kid": thumbprint(key)}


def key_of_jwk(jwk: Mapping[str, Any]) -> Ed25519PublicKey:
    """Raises ``BadBadge`` for another kind of key."""
    try:
        if jwk["kty"] != "OKP" or jwk["crv"] != "Ed25519":
            raise BadBadge("The key is not an Ed25519 key.")
        return Ed25519PublicKey.from_public_bytes(_unpack(jwk["x"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadBadge("The key is not an Ed25519 key.") from error


def thumbprint(key: Ed25519PublicKey) -> str:
    """RFC 7638, for an OKP key (RFC 8037, appendix A.3)."""
    members = {"crv": "Ed25519", "kty": "OKP", "x": _pack(_raw(key))}
    return _pack(hashlib.sha256(_json(members)).digest())


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _pack(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unpack(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _uuid(serial: str) -> str:
    digest = hashlib.sha256(serial.encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"
