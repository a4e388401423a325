"""Reads what the sitting sends: the JSON of the autosave, and the plain form of a page without scripts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from quizzes.commands.saving import Given
from quizzes.forms.answers import posted_answer
from quizzes.models import PaperItem
from quizzes.rules.answers import Answer, AnswerShapeError, check_size, parse_answer
from quizzes.rules.cards import field_name, nothing_in
from quizzes.rules.questions import Content

BODY_LIMIT = 512 * 1024
ANSWERS_LIMIT = 100
CLIENT_LIMIT = 36
FORM_CLIENT = "form"
_BIGGEST_ID, _BIGGEST_SEQUENCE = 2**63 - 1, 2**31 - 1


class UnreadableSave(ValueError):
    """What was sent is no save; the message is for the person, in their language."""


@dataclass(frozen=True)
class Save:
    client: str
    given: tuple[Given, ...]


def read_save(body: bytes) -> Save:
    """The autosave ``{"client": text, "answers": [{"item": 1, "sequence": 1, "answer": …}]}``.

    Raises ``UnreadableSave`` for anything else, saying what is wrong.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise UnreadableSave(_("收到的内容不是 JSON，没有保存。请刷新页面后再试。")) from None
    if not isinstance(data, dict) or not isinstance(data.get("answers"), list):
        raise UnreadableSave(_("收到的内容里没有答案，没有保存。请刷新页面后再试。"))
    client = data.get("client")
    if not isinstance(client, str) or not 0 < len(client) <= CLIENT_LIMIT or not client.isascii() or "\0" in client:
        raise UnreadableSave(_("收到的内容没有说明来自哪个页面，没有保存。请刷新页面后再试。"))
    if not 0 < len(data["answers"]) <= ANSWERS_LIMIT:
        raise UnreadableSave(_("一次要保存 1 到 %(most)s 道题的答案。") % {"most": ANSWERS_LIMIT})
    given = tuple(_given(row) for row in data["answers"])
    if len({row.item_id for row in given}) != len(given):
        raise UnreadableSave(_("同一道题的答案出现了两次，没有保存。请刷新页面后再试。"))
    return Save(client, given)


def _given(row: Any) -> Given:
    if not isinstance(row, dict) or "answer" not in row:
        raise UnreadableSave(_("有一道题的答案格式不对，没有保存。请刷新页面后再试。"))
    item, sequence = row.get("item"), row.get("sequence")
    if not _is_number(item, _BIGGEST_ID) or not _is_number(sequence, _BIGGEST_SEQUENCE):
        raise UnreadableSave(_("有一道题的题号或序号不对，没有保存。请刷新页面后再试。"))
    try:
        check_size(row["answer"])
    except AnswerShapeError as error:
        raise UnreadableSave(str(error)) from None
    return Given(item, sequence, row["answer"])


def _is_number(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def posted_sequences(post: QueryDict) -> dict[int, int]:
    """What the hidden fields ``s-<item id>`` of a plain form say: the newest sequence the page had loaded."""
    found = {}
    for name, value in post.items():
        prefix, _dash, item = name.partition("-")
        if prefix == "s" and _is_digits(item, 18) and _is_digits(value, 9):
            found[int(item)] = int(value)
    return found


def _is_digits(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= most


def changed_answers(
    post: QueryDict, sequences: Mapping[int, int], seen: Mapping[int, tuple[PaperItem, Any]]
) -> tuple[list[Given], list[tuple[int, str]]]:
    """The answers of a plain form that differ from what its page had loaded (``seen``).

    The second list has the position and the reason of each answer that could not be read.
    """
    given, refused = [], []
    for item_id, (item, before) in seen.items():
        content = item.version.parsed()
        try:
            answer = parse_answer(content, posted_answer(content, item.arrangement, post, field_name(item_id)))
        except AnswerShapeError as error:
            refused.append((item.position, str(error)))
            continue
        if answer != _as_posted(content, before):
            given.append(Given(item_id, sequences[item_id] + 1, answer))
    return given, refused


def _as_posted(content: Content, answer: Any) -> Answer:
    """A stored answer in the form in which an untouched page would post it again."""
    if nothing_in(answer):
        return None
    try:
        return parse_answer(content, answer)
    except AnswerShapeError:
        return None
