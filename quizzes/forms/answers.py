"""Reads the inputs of ``components/question/answer.html`` back into the JSON shape of ``rules.answers``."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from quizzes.rules.cards import order_by_places
from quizzes.rules.questions import Content, Matching
from quizzes.rules.vocabulary import Kind

_PLACE = re.compile("[0-9]{1,3}")


def posted_answer(content: Content, arrangement: Mapping[str, Any], post: QueryDict, name: str) -> Any:
    """The raw answer that a plain form post holds under ``name``, ``None`` for a question left open.

    It is as trustworthy as any post: ``rules.answers.parse_answer`` judges it.
    """
    values = post.getlist(name)
    match content.kind:
        case Kind.SINGLE:
            return values[0] if values else None
        case Kind.TRUE_FALSE:
            return {"true": True, "false": False}.get(values[0]) if values else None
        case Kind.MULTIPLE:
            return values or None
        case Kind.FILL | Kind.CLOZE:
            return values if any(value.strip() for value in values) else None
        case Kind.NUMERIC | Kind.FREE_TEXT:
            text = values[0].replace("\r\n", "\n") if values else ""  # as a textarea's own value has them
            return text if text.strip() else None
        case Kind.MATCHING:
            return _pairs(content, post, name) or None
        case Kind.ORDERING:
            places = {id_: post.get(f"{name}-{id_}", "").strip() for id_ in arrangement["items"]}
            numbers = {id_: int(place) for id_, place in places.items() if _PLACE.fullmatch(place)}
            return order_by_places(arrangement["items"], numbers) or None


def _pairs(content: Matching, post: QueryDict, name: str) -> dict[str, str]:
    chosen = {pair.left.id: post.get(f"{name}-{pair.left.id}", "") for pair in content.pairs}
    return {left: right for left, right in chosen.items() if right}
