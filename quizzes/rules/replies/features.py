"""What the model reads of a reply: each feature has a name, a strength and the places in the text that made it so.

``n:`` are stretches of one to three characters (all numbers alike), ``p:`` patterns that count, ``p:…~`` patterns whose
words stand in a scope where they do not, ``s:`` the shape: length, how much it takes up of what was asked, and for each
check how many of its patterns agree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quizzes.rules.replies.checks import NAMES
from quizzes.rules.replies.clauses import Reading, read
from quizzes.rules.replies.disguises import MOCKING, SORRY
from quizzes.rules.replies.normalise import Normalised, normalise
from quizzes.rules.replies.patterns import Means, Pattern, Where, library
from quizzes.rules.replies.records import Reply

LONGEST = 1_200  # characters of the reply that are read; of a longer one the judge is never sure
_CONTEXT = 600
_GRAMS = (1, 2, 3)
_PATTERN, _AGAIN, _OFF = 1.5, 0.75, 1.5
_AGREE, _MOST_AGREE = 0.7, 5
GRAMS = 6.0  # the length of the vector of all n-grams of a reply
_LENGTHS = (3, 6, 10, 15, 20, 30, 45, 60, 90, 140)

_NUMBER = re.compile(r"\d+")
_LONG_NUMBER = re.compile(r"\d{3,}")
_PAIR = re.compile(r"[\u4e00-\u9fffa-z0-9]{2}")
_AGREEMENT = re.compile(r"s:(\w+)(?:>=\d| uncleared)")
_COMMON = frozenset(  # pairs of characters that say nothing about what was asked
    re.findall(
        "..",
        "您好可以我们给您的话这个一下直接什么怎么就是没有不是现在已经今天明天需要自己您的帮您一个不用不会这边那边咱们真的还是或者"
        "如果因为所以但是不过谢谢感谢祝您生活愉快亲亲呢亲的亲哦亲不好好意意思抱歉理解支持店铺顾客客服平台订单",
    )
)


@dataclass
class Found:
    """The features of one reply. ``places`` are stretches of ``normal.text``; a feature of the context has none."""

    normal: Normalised
    reading: Reading
    grams: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    strengths: dict[str, float] = field(default_factory=dict)
    places: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def find(reply: Reply, patterns: Sequence[Pattern] | None = None) -> Found:
    """The features of ``reply``; takes any text, in a time that does not grow beyond ``LONGEST`` characters."""
    normal = normalise(reply.text[:LONGEST])
    found = Found(normal, read(normal.text))
    customer = normalise("\n".join(turn.text[:_CONTEXT] for turn in reply.history[-8:] if turn.who == "customer")).text
    facts = normalise(reply.facts[:_CONTEXT]).text
    _grams(found)
    _patterns(found, library() if patterns is None else patterns, customer, facts)
    found.strengths.update(_agreement(found))
    found.strengths.update((f"s:{name}", strength) for name, strength in _shape(found, reply, customer + " " + facts))
    return found


def _grams(found: Found) -> None:
    text, places = _marked(found.normal.text)
    for size in _GRAMS:
        for start in range(len(text) - size + 1):
            stretch = (places[start][0], places[start + size - 1][1])
            found.grams.setdefault(text[start : start + size], []).append(stretch)


def _marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """``text`` between ``^`` and ``$`` with every number as 0, and where each character comes from."""
    letters, places, done = ["^"], [(0, 0)], 0
    for number in _NUMBER.finditer(text):
        letters += text[done : number.start()]
        places += [(place, place + 1) for place in range(done, number.start())]
        letters.append("0")
        places.append(number.span())
        done = number.end()
    letters += text[done:]
    places += [(place, place + 1) for place in range(done, len(text))]
    return "".join([*letters, "$"]), [*places, (len(text), len(text))]


def _patterns(found: Found, patterns: Sequence[Pattern], customer: str, facts: str) -> None:
    for pattern in patterns:
        name = f"p:{pattern.id}"
        if pattern.where is not Where.REPLY:
            if pattern.words.search(facts if pattern.where is Where.FACTS else customer):
                found.strengths[name] = _PATTERN
            continue
        if not pattern.applies(found.normal.text, facts):
            continue
        for start, end, counts in pattern.places(found.reading):
            found.places.setdefault(name if counts else f"{name}~", []).append((start, end))
        if name in found.places:
            found.strengths[name] = _PATTERN + (_AGAIN if len(found.places[name]) > 1 else 0)
        if f"{name}~" in found.places:
            found.strengths[f"{name}~"] = _OFF


def _agreement(found: Found) -> Iterator[tuple[str, float]]:
    """For each check: that several of its patterns show it, and that none of those clears it.

    One weight for all patterns of a check helps with those that the records hold only once or twice. Only shipped
    patterns are counted: an own one of the shop votes.
    """
    shows, cleared = dict.fromkeys(NAMES, 0), set()
    for pattern in library():
        if f"p:{pattern.id}" in found.strengths:
            if pattern.means is Means.SHOWS:
                shows[pattern.check] += 1
            elif pattern.means is Means.CLEARS:
                cleared.add(pattern.check)
    for check, count in shows.items():
        for least in range(2, min(count, _MOST_AGREE) + 1):
            yield f"s:{check}>={least}", _AGREE
        if count and check not in cleared:
            yield f"s:{check} uncleared", _AGREE


def agreed(name: str) -> str | None:
    """The check that a feature of agreement is about; of any other feature none."""
    match = _AGREEMENT.fullmatch(name)
    return match[1] if match else None


def _shape(found: Found, reply: Reply, context: str) -> Iterator[tuple[str, float]]:
    text = found.normal.text
    yield from ((f"length<={length}", 1.0) for length in _LENGTHS if len(text) <= length)
    pairs, asked = _pairs(text), _pairs(context)
    shared = len(pairs & asked)
    share = shared / max(1, len(pairs))
    yield "share", min(3 * share, 1.5)
    yield "shared", min(shared / 6, 1.5)
    if share < 0.02:
        yield "shares nothing", 1.0
    if len(text) > 18 and shared <= 1:
        yield "long and beside it", 1.0
    if len(text) > 18 and shared <= 3:
        yield "long and little of it", 1.0
    if "?" in text:
        yield "asks", 1.0
    if text.count("!") > 1:
        yield "calls out", 1.0
    faces = set(found.normal.original)
    if faces & MOCKING:
        yield "mocking face", 1.0
    if faces & SORRY:
        yield "sorry face", 1.0
    yield "clauses", min(len(found.reading.clauses) / 8, 2.0)
    if set(_LONG_NUMBER.findall(text)) - set(_LONG_NUMBER.findall(context)):
        yield "new number", 1.0
    if reply.stage:
        yield f"stage={reply.stage}", 1.0


def _pairs(text: str) -> set[str]:
    return {text[start : start + 2] for start in range(len(text) - 1) if _PAIR.match(text, start)} - _COMMON
