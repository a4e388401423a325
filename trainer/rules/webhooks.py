"""How a message to another system is signed, when it is tried again, and which addresses are refused."""

import hashlib
import hmac
from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=12)
MOST_TRIES = 12  # the last about three days after the first
REPLAY_WINDOW = timedelta(minutes=5)
NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"


class Event(StrEnum):
    """What another system can be told."""

    ATTEMPT_MARKED = "attempt.marked"
    SESSION_ENDED = "session.ended"
    ASSIGNMENT_CREATED = "assignment.created"
    ASSIGNMENT_ENDED = "assignment.ended"  # excused, withdrawn or undone
    ASSIGNMENT_OVERDUE = "assignment.overdue"
    DECISION_MADE = "decision.made"
    CERTIFICATE_ISSUED = "certificate.issued"
    CERTIFICATE_CHANGED = "certificate.changed"  # suspended, reinstated or revoked
    PING = "ping"


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """``v1=`` and the HMAC-SHA256 in hex over ``timestamp`` (seconds since 1970), a point, and the body.

    The time is signed, too, so that a receiver can refuse what is older than ``REPLAY_WINDOW``.
    """
    signed = f"{timestamp}.".encode() + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after ``tries`` (1 or more) in vain: twice as long each time; ``None``: give up."""
    if tries >= MOST_TRIES:
        return None
    return min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not of our own network, this machine or a cloud's own."""
    found = ip_address(address)
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if isinstance(found, IPv6Address) and (found.sixtofour or found.teredo or any(found in net for net in NAT64)):
        return False  # leads to an IPv4 address that is not seen here
    return found.is_global and not found.is_multicast
