"""Seating questions in sections, so that none sits twice and no two that share a fact sit in one paper.

Questions are numbers here: positions in a bank. Without shared facts, or with one fact a question, this is a
bipartite matching of sections with facts, and augmenting paths (Berge 1957; Ahuja, Magnanti, Orlin, Network
Flows, section 12.3) find the most that can be seated. With several facts a question it is set packing, which
is NP-hard: then a bounded search by branch and bound follows where the paths fall short.
"""

from collections.abc import Sequence, Set

# How many questions the search looks at before it keeps the best seating so far: some 30 ms.
SEARCH_STEPS = 50_000


class Placement:
    """Who sits where: ``seats[s]`` are the questions in section ``s``, in the order in which they came."""

    def __init__(self, counts: Sequence[int], pools: Sequence[Sequence[int]], facts: Sequence[Set[str]]):
        """``pools[s]`` are the questions that fit section ``s``, best first; ``facts[q]`` those of ``q``."""
        self.counts = counts
        self.pools = pools
        self.facts = facts
        self.seats: list[list[int]] = [[] for _ in counts]
        self.home: dict[int, int] = {}
        self.holder: dict[str, int] = {}

    @property
    def is_full(self) -> bool:
        return len(self.home) == sum(self.counts)

    def is_free(self, question: int) -> bool:
        """Whether it may sit down: neither it nor one of its facts is in the paper."""
        return question not in self.home and self.holder.keys().isdisjoint(self.facts[question])

    def may_replace(self, old: int, new: int) -> bool:
        """Whether ``new`` may sit down once ``old`` has left."""
        return new not in self.home and all(self.holder.get(fact, old) == old for fact in self.facts[new])

    def seat(self, question: int, section: int) -> None:
        self.seats[section].append(question)
        self.home[question] = section
        for fact in self.facts[question]:
            self.holder[fact] = question

    def unseat(self, question: int) -> None:
        self.seats[self.home.pop(question)].remove(question)
        for fact in self.facts[question]:
            del self.holder[fact]

    def exchange(self, old: int, new: int) -> None:
        """Seat ``new`` where ``old`` sat."""
        section = self.home[old]
        self.unseat(old)
        self.seat(new, section)

    def fill(self) -> None:
        """Seat the best of each pool, sections with little choice first, then make room where any lacks."""
        order = sections_by_choice(self.counts, self.pools)
        for section in order:
            for question in self.pools[section]:
                if len(self.seats[section]) == self.counts[section]:
                    break
                if self.is_free(question):
                    self.seat(question, section)
        for section in order:
            while len(self.seats[section]) < self.counts[section] and self._augment(section, set()):
                pass

    def _augment(self, section: int, visited: set[int]) -> bool:
        """Seat one more in ``section``, if need be by taking one from another that finds a substitute.

        Leaves everything as it was when it returns ``False``.
        """
        visited.add(section)
        for question in self.pools[section]:
            if self.is_free(question):
                self.seat(question, section)
                return True
        for question in self.pools[section]:
            blocker = self._only_blocker(question)
            if blocker is None or self.home[blocker] in visited:
                continue
            before = [*map(list, self.seats)], dict(self.home), dict(self.holder)
            if self._augment(self.home[blocker], visited):
                self.unseat(blocker)
                if self.is_free(question):
                    self.seat(question, section)
                    return True
                self.seats, self.home, self.holder = before
        return False

    def _only_blocker(self, question: int) -> int | None:
        """The one question, perhaps itself, that must leave its seat before ``question`` may sit here."""
        if question in self.home:
            return question
        blockers = {self.holder[fact] for fact in self.facts[question] if fact in self.holder}
        return blockers.pop() if len(blockers) == 1 else None


def settle(
    counts: Sequence[int], pools: Sequence[Sequence[int]], facts: Sequence[Set[str]]
) -> Placement:
    """The fullest seating that can be found, of those found the one that respects the order of pools most.

    Tries the pools as they are, then with the questions on fewest facts first, then the bounded search.
    """
    best = Placement(counts, pools, facts)
    best.fill()
    if best.is_full or all(len(facts[question]) <= 1 for pool in pools for question in pool):
        return best
    lean_pools = [sorted(pool, key=lambda question: len(facts[question])) for pool in pools]
    lean = Placement(counts, lean_pools, facts)
    lean.fill()
    best = max(best, lean, key=lambda placement: len(placement.home))
    if best.is_full or len(best.home) == _bound(counts, pools, facts):
        return best
    return _Search(lean).run(best)


def sections_by_choice(counts: Sequence[int], pools: Sequence[Sequence[int]]) -> list[int]:
    """Section numbers, those with the fewest questions for each seat first."""
    return sorted(range(len(counts)), key=lambda section: (len(pools[section]) / counts[section], section))


def _bound(counts: Sequence[int], pools: Sequence[Sequence[int]], facts: Sequence[Set[str]]) -> int:
    """No seating is fuller: one in which each question rests on at most one of its facts."""
    relaxed = Placement(counts, pools, [{min(keys)} if keys else keys for keys in facts])
    relaxed.fill()
    return len(relaxed.home)


class _Search:
    """Branch and bound over the seats, section by section, up to ``SEARCH_STEPS``."""

    def __init__(self, like: Placement):
        self.trial = Placement(like.counts, like.pools, like.facts)
        self.order = sections_by_choice(like.counts, like.pools)
        self.left = SEARCH_STEPS
        self.missing = 0
        self.seats: list[list[int]] = []

    def run(self, best: Placement) -> Placement:
        """A fuller seating than ``best``, or ``best``."""
        self.missing = sum(best.counts) - len(best.home)
        self._descend(0, 0, 0)
        if not self.seats:
            return best
        found = Placement(best.counts, best.pools, best.facts)
        for section, seat in enumerate(self.seats):
            for question in seat:
                found.seat(question, section)
        return found

    def _descend(self, depth: int, start: int, missing: int) -> None:
        """Fill section ``order[depth]`` with questions from ``start`` on, ``missing`` given up before."""
        if missing >= self.missing or self.left <= 0:
            return
        if depth == len(self.order):
            self.missing, self.seats = missing, [list(seat) for seat in self.trial.seats]
            return
        section = self.order[depth]
        open_seats = self.trial.counts[section] - len(self.trial.seats[section])
        if not open_seats:
            self._descend(depth + 1, 0, missing)
            return
        pool = self.trial.pools[section]
        for position in range(start, len(pool)):
            self.left -= 1
            if self.left <= 0:
                return
            if self.trial.is_free(pool[position]):
                self.trial.seat(pool[position], section)
                self._descend(depth, position + 1, missing)
                self.trial.unseat(pool[position])
        self._descend(depth + 1, 0, missing + open_seats)
