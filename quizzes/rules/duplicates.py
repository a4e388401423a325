"""Which questions of a bank ask the same as another one, to the letter or nearly.

Two questions that differ only in a number, a negation, a platform or another word that turns the meaning are no
duplicates: both may be right to have, so a person is shown them and told in what they differ.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from math import ceil
from operator import add

from rapidfuzz import fuzz, process

from quizzes.rules.generation.reading import texts
from quizzes.rules.generation.wording import PLATFORM_NAMES
from quizzes.rules.questions import Content
from quizzes.rules.text import fold

NEAR = 86  # per cent of the characters in common, from here on two questions are shown together
SHORTEST = 4  # characters; of shorter texts nobody can say how near they are
SHARED = 0.55  # the share of their pairs of characters that questions so near have in common at the very least
FEWEST_PAIRS, MOST_VISITED = 8, 800  # rare pairs looked up, and questions visited by them
LONGEST_POSTING = 400  # pairs of characters in more questions than this tell nothing
MOST_COMPARED, MOST_SHOWN = 40, 5
_LENGTHS = NEAR / (200 - NEAR)  # the shorter of two texts that are near is at least so long, as a share of the other
_APART = "¦"


class Likeness(StrEnum):
    """``NEAR`` is the same question in slightly other words; ``SIMILAR`` differs in a word that matters."""

    EXACT = "exact"
    NEAR = "near"
    SIMILAR = "similar"


@dataclass(frozen=True)
class Entry:
    """A question as it is compared: its stem, and the texts to choose from in any order."""

    id: int
    stem: str
    options: tuple[str, ...] = ()
    platform: str = ""


@dataclass(frozen=True)
class Match:
    """A question of the bank that is like the one asked for. ``similarity`` is between 0 and 1.

    ``differs`` says in Chinese what a person has to look at; it is empty unless ``likeness`` is ``SIMILAR``.
    """

    id: int
    similarity: float
    likeness: Likeness
    differs: str = ""

    @property
    def exact(self) -> bool:
        return self.likeness == Likeness.EXACT


def entry_of(id: int, stem: str, content: Content, platform: str = "") -> Entry:
    return Entry(id, stem, tuple(texts(content)), platform)


class BankIndex:
    """Questions by the pairs of characters in them. More may be added at any time."""

    def __init__(self, entries: Iterable[Entry] = ()):
        self._texts: dict[int, str] = {}
        self._masked: dict[int, str] = {}
        self._same_but: dict[str, list[int]] = defaultdict(list)  # questions by their masked texts
        self._platforms: dict[int, str] = {}
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for entry in entries:
            self.add(entry)

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, entry: Entry) -> None:
        """Raises ``ValueError`` where the id is there already."""
        if entry.id in self._texts:
            raise ValueError(f"There is a question {entry.id} already.")
        text = plain(entry)
        self._texts[entry.id] = text
        self._platforms[entry.id] = entry.platform
        self._exact[text].append(entry.id)
        self._masked[entry.id] = masked = mask(text)
        self._same_but[masked].append(entry.id)
        for pair in _pairs(masked):
            self._postings[pair].append(entry.id)

    def find(self, entry: Entry) -> list[Match]:
        """The questions most like this one, the likest first, at most five. Its own id is left out."""
        text = plain(entry)
        if not text.strip(_APART):
            return []
        same = [id for id in self._exact.get(text, ()) if id != entry.id]
        masked = mask(text)
        near = self._candidates(masked, {entry.id, *same}) if len(masked) >= SHORTEST else {}
        found = process.extract(masked, near, scorer=fuzz.ratio, score_cutoff=NEAR, limit=None) if near else []
        ids = [*same[:MOST_SHOWN], *(id for _, _, id in found)]
        matches = [self._judged(id, text, entry.platform) for id in ids]
        return sorted(matches, key=lambda match: (list(Likeness).index(match.likeness), -match.similarity))[:MOST_SHOWN]

    def _candidates(self, masked: str, known: set[int]) -> dict[int, str]:
        """Those that differ in words that matter only, and those that share a rare pair of characters.

        Whoever shares enough pairs shares one of the rarest, so the common ones need not be looked up.
        """
        postings = self._postings
        pairs = sorted(_pairs(masked), key=lambda pair: len(postings.get(pair, ())))
        rare = pairs[: len(pairs) - ceil(SHARED * len(pairs)) + 1]
        alike = islice((id for id in self._same_but.get(masked, ()) if id not in known), MOST_COMPARED)
        shared: Counter[int] = Counter()
        visited = 0
        for number, pair in enumerate(rare):
            ids = postings.get(pair, ())
            if len(ids) > LONGEST_POSTING or (number >= FEWEST_PAIRS and visited > MOST_VISITED):
                break  # the pairs are in order: the others are in more questions still
            shared.update(ids)
            visited += len(ids)
        least = 2 if len(rare) > FEWEST_PAIRS else 1
        shortest, longest = len(masked) * _LENGTHS, len(masked) / _LENGTHS
        masks = self._masked
        often = [id for id, times in shared.items() if times >= least]
        often.sort(key=shared.__getitem__, reverse=True)
        others = (
            id for id in often
            if id not in known and shortest <= len(masks[id]) <= longest and masks[id] != masked
        )  # fmt: skip
        return {id: masks[id] for id in (*alike, *islice(others, MOST_COMPARED))}

    def _judged(self, id: int, text: str, platform: str) -> Match:
        other = self._texts[id]
        score = fuzz.ratio(text, other)
        reasons = list(differences(text, other))
        if platform and self._platforms[id] and platform != self._platforms[id] and "平台" not in reasons:
            reasons.append("平台")
        if reasons:
            return Match(id, score / 100, Likeness.SIMILAR, f"{'、'.join(reasons)}不同")
        return Match(id, score / 100, Likeness.EXACT if text == other else Likeness.NEAR)


# --- texts -----------------------------------------------------------------------------------------------

@lru_cache(maxsize=4)  # a question is looked for, and then added
def plain(entry: Entry) -> str:
    """Stem and options in the one spelling that is compared, without punctuation, the options in order."""
    folded = fold(_APART.join(text.replace(_APART, " ") for text in (entry.stem, *entry.options)))
    stem, *options = (_bare(part) for part in folded.split(_APART))
    return _APART.join([stem, *sorted(options)])


def _bare(text: str) -> str:
    return re.sub(r"(?<!\d)\.|\.(?!\d)|[^\w.%]|_", "", text)


@lru_cache(maxsize=4)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(map(add, text, text[1:])) or frozenset({text})


# --- words that matter -------------------------------------------------------------------------------------

_DIGITS = {**{char: n for n, char in enumerate("零一二三四五六七八九")}, "两": 2, "〇": 0}
_MEASURES = "天日小个元块倍件次月年周分秒折级档岁星成点款双位码人号种项步"
_NUMBER = re.compile(
    rf"\d+(?:\.\d+)?%?|(?<![哪每任同某零一二三四五六七八九十百])[零〇一二两三四五六七八九十百半]+(?=[{_MEASURES}])"
)
_SENSES: tuple[tuple[str, str], ...] = (
    # The first group that is told differently names the difference.
    ("否定词", "不|未|没|非|无|勿|禁|否|除外|除了"),
    ("对错", "正确|错误|恰当|符合|违反|违规|合规"),
    ("范围", "至少|至多|最多|最少|以上|以下|以内|以外|超过|不足|大于|小于|多于|少于|最高|最低"),
    ("先后", "之前|之后|以前|以后|售前|售中|售后|首先|最后|第一步|最早|最晚"),
    ("对象", "买家|顾客|消费者|客户|商家|卖家|店铺|快递|平台方|主管|客服"),
    (
        "做法",
        "同意|拒绝|必须|可以|应当|应该|能够|允许|支持|增加|减少|退货|换货|补发|退款|维修|赔付",
    ),
)
_SENSE_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _SENSES)
_WEIGHTY = frozenset({"对象", "做法"})  # of questions that differ in these alone, few ask nearly the same
_SAME = {
    "顾客": "买家", "消费者": "买家", "客户": "买家", "卖家": "商家", "店铺": "商家", "应该": "应当", "至多": "最多",
    "除了": "除外", "没": "未", "不": "未", "非": "未", "否": "未",
}  # fmt: skip
_PLATFORM = re.compile("|".join(fold(name) for names in PLATFORM_NAMES.values() for name in names))
_PLATFORM_OF = {fold(name): platform for platform, names in PLATFORM_NAMES.items() for name in names}


@lru_cache(maxsize=4)
def mask(text: str) -> str:
    """The text with numbers, platforms and words that turn its meaning made alike."""
    text = _NUMBER.sub("#", text)
    text = _PLATFORM.sub("@", text)
    for name, pattern in _SENSE_PATTERNS:
        if name not in _WEIGHTY:
            text = pattern.sub("", text)
    return text


def differences(one: str, other: str) -> Iterator[str]:
    """In which words that matter two plain texts differ, by name: 数字, 平台, 否定词 and so on."""
    if one == other:
        return
    mine, theirs = _signature(one), _signature(other)
    yield from (name for name in mine if mine[name] != theirs[name])


@lru_cache(maxsize=50_000)
def _signature(text: str) -> dict[str, Sequence[tuple[str, int]]]:
    told = {
        "数字": Counter(map(_value, _NUMBER.findall(text))),
        "平台": Counter(str(_PLATFORM_OF[name]) for name in _PLATFORM.findall(text)),
    }
    for name, pattern in _SENSE_PATTERNS:
        told[name] = Counter(_SAME.get(word, word) for word in pattern.findall(text))
    return {name: sorted(counts.items()) for name, counts in told.items()}


def _value(number: str) -> str:
    """七 and 7 alike."""
    if number[0].isdigit():
        return number
    if "半" in number or "百" in number:
        return number
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return "".join(str(_DIGITS[char]) for char in number)
    return str(_DIGITS.get(tens, 1 if not tens else 0) * 10 + _DIGITS.get(ones, 0))
