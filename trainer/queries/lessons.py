"""What the list of lessons reads: every lesson in force with one person's progress, and links for other pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from quizzes.models import Topic
from quizzes.rules.vocabulary import Flag, Platform
from trainer.models import Lesson, LessonRead, LessonTopic, LessonVersion
from trainer.queries.confirmation import LessonLine
from trainer.queries.periods import this_period
from trainer.rules.confirmation import LessonState
from trainer.rules.vocabulary import LessonKind


class LessonLink(NamedTuple):
    title: str
    url: str


@dataclass(frozen=True)
class LessonFilter:
    """What to list; ``None`` and ``False`` ask for nothing. ``Platform.ALL`` lists what holds everywhere."""

    topic: str | None = None
    kind: LessonKind | None = None
    platform: Platform | None = None
    status: Flag | None = None
    required: bool = False
    unfinished: bool = False

    def takes(self, line: LessonLine) -> bool:
        version = line.version
        return (
            (self.topic is None or line.topic.slug == self.topic)
            and (self.kind is None or version.kind == self.kind)
            and (self.platform is None or self.platform in version.platforms)
            and (self.status is None or version.status == self.status)
            and (version.required or not self.required)
            and (line.state != LessonState.DONE or not self.unfinished)
        )


@dataclass(frozen=True)
class TopicLessons:
    """A topic with its lessons that pass the filter, and how many of them are done."""

    topic: Topic
    lines: tuple[LessonLine, ...]

    @property
    def done(self) -> int:
        return sum(line.state == LessonState.DONE for line in self.lines)

    @property
    def minutes_left(self) -> int:
        return sum(line.version.minutes for line in self.lines if line.state != LessonState.DONE)


@dataclass(frozen=True)
class Listing:
    """All lessons in force in the order in which they are taught, and those that pass the filter by topic."""

    lines: tuple[LessonLine, ...]
    topics: tuple[TopicLessons, ...]

    @property
    def count(self) -> int:
        return sum(len(topic.lines) for topic in self.topics)

    @property
    def all_topics(self) -> list[Topic]:
        return list(dict.fromkeys(line.topic for line in self.lines))

    @property
    def required(self) -> list[LessonLine]:
        return [line for line in self.lines if line.version.required]

    @property
    def required_done(self) -> int:
        return sum(line.state == LessonState.DONE for line in self.required)

    @property
    def done(self) -> int:
        return sum(line.state == LessonState.DONE for line in self.lines)

    @property
    def next(self) -> LessonLine | None:
        """What to read next: the lesson begun last, else the first required one, else the first."""
        begun = [line for line in self.lines if line.state in (LessonState.BEGUN, LessonState.AT_END)]
        if begun:
            return max(begun, key=lambda line: line.read.opened_at)
        new = [line for line in self.lines if line.state == LessonState.NEW]
        return next((line for line in new if line.version.required), next(iter(new), None))


def listing(*, learner, on: date, wanted: LessonFilter = LessonFilter()) -> Listing:
    """The lessons in force on a day with the learner's progress, filtered. Two queries."""
    reads = {read.lesson_id: read for read in LessonRead.objects.filter(this_period("opened_at"), learner=learner)}
    links = (
        LessonTopic.objects.filter(position=0, version__in=Lesson.objects.published(on).values("in_force_id"))
        .select_related("topic", "version__lesson")
        .defer("version__body", "version__source", "version__fingerprint")
        .order_by("topic__position", "topic", "version__position", "version")
    )
    lines = tuple(LessonLine(link.version, link.topic, reads.get(link.version.lesson_id)) for link in links)
    shown = [line for line in lines if wanted.takes(line)]
    groups = groupby(shown, key=lambda line: line.topic)
    return Listing(lines, tuple(TopicLessons(topic, tuple(group)) for topic, group in groups))


def lesson_links(keys: Iterable[str]) -> dict[str, LessonLink]:
    """By lesson key, the title and address of the lesson that is in force today. One query."""
    published = Lesson.objects.published(timezone.localdate()).filter(slug__in=set(keys))
    versions = LessonVersion.objects.filter(pk__in=published.values("in_force_id")).select_related("lesson")
    return {
        version.lesson.slug: LessonLink(str(version), reverse("trainer:lesson", args=[version.lesson.slug]))
        for version in versions.only("title", "title_en", "lesson__slug")
    }
