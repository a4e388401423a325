"""Talking with a simulated customer: each command appends turns, and saying twice is saying once."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from django.db import transaction

from quizzes.commands.outside import ask_after
from quizzes.commands.talk import SpokenElsewhere, Talk, TalkOver, judge_version
from quizzes.models import Purpose, Scenario, ScenarioVersion, Session, Turn, TurnKind
from quizzes.queries.hints import hint_due, hint_of
from quizzes.queries.patterns import newest_library
from quizzes.queries.talks import replies_of, standing
from quizzes.rules.dialogue.criteria import Level, shipped
from quizzes.rules.dialogue.engine import advance, begin
from quizzes.rules.dialogue.talk import Leave, Look, UnknownItem
from quizzes.rules.vocabulary import QuestionState

__all__ = ["SpokenElsewhere", "TalkOver", "UnknownItem"]  # raised here, caught by the views

LONGEST_REPLY = 1_000
AT_ONCE = 3
TRIES = 5  # two pages of one person that speak in the same moment


class NotLive(Exception):
    """The scenario is not published, so no talk can be started."""


class TooFewScenarios(Exception):
    """There are not enough published scenarios to talk with several customers at once."""


class CannotStepBack(Exception):
    """Only practice lets one step back, and only after a reply."""


class NoHint(Exception):
    """Hints are for practice, once in a beat, after a reply that did not lead on."""


class BadReply(ValueError):
    """An empty or far too long reply: nothing was said. ``length`` is how long it was."""

    def __init__(self, length: int):
        super().__init__(length)
        self.length = length


@transaction.atomic
def start_session(
    *,
    scenario_id: int,
    learner,
    level: Level,
    at: datetime,
    seed: int | None = None,
    group: UUID | None = None,
    version: ScenarioVersion | None = None,
) -> Session:
    """Begin a talk, or give back the one that is open already.

    Without a ``seed`` the customer is another one than the last time; without a ``version`` it is the scenario's
    current one. Raises ``NotLive``.
    """
    scenario = Scenario.objects.select_for_update(of=("self",)).select_related("current").get(pk=scenario_id)
    mine = Session.objects.of(learner).filter(scenario=scenario)
    running = mine.open().first()
    if running:
        return running
    version = version or scenario.current
    if scenario.state != QuestionState.LIVE or version is None:
        raise NotLive
    if seed is None:
        last = mine.order_by("-started_at", "-pk").values_list("seed", flat=True).first()
        seed = Random(f"{learner.pk}:{scenario.pk}").randrange(10_000) if last is None else last + 1  # noqa: S311
    return _begun(version, learner, seed, at, level=level, group=group)


@transaction.atomic
def start_trial(*, version_id: int, learner, at: datetime, seed: int = 0) -> Session:
    """Begin a talk with any version, published or not, by the rules of practice; it is in nobody's record.

    A trial of this scenario that the person has open is over with it: it may be with an older version.
    """
    version = ScenarioVersion.objects.select_related("scenario").get(pk=version_id)
    Scenario.objects.select_for_update().get(pk=version.scenario_id)
    for running in Session.objects.filter(learner=learner, scenario=version.scenario_id, trial=True).open():
        leave(session_id=running.pk, learner_id=learner.pk, at=at)
    return _begun(version, learner, seed, at, level=Level.PRACTICE, trial=True)


def _begun(version: ScenarioVersion, learner, seed: int, at: datetime, **fields) -> Session:
    step = begin(version.cast(seed))
    session = Session.objects.create(
        learner=learner,
        scenario_id=version.scenario_id,
        version=version,
        seed=seed,
        criteria=shipped().data,
        judge=judge_version(),
        patterns=newest_library(),
        started_at=at,
        spoke_at=at,
        state=step.state.to_data(),
        length=1,
        **fields,
    )
    Turn.objects.create(
        session=session, number=1, kind=TurnKind.BEGIN, says=list(step.says), at=at, state=step.state.to_data()
    )
    ask_after(session.pk, Purpose.REWORDING)
    return session


@transaction.atomic
def start_several(*, scenario_id: int, learner, at: datetime, chance: Random) -> list[Session]:
    """Begin three talks that run at the same time: with this customer and two others. Raises ``TooFewScenarios``."""
    busy = Session.objects.of(learner).open().values("scenario")
    others = list(Scenario.objects.live().exclude(pk=scenario_id).exclude(pk__in=busy).values_list("pk", flat=True))
    if len(others) < AT_ONCE - 1:
        raise TooFewScenarios
    group = uuid4()
    chosen = [scenario_id, *chance.sample(others, AT_ONCE - 1)]
    return [start_session(scenario_id=pk, learner=learner, level=Level.SEVERAL, at=at, group=group) for pk in chosen]


def say(
    *,
    session_id: int,
    learner_id: int,
    text: str,
    client: str,
    sequence: int,
    after: int,
    at: datetime,
    choice: str = "",
) -> Session:
    """Answer the customer. ``sequence`` is the page's own number of this reply, ``after`` the last turn it has seen.

    Raises ``Session.DoesNotExist``, ``BadReply``, ``TalkOver``, ``SpokenElsewhere``, ``UnknownItem``.
    """
    if not choice and not 0 < len(text.strip()) <= LONGEST_REPLY:
        raise BadReply(len(text))
    for _try in range(TRIES):
        talk = Talk.of(session_id, learner_id)
        if talk.knows(client, sequence):
            return talk.session
        talk.must_be_open()
        talk.must_be_seen(client, after)
        talk.wait_until(at)
        if talk.session.is_open:
            talk.reply(text.strip(), choice, client, sequence, at)
        if talk.save(at):
            return talk.session
    raise SpokenElsewhere


def look_up(*, session_id: int, learner_id: int, item: str, at: datetime) -> Session:
    """Open an item of the order panel. Raises ``Session.DoesNotExist``, ``TalkOver``, ``UnknownItem``."""
    for _try in range(TRIES):
        talk = Talk.of(session_id, learner_id)
        if item in talk.state.looked:
            return talk.session
        talk.must_be_open()
        talk.add(advance(talk.cast, talk.state, Look(item)), TurnKind.LOOK, at, name=item)
        if talk.save(at):
            return talk.session
    raise SpokenElsewhere


def ask_hint(*, session_id: int, learner_id: int, at: datetime) -> Session:
    """Show what a good reply does in this beat, and write down that it was asked for.

    Raises ``Session.DoesNotExist``, ``TalkOver`` and ``NoHint``.
    """
    for _try in range(TRIES):
        talk = Talk.of(session_id, learner_id)
        talk.must_be_open()
        if not hint_due(talk.session, talk.all):
            raise NoHint
        talk.hint(hint_of(talk.cast, talk.state), at)
        if talk.save(at):
            return talk.session
    raise SpokenElsewhere


def tick_silence(*, session_id: int, learner_id: int, at: datetime) -> Session:
    """Let the customer ask again if they have waited long enough by ``at``. Raises ``Session.DoesNotExist``."""
    for _try in range(TRIES):
        talk = Talk.of(session_id, learner_id)
        talk.wait_until(at)
        if not talk.new or talk.save(at):
            return talk.session
    return talk.session


def step_back(*, session_id: int, learner_id: int, after: int, client: str, at: datetime) -> Session:
    """Undo the last reply and what came of it. Raises ``CannotStepBack`` and what ``say`` raises."""
    for _try in range(TRIES):
        talk = Talk.of(session_id, learner_id)
        talk.must_be_open()
        talk.must_be_seen(client, after)
        if not talk.terms.step_back or not replies_of(talk.turns):
            raise CannotStepBack
        talk.back(client, at)
        if talk.save(at):
            return talk.session
    raise SpokenElsewhere


@transaction.atomic
def try_again_from(*, session: Session, turn: int, learner, at: datetime) -> Session:
    """Practise with the same customer, taking up the ended ``session`` just before the reply with the number ``turn``.

    With no such reply it begins anew. A talk with this scenario that is open already is given back instead. A trial is
    taken up as a trial.
    """
    if session.trial:
        fresh = start_trial(version_id=session.version_id, learner=learner, at=at, seed=session.seed)
    else:
        fresh = start_session(
            scenario_id=session.scenario_id, learner=learner, level=Level.PRACTICE, at=at, seed=session.seed,
            version=session.version,
        )  # fmt: skip
    if fresh.length > 1 or fresh.version_id != session.version_id or fresh.seed != session.seed:
        return fresh
    before = [one for one in standing(session.turns.prefetch_related("checks")) if one.number < turn]
    talk = Talk(fresh, fresh.turns.all())
    for one in before[1:]:
        talk.repeat(one, at)
    talk.save(at)
    return fresh


def leave(*, session_id: int, learner_id: int, at: datetime) -> Session:
    """End the talk before it is over. Ending it twice is ending it once. Raises ``Session.DoesNotExist``."""
    for _try in range(TRIES):
        talk = Talk.of(session_id, learner_id)
        if not talk.session.is_open:
            return talk.session
        talk.add(advance(talk.cast, talk.state, Leave()), TurnKind.LEAVE, at)
        if talk.save(at):
            return talk.session
    raise SpokenElsewhere


FORGOTTEN = timedelta(hours=2)


def leave_forgotten(*, learner_id: int, at: datetime) -> None:
    """End the talks that nobody came back to."""
    forgotten = Session.objects.filter(learner=learner_id).open().filter(spoke_at__lt=at - FORGOTTEN)
    for pk in forgotten.values_list("pk", flat=True):
        leave(session_id=pk, learner_id=learner_id, at=at)
