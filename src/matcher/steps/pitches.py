"""A pitch session: rooms side by side, each with its running order, and each pitch heard by somebody it is matched to.

Each startup pitches once, in one room. Each investor sits in one room throughout, so that nobody is in two. As many
startups pitch as can, each before a matched partner; of those orders one is sought with the greatest sum of the scores
of matched partners present, and CP-SAT says how far it is proved to be from the best.

steps/pitch_start.py makes a good beginning, steps/pitch_model.py asks the solver to go on from there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from matcher.domain.timetable import BOTH_BUSY, NEVER_BOTH, Goal, Pitch, RunningOrder, Unplaced, Wanted
from matcher.steps.pitch_model import Before, Found, Model, Question
from matcher.steps.places import units

PITCHING, KEPT, POINTS = "pitches", "places_kept", "points"
# Deterministic seconds of the solver a goal: a count of its steps, so that the answer does not depend on the machine.
LIMIT = 6.0


def running_order(
    wanted: Sequence[Wanted],
    slots: int,
    there: Mapping[str, AbstractSet[int]],
    rooms: int,
    *,
    before: Before | None = None,
    limit: float = LIMIT,
) -> RunningOrder:
    """Who pitches in which room and slot, and who sits where; the same for any order of `wanted`.

    wanted: the matched pairs. slots: how many a room has, in the order of time. there: party id → the slots in which it
    is there; who is not named always is. A pair without a score, which was pinned, counts a little more than the best.
    before: an earlier session; of those in which as many pitch, the nearest to it is taken, and of those the best.
    limit: deterministic seconds of the solver a goal.
    """
    question = _question(sorted(wanted, key=lambda one: one.key), slots, there, rooms, before or Before())
    if not question.startups:
        return RunningOrder(pitches=(), seats={}, unplaced=(), goals=())
    model = Model(question)
    aims = [(PITCHING, model.pitching), (KEPT, model.kept), (POINTS, model.worth)]
    if before is None:
        del aims[1]
    goals: list[Goal] = []
    for name, aim in aims:
        worth = model.best(aim, limit)
        model.model.add(aim >= worth.reached)
        goals.append(Goal(name=name, reached=worth.reached, bound=worth.bound))
    pitches = _in_slots(question, worth)
    pitching = {pitch.startup_id for pitch in pitches}
    return RunningOrder(
        pitches=pitches,
        seats=dict(sorted(worth.seats.items())),
        unplaced=tuple(_why_not(question, startup) for startup in question.startups if startup not in pitching),
        goals=tuple(goals),
    )


def _question(
    pairs: Sequence[Wanted], slots: int, there: Mapping[str, AbstractSet[int]], rooms: int, before: Before
) -> Question:
    startups, partners = (sorted({one.key[side] for one in pairs}) for side in (0, 1))
    always = frozenset(range(slots))
    own = {id_: frozenset(there.get(id_, always) & always) for id_ in (*startups, *partners)}
    classes: dict[tuple[bool, ...], list[int]] = {}
    for slot in range(slots):
        classes.setdefault(tuple(slot in here for here in own.values()), []).append(slot)
    alike = list(classes.values())
    scored = [int(units(one.score)) for one in pairs if one.score is not None]
    pinned = max(scored, default=0) + 1
    return Question(
        startups=startups,
        partners=partners,
        worth={one.key: pinned if one.score is None else int(units(one.score)) for one in pairs},
        alike=alike,
        there={
            id_: frozenset(number for number, alike_slots in enumerate(alike) if alike_slots[0] in here)
            for id_, here in own.items()
        },
        rooms=rooms,
        before=before,
    )


def _in_slots(question: Question, found: Found) -> tuple[Pitch, ...]:
    """Give each startup a slot of its class: the one it had, else the first that is left, in the order of ids."""
    left: dict[tuple[int, int], list[int]] = {}
    stood = {
        startup: question.before.pitches[startup][1]
        for startup, (room, number) in found.where.items()
        if startup in question.before.pitches
        and question.before.pitches[startup][0] == room
        and question.before.pitches[startup][1] in question.alike[number]
    }
    taken = {(found.where[startup][0], slot) for startup, slot in stood.items()}
    pitches = []
    for startup, (room, number) in sorted(found.where.items()):
        slots = left.setdefault((room, number), [at for at in question.alike[number] if (room, at) not in taken])
        present = [
            partner
            for partner in question.matched(startup)
            if found.seats[partner] == room and number in question.there[partner]
        ]
        pitches.append(
            Pitch(
                startup_id=startup,
                room=room,
                slot=stood[startup] if startup in stood else slots.pop(0),
                present=tuple(present),
            )
        )
    return tuple(sorted(pitches, key=lambda pitch: (pitch.room, pitch.slot)))


def _why_not(question: Question, startup: str) -> Unplaced:
    if question.could(startup):
        rule, because = BOTH_BUSY, "every slot in which a matched partner could hear it is taken"
    else:
        rule, because = NEVER_BOTH, "there is no slot in which it and a matched partner are there"
    return Unplaced(startup_id=startup, partner_id=None, rule=rule, because=because)
