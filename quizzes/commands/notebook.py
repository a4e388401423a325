"""The wrong-question notebook, written from the marks so that it can never disagree with them."""

from collections.abc import Collection

from quizzes.models import Mark, NotebookEntry


def refresh_notebook(*, learner_ids: Collection[int], question_ids: Collection[int]) -> None:
    """Write the entries of these people for these questions anew, by replaying their standing marks in order.

    A question enters with its first answer below full credit; each full one after that counts up to clearing it.
    """
    marks = (
        Mark.objects.standing()
        .filter(
            item__attempt__learner__in=learner_ids,
            item__version__question__in=question_ids,
            item__attempt__submitted_at__isnull=False,
        )
        .order_by("item__attempt__submitted_at", "item")
        .values_list(
            "item__attempt__learner",
            "item__version__question",
            "item",
            "item__attempt__submitted_at",
            "numerator",
            "denominator",
        )
    )
    entries: dict[tuple[int, int], NotebookEntry] = {}
    for learner, question, item, at, numerator, denominator in marks:
        right = numerator == denominator
        entry = entries.get((learner, question))
        if entry is None:
            if right:
                continue
            entry = NotebookEntry(learner_id=learner, question_id=question, wrong=0)
            entries[learner, question] = entry
        entry.wrong += not right
        entry.right_in_a_row = entry.right_in_a_row + 1 if right else 0
        entry.last_item_id, entry.last_at = item, at
    NotebookEntry.objects.bulk_create(
        entries.values(),
        update_conflicts=True,
        unique_fields=["learner", "question"],
        update_fields=["wrong", "right_in_a_row", "last_item", "last_at"],
    )
    there = NotebookEntry.objects.filter(learner__in=learner_ids, question__in=question_ids)
    gone = [
        pk
        for pk, learner, question in there.values_list("pk", "learner", "question")
        if (learner, question) not in entries
    ]
    if gone:  # a corrected key made the only wrong answer a right one
        NotebookEntry.objects.filter(pk__in=gone).delete()
