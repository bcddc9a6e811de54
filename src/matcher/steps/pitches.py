"""A pitch session: rooms side by side, each with its running order, and each pitch heard by somebody it is matched to.

Each startup pitches once, in one room. Each investor sits in one room throughout, so that nobody is in two. As many
startups pitch as can, each before a matched partner; of those orders one is sought with the greatest sum of the scores
of matched partners present, and CP-SAT says how far it is proved to be from the best.

Slots in which the same parties are there are alike, and are counted together; which startup has which of them is
settled afterwards. Rooms are alike, too: the one with the first partner is called the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ortools.sat.python import cp_model

from matcher.domain.timetable import BOTH_BUSY, NEVER_BOTH, Goal, Pitch, RunningOrder, Unplaced, Wanted
from matcher.steps.places import units

PITCHING, POINTS = "pitches", "points"
# Deterministic seconds of the solver a goal: a count of its steps, so that the answer does not depend on the machine.
LIMIT = 12.0


def running_order(
    wanted: Sequence[Wanted], slots: int, there: Mapping[str, AbstractSet[int]], rooms: int, *, limit: float = LIMIT
) -> RunningOrder:
    """Who pitches in which room and slot, and who sits where; the same for any order of `wanted`.

    wanted: the matched pairs. slots: how many a room has, in the order of time. there: party id → the slots in which it
    is there; who is not named always is. A pair without a score, which was pinned, counts a little more than the best.
    """
    question = _question(sorted(wanted, key=lambda one: one.key), slots, there, rooms)
    model = _Model(question)
    hearing = model.best(model.pitching, [], limit)
    worth = model.best(model.worth, [(model.pitching, hearing.reached)], limit)
    goals = (
        Goal(name=PITCHING, reached=hearing.reached, bound=hearing.bound),
        Goal(name=POINTS, reached=worth.reached, bound=worth.bound),
    )
    pitches = _in_slots(question, worth)
    pitching = {pitch.startup_id for pitch in pitches}
    return RunningOrder(
        pitches=pitches,
        seats=dict(sorted(worth.seats.items())),
        unplaced=tuple(_why_not(question, startup) for startup in question.startups if startup not in pitching),
        goals=goals,
    )


@dataclass(frozen=True, kw_only=True)
class _Question:
    """worth: (startup id, partner id) → millionths of a point. alike: the slots of each class. there: party id → the
    classes in which it is there.
    """

    startups: Sequence[str]
    partners: Sequence[str]
    worth: Mapping[tuple[str, str], int]
    alike: Sequence[Sequence[int]]
    there: Mapping[str, AbstractSet[int]]
    rooms: int

    def matched(self, startup: str) -> list[str]:
        """The partners a startup is matched to."""
        return [partner for own, partner in self.worth if own == startup]

    def could(self, startup: str) -> list[int]:
        """The classes of slots in which a startup and one of its partners are there."""
        heard = {number for partner in self.matched(startup) for number in self.there[partner]}
        return sorted(self.there[startup] & heard)


def _question(pairs: Sequence[Wanted], slots: int, there: Mapping[str, AbstractSet[int]], rooms: int) -> _Question:
    startups, partners = (sorted({one.key[side] for one in pairs}) for side in (0, 1))
    always = frozenset(range(slots))
    own = {id_: frozenset(there.get(id_, always) & always) for id_ in (*startups, *partners)}
    classes: dict[tuple[bool, ...], list[int]] = {}
    for slot in range(slots):
        classes.setdefault(tuple(slot in here for here in own.values()), []).append(slot)
    alike = list(classes.values())
    scored = [int(units(one.score)) for one in pairs if one.score is not None]
    pinned = max(scored, default=0) + 1
    return _Question(
        startups=startups,
        partners=partners,
        worth={one.key: pinned if one.score is None else int(units(one.score)) for one in pairs},
        alike=alike,
        there={
            id_: frozenset(number for number, alike_slots in enumerate(alike) if alike_slots[0] in here)
            for id_, here in own.items()
        },
        rooms=rooms,
    )


@dataclass(frozen=True, kw_only=True)
class _Found:
    """where: startup id → (room, class of slots). seats: partner id → room."""

    reached: int
    bound: int
    where: Mapping[str, tuple[int, int]]
    seats: Mapping[str, int]


class _Model:
    """The session as CP-SAT sees it."""

    def __init__(self, question: _Question) -> None:
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
        self._name_rooms()
        present = {key: [self._present(key, room) for room in rooms] for key in question.worth}
        for startup in question.startups:
            for room in rooms:
                heard = [present[startup, partner][room] for partner in question.matched(startup)]
                model.add(sum(heard) >= sum(self._in_room(startup, room)))
        self.pitching = cp_model.LinearExpr.sum(list(self.pitch.values()))
        keys = [key for key in question.worth for _ in rooms]
        self.worth = cp_model.LinearExpr.weighted_sum(
            [held for key in question.worth for held in present[key]], [question.worth[key] for key in keys]
        )

    def best(
        self, aim: cp_model.LinearExprT, floors: Sequence[tuple[cp_model.LinearExprT, int]], limit: float
    ) -> _Found:
        """The best session for one aim that keeps to the floors, found from the last one on."""
        for floor, least in floors:
            self.model.add(floor >= least)
        self.model.maximize(aim)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = limit
        solver.parameters.linearization_level = 2
        status = solver.solve(self.model)
        assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE), solver.status_name(status)
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for held in (*self.pitch.values(), *self.seat.values()):
            self.model.add_hint(held, solver.boolean_value(held))
        reached = round(solver.objective_value)
        optimal = status == cp_model.OPTIMAL
        return _Found(
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


def _in_slots(question: _Question, found: _Found) -> tuple[Pitch, ...]:
    """Give each startup one of the slots of its class: within a room and class in the order of ids."""
    left: dict[tuple[int, int], list[int]] = {}
    pitches = []
    for startup, (room, number) in sorted(found.where.items()):
        slots = left.setdefault((room, number), list(question.alike[number]))
        present = [
            partner
            for partner in question.matched(startup)
            if found.seats[partner] == room and number in question.there[partner]
        ]
        pitches.append(Pitch(startup_id=startup, room=room, slot=slots.pop(0), present=tuple(present)))
    return tuple(sorted(pitches, key=lambda pitch: (pitch.room, pitch.slot)))


def _why_not(question: _Question, startup: str) -> Unplaced:
    if question.could(startup):
        rule, because = BOTH_BUSY, "every slot in which a matched partner could hear it is taken"
    else:
        rule, because = NEVER_BOTH, "there is no slot in which it and a matched partner are there"
    return Unplaced(startup_id=startup, partner_id=None, rule=rule, because=because)
