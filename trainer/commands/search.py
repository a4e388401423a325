"""Keep the search's entries in step with the versions."""

from datetime import datetime

from django.db import transaction

from quizzes.models import Question, QuestionVersion
from quizzes.rules.generation.wording import statement
from quizzes.rules.vocabulary import Flag
from trainer.models import LessonVersion, SearchEntry
from trainer.rules.markdown import plain
from trainer.rules.search import tokens

BATCH = 500


@transaction.atomic
def reindex(*, at: datetime, whole: bool = False) -> int:
    """Make the search find every published lesson version and the newest version of every question.

    Entries that are there stay as they are, since a version never changes; with ``whole`` all are made anew (for
    when the rules of tokens have changed). Returns how many were made.
    """
    entries = SearchEntry.objects.all()
    if whole:
        entries.delete()
    else:
        entries.filter(question_version__isnull=False).exclude(
            question_version__in=Question.objects.values("current")
        ).delete()
    versions = (
        LessonVersion.objects.exclude(published_at=None)
        .exclude(pk__in=SearchEntry.objects.filter(lesson_version__isnull=False).values("lesson_version"))
        .prefetch_related("facts__attribute")
    )
    stems = QuestionVersion.objects.filter(
        pk__in=Question.objects.exclude(current=None).values("current")
    ).exclude(pk__in=SearchEntry.objects.filter(question_version__isnull=False).values("question_version"))
    made = [_lesson_entry(version, at) for version in versions]
    made += [_question_entry(version, at) for version in stems.only("stem")]
    SearchEntry.objects.bulk_create(made, batch_size=BATCH)
    return len(made)


def enter_question(*, version: QuestionVersion, at: datetime) -> SearchEntry:
    """Make a version findable from the moment it becomes its question's current one."""
    entry = _question_entry(version, at)
    entry.save()
    return entry


def _lesson_entry(version: LessonVersion, at: datetime) -> SearchEntry:
    lists = [*version.signs, *version.strategy, *version.steps, *version.do, *version.dont]
    facts = [_fact_line(fact) for fact in version.facts.all()]
    text = "\n".join([version.summary, *lists, plain(version.body), *facts, version.source])
    return _entry(at, title=version.title, text=text, english=version.title_en, lesson_version=version)


def _question_entry(version: QuestionVersion, at: datetime) -> SearchEntry:
    # The stem alone: options and explanation would give the key away.
    return _entry(at, title="", text=version.stem, question_version=version)


def _fact_line(row) -> str:
    fact = row.to_rule()
    dead = row.get_flag_display() + "：" if fact.flag in (Flag.COUNTER_EXAMPLE, Flag.OUTDATED) else ""
    return f"{dead}{statement(fact)}{fact.note}"


def _entry(at: datetime, *, title: str, text: str, english: str = "", **of) -> SearchEntry:
    return SearchEntry(
        title=title,
        text=text,
        title_tokens=" ".join(tokens(f"{title}\n{english}")),
        text_tokens=" ".join(tokens(text)),
        indexed_at=at,
        **of,
    )
