"""A finished talk, line by line: what each reply did well, what it missed, what was wrong, and where to learn it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from quizzes.models import CheckResult, Ruling, Session, Turn, TurnKind
from quizzes.models.labels import CHECK_LABELS, LABELS
from quizzes.queries.hints import hints_used
from quizzes.queries.results import lesson_links
from quizzes.queries.talks import Held, held, replies_of, results_of, rulings_of, score_of, standing, verdicts_by_turn
from quizzes.rules.dialogue.criteria import Criteria
from quizzes.rules.dialogue.drawing import Cast
from quizzes.rules.dialogue.marking import Shows, Stretch, marked
from quizzes.rules.dialogue.scenario import EndingKind, Forbidden, Point
from quizzes.rules.dialogue.scoring import Fault, Item, Score, Source
from quizzes.rules.dialogue.talk import Noted, State
from quizzes.rules.replies.checks import BY_NAME


@dataclass(frozen=True)
class Finding:
    """One thing about a reply. ``kind``: good, wrong, missed, unchecked or unsure.

    ``result`` is the check's row where it is a check; what the engine found by patterns has none.
    """

    kind: str
    text: str
    words: tuple[str, ...] = ()
    critical: str = ""
    lesson: Any = None
    result: CheckResult | None = None
    ruling: Ruling | None = None


@dataclass(frozen=True)
class Verdict:
    """One of the twenty checks of a reply, as a person who rules sees it."""

    result: CheckResult
    label: str
    yes: bool
    ruling: Ruling | None


@dataclass(frozen=True)
class Line:
    """A step of the talk as the debrief shows it; ``stretches`` and what follows only of a reply."""

    turn: Turn
    says: tuple[str, ...]
    look: str = ""
    hint: str = ""
    stretches: tuple[Stretch, ...] = ()
    findings: tuple[Finding, ...] = ()
    better: tuple[str, ...] = ()
    about: str = ""
    seconds: int = 0
    patience: int = 0
    verdicts: tuple[Verdict, ...] = ()

    @property
    def is_reply(self) -> bool:
        return self.turn.kind == TurnKind.SAY


@dataclass(frozen=True)
class Part:
    """One dimension of the score."""

    label: str
    value: float
    unsure: bool


@dataclass(frozen=True)
class PossibleEnding:
    label: str
    note: str
    reached: bool


@dataclass(frozen=True)
class Debrief:
    session: Session
    cast: Cast
    score: Score
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    missed: tuple[Finding, ...]
    endings: tuple[PossibleEnding, ...]
    critical: tuple[str, ...]
    possible_critical: tuple[str, ...]
    next: Finding | None
    patience: tuple[int, ...]
    hints: int = 0


def debrief_of(session: Session) -> Debrief:
    """Everything the page shows of an ended talk, whose version is loaded. Five queries."""
    cast = session.cast()
    criteria = session.frozen_criteria()
    told = list(session.turns.all())
    turns = standing(told)
    replies = replies_of(turns)
    results = results_of(replies)
    rulings = rulings_of(replies)
    verdicts = verdicts_by_turn(results, rulings)
    score = score_of(session, [(turn, verdicts[turn.pk]) for turn in replies])
    reader = _Reader(cast, criteria, score, results, rulings, replies)
    lines = tuple(reader.line(turn) for turn in turns)
    missed = tuple(reader.missed_in(""))
    return Debrief(
        session,
        cast,
        score,
        tuple(
            Part(str(LABELS[name]), part.value, part.high - part.low >= 1) for name, part in score.dimensions.items()
        ),
        lines,
        missed,
        tuple(
            PossibleEnding(str(LABELS[one.kind]), one.note, one.key == session.ending)
            for one in sorted(cast.scenario.endings.values(), key=lambda one: list(EndingKind).index(one.kind))
        ),
        tuple(str(LABELS[kind]) for kind in score.critical),
        tuple(str(LABELS[kind]) for kind in score.possible_critical),
        _next([*(finding for line in lines for finding in line.findings), *missed]),
        (cast.scenario.persona.patience, *(State.from_data(turn.state).patience for turn in replies)),
        hints_used(told),
    )


def _next(findings: Sequence[Finding]) -> Finding | None:
    """The one thing to do better: a critical error, what was wrong, what was not looked up, what was missed."""
    ranked = [
        *(finding for finding in findings if finding.kind == "wrong" and finding.critical),
        *(finding for finding in findings if finding.kind == "wrong"),
        *(finding for finding in findings if finding.kind == "unchecked"),
        *(finding for finding in findings if finding.kind == "missed"),
    ]
    return next(iter(ranked), None)


class _Reader:
    """Puts what the score says about each reply beside it."""

    def __init__(
        self,
        cast: Cast,
        criteria: Criteria,
        score: Score,
        results: Sequence[CheckResult],
        rulings: Mapping[int, Ruling],
        replies: Sequence[Turn],
    ):
        self.cast, self.criteria, self.score, self.rulings = cast, criteria, score, rulings
        self.points = {point.key: point for point in cast.scenario.all_points()}
        self.forbidden = {one.key: one for one in cast.scenario.forbidden}
        self.titles = {item.key: item.title for item in cast.scenario.panel}
        self.by_turn: dict[int, dict[str, CheckResult]] = {}
        for result in results:
            self.by_turn.setdefault(result.turn_id, {})[result.check_name] = result
        self.unsure = {(one.reply, one.check) for one in score.unsure}
        # What a beat missed stands under the last reply in it.
        self.last_in = {turn.noted["beat"]: turn.pk for turn in replies if turn.noted}
        self.links = lesson_links(self._lesson_keys())

    def _lesson_keys(self) -> Iterable[str]:
        yield from self.criteria.lessons.values()
        yield from self.cast.scenario.lessons
        yield from (point.lesson for point in self.points.values())
        yield from (one.lesson for one in self.forbidden.values())

    def line(self, turn: Turn) -> Line:
        says = tuple(turn.says)
        if turn.kind == TurnKind.HINT:
            return Line(turn, says, hint=turn.text)
        if turn.kind != TurnKind.SAY or not turn.noted:
            return Line(turn, says, self.titles.get(turn.name, turn.name) if turn.kind == TurnKind.LOOK else "")
        noted = Noted.from_data(turn.noted)
        results = self.by_turn.get(turn.pk, {})
        beat = self.cast.scenario.beats[noted.beat]
        findings = tuple(self._findings(turn, noted, results))
        verdicts = tuple(
            Verdict(one, str(CHECK_LABELS[name]), self._held(one).yes, self.rulings.get(one.pk))
            for name, one in results.items()
        )
        return Line(
            turn,
            says,
            stretches=marked(turn.text, self._places(turn, noted, results)),
            findings=findings,
            better=beat.better,
            about=beat.about,
            seconds=round(turn.seconds or 0),
            patience=State.from_data(turn.state).patience,
            verdicts=verdicts,
        )

    def _held(self, result: CheckResult) -> Held:
        return held(result, self.rulings.get(result.pk))

    def _places(self, turn: Turn, noted: Noted, results: Mapping[str, CheckResult]):
        for key, spans in noted.spans.items():
            yield (Shows.WRONG if key in noted.forbidden else Shows.POINT), spans
        for name, result in results.items():
            if self._held(result).yes:
                yield (Shows.WRONG if BY_NAME[name].violation else Shows.GOOD), result.evidence

    def _findings(self, turn: Turn, noted: Noted, results: Mapping[str, CheckResult]) -> Iterable[Finding]:
        for fault in self.score.faults:
            if fault.reply == noted.number:
                yield self._fault(fault, turn, noted, results)
        for key in noted.unchecked:
            point = self.points[key]
            titles = _("、").join(self.titles[item] for item in point.needs)
            text = _("%(point)s（没有先看%(items)s）") % {"point": point.say, "items": titles}
            yield Finding("unchecked", text, lesson=self._lesson(point))
        for name, result in results.items():
            verdict = self._held(result)
            if not BY_NAME[name].violation and verdict.yes and verdict.sure:
                words = tuple(turn.text[start:end] for start, end in result.evidence)
                yield self._check("good", result, words)
            elif not BY_NAME[name].violation and (noted.number, name) in self.unsure:
                yield self._check("unsure", result, ())
        for key in noted.said:
            if self._first(key) == noted.number:
                words = tuple(turn.text[start:end] for start, end in noted.spans.get(key, ()))
                yield Finding("good", self.points[key].say, words)
        if self.last_in[noted.beat] == turn.pk:
            yield from self.missed_in(noted.beat)

    def _first(self, point: str) -> int | None:
        return next((i.reply for i in self.score.items if i.source == Source.POINT and i.key == point), None)

    def _fault(self, fault: Fault, turn: Turn, noted: Noted, results: Mapping[str, CheckResult]) -> Finding:
        critical = str(LABELS[fault.critical]) if fault.critical else ""
        if fault.source == Source.FORBIDDEN:
            one = self.forbidden[fault.key]
            words = tuple(turn.text[start:end] for start, end in noted.spans.get(fault.key, ()))
            return Finding("wrong", one.say, words, critical, self._lesson(one))
        result = results[fault.key]
        words = tuple(turn.text[start:end] for start, end in result.evidence)
        return self._check("wrong" if fault.sure else "unsure", result, words, critical)

    def _check(self, kind: str, result: CheckResult, words: tuple[str, ...], critical: str = "") -> Finding:
        return Finding(
            kind,
            str(CHECK_LABELS[result.check_name]),
            words,
            critical,
            self.links.get(self.criteria.lessons.get(result.check_name, "")) if kind != "good" else None,
            result,
            self.rulings.get(result.pk),
        )

    def missed_in(self, beat: str) -> Iterable[Finding]:
        """What was wanted in ``beat`` (empty: in the whole talk) and did not come."""
        mine = {point.key for point in self.cast.scenario.beats[beat].points} if beat else set()
        everywhere = {point.key for point in self.cast.scenario.points}
        for item in self.score.items:
            if item.credit.high >= 0.5:
                continue
            if item.source == Source.POINT and item.key in (mine if beat else everywhere):
                point = self.points[item.key]
                yield Finding("missed", point.say, lesson=self._lesson(point))
            elif item.source == Source.CHECK and item.beat == beat:
                yield Finding(
                    "missed",
                    str(CHECK_LABELS[item.key]),
                    lesson=self.links.get(self.criteria.lessons.get(item.key, "")),
                )
            elif not beat:
                yield from self._missed_else(item)

    def _missed_else(self, item: Item) -> Iterable[Finding]:
        if item.source == Source.LOOK:
            yield Finding("missed", _("查看%(item)s") % {"item": self.titles[item.key]})
        elif item.source == Source.ESCALATION:
            text = _("该升级的时候没有升级") if item.key == "missed" else _("升级得太早，还没轮到")
            yield Finding("missed", text)

    def _lesson(self, one: Point | Forbidden) -> Any:
        default = next(iter(self.cast.scenario.lessons), "")
        return self.links.get(one.lesson) or self.links.get(default)
