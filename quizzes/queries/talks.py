"""Reading a talk: the turns that stand, what was said, and what each reply was found to show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.models import CheckResult, Ruling, Session, Turn, TurnKind
from quizzes.rules.dialogue.scoring import Reply, Score, score
from quizzes.rules.dialogue.talk import Noted, Verdicts


@dataclass(frozen=True)
class Held:
    """A verdict as it holds: the machine's, or a person's, who is always sure."""

    yes: bool
    probability: float
    sure: bool


def standing(turns: Iterable[Turn]) -> list[Turn]:
    """``turns`` without those that were stepped back over, and without the stepping back."""
    kept: list[Turn] = []
    for turn in turns:
        if turn.kind == TurnKind.BACK:
            replies = [place for place, one in enumerate(kept) if one.kind == TurnKind.SAY]
            kept = kept[: replies[-1]] if replies else kept
        else:
            kept.append(turn)
    return kept


def lines(turns: Iterable[Turn]) -> list[tuple[str, str]]:
    """What was said so far: (customer or agent, text)."""
    found = []
    for turn in turns:
        if turn.kind == TurnKind.SAY:
            found.append(("agent", turn.text))
        found += [("customer", text) for text in turn.says]
    return found


def replies_of(turns: Sequence[Turn]) -> list[Turn]:
    return [turn for turn in turns if turn.kind == TurnKind.SAY]


def held(result: CheckResult, ruling: Ruling | None) -> Held:
    if ruling:
        return Held(ruling.verdict, float(ruling.verdict), True)
    return Held(result.yes, result.probability, result.sure)


def results_of(turns: Sequence[Turn]) -> list[CheckResult]:
    """What the machine said of these replies."""
    return list(CheckResult.objects.filter(turn__in=turns).select_related("turn", "appeal", "open"))


def rulings_of(turns: Sequence[Turn]) -> dict[int, Ruling]:
    """The rulings that hold, by the id of the result."""
    counted = Ruling.objects.filter(result__turn__in=turns, blind=False).select_related("by").order_by("at", "pk")
    return {ruling.result_id: ruling for ruling in counted}


def verdicts_by_turn(
    results: Iterable[CheckResult], rulings: Mapping[int, Ruling]
) -> dict[int, dict[str, Held]]:
    found: dict[int, dict[str, Held]] = {}
    for result in results:
        found.setdefault(result.turn_id, {})[result.check_name] = held(result, rulings.get(result.pk))
    return found


def score_of(session: Session, replies: Sequence[tuple[Turn, Verdicts]]) -> Score:
    """The score of the talk as it stands, by the criteria frozen in it; each reply with what it was found to show."""
    cast = session.cast()
    return score(
        cast.scenario,
        session.standing(),
        [
            Reply(Noted.from_data(turn.noted), verdicts, turn.seconds or 0.0)
            for turn, verdicts in replies
            if turn.noted
        ],
        session.frozen_criteria(),
        session.level,
        cast.hidden.key if cast.hidden else "",
    )
