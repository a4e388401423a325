"""When a digest may be sent, and how long to wait after a failure. Pure."""

from datetime import datetime, time, timedelta

FAILING = 5  # tries in a row that came to nothing: somebody should look at the robot
WAITS = (timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=3))


def is_quiet(moment: time, quiet_from: time, quiet_until: time) -> bool:
    """Whether nobody is to be disturbed. The hours may span midnight; from and until the same means never."""
    if quiet_from <= quiet_until:
        return quiet_from <= moment < quiet_until
    return moment >= quiet_from or moment < quiet_until


def may_send(local: datetime, *, quiet_from: time, quiet_until: time, works: bool) -> bool:
    """Whether a digest may go out at ``local``: on a working day, outside the quiet hours."""
    return works and not is_quiet(local.time(), quiet_from, quiet_until)


def may_try(failures: int, last_failure: datetime | None, at: datetime) -> bool:
    """Whether to try now, after so many failures today: waiting longer each time, then not before tomorrow."""
    if not failures or last_failure is None:
        return True
    return failures <= len(WAITS) and at >= last_failure + WAITS[failures - 1]
