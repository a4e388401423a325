"""Hints in practice: what a good reply does in the beat where the talk stands, and whether one may be asked for."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from quizzes.models import Session, Turn, TurnKind
from quizzes.models.labels import CHECK_LABELS
from quizzes.queries.talks import standing
from quizzes.rules.dialogue.criteria import Level
from quizzes.rules.dialogue.drawing import Cast
from quizzes.rules.dialogue.scenario import Point
from quizzes.rules.dialogue.talk import State


def hint_due(session: Session, turns: Iterable[Turn]) -> bool:
    """Whether a hint may be asked for: in practice, after a reply that did not lead on, even if it was stepped back
    over since, and not while one already stands in this beat."""
    turns = list(turns)
    if not session.is_open or session.level != Level.PRACTICE or not hint_of(session.cast(), session.standing()):
        return False
    state = session.standing()
    shown = any(turn.kind == TurnKind.HINT and turn.name == state.beat for turn in standing(turns))
    replied = any(turn.kind == TurnKind.SAY and (turn.noted or {}).get("beat") == state.beat for turn in turns)
    return replied and not shown


def hint_of(cast: Cast, state: State) -> str:
    """What is still to be done here, a line each: panel items to look up, points to say, good moves. Empty where
    nothing is left."""
    beat = cast.scenario.beats[state.beat]
    points = _points(cast, state)
    wanted = {item for point in points for item in point.needs} - set(state.looked)
    lines = [_("先看“%(item)s”") % {"item": item.title} for item in cast.scenario.panel if item.key in wanted]
    lines += [point.say for point in points]
    lines += [str(CHECK_LABELS[name]) for name in beat.wants]
    return "\n".join(dict.fromkeys(lines))


def _points(cast: Cast, state: State) -> list[Point]:
    """Those of the beat and those that its ways on ask for, as far as they were not met; else any of the talk."""
    beat = cast.scenario.beats[state.beat]
    onward = [rule.when for rule in beat.then if rule.when and rule.to]
    asked = {key for when in onward for key in (*when.points, *when.any_points, *when.said)}
    asked |= {point.key for point in beat.points}
    hidden = cast.hidden.key if cast.hidden else ""
    left = [p for p in cast.scenario.all_points() if p.key not in state.met and p.hidden in ("", hidden)]
    return [point for point in left if point.key in asked] or [p for p in left if p in cast.scenario.points]


def hints_used(turns: Iterable[Turn]) -> int:
    """In how many beats a hint was asked for, whether it was stepped back over or not."""
    return len({turn.name for turn in turns if turn.kind == TurnKind.HINT})
