"""A talk that is going on: read without a lock, added to, and written if nobody else has written since."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib import resources

from django.db import transaction

from quizzes.commands.outside import ask_after
from quizzes.commands.session_scores import SCORE_FIELDS, queue_unsure, unsure_results, write_score
from quizzes.models import CheckResult, Purpose, Session, Turn, TurnKind
from quizzes.queries.patterns import library_called
from quizzes.queries.talks import lines, replies_of, score_of, standing, verdicts_by_turn
from quizzes.rules.dialogue.criteria import Level, LevelTerms
from quizzes.rules.dialogue.engine import advance, stated
from quizzes.rules.dialogue.golden import reply_in
from quizzes.rules.dialogue.scoring import Score
from quizzes.rules.dialogue.talk import Look, Say, Step, UnknownItem, Verdicts, Wait
from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.evidence import Span
from quizzes.rules.replies.judging import Verdict, judge
from quizzes.signals import session_marked

PROGRESS = ("length", "state", "spoke_at", "ending", "ended_at")


class TalkOver(Exception):
    """The talk has ended: nothing was said."""


class SpokenElsewhere(Exception):
    """The talk went on in another tab, which this page has not seen yet: nothing was said."""


@cache
def judge_version() -> str:
    """A short name for the model that judges now."""
    model = (resources.files("quizzes.rules.replies") / "model.bin").read_bytes()
    return sha256(model).hexdigest()[:12]


class Talk:
    """A talk as read without a lock, and the turns to add to it. ``save`` tells whether it was still the same."""

    def __init__(self, session: Session, turns: Iterable[Turn]):
        self.session = session
        self.all = list(turns)
        self.turns = standing(self.all)
        self.cast = session.cast()
        self.state = session.standing()
        self.terms = _terms(session)
        self.seen = session.length
        self.new: list[Turn] = []
        self.known: list[CheckResult] = []
        self.verdicts: dict[int, tuple[Verdicts, bool]] = {}

    @classmethod
    def of(cls, session_id: int, learner_id: int) -> "Talk":
        session = Session.objects.select_related("version", "scenario").get(pk=session_id, learner=learner_id)
        return cls(session, session.turns.all())

    def knows(self, client: str, sequence: int) -> bool:
        return any(turn.client == client and turn.sequence == sequence for turn in self.all)

    def must_be_open(self) -> None:
        if not self.session.is_open:
            raise TalkOver

    def must_be_seen(self, client: str, after: int) -> None:
        spoken = (TurnKind.SAY, TurnKind.BACK)
        if any(turn.number > after and turn.kind in spoken and turn.client != client for turn in self.all):
            raise SpokenElsewhere

    def wait_until(self, at: datetime) -> None:
        """The silences that are due; on practice only one at a time, however long nobody was there."""
        silence = self.cast.scenario.silence
        while silence and self.session.is_open:
            due = self.session.spoke_at + timedelta(seconds=silence.after * self.terms.silence)
            if due > at:
                return
            moment = due if self.terms.timed else at
            self.add(advance(self.cast, self.state, Wait()), TurnKind.WAIT, moment)

    def reply(self, text: str, choice: str, client: str, sequence: int, at: datetime) -> None:
        known: Mapping[str, bool] | None = None
        if choice:
            choices = {one.key: one for one in self.cast.scenario.beats[self.state.beat].choices}
            if choice not in choices:
                raise UnknownItem(choice)
            text, known = choices[choice].text, choices[choice].stated
        if known is None:
            library = library_called(self.session.patterns)
            verdicts: Verdicts = judge(reply_in(self.cast, text, lines(self.turns)), library=library).verdicts
        else:
            verdicts = stated(known, NAMES)
        asked = [turn.at for turn in self.turns if turn.kind in (TurnKind.BEGIN, TurnKind.SAY)]
        back = [turn.at for turn in self.all if turn.kind == TurnKind.BACK]
        seconds = max((at - max(asked + back)).total_seconds(), 0.0)
        step = advance(self.cast, self.state, Say(text, verdicts, seconds, choice))
        turn = self.add(
            step, TurnKind.SAY, at, text=text, name=choice, seconds=seconds, client=client, sequence=sequence,
            noted=step.noted.to_data() if step.noted else None,
        )  # fmt: skip
        self.verdicts[turn.number] = (verdicts, known is not None)

    def repeat(self, turn: Turn, at: datetime) -> None:
        """Do again what was done in another talk with the same customer."""
        if turn.kind == TurnKind.SAY:
            verdicts = {
                one.check_name: Verdict(one.check_name, one.yes, one.probability, one.sure, _spans(turn.text, one))
                for one in turn.checks.all()
            }
            seconds = turn.seconds or 0.0
            step = advance(self.cast, self.state, Say(turn.text, verdicts, seconds, turn.name))
            noted = step.noted.to_data() if step.noted else None
            made = self.add(step, TurnKind.SAY, at, text=turn.text, name=turn.name, seconds=seconds, noted=noted)
            self.verdicts[made.number] = (verdicts, False)
        elif turn.kind == TurnKind.HINT:
            self.hint(turn.text, at)
        else:
            event = Look(turn.name) if turn.kind == TurnKind.LOOK else Wait()
            self.add(advance(self.cast, self.state, event), TurnKind(turn.kind), at, name=turn.name)

    def hint(self, text: str, at: datetime) -> None:
        """The talk stands as it stood; that the hint was shown stays, whatever is stepped back over."""
        self.add(Step(self.state), TurnKind.HINT, at, text=text, name=self.state.beat)

    def back(self, client: str, at: datetime) -> None:
        last = max(place for place, turn in enumerate(self.turns) if turn.kind == TurnKind.SAY)
        self.turns = self.turns[:last]
        turn = Turn(
            session=self.session,
            number=self.seen + len(self.new) + 1,
            kind=TurnKind.BACK,
            at=at,
            client=client,
            state=self.turns[-1].state,
        )
        self.new.append(turn)
        self.session.state = turn.state
        self.session.spoke_at = at

    def add(self, step: Step, kind: TurnKind, at: datetime, **fields) -> Turn:
        turn = Turn(
            session=self.session,
            number=self.seen + len(self.new) + 1,
            kind=kind,
            says=[self.session.rewordings.get(line, line) for line in step.says],
            at=at,
            state=step.state.to_data(),
            **fields,
        )
        self.new.append(turn)
        self.turns.append(turn)
        self.state = step.state
        self.session.state = turn.state
        if step.says:
            self.session.spoke_at = at
        if step.state.ending:
            self.session.ending = step.state.ending
            self.session.ended_at = at
        return turn

    def save(self, at: datetime) -> bool:
        """Write the new turns, unless another page has written since: then nothing, and ``False``."""
        session = self.session
        results = [
            CheckResult(
                turn=turn,
                check_name=name,
                yes=verdict.yes,
                probability=verdict.probability,
                sure=verdict.sure,
                stated=known,
                evidence=[[span.start, span.end] for span in getattr(verdict, "evidence", ())],
                patterns=list(getattr(verdict, "patterns", ())),
            )
            for turn in self.new
            if turn.number in self.verdicts
            for verdicts, known in [self.verdicts[turn.number]]
            for name, verdict in verdicts.items()
        ]
        session.length = self.seen + len(self.new)
        outcome = None if session.is_open else self._score()
        changed = {name: getattr(session, name) for name in (*PROGRESS, *(SCORE_FIELDS if outcome else ()))}
        with transaction.atomic():
            if not Session.objects.filter(pk=session.pk, length=self.seen).update(**changed):
                return False
            Turn.objects.bulk_create(self.new)
            CheckResult.objects.bulk_create(results)
            if outcome and not session.trial:
                everything = [*self.known, *results]
                queue_unsure(session, unsure_results(replies_of(self.turns), everything, outcome), at)
                if outcome.unsure:
                    ask_after(session.pk, Purpose.OPINION)
                session_marked.send(Session, session=session, at=at)
        session.told = [*self.all, *self.new]
        return True

    def _score(self) -> Score:
        replies = replies_of(self.turns)
        seen = [turn for turn in replies if turn.number <= self.seen]
        self.known = list(CheckResult.objects.filter(turn__in=seen).select_related("turn"))
        verdicts = verdicts_by_turn(self.known, {})  # nobody rules before the end
        fresh = {number: found for number, (found, _stated) in self.verdicts.items()}
        outcome = score_of(
            self.session,
            [(turn, fresh[turn.number] if turn.number in fresh else verdicts[turn.pk]) for turn in replies],
        )
        write_score(self.session, outcome)
        return outcome


def _spans(text: str, result: CheckResult) -> tuple[Span, ...]:
    return tuple(Span(start, end, text[start:end]) for start, end in result.evidence)


def _terms(session: Session) -> LevelTerms:
    """The terms of the session's level, as they were frozen in it."""
    return session.frozen_criteria().levels[Level(session.level)]
