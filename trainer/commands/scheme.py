"""Publishing the assessment scheme: every change is a new version, and none is ever edited."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from quizzes.models import AuditEntry
from trainer.models import InterviewPrompt, SchemeVersion
from trainer.readers.entries import PromptEntry, SchemeEntry
from trainer.rules.assessment import SchemeProblem, problems_of, scheme_from_data


class BadScheme(Exception):
    """The scheme cannot hold; ``problems`` name each dimension or figure."""

    def __init__(self, problems: Sequence[SchemeProblem]):
        super().__init__(problems)
        self.problems = tuple(problems)


class Overtaken(Exception):
    """Somebody else has published a version since the form was opened."""


@transaction.atomic
def publish_scheme(
    *, data: dict[str, Any], note: str, after: int, by, at: datetime, loaded: bool = False
) -> SchemeVersion:
    """Make ``data`` the scheme from now on. ``after`` is the number of the version it was made from, 0 for none.

    Interviews held by an earlier version keep it. Raises ``BadScheme`` and ``Overtaken``.
    """
    if problems := problems_of(scheme_from_data(data)):
        raise BadScheme(problems)
    newest = SchemeVersion.objects.select_for_update().order_by("-number").first()
    if (newest.number if newest else 0) != after:
        raise Overtaken
    version = SchemeVersion.objects.create(
        number=after + 1,
        data=data,
        digest=_digest(data),
        note=note,
        loaded=loaded,
        published_at=at,
        published_by=by,
    )
    AuditEntry.objects.create(
        at=at, by=by, action="publish_scheme", target=f"scheme:{version.number}", detail={"note": note}
    )
    return version


def load_scheme(*, entry: SchemeEntry, at: datetime) -> tuple[int, int, int]:
    """How many versions were made, changed and left as they are, out of a file.

    What somebody has published on the site since stands until the file says something else. Raises ``BadScheme``.
    """
    digest = _digest(entry.data)
    loaded = SchemeVersion.objects.filter(loaded=True).order_by("-number").first()
    if loaded and loaded.digest == digest:
        return 0, 0, 1
    newest = SchemeVersion.objects.order_by("-number").first()
    publish_scheme(
        data=entry.data, note=entry.note, after=newest.number if newest else 0, by=None, at=at, loaded=True
    )
    return (0, 1, 0) if newest else (1, 0, 0)


def save_prompts(*, entries: Sequence[PromptEntry], at: datetime) -> tuple[int, int, int, int]:
    """How many prompts were made, changed, left as they are and retired. Interviews keep their words."""
    there = {prompt.slug: prompt for prompt in InterviewPrompt.objects.all()}
    created = changed = 0
    for position, entry in enumerate(entries):
        wanted = {
            "dimension": entry.dimension.value, "text": entry.text, "listen": entry.listen, "position": position,
            "retired_at": None,
        }  # fmt: skip
        prompt = there.pop(entry.slug, None)
        if prompt is None:
            InterviewPrompt.objects.create(slug=entry.slug, **wanted)
            created += 1
        elif any(getattr(prompt, name) != value for name, value in wanted.items()):
            InterviewPrompt.objects.filter(pk=prompt.pk).update(**wanted)
            changed += 1
    gone = [prompt.pk for prompt in there.values() if prompt.retired_at is None]
    InterviewPrompt.objects.filter(pk__in=gone).update(retired_at=at)
    return created, changed, len(entries) - created - changed, len(gone)


def _digest(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
