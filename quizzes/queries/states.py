"""Which states of questions are a person's choice and not a loader's."""

from collections.abc import Collection

from quizzes.models import AuditEntry
from quizzes.rules.vocabulary import QuestionState


def put_by_a_person(slugs: Collection[str], state: QuestionState) -> set[str]:
    """Those of ``slugs`` that somebody last moved, one by one, to ``state``."""
    targets = {f"question:{slug}": slug for slug in slugs}
    newest: dict[str, str] = {}
    moved = AuditEntry.objects.filter(action="set_question_state").order_by("at", "pk")
    for target, detail in moved.values_list("target", "detail"):
        if target in targets:
            newest[targets[target]] = detail["to"]
    return {slug for slug, to in newest.items() if to == state}
