"""A stored version as the entry that would make it: what an edition starts from."""

from quizzes.rules.vocabulary import Flag, Platform
from trainer.models import LessonVersion
from trainer.queries.facts_in_force import facts_of
from trainer.readers.entries import LessonEntry
from trainer.rules.vocabulary import LessonKind


def entry_of(version: LessonVersion) -> LessonEntry:
    """Everything that the version says. Three queries."""
    topics = version.topic_links.order_by("position").values_list("topic__slug", flat=True)
    return LessonEntry(
        slug=version.lesson.slug,
        kind=LessonKind(version.kind),
        title=version.title,
        title_en=version.title_en,
        summary=version.summary,
        platforms=tuple(map(Platform, version.platforms)),
        status=Flag(version.status),
        topics=tuple(topics),
        effective_from=version.effective_from,
        effective_to=version.effective_to,
        source=version.source,
        review_by=version.review_by,
        minutes=version.minutes,
        order=version.position,
        required=version.required,
        steps=tuple(version.steps),
        signs=tuple(version.signs),
        strategy=tuple(version.strategy),
        do=tuple(version.do),
        dont=tuple(version.dont),
        body=version.body,
        facts=tuple(facts_of(version)),
    )


def version_to_edit(lesson) -> LessonVersion | None:
    """The draft that waits, else the version that holds last."""
    versions = lesson.versions.select_related("lesson")
    draft = versions.filter(published_at=None).order_by("-number").first()
    return draft or versions.order_by("-effective_from", "-number").first()
