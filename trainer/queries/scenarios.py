"""Scenarios as those who look after them see them: the list, one through its versions, and what it rests on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from quizzes.models import AuditEntry, Scenario, ScenarioBasis, ScenarioVersion
from quizzes.rules.differences import Row, compare
from quizzes.rules.vocabulary import QuestionState
from trainer.models import Fact, Lesson, ScenarioReview
from trainer.queries.lessons import lesson_links

DRAFT_WAITS, TO_REVIEW = "waiting", "review"
HISTORY = 20
ORDERS = {"": ("platform", "stage", "slug"), "title": ("title", "slug"), "newest": ("-current__created_at", "slug")}


@dataclass(frozen=True)
class ScenarioFilter:
    """Empty: no matter. ``state`` is a state, or ``DRAFT_WAITS`` or ``TO_REVIEW``. ``sort`` is a key of ``ORDERS``."""

    text: str = ""
    platform: str = ""
    stage: str = ""
    customer_type: str = ""
    state: str = ""
    sort: str = ""


@dataclass(frozen=True)
class ScenarioLine:
    """A row of the list. ``newest`` is the number of the newest version, ``reviews`` are open."""

    scenario: Scenario
    type: str
    newest: int
    reviews: Sequence[ScenarioReview]

    @property
    def draft_waits(self) -> bool:
        current = self.scenario.current
        return self.scenario.state != QuestionState.RETIRED and self.newest > (current.number if current else 0)


def scenario_rows(wanted: ScenarioFilter) -> QuerySet[Scenario]:
    """The scenarios to list, with what a line needs of the database."""
    rows = Scenario.objects.annotate(newest=Max("versions__number")).select_related("current")
    rows = rows.defer("current__data", "current__text", "current__golden", "current__golden_text")
    open_reviews = ScenarioReview.objects.open()
    rows = rows.prefetch_related(
        Prefetch("reviews", open_reviews.select_related("change__version__lesson"), to_attr="open_reviews")
    )
    if wanted.text:
        rows = rows.filter(Q(title__icontains=wanted.text) | Q(slug__icontains=wanted.text))
    for name in ("platform", "stage", "customer_type"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.state == DRAFT_WAITS:
        behind = Q(current=None) | Q(newest__gt=F("current__number"))
        rows = rows.exclude(state=QuestionState.RETIRED).filter(behind)
    elif wanted.state == TO_REVIEW:
        rows = rows.filter(Exists(open_reviews.filter(scenario=OuterRef("pk"))))
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    return rows.order_by(*ORDERS[wanted.sort])


def lines_of(rows: Sequence[Scenario]) -> list[ScenarioLine]:
    """The rows of one page, with the titles of their customer types. One query."""
    links = lesson_links(row.customer_type for row in rows)
    return [
        ScenarioLine(
            row,
            links[row.customer_type].title if row.customer_type in links else row.customer_type,
            row.newest or 0,
            row.open_reviews,
        )
        for row in rows
    ]


def customer_types() -> list[tuple[str, str]]:
    """The customer types that scenarios have, with the titles of their lessons."""
    keys = list(Scenario.objects.order_by("customer_type").values_list("customer_type", flat=True).distinct())
    links = lesson_links(keys)
    return [(key, links[key].title if key in links else key) for key in keys]


@dataclass(frozen=True)
class VersionLine:
    """A version in the history: ``state`` is current, draft or earlier; ``rows`` what it changed in the text."""

    version: ScenarioVersion
    state: str
    rows: tuple[Row, ...]


def version_lines(scenario: Scenario) -> list[VersionLine]:
    """The versions, the newest first. One query."""
    versions = list(scenario.versions.select_related("created_by").order_by("-number"))
    current = next((version.number for version in versions if version.pk == scenario.current_id), 0)
    before = [*versions[1:], None]
    return [
        VersionLine(version, _state(version.number, current), _changes(earlier, version))
        for version, earlier in zip(versions, before, strict=True)
    ]


def _state(number: int, current: int) -> str:
    if number == current:
        return "current"
    return "draft" if number > current else "earlier"


def _changes(before: ScenarioVersion | None, after: ScenarioVersion) -> tuple[Row, ...]:
    if before is None:
        return ()
    rows = compare(before.as_written().splitlines(), after.as_written().splitlines())
    return rows + compare(before.golden_as_written().splitlines(), after.golden_as_written().splitlines())


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    by: str
    text: str


def history_of(scenario: Scenario) -> list[HistoryLine]:
    """Who did what to it and when, the newest first. One query."""
    entries = AuditEntry.objects.filter(target=f"scenario:{scenario.slug}").select_related("by").order_by("-at", "-pk")
    return [HistoryLine(entry.at, str(entry.by or ""), _told(entry)) for entry in entries[:HISTORY]]


def _told(entry: AuditEntry) -> str:
    detail = entry.detail
    match entry.action:
        case "scenario_saved":
            return _("导入第 %(number)d 版") % {"number": detail["version"]}
        case "scenario_draft":
            return _("存下第 %(number)d 版草稿") % {"number": detail["version"]}
        case "scenario_published":
            return _("发布第 %(number)d 版") % {"number": detail["version"]}
        case "scenario_taken_back":
            return _("撤回导入的第 %(number)d 版") % {"number": detail["version"]}
        case "scenario_reviewed":
            return _("看过规则变更，没有要改的")
        case "scenario_review":
            return _("依据的规则变了，等人看")
    states = {"live": _("上线"), "retired": _("停用"), "draft": _("撤回成草稿"), "review": _("转为待审核")}
    return str(states.get(detail.get("to", ""), entry.action))


def newest_version(scenario: Scenario) -> ScenarioVersion | None:
    return scenario.versions.order_by("-number").first()


def known_names() -> tuple[set[str], set[str]]:
    """The lessons and the facts that a scenario may name. Two queries."""
    lessons = set(Lesson.objects.filter(retired_at=None).values_list("slug", flat=True))
    return lessons, set(Fact.objects.values_list("key", flat=True))


@dataclass(frozen=True)
class ScenarioTouch:
    """A scenario that rests on what will no longer hold: the facts it names, none where it names the lesson only."""

    scenario: Scenario
    keys: tuple[str, ...]


def scenarios_resting_on(keys: Collection[str], lesson: str) -> list[ScenarioTouch]:
    """Scenarios that people may talk with, or that are being written, whose version of today names one of the facts
    or their lesson. One query; none where no fact changes."""
    if not keys:
        return []
    named = Q(fact_key__in=list(keys)) | Q(lesson_key=lesson)
    bases = ScenarioBasis.objects.filter(named, version=F("version__scenario__current"))
    bases = bases.exclude(version__scenario__state=QuestionState.RETIRED).select_related("version__scenario")
    bases = bases.defer("version__data", "version__text", "version__golden", "version__golden_text")
    found: dict[str, ScenarioTouch] = {}
    for basis in bases.order_by("version__scenario__slug", "pk"):
        scenario = basis.version.scenario
        before = found.get(scenario.slug, ScenarioTouch(scenario, ()))
        more = (basis.fact_key,) if basis.fact_key else ()
        found[scenario.slug] = ScenarioTouch(scenario, before.keys + more)
    return list(found.values())
