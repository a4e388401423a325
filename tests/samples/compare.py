"""What a reader found against what is true, question by question.

Two texts are the same when they differ only where the task leaves it open: white space next to Chinese, full or half
width of letters, digits and punctuation, Traditional or Simplified. A radical that was left standing, a lost or
added character, a number that stayed before the stem and an unemptied key bracket are differences.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from opencc import OpenCC
from rapidfuzz import fuzz, process

from quizzes.formats.found import QuestionsFound, to_report

ALIKE = 70  # of 100: from here on two stems are taken for the same question read differently
GAP = "____"


class Verdict(StrEnum):
    """What became of one true question, or of one piece that has to be held."""

    RIGHT = "right"
    HELD = "held"  # it was sure, yet a person has to look: tiresome, never harmful
    WRONG = "wrong"  # read, but not as it is
    GUESSED = "guessed"  # it had to be held and was read as if it were sure
    MISSING = "missing"  # neither read nor held
    INVENTED = "invented"  # read, but not there


HARMFUL = {Verdict.WRONG, Verdict.GUESSED, Verdict.MISSING, Verdict.INVENTED}


@dataclass(frozen=True)
class Outcome:
    """``text`` says which question; ``differences`` name field, what was read and what is right."""

    verdict: Verdict
    text: str
    line: int | None = None
    differences: tuple[str, ...] = ()
    explanation: str | None = None  # how the explanation differs; None where it does not

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line is not None else ""
        return "\n    ".join([f"{self.verdict}: {place}{self.text}", *self.differences])


def compare(found: QuestionsFound, truth: Mapping[str, Any]) -> list[Outcome]:
    """One outcome for each true question and each piece to be held, then one for each question that was invented."""
    reports = [to_report(question) for question in found.questions]
    held = [plain(piece.text) for piece in found.held]
    unmatched = set(range(len(reports)))
    outcomes = [_held(piece["contains"], reports, held, unmatched) for piece in truth["held"]]
    paired = _pair(truth["questions"], reports, unmatched)
    for question, index in zip(truth["questions"], paired, strict=True):
        if index is not None:
            outcomes.append(_read(question, reports[index]))
        else:
            outcomes.append(_unread(question, held))
    taken = {index for index in paired if index is not None}
    outcomes += [
        Outcome(Verdict.INVENTED, _short(reports[index]["stem"]), reports[index]["line"])
        for index in sorted(unmatched - taken)
    ]
    return outcomes


@dataclass(frozen=True)
class Score:
    """How often each verdict fell; ``asked`` counts the true questions and the pieces that have to be held."""

    counts: Mapping[Verdict, int]
    explanations_lost: int = 0

    @property
    def asked(self) -> int:
        return sum(count for verdict, count in self.counts.items() if verdict != Verdict.INVENTED)

    @property
    def right(self) -> float:
        """Per cent of what was asked."""
        return 100 * self.counts[Verdict.RIGHT] / max(self.asked, 1)

    @property
    def harmful(self) -> float:
        """Per cent that is wrong and that nobody would be asked about."""
        return 100 * sum(self.counts[verdict] for verdict in HARMFUL) / max(self.asked, 1)


def score(outcomes: Iterable[Outcome]) -> Score:
    outcomes = list(outcomes)
    counts = {verdict: sum(outcome.verdict == verdict for outcome in outcomes) for verdict in Verdict}
    return Score(counts, sum(outcome.explanation is not None for outcome in outcomes))


# --- one question ----------------------------------------------------------------------------------------

def _held(contains: str, reports: Sequence[Mapping[str, Any]], held: list[str], unmatched: set[int]) -> Outcome:
    """A piece that has to be held is right when it is held and nothing that contains it was read."""
    piece = plain(contains)
    for index in sorted(unmatched):
        options = " ".join(option["text"] for option in reports[index]["options"])
        if piece in plain(reports[index]["stem"]) or piece in plain(options):
            unmatched.discard(index)
            return Outcome(Verdict.GUESSED, _short(contains), reports[index]["line"], ("has to be held for review",))
    if any(piece in text for text in held):
        return Outcome(Verdict.RIGHT, _short(contains))
    return Outcome(Verdict.MISSING, _short(contains), None, ("has to be held for review, and is not there",))


def _read(true: Mapping[str, Any], read: Mapping[str, Any]) -> Outcome:
    differences = tuple(_differences(true, read))
    explanation = None
    if plain(true.get("explanation", "")) != plain(read["explanation"]):
        explanation = f"explanation: {read['explanation']!r}, right is {true.get('explanation', '')!r}"
    return Outcome(
        Verdict.WRONG if differences else Verdict.RIGHT, _short(true["stem"]), read["line"], differences, explanation
    )


def _unread(true: Mapping[str, Any], held: list[str]) -> Outcome:
    stem = plain(true["stem"])
    sure = max((part for part in re.split(r"\(\)|_{2,}|\(", stem)), key=len)
    if any(stem in text or sure in text or fuzz.partial_ratio(stem, text) > 90 for text in held):
        return Outcome(Verdict.HELD, _short(true["stem"]))
    return Outcome(Verdict.MISSING, _short(true["stem"]))


def _differences(true: Mapping[str, Any], read: Mapping[str, Any]) -> Iterable[str]:
    if true["kind"] != read["kind"]:
        yield f"kind: {read['kind']}, right is {true['kind']}"
        return
    kind = true["kind"]
    if not _same_stem(true["stem"], read["stem"], kind):
        yield f"stem: {read['stem']!r}, right is {true['stem']!r}"
    if kind != "cloze":  # how the choices of several gaps are listed is left open
        keyed = kind != "ordering"  # the order is the key
        expected, options = ([_option(option, keyed) for option in side["options"]] for side in (true, read))
        if expected != options:
            yield f"options: {options}, right is {expected}"
    if kind == "numeric":
        expected, answers = ([[float(part) for part in answer] for answer in side["answers"]] for side in (true, read))
    else:
        expected, answers = (
            [[plain(text) for text in variants] for variants in side["answers"]] for side in (true, read)
        )
        if kind in ("fill", "cloze"):
            expected, answers = ([sorted(set(variants)) for variants in side] for side in (expected, answers))
    if expected != answers:
        yield f"answers: {answers}, right is {expected}"
    expected, pairs = (sorted([plain(left), plain(right)] for left, right in side["pairs"]) for side in (true, read))
    if expected != pairs:
        yield f"pairs: {pairs}, right is {expected}"


def _same_stem(true: str, read: str, kind: str) -> bool:
    """A key bracket is compared as written: full width with one space. A gap at the end of a question that has no
    gap of its own may be added, because a fill question needs one."""
    if kind == "fill" and GAP not in true:
        read = re.sub(r"\s*____\s*$", "", read)
    return plain(true) == plain(read) and true.count("（ ）") == read.count("（ ）")


def _option(option: Mapping[str, Any], keyed: bool) -> str:
    return ("*" if keyed and option["correct"] else "") + plain(option["text"])


# --- which is which --------------------------------------------------------------------------------------

def _pair(
    true: Sequence[Mapping[str, Any]], read: Sequence[Mapping[str, Any]], unmatched: set[int]
) -> list[int | None]:
    """For each true question the index of what was read for it: the same stem first, then the most alike."""
    free = set(unmatched)
    paired: list[int | None] = [None] * len(true)
    for number, question in enumerate(true):
        same = [index for index in free if plain(read[index]["stem"]) == plain(question["stem"])]
        alike = [index for index in same if not list(_differences(question, read[index]))] or same
        if alike:
            paired[number] = min(alike)
            free.discard(min(alike))
    for number, question in enumerate(true):
        if paired[number] is None and free:
            stems = {index: plain(read[index]["stem"]) for index in sorted(free)}
            best = process.extractOne(plain(question["stem"]), stems, scorer=_alike, score_cutoff=ALIKE)
            if best:
                paired[number] = best[2]
                free.discard(best[2])
    return paired


def _alike(one: str, other: str, **_: object) -> float:
    """A stem that swallowed its options, or lost its end, is still the same question."""
    return max(fuzz.ratio(one, other), fuzz.partial_ratio(one, other) if min(len(one), len(other)) >= 8 else 0)


# --- texts -----------------------------------------------------------------------------------------------

def plain(text: str) -> str:
    """``text`` in the spelling that is compared."""
    text = "".join(_half_width(char) for char in text)
    text = re.sub(r"\s+", " ", _to_simplified().convert(text)).strip()
    return re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", text)


def _half_width(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if "\uff01" <= char <= "\uff5e" or char == "\u3000" else char


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
