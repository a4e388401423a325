"""Questions of the bank as the export formats take them."""

from django.db.models import QuerySet

from quizzes.formats.found import FoundQuestion
from quizzes.models import Question
from quizzes.rules.vocabulary import Kind


def found_questions(questions: QuerySet[Question]) -> list[FoundQuestion]:
    """The current versions of these questions, in their order; a question that says nothing yet is left out.

    The topic goes by its Chinese name, the platform by its code, our identifier as ``name``. Two queries for any
    number of questions.
    """
    rows = questions.filter(current__isnull=False).select_related("current__topic").prefetch_related("tags")
    return [_found(question, line) for line, question in enumerate(rows, 1)]


def _found(question: Question, line: int) -> FoundQuestion:
    version = question.current
    return FoundQuestion(
        kind=Kind(version.kind),
        stem=version.stem,
        content=version.parsed(),
        line=line,
        explanation=version.explanation,
        topic=version.topic.name,
        platform=version.platform,
        difficulty=version.difficulty,
        tags=tuple(tag.name for tag in question.tags.all()),
        name=question.slug,
    )
