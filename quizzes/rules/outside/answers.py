"""Reading what an outside model answers: only an object of exactly the wanted shape is taken."""

import json
from typing import Any

LONGEST = 60_000


class BadAnswer(ValueError):
    """The answer has not the wanted shape: nothing of it is used. The message says what is wrong, for the log."""


def read_object(answer: str) -> dict[str, Any]:
    """The JSON object of an answer, also between Markdown fences. Raises ``BadAnswer``."""
    if len(answer) > LONGEST:
        raise BadAnswer("too long")
    text = answer.strip()
    if text.startswith("```"):
        text = text.strip("`").removeprefix("json").strip()
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadAnswer("no JSON") from error
    if not isinstance(found, dict):
        raise BadAnswer("no object")
    return found
