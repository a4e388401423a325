"""What a team got wrong in a span of time: questions, and what they were taken for; talks, and what they showed."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from quizzes.models import CheckResult, Mark, Question, Ruling, Session
from quizzes.rules.dialogue.scoring import Outcome
from quizzes.rules.questions import Cloze, Content, Fill, Multiple, Numeric, Single, TrueFalse
from quizzes.rules.replies.checks import VIOLATIONS

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Missed:
    """How often a question was asked and missed, and the commonest wrong answer in words, where there is one."""

    question: Question
    asked: int
    missed: int
    taken_for: str
    times: int


def most_missed(reach: QuerySet, span: Span, *, most: int) -> list[Missed]:
    """The questions most often missed by these people, at exams and in practice. Three queries."""
    marks = Mark.objects.standing().filter(item__attempt__learner__in=reach, at__gte=span[0], at__lt=span[1])
    wrong = Q(numerator__lt=F("denominator"))
    counted = (
        marks.order_by()
        .values("item__version__question")
        .annotate(asked=Count("pk"), missed=Count("pk", filter=wrong))
        .filter(missed__gt=0)
        .order_by("-missed", "asked", "item__version__question")[:most]
    )
    rows = {row["item__version__question"]: row for row in counted}
    questions = Question.objects.with_current().in_bulk(list(rows))
    given: dict[int, Counter[str]] = defaultdict(Counter)
    answers = marks.filter(wrong, item__version__question__in=rows, step__isnull=False).select_related("item__version")
    for mark in answers.select_related("item__version", "step").order_by("pk"):
        said = words_of(mark.item.version.parsed(), mark.step.answer)
        if said:
            given[mark.item.version.question_id][said] += 1
    found = []
    for pk, row in rows.items():
        [(taken_for, times)] = given[pk].most_common(1) or [("", 0)]
        found.append(Missed(questions[pk], row["asked"], row["missed"], taken_for, times))
    return found


def words_of(content: Content, answer: object) -> str:
    """A wrong answer as people would name it; empty where a name would be too long or nothing was answered."""
    match content, answer:
        case TrueFalse(), bool():
            return "对" if answer else "错"
        case Single(options), str():
            return _texts(options, [answer])
        case Multiple(options), list():
            return _texts(options, answer)
        case Cloze(gaps), list():
            return _texts([option for gap in gaps for option in gap], answer)
        case Fill(), list():
            return "、".join(str(part) for part in answer if part)
        case Numeric(), str():
            return answer
    return ""


def _texts(options: Iterable, chosen: Iterable) -> str:
    names = {option.id: option.text for option in options}
    return "、".join(names[one] for one in chosen if one in names)


@dataclass(frozen=True)
class Talks:
    """How the talks of a span ended; ``violations`` and ``criticals`` by how often, the most frequent first."""

    count: int
    passed: int
    critical: int
    unsolved: int
    violations: tuple[tuple[str, int], ...]
    types: tuple[tuple[str, int, int], ...]  # customer type, talks, not passed


def talks_of(reach: QuerySet, span: Span, *, most: int) -> Talks:
    """Ended talks on every level. Two queries."""
    sessions = Session.objects.ended().filter(learner__in=reach, ended_at__gte=span[0], ended_at__lt=span[1])
    outcomes: Counter[str] = Counter()
    types: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for outcome, kind in sessions.order_by().values_list("outcome", "scenario__customer_type"):
        outcomes[outcome] += 1
        types[kind][0] += 1
        types[kind][1] += outcome != Outcome.PASSED
    overruled = Ruling.objects.filter(result=OuterRef("pk"), blind=False, verdict=False)
    shown = (
        CheckResult.objects.filter(turn__session__in=sessions, yes=True, sure=True, check_name__in=VIOLATIONS)
        .exclude(Exists(overruled))
        .order_by()
        .values_list("check_name")
        .annotate(times=Count("pk"))
        .order_by("-times", "check_name")
    )
    weak = [(kind, count, failed) for kind, (count, failed) in types.items() if failed]
    weak.sort(key=lambda row: (-row[2], row[0]))
    return Talks(
        count=sum(outcomes.values()),
        passed=outcomes[Outcome.PASSED],
        critical=outcomes[Outcome.CRITICAL],
        unsolved=outcomes[Outcome.UNSOLVED] + outcomes[Outcome.POLITE_UNSOLVED],
        violations=tuple(shown[:most]),
        types=tuple(weak[:most]),
    )
