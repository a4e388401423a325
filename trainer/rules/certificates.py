"""What certificates are about, how they stand, and until when they hold. Pure."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
SERIAL_LENGTH = 16  # about 79 bits: nobody finds one by trying


class CertificateKind(StrEnum):
    CONFIRMATION = "confirmation"
    PLATFORM = "platform"
    PRODUCT = "product"


class CertificateState(StrEnum):
    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class CertificateStep(StrEnum):
    """What happened to a certificate."""

    ISSUED = "issued"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOKED = "revoked"


STATE_AFTER = {
    CertificateStep.ISSUED: CertificateState.VALID,
    CertificateStep.SUSPENDED: CertificateState.SUSPENDED,
    CertificateStep.REINSTATED: CertificateState.VALID,
    CertificateStep.REVOKED: CertificateState.REVOKED,
}
STEPS_FROM = {
    CertificateState.VALID: {CertificateStep.SUSPENDED, CertificateStep.REVOKED},
    CertificateState.SUSPENDED: {CertificateStep.REINSTATED, CertificateStep.REVOKED},
    CertificateState.REVOKED: set(),
}


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_serial(typed: str) -> str:
    """A serial as somebody typed it: spaces, hyphens and case do not matter. Empty when it can be none."""
    text = "".join(typed.upper().split()).replace("-", "").replace("－", "")
    return text if len(text) == SERIAL_LENGTH and set(text) <= set(ALPHABET) else ""


def shown_serial(serial: str) -> str:
    """In groups of four, to be read and typed."""
    return "-".join(serial[start : start + 4] for start in range(0, len(serial), 4))
