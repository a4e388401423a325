"""What the page of a talk shows, and what its script is told after every step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from quizzes.models import Session, Turn, TurnKind
from quizzes.models.labels import LABELS
from quizzes.queries.hints import hint_due
from quizzes.queries.talks import standing
from quizzes.rules.dialogue.criteria import Level
from quizzes.rules.dialogue.mood import mood_of


@dataclass(frozen=True)
class Bubble:
    """One message. ``turn`` is the number of its turn; ``who`` is customer, agent, look or hint."""

    turn: int
    who: str
    text: str


@dataclass(frozen=True)
class PanelLine:
    """An item of the order panel; ``lines`` stay empty until it is opened."""

    key: str
    title: str
    lines: tuple[str, ...]
    opened: bool


@dataclass(frozen=True)
class TalkPage:
    """``silence`` is how many milliseconds the customer still waits, ``None`` where they never ask again;
    ``can_ask``: for a hint."""

    session: Session
    nick: str
    bubbles: tuple[Bubble, ...]
    panel: tuple[PanelLine, ...]
    choices: tuple[tuple[str, str], ...]
    mood: str
    hint: str
    can_step_back: bool
    can_ask: bool
    silence: int | None

    def to_data(self) -> dict[str, Any]:
        """For the script; ``mood`` is ``[word, label]`` or ``None``."""
        session = self.session
        return {
            "id": session.pk,
            "after": session.length,
            "open": session.is_open,
            "bubbles": [[bubble.turn, bubble.who, bubble.text] for bubble in self.bubbles],
            "panel": [[item.key, item.opened, list(item.lines)] for item in self.panel],
            "choices": [list(choice) for choice in self.choices],
            "mood": [self.mood, str(LABELS[self.mood])] if self.mood else None,
            "hint": self.hint,
            "back": self.can_step_back,
            "ask": self.can_ask,
            "silence": self.silence,
            "debrief": "" if session.is_open else reverse("quizzes:debrief", args=[session.pk]),
        }


def talk_page(session: Session, at: datetime) -> TalkPage:
    """Everything a page shows of ``session``, whose version is loaded. At most one query."""
    cast, state = session.cast(), session.standing()
    terms = session.frozen_criteria().levels[Level(session.level)]
    told = session.told if session.told is not None else list(session.turns.all())
    turns = standing(told)
    titles = {item.key: item.title for item in cast.scenario.panel}
    silence = cast.scenario.silence
    left = silence.after * terms.silence - session.silent_for(at) if silence and session.is_open else None
    beat = cast.scenario.beats[state.beat]
    return TalkPage(
        session,
        cast.scenario.persona.nick,
        tuple(bubble for turn in turns for bubble in _bubbles(turn, titles)),
        tuple(
            PanelLine(item.key, item.title, item.lines if item.key in state.looked else (), item.key in state.looked)
            for item in cast.scenario.panel
        ),
        tuple((choice.key, choice.text) for choice in beat.choices) if session.is_open else (),
        mood_of(state.patience, state.trust) if terms.mood else "",
        beat.about if terms.mood and session.is_open else "",
        session.is_open and terms.step_back and any(turn.kind == TurnKind.SAY for turn in turns),
        hint_due(session, told),
        None if left is None else max(int(left * 1000), 0),
    )


def _bubbles(turn: Turn, titles: dict[str, str]) -> list[Bubble]:
    found = []
    if turn.kind == TurnKind.SAY:
        found.append(Bubble(turn.number, "agent", turn.text))
    elif turn.kind == TurnKind.HINT:
        found.append(Bubble(turn.number, "hint", turn.text))
    elif turn.kind == TurnKind.LOOK:
        found.append(Bubble(turn.number, "look", titles.get(turn.name, turn.name)))
    return found + [Bubble(turn.number, "customer", text) for text in turn.says]
