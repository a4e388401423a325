"""What people ruled about replies, as labelled replies that the judge can learn from."""

from collections.abc import Iterable, Iterator

from django.contrib.auth import get_user_model

from quizzes.models import Ruling, Session, Turn
from quizzes.queries.talks import lines, replies_of, standing
from quizzes.rules.dialogue.golden import reply_in
from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.masking import mask
from quizzes.rules.replies.records import Record, Reply
from quizzes.rules.replies.records import Turn as Said

LEAST_USERNAME = 4  # a shorter one is too often part of a word


def ruled_replies() -> list[Record]:
    """Every reply that a person ruled on, oldest first, without personal data. Four queries.

    A ruling outranks the blind ratings of the same check; raters who differ leave it disputed (null), and what nobody
    looked at is null, too.
    """
    said: dict[int, dict[str, list[tuple[bool, bool]]]] = {}
    rows = Ruling.objects.order_by("at", "pk").values_list("result__turn", "result__check_name", "verdict", "blind")
    for turn, check, verdict, blind in rows:
        said.setdefault(turn, {}).setdefault(check, []).append((verdict, blind))
    names = _names()
    sessions = Session.objects.filter(turns__in=said).distinct().select_related("version", "scenario")
    return [
        Record(f"t-{turn.pk}", _masked(reply, names), {name: _label(said[turn.pk].get(name, ())) for name in NAMES})
        for session in sessions.prefetch_related("turns").order_by("pk")
        for turn, reply in _in_context(session)
        if turn.pk in said
    ]


def recent_replies(most: int) -> list[Record]:
    """The newest replies of ended talks, unlabelled and as they were typed. Two queries."""
    sessions = Session.objects.ended().filter(trial=False).select_related("version", "scenario")
    found: list[Record] = []
    for session in sessions.prefetch_related("turns").order_by("-ended_at", "-pk")[:most]:
        found += [Record(f"t-{turn.pk}", reply) for turn, reply in _in_context(session)]
        if len(found) >= most:
            break
    return found[:most]


def _in_context(session: Session) -> Iterator[tuple[Turn, Reply]]:
    cast, turns = session.cast(), standing(session.turns.all())
    for turn in replies_of(turns):
        before = lines(one for one in turns if one.number < turn.number)
        yield turn, reply_in(cast, turn.text, before)


def _label(verdicts: Iterable[tuple[bool, bool]]) -> bool | None:
    verdicts = list(verdicts)
    ruled = [verdict for verdict, blind in verdicts if not blind]
    if ruled:
        return ruled[-1]
    rated = {verdict for verdict, _blind in verdicts}
    return rated.pop() if len(rated) == 1 else None


def _names() -> set[str]:
    users = get_user_model().objects.all()
    usernames = {user.get_username() for user in users if len(user.get_username()) >= LEAST_USERNAME}
    return usernames | {user.get_full_name() for user in users}


def _masked(reply: Reply, names: Iterable[str]) -> Reply:
    return Reply(
        mask(reply.text, names),
        tuple(Said(turn.who, mask(turn.text, names)) for turn in reply.history),
        mask(reply.facts, names),
        reply.platform,
        reply.stage,
    )
