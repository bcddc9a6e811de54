"""A pitch session as CP-SAT sees it: who is in which room, who pitches in which slots, who hears whom.

Slots in which the same parties are there are alike, and are counted together. Rooms are alike, too: the one with the
first partner is called the first, unless an earlier session has named them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain

from ortools.sat.python import cp_model

from matcher.steps.pitch_start import share_out


@dataclass(frozen=True, kw_only=True)
class Before:
    """An earlier session to stay close to. pitches: startup id → (room, slot). seats: partner id → room."""

    pitches: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    seats: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Question:
    """worth: (startup id, partner id) → millionths of a point. alike: the slots of each class. there: party id → the
    classes in which it is there.
    """

    startups: Sequence[str]
    partners: Sequence[str]
    worth: Mapping[tuple[str, str], int]
    alike: Sequence[Sequence[int]]
    there: Mapping[str, AbstractSet[int]]
    rooms: int
    before: Before

    def matched(self, startup: str) -> list[str]:
        """The partners a startup is matched to."""
        return [partner for own, partner in self.worth if own == startup]

    def could(self, startup: str) -> list[int]:
        """The classes of slots in which a startup and one of its partners are there."""
        heard = {number for partner in self.matched(startup) for number in self.there[partner]}
        return sorted(self.there[startup] & heard)


@dataclass(frozen=True, kw_only=True)
class Found:
    """where: startup id → (room, class of slots). seats: partner id → room."""

    reached: int
    bound: int
    where: Mapping[str, tuple[int, int]]
    seats: Mapping[str, int]


class Model:
    """The session as CP-SAT sees it."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.model = model = cp_model.CpModel()
        rooms = range(question.rooms)
        self.pitch = {
            (startup, room, number): model.new_bool_var(f"{startup} in {room} at {number}")
            for startup in question.startups
            for number in question.could(startup)
            for room in rooms
        }
        self.seat = {
            (partner, room): model.new_bool_var(f"{partner} in {room}")
            for partner in question.partners
            for room in rooms
        }
        for partner in question.partners:
            model.add_exactly_one(self.seat[partner, room] for room in rooms)
        for startup in question.startups:
            model.add_at_most_one(held for (own, _, _), held in self.pitch.items() if own == startup)
        for room in rooms:
            for number, slots in enumerate(question.alike):
                here = [held for (_, in_room, at), held in self.pitch.items() if (in_room, at) == (room, number)]
                model.add(sum(here) <= len(slots))
        if not question.before.seats:
            self._name_rooms()
        self.present = present = {key: [self._present(key, room) for room in rooms] for key in question.worth}
        self._limit_rooms()
        self._begin()
        for startup in question.startups:
            for room in rooms:
                heard = [present[startup, partner][room] for partner in question.matched(startup)]
                model.add(sum(heard) >= sum(self._in_room(startup, room)))
        self.pitching = cp_model.LinearExpr.sum(list(self.pitch.values()))
        before = question.before
        still = [self.seat[own] for own in before.seats.items() if own in self.seat]
        for startup, (room, slot) in before.pitches.items():
            number = next(at for at, slots in enumerate(question.alike) if slot in slots)
            still += [self.pitch[own] for own in [(startup, room, number)] if own in self.pitch]
        self.kept = cp_model.LinearExpr.sum(still)
        keys = [key for key in question.worth for _ in rooms]
        self.worth = cp_model.LinearExpr.weighted_sum(
            [held for key in question.worth for held in present[key]], [question.worth[key] for key in keys]
        )

    def best(self, aim: cp_model.LinearExprT, limit: float) -> Found:
        """The best session for one aim, found from the last one on."""
        self.model.maximize(aim)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = limit
        solver.parameters.linearization_level = 2
        status = solver.solve(self.model)
        assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE), solver.status_name(status)
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for held in (*self.pitch.values(), *self.seat.values(), *chain(*self.present.values())):
            self.model.add_hint(held, solver.boolean_value(held))
        reached = round(solver.objective_value)
        optimal = status == cp_model.OPTIMAL
        return Found(
            reached=reached,
            bound=reached if optimal else int(solver.best_objective_bound + 1e-6),
            where={
                startup: (room, at) for (startup, room, at), held in self.pitch.items() if solver.boolean_value(held)
            },
            seats={partner: room for (partner, room), held in self.seat.items() if solver.boolean_value(held)},
        )

    def _name_rooms(self) -> None:
        """A partner is in a room only if one before it is in the room before: else every order would count anew."""
        partners = self.question.partners
        for room in range(1, self.question.rooms):
            for at, partner in enumerate(partners):
                before = [self.seat[earlier, room - 1] for earlier in partners[:at]]
                self.model.add(sum(before) >= self.seat[partner, room])

    def _limit_rooms(self) -> None:
        """What a partner hears is worth no more than the best pitches that a room has time for: it lowers the bound."""
        slots = sum(map(len, self.question.alike))
        for partner in self.question.partners:
            heard = [key for key in self.question.worth if key[1] == partner]
            worth = [max(0, self.question.worth[key]) for key in heard]
            most = sum(sorted(worth, reverse=True)[:slots])
            for room in range(self.question.rooms):
                here = [self.present[key][room] for key in heard]
                self.model.add(cp_model.LinearExpr.weighted_sum(here, worth) <= most * self.seat[partner, room])

    def _begin(self) -> None:
        """Hint a good session, its rooms called as `_name_rooms` wants them."""
        question = self.question
        able = [startup for startup in question.startups if question.could(startup)]
        slots = sum(map(len, question.alike))
        room_of, seats = share_out(able[: slots * question.rooms], question.worth, question.rooms, slots)
        room_of |= {startup: room for startup, (room, _) in question.before.pitches.items() if startup in room_of}
        seats |= {partner: room for partner, room in question.before.seats.items() if partner in seats}
        in_order = range(question.rooms) if question.before.seats else [seats[one] for one in question.partners]
        named = {room: at for at, room in enumerate(dict.fromkeys(in_order))}
        named |= {room: at for at, room in enumerate((r for r in range(question.rooms) if r not in named), len(named))}
        for (partner, room), held in self.seat.items():
            self.model.add_hint(held, named[seats[partner]] == room)
        taken: Counter[tuple[int, int]] = Counter()
        where: dict[str, tuple[int, int]] = {}
        for startup, old in sorted(room_of.items()):
            room = named[old]
            heard = [partner for partner in question.matched(startup) if named[seats[partner]] == room]
            left = [at for at in question.could(startup) if taken[room, at] < len(question.alike[at])]
            worth = {
                at: sum(question.worth[startup, partner] for partner in heard if at in question.there[partner])
                for at in left
                if any(at in question.there[partner] for partner in heard)
            }
            if worth:
                where[startup] = room, max(worth, key=lambda at: (worth[at], -at))
                taken[where[startup]] += 1
        for (startup, room, at), held in self.pitch.items():
            self.model.add_hint(held, where.get(startup) == (room, at))

    def _in_room(self, startup: str, room: int, among: AbstractSet[int] | None = None) -> list[cp_model.IntVar]:
        return [
            self.pitch[startup, room, number]
            for number in self.question.could(startup)
            if among is None or number in among
        ]

    def _present(self, key: tuple[str, str], room: int) -> cp_model.IntVar:
        """Whether a startup pitches in a room while the partner sits there."""
        startup, partner = key
        present = self.model.new_bool_var(f"{startup} before {partner} in {room}")
        here = sum(self._in_room(startup, room, self.question.there[partner]))
        self.model.add(present <= self.seat[partner, room])
        self.model.add(present <= here)
        self.model.add(present >= self.seat[partner, room] + here - 1)
        return present
