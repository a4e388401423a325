"""What somebody may practise: topics with how they went so far, the wrong-question notebook, one practice run."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from django.db.models import Count, Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.models import Attempt, Mark, NotebookEntry, PaperItem, Question, Topic
from quizzes.queries.results import ReviewedItem, lesson_links, to_reviewed, with_marks
from quizzes.queries.sitting import Asked, to_asked, with_newest_step
from quizzes.rules.practice import Practised, TopicPractice, pick, weakest_first
from quizzes.rules.vocabulary import Kind, Mode

# What the runs are called that are drawn for somebody, by the purpose of their attempt.
DRAWN_FROM = {"review": _("今日复习"), "weak": _("练弱的")}


def practisable() -> QuerySet[Question]:
    """Live questions that can be marked at once: a text that waits for a person is no practice."""
    return Question.objects.live().exclude(current__kind=Kind.FREE_TEXT)


def topics_to_practise(learner) -> list[TopicPractice]:
    """Every topic that has questions, weak ones first."""
    here = practisable().filter(current__topic=OuterRef("pk")).order_by().values("current__topic")
    topics = Topic.objects.annotate(live=Subquery(here.annotate(n=Count("pk")).values("n"))).exclude(live=None)
    credit = Cast(F("numerator"), FloatField()) / F("denominator")
    earned = {
        topic: (answers, total)
        for topic, answers, total in Mark.objects.standing()
        .filter(item__attempt__learner=learner)
        .order_by()
        .values_list("item__version__topic")
        .annotate(n=Count("pk"), total=Sum(credit))
    }
    return weakest_first(
        [
            TopicPractice(
                topic.slug,
                str(topic),
                topic.live,
                earned.get(topic.pk, (0, 0))[0],
                Fraction(earned.get(topic.pk, (0, 0))[1]).limit_denominator(10**6),
            )
            for topic in topics
        ]
    )


def questions_of_topic(learner, topic_slug: str, count: int, rng: Random) -> list[int]:
    """Up to ``count`` questions of a topic for this person to practise; see ``rules.practice.pick``."""
    last = {
        question: numerator == denominator
        for question, numerator, denominator in Mark.objects.standing()
        .filter(item__attempt__learner=learner, item__version__topic__slug=topic_slug)
        .order_by("at", "pk")
        .values_list("item__version__question", "numerator", "denominator")
    }
    bank = practisable().filter(current__topic__slug=topic_slug).values_list("pk", flat=True)
    return pick((Practised(question, last.get(question)) for question in bank), count, rng)


def notebook(learner, topic_slug: str = "") -> QuerySet[NotebookEntry]:
    """What this person still gets wrong, the newest first."""
    entries = NotebookEntry.objects.filter(
        learner=learner, right_in_a_row__lt=NotebookEntry.RIGHT_TO_CLEAR
    ).select_related("question__current__topic")
    return entries.filter(question__current__topic__slug=topic_slug) if topic_slug else entries


def cleared(learner) -> QuerySet[NotebookEntry]:
    """What this person got right often enough, the newest first."""
    return NotebookEntry.objects.filter(
        learner=learner, right_in_a_row__gte=NotebookEntry.RIGHT_TO_CLEAR
    ).select_related("question__current__topic")


def notebook_topics(learner) -> list[Topic]:
    """The topics that the notebook can be filtered by, each with ``wrong``: its number of questions."""
    counts = dict(
        notebook(learner)
        .order_by()
        .values_list("question__current__topic")
        .annotate(n=Count("pk"))
        .values_list("question__current__topic", "n")
    )
    topics = list(Topic.objects.filter(pk__in=counts))
    for topic in topics:
        topic.wrong = counts[topic.pk]
    return topics


def questions_of_notebook(learner, topic_slug: str, count: int) -> list[int]:
    """Up to ``count`` questions of the notebook that can be practised, those longest not seen first."""
    entries = notebook(learner, topic_slug).filter(question__in=practisable()).order_by("last_at", "pk")
    return list(entries.values_list("question", flat=True)[:count])


def open_runs(learner) -> QuerySet[Attempt]:
    """Practice that was begun and not finished, with ``done`` and ``asked``: how far it has come."""
    return (
        Attempt.objects.of(learner)
        .open()
        .filter(mode=Mode.PRACTICE)
        .exclude(purpose__startswith="lesson:")
        .annotate(
            asked=Count("items", distinct=True),
            done=Count("items__mark_rows", filter=Q(items__mark_rows__superseded=False), distinct=True),
        )
    )


def name_runs(runs: Iterable[Attempt]) -> None:
    """Give each practice attempt a ``title``: its topic, its lesson, or what it was drawn from. At most two queries."""
    runs = list(runs)
    slugs: dict[str, set[str]] = {}
    for run in runs:
        kind, _colon, slug = run.purpose.partition(":")
        slugs.setdefault(kind, set()).add(slug)
    topics = slugs.get("topic", set()) | slugs.get("notebook", set())
    names = {topic.slug: str(topic) for topic in Topic.objects.filter(slug__in=topics)} if topics else {}
    lessons = lesson_links(slugs.get("lesson", ()))
    for run in runs:
        kind, _colon, slug = run.purpose.partition(":")
        if kind == "lesson":
            run.title = lessons[slug].title if slug in lessons else gettext("课程")
        elif kind == "notebook":
            run.title = gettext("错题本：%(topic)s") % {"topic": names[slug]} if slug in names else gettext("错题本")
        elif kind in DRAWN_FROM:
            run.title = str(DRAWN_FROM[kind])
        else:
            run.title = names.get(slug, slug)


@dataclass(frozen=True)
class Run:
    """A practice run: ``results`` holds, a question, whether it was right (``None``: not answered yet)."""

    results: tuple[bool | None, ...]
    next_item: int | None

    @property
    def done(self) -> int:
        return sum(result is not None for result in self.results)

    @property
    def right(self) -> int:
        return sum(result is True for result in self.results)


def run_of(attempt: Attempt) -> Run:
    """How far a practice attempt has come, and the first item that is still open."""
    items = list(with_marks(attempt))
    results = tuple(item.standing[0].fraction == 1 if item.standing else None for item in items)
    waiting = (item.pk for item, result in zip(items, results, strict=True) if result is None)
    return Run(results, next(waiting, None))


def asked_item(item_id: int) -> Asked:
    """One question without its key."""
    return to_asked(with_newest_step(PaperItem.objects.filter(pk=item_id)).select_related("version").get())


def answered_item(item: PaperItem) -> ReviewedItem:
    """One question of a practice run after it was answered."""
    rows = with_newest_step(with_marks(item.attempt).filter(pk=item.pk)).select_related("version", "appeal")
    row = rows.get()
    return to_reviewed(row, lesson_links([row.version.lesson_key]))


def missed_items(attempt: Attempt) -> list[PaperItem]:
    """The items of a finished run that did not earn full marks, with their version."""
    short = Mark.objects.standing().filter(item=OuterRef("pk"), numerator__lt=F("denominator"))
    items = PaperItem.objects.filter(Exists(short), attempt=attempt)
    return list(items.select_related("version__topic").order_by("position"))
