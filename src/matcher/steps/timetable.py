"""When and where each pair meets: nobody in two places, never more meetings at once than tables.

1. A flow says how many meetings there can be at most, and of what worth (steps/timetable_solver.py).
2. Pairs are placed one by one, the most tied first, along chains where a slot is taken (steps/timetable_grid.py).
3. Where that falls short of the flow, CP-SAT goes on from there and proves how far one can go.
4. What stands is moved to earlier free slots; then tables are given, a startup staying at its own where it can.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from matcher.domain.timetable import (
    BOTH_BUSY,
    NEVER_BOTH,
    NO_TABLE,
    Goal,
    Meeting,
    Place,
    Timetable,
    Unplaced,
    Wanted,
)
from matcher.steps.places import units
from matcher.steps.seating import seat
from matcher.steps.timetable_grid import NOWHERE, Grid, Question
from matcher.steps.timetable_solver import LIMIT, Choice, Weights, relaxed, solve

# The goals, as they are named outside.
AGAIN, PLACED, KEPT, WORTH = "meetings_again", "meetings", "meetings_kept", "points"


def timetable(
    wanted: Sequence[Wanted],
    slots: int,
    there: Mapping[str, AbstractSet[int]],
    tables: int | None,
    *,
    virtual: bool = False,
    earlier: Mapping[tuple[str, str], Place] | None = None,
    hold: bool = False,
    limit: float = LIMIT,
) -> Timetable:
    """The timetable with the most meetings; of those the nearest to the earlier one, then of the greatest worth.

    slots: how many there are, in the order of time. there: party id → the slots in which it is there; who is not named
    always is. tables: the most meetings at once, None = no limit; on screens (`virtual`) there are none.
    earlier: (startup id, partner id) → where the pair met in the timetable to stay close to. hold: a meeting that stood
    is given up or moved only for another that stood and cannot stay, never to fit in one more.
    limit: deterministic seconds of the solver a goal. The same for any order of `wanted`.
    """
    earlier = earlier or {}
    most = None if virtual else tables
    worth = dict(zip((one.key for one in wanted), _worths(wanted), strict=True))
    pairs = sorted(wanted, key=lambda one: (-worth[one.key], one.key))
    question = _question(pairs, slots, there, most, earlier)
    choice = relaxed(question)
    goals = _goals(question, choice, hold)
    start = max(_starts(question, choice), key=lambda slot_of: _reached(slot_of, goals))
    slot_of, proofs = solve(question, start, goals, limit)
    grid = Grid(question, slot_of)
    grid.move_earlier()
    placed = {pairs[number].key: slot for number, slot in enumerate(grid.slot_of) if slot != NOWHERE}
    seated = seat(placed, earlier, most, virtual)
    return Timetable(
        meetings=tuple(
            Meeting(startup_id=key[0], partner_id=key[1], place=place)
            for key, place in sorted(seated.items(), key=lambda item: (item[1].slot, item[0]))
        ),
        unplaced=tuple(
            sorted(
                (_why_not(grid, number, pairs[number]) for number in range(len(pairs)) if not grid.has(number)),
                key=lambda one: (one.startup_id, one.partner_id or ""),
            )
        ),
        goals=proofs,
    )


def _question(
    pairs: Sequence[Wanted],
    slots: int,
    there: Mapping[str, AbstractSet[int]],
    tables: int | None,
    earlier: Mapping[tuple[str, str], Place],
) -> Question:
    ids = sorted({id_ for one in pairs for id_ in one.key})
    number = {id_: at for at, id_ in enumerate(ids)}
    always = frozenset(range(slots))
    allowed = [
        tuple(sorted(always & there.get(one.startup_id, always) & there.get(one.partner_id, always))) for one in pairs
    ]
    before = [earlier.get(one.key) for one in pairs]
    return Question(
        startup=[number[one.startup_id] for one in pairs],
        partner=[number[one.partner_id] for one in pairs],
        allowed=allowed,
        slots=slots,
        limit=len(pairs) if tables is None else tables,
        earlier=[
            place.slot if place and place.slot in own else NOWHERE for place, own in zip(before, allowed, strict=True)
        ],
        was=[place is not None for place in before],
        worth=_worths(pairs),
    )


def _worths(pairs: Sequence[Wanted]) -> list[int]:
    """What each pair is worth in millionths of a point above the least; what is pinned without a score comes first."""
    scored = [int(units(one.score)) for one in pairs if one.score is not None]
    least, pinned = min(scored, default=0), max(scored, default=0) + 1
    return [(pinned if one.score is None else int(units(one.score))) - least for one in pairs]


def _goals(question: Question, choice: Choice, hold: bool) -> list[tuple[str, Weights, int]]:
    """What to aim at, the weightiest first, with a bound that holds if every goal before reached its own."""
    everywhere = [(pair, slot) for pair, slots in enumerate(question.allowed) for slot in slots]
    placed = (PLACED, dict.fromkeys(everywhere, 1), choice.count)
    worth = (WORTH, {(pair, slot): question.worth[pair] for pair, slot in everywhere}, choice.worth)
    if not any(question.was):
        return [placed, worth]
    stood = [(pair, slot) for pair, slot in everywhere if question.was[pair]]
    again = (
        AGAIN,
        dict.fromkeys(stood, 1),
        sum(w and bool(s) for w, s in zip(question.was, question.allowed, strict=True)),
    )
    still = {(pair, slot): 1 for pair, slot in enumerate(question.earlier) if slot != NOWHERE}
    kept = (KEPT, still, len(still))
    return [again, kept, placed, worth] if hold else [placed, kept, worth]


def _starts(question: Question, choice: Choice) -> list[list[int]]:
    """Timetables to begin with: one in which nothing is moved that stood, and one with as many meetings as chains give.

    The pairs that the flow takes come first, of those the ones with the fewest slots; ties in the order of the pairs.
    """
    order = sorted(
        range(len(question)),
        key=lambda pair: (pair not in choice.taken, not question.was[pair], len(question.allowed[pair]), pair),
    )
    starts = []
    for moving in (False, True):
        grid = Grid(question)
        grid.keep_earlier()
        left = [pair for pair in order if not grid.has(pair)]
        for chains in (False, True) if moving else (False,):
            left = [pair for pair in left if not grid.insert(pair, chains=chains)]
        starts.append(list(grid.slot_of))
    return starts


def _reached(slot_of: Sequence[int], goals: Sequence[tuple[str, Weights, int]]) -> tuple[int, ...]:
    return tuple(sum(weights.get((pair, slot), 0) for pair, slot in enumerate(slot_of)) for _, weights, _ in goals)


def _why_not(grid: Grid, number: int, pair: Wanted) -> Unplaced:
    """What stood in the way of a pair, slot by slot."""
    question = grid.question
    allowed = question.allowed[number]
    ours, theirs = question.startup[number], question.partner[number]
    if not allowed:
        rule, because = NEVER_BOTH, "there is no slot in which both are there"
    elif any(grid.free(number, slot) for slot in allowed):
        rule, because = NO_TABLE, f"{_in_slots(len(allowed))} every table is taken or one of them meets somebody else"
    elif all(grid.busy(ours, slot) for slot in allowed):
        rule, because = BOTH_BUSY, f"{_in_slots(len(allowed))} the startup meets somebody else"
    elif all(grid.busy(theirs, slot) for slot in allowed):
        rule, because = BOTH_BUSY, f"{_in_slots(len(allowed))} the partner meets somebody else"
    else:
        rule, because = BOTH_BUSY, f"{_in_slots(len(allowed))} one or the other meets somebody else"
    return Unplaced(startup_id=pair.startup_id, partner_id=pair.partner_id, rule=rule, because=because)


def _in_slots(count: int) -> str:
    return (
        "in the one slot in which both are there"
        if count == 1
        else f"in each of the {count} slots in which both are there,"
    )


def proof_of(goals: Sequence[Goal], name: str) -> Goal:
    """The goal of this name."""
    return next(goal for goal in goals if goal.name == name)
