"""Notes beside a lesson: how two pages that wrote at the same time come together. Pure."""

LONGEST_NOTE = 8000
LONGEST_PROPOSAL = 600  # as a script may be
SEPARATOR = "\n\n———\n\n"


def both(stored: str, sent: str) -> str:
    """One text that holds what is stored and what an older page sent; nothing of either is lost.

    Where one of them holds the other already, it stays as it is.
    """
    if sent in stored:
        return stored
    return sent if stored in sent else f"{stored}{SEPARATOR}{sent}"
