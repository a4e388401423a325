"""What the script library reads."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join

from quizzes.models.labels import CHECK_LABELS, LABELS
from quizzes.rules.vocabulary import QuestionState
from trainer.models import Script
from trainer.models.labels import SCRIPT_LABELS
from trainer.models.scripts import PLATFORM_FIELDS
from trainer.rules.scripts import STAGES, Category, Found, Situation, Verdict


@dataclass(frozen=True)
class ScriptFilter:
    """What to list; empty asks for nothing. ``words`` must all occur, each somewhere in the script."""

    words: str = ""
    category: str = ""
    situation: str = ""
    platform: str = ""
    state: str = QuestionState.LIVE
    pairs: bool = False


def listing(wanted: ScriptFilter) -> QuerySet[Script]:
    found = Script.objects.filter(state=wanted.state).on(wanted.platform)
    if wanted.category:
        found = found.filter(category=wanted.category)
    if wanted.situation:
        found = found.filter(situation=wanted.situation)
    if wanted.pairs:
        found = found.exclude(bad="")
    for word in wanted.words.split()[:8]:
        found = found.filter(
            Q(title__icontains=word) | Q(asked__icontains=word) | Q(good__icontains=word) | Q(bad__icontains=word)
        )
    return found.order_by("position", "slug")


def waiting() -> int:
    """How many scripts wait for review. One query."""
    return Script.objects.filter(state=QuestionState.REVIEW).count()


@dataclass(frozen=True)
class Phrases:
    """The good examples of one category, to start a reply from."""

    title: str
    phrases: tuple[str, ...]


def quick_phrases(platform: str, stage: str) -> list[Phrases]:
    """What the live scripts say on ``platform`` in a talk of ``stage``, by category. One query.

    Replies of somebody who is away are left out: whoever is in a talk is there.
    """
    situations = [situation for situation, stages in STAGES.items() if stage in stages]
    live = Script.objects.live().on(platform).filter(situation__in=situations).exclude(category=Category.BUSY)
    live = live.order_by("position", "slug")
    groups: dict[str, list[str]] = {}
    for category, good in live.values_list("category", "good"):
        groups.setdefault(category, []).append(good)
    return [Phrases(str(SCRIPT_LABELS[Category(key)]), tuple(groups[key])) for key in Category if key in groups]


@dataclass(frozen=True)
class Said:
    """What the judge has to say of a good example: a violation and the text with the words that show it marked."""

    check: str
    marked: str
    sure: bool


def said_of(script: Script, verdict: Verdict) -> list[Said]:
    rows = [(found, True) for found in verdict.refused] + [(found, False) for found in verdict.unsure]
    return [Said(CHECK_LABELS[found.check], marked(script.good, found), sure) for found, sure in rows]


def marked(text: str, found: Found) -> str:
    """``text`` as HTML, with the evidence in ``mark`` elements."""
    pieces = []
    place = 0
    for span in sorted(found.spans, key=lambda one: one.start):
        pieces += [("{}", text[place : span.start]), ("<mark>{}</mark>", text[span.start : span.end])]
        place = span.end
    pieces.append(("{}", text[place:]))
    return format_html_join("", "{}", ((format_html(form, piece),) for form, piece in pieces))


def choices_of_filter() -> dict:
    """The words to filter by, for the page."""
    return {
        "categories": [(word.value, SCRIPT_LABELS[word]) for word in Category],
        "situations": [(word.value, SCRIPT_LABELS[word]) for word in Situation],
        "platforms": [(word.value, LABELS[word]) for word in PLATFORM_FIELDS],
    }
