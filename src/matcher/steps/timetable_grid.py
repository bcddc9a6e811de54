"""Pairs in slots while a timetable is being made: who is busy when, and how pairs change slots along a chain.

The chains are those of König's proof (1916) that the edges of a bipartite graph can be coloured with as many colours
as its busiest vertex has edges: pairs are the edges, parties the vertices, slots the colours. Where everybody is
always there, the chains place every pair that can be placed, and even slots out until no slot needs more tables than
there are (de Werra 1971: some colouring has classes that differ by at most one). Where somebody is away, a chain is
taken only if all its pairs may change slots, so it can miss what an exact solver finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NOWHERE = -1


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is to be placed. Pairs and parties are numbers.

    startup, partner: (n,) the parties of each pair; where startups meet startups one number can be both.
    allowed: (n,) the slots in which both are there, ascending. slots: how many there are. limit: the most meetings in
    one. earlier: (n,) the slot of each pair in the timetable to stay close to, if it is still allowed, else NOWHERE.
    was: (n,) whether the pair stood in it. worth: (n,) in millionths of a point, none below 0.
    """

    startup: Sequence[int]
    partner: Sequence[int]
    allowed: Sequence[tuple[int, ...]]
    slots: int
    limit: int
    earlier: Sequence[int]
    was: Sequence[bool]
    worth: Sequence[int]

    def __len__(self) -> int:
        return len(self.startup)

    @property
    def parties(self) -> int:
        """How many parties there are."""
        return 1 + max((*self.startup, *self.partner), default=-1)


class Grid:
    """Which slot each pair has; it never lets two pairs of one party share a slot, nor a slot have too many pairs."""

    def __init__(self, question: Question, slot_of: Sequence[int] = ()) -> None:
        self.question = question
        self.slot_of = [NOWHERE] * len(question)
        self.used = [0] * question.slots
        self._at = [[NOWHERE] * question.slots for _ in range(question.parties)]
        self._allowed = [frozenset(slots) for slots in question.allowed]
        for pair, slot in enumerate(slot_of):
            if slot != NOWHERE:
                self._put(pair, slot)

    def free(self, pair: int, slot: int) -> bool:
        """Whether neither party of the pair is busy in the slot."""
        ours, theirs = self.question.startup[pair], self.question.partner[pair]
        return self._at[ours][slot] == NOWHERE and self._at[theirs][slot] == NOWHERE

    def has(self, pair: int) -> bool:
        """Whether the pair has a slot."""
        return self.slot_of[pair] != NOWHERE

    def busy(self, party: int, slot: int) -> bool:
        """Whether the party meets somebody in the slot."""
        return self._at[party][slot] != NOWHERE

    def keep_earlier(self) -> None:
        """Give each pair its slot of the earlier timetable, as far as it is free."""
        for pair, slot in enumerate(self.question.earlier):
            if slot != NOWHERE and self.slot_of[pair] == NOWHERE and self._roomy(pair, slot):
                self._put(pair, slot)

    def insert(self, pair: int, *, chains: bool) -> bool:
        """Place a pair that has no slot, in the first that is free; with `chains` also by moving others."""
        for slot in self.question.allowed[pair]:
            if self._roomy(pair, slot):
                self._put(pair, slot)
                return True
        return chains and any(self._try(pair, slot) for slot in self._least_blocked(pair))

    def move_earlier(self) -> None:
        """Let pairs that do not stand where they stood earlier take free slots before their own, until none can."""
        moved = True
        while moved:
            moved = False
            for pair in sorted(range(len(self.slot_of)), key=lambda one: (self.slot_of[one], one)):
                own = self.slot_of[pair]
                if own in (NOWHERE, self.question.earlier[pair]):
                    continue
                self._take(pair)
                slot = next(slot for slot in self.question.allowed[pair] if self._roomy(pair, slot))
                self._put(pair, slot)
                moved = moved or slot != own

    def _least_blocked(self, pair: int) -> list[int]:
        """The slots a pair may have, first those in which only one of its parties is busy."""
        ours, theirs = self.question.startup[pair], self.question.partner[pair]
        return sorted(
            self.question.allowed[pair], key=lambda slot: (self.busy(ours, slot) + self.busy(theirs, slot), slot)
        )

    def _roomy(self, pair: int, slot: int) -> bool:
        return self.used[slot] < self.question.limit and self.free(pair, slot)

    def _try(self, pair: int, slot: int) -> bool:
        """Place a pair in a slot by moving others out of it, or leave everything as it is."""
        for _ in self._clearings(pair, slot):
            self._put(pair, slot)
            if self._even_out():
                return True
        return False

    def _clearings(self, pair: int, slot: int) -> Iterator[None]:
        """Each time, both parties are free in the slot: a chain for each that was not. Leaves everything as it was."""
        blocked = [
            party for party in (self.question.startup[pair], self.question.partner[pair]) if self.busy(party, slot)
        ]
        if not blocked:
            before = list(self.slot_of)
            yield
            self._restore(before)
            return
        for target in range(self.question.slots):
            chain = None if self.busy(blocked[0], target) else self._chain(blocked[0], slot, target)
            if chain is None:
                continue
            before = list(self.slot_of)
            self._exchange(chain, slot, target)
            # A chain may end where it makes the other party busy; with one blocked party less it did not.
            ours, theirs = self.busy(self.question.startup[pair], slot), self.busy(self.question.partner[pair], slot)
            if ours + theirs < len(blocked):
                yield from self._clearings(pair, slot)
            self._restore(before)

    def _chain(self, party: int, slot: int, target: int) -> list[int] | None:
        """The pairs met when going from a party to and fro between two slots; None where one of them may not change."""
        chain: list[int] = []
        here, there = slot, target
        while (pair := self._at[party][here]) != NOWHERE:
            if there not in self._allowed[pair]:
                return None
            chain.append(pair)
            ours, theirs = self.question.startup[pair], self.question.partner[pair]
            party = theirs if party == ours else ours
            here, there = there, here
            if len(chain) > len(self.slot_of):  # a circle: it has no end at which anybody is free
                return None
        return chain

    def _exchange(self, chain: Sequence[int], slot: int, target: int) -> None:
        new = [slot if self.slot_of[pair] == target else target for pair in chain]
        for pair in chain:
            self._take(pair)
        for pair, to in zip(chain, new, strict=True):
            self._put(pair, to)

    def _even_out(self) -> bool:
        """Move meetings out of slots that have too many into others with room, until none has; False if it cannot."""
        for slot in range(self.question.slots):
            while self.used[slot] > self.question.limit:
                if not self._move_one_out(slot):
                    return False
        return True

    def _move_one_out(self, slot: int) -> bool:
        for target in sorted(range(self.question.slots), key=lambda one: (self.used[one], one)):
            if self.used[target] >= self.question.limit:
                return False
            for chain in self._ends(slot, target):
                self._exchange(chain, slot, target)
                return True
        return False

    def _ends(self, slot: int, target: int) -> Iterator[list[int]]:
        """Chains between two slots that take one pair more out of the first than into it."""
        for pair, own in enumerate(self.slot_of):
            if own != slot:
                continue
            for party in (self.question.startup[pair], self.question.partner[pair]):
                if not self.busy(party, target):
                    chain = self._chain(party, slot, target)
                    if chain is not None and len(chain) % 2:
                        yield chain

    def _put(self, pair: int, slot: int) -> None:
        self._at[self.question.startup[pair]][slot] = pair
        self._at[self.question.partner[pair]][slot] = pair
        self.slot_of[pair] = slot
        self.used[slot] += 1

    def _take(self, pair: int) -> None:
        slot = self.slot_of[pair]
        self._at[self.question.startup[pair]][slot] = NOWHERE
        self._at[self.question.partner[pair]][slot] = NOWHERE
        self.slot_of[pair] = NOWHERE
        self.used[slot] -= 1

    def _restore(self, slot_of: Sequence[int]) -> None:
        moved = [pair for pair, slot in enumerate(slot_of) if slot != self.slot_of[pair]]
        for pair in moved:
            if self.slot_of[pair] != NOWHERE:
                self._take(pair)
        for pair in moved:
            if slot_of[pair] != NOWHERE:
                self._put(pair, slot_of[pair])
