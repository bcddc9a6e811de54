"""Proves how many meetings a timetable can have, by a flow, and where the flow does not settle it, by CP-SAT.

The flow lets a party have as many meetings as there are slots in which it is there, and the event as many as it has
slots and tables; it forgets only that a meeting needs one slot for both. So no timetable has more than the flow, and
where a timetable with the flow's pairs is found, it is the best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from ortools.sat.python import cp_model

from matcher.domain.timetable import Goal
from matcher.steps.timetable_grid import NOWHERE, Question

# A goal: what each pair in each slot counts for. (pair, slot) → a whole number, 0 where it is not named.
Weights = Mapping[tuple[int, int], int]
# Deterministic seconds of CP-SAT a goal: a count of its steps, so that the answer does not depend on the machine.
# Measured on two slow cores, one such second takes about as long as one on the clock.
LIMIT = 4.0


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The pairs that a flow takes, and the number and worth of them: what no timetable exceeds."""

    taken: frozenset[int]
    count: int
    worth: int


def relaxed(question: Question) -> Choice:
    """The most pairs, and of those choices one of the greatest worth, if every party could mend its own slots."""
    there: dict[int, set[int]] = {}
    for pair, slots in enumerate(question.allowed):
        for party in (question.startup[pair], question.partner[pair]):
            there.setdefault(party, set()).update(slots)
    flow = SimpleMinCostFlow()
    as_partner = question.parties
    first, last = 2 * question.parties, 2 * question.parties + 1
    greatest = max(question.worth, default=0)
    arcs = {
        pair: flow.add_arc_with_capacity_and_unit_cost(
            question.startup[pair], as_partner + question.partner[pair], 1, greatest - question.worth[pair]
        )
        for pair in range(len(question))
        if question.allowed[pair]
    }
    for party in sorted({question.startup[pair] for pair in arcs}):
        flow.add_arc_with_capacity_and_unit_cost(first, party, len(there[party]), 0)
    for party in sorted({question.partner[pair] for pair in arcs}):
        flow.add_arc_with_capacity_and_unit_cost(as_partner + party, last, len(there[party]), 0)
    most = min(len(arcs), question.slots * question.limit)
    flow.set_node_supply(first, most)
    flow.set_node_supply(last, -most)
    status = flow.solve_max_flow_with_min_cost()
    assert status == flow.OPTIMAL, status
    taken = frozenset(pair for pair, arc in arcs.items() if flow.flow(arc))
    return Choice(taken=taken, count=len(taken), worth=sum(question.worth[pair] for pair in taken))


def solve(
    question: Question, start: Sequence[int], goals: Sequence[tuple[str, Weights, int]], limit: float = LIMIT
) -> tuple[list[int], tuple[Goal, ...]]:
    """A timetable that is as good as possible in the first goal, then in the second and so on, and the proofs.

    start: the slot of each pair in a sound timetable to begin with. goals: name, weights, and what is known to be a
    bound as long as all goals before reached theirs. limit: deterministic seconds a goal.
    """
    best = list(start)
    proved: list[Goal] = []
    settled = True
    for number, (name, weights, bound) in enumerate(goals):
        reached = _value(best, weights)
        known = bound if settled else _most(question, weights)
        if reached < known:
            floors = [(earlier, goal.reached) for (_, earlier, _), goal in zip(goals[:number], proved, strict=True)]
            best, found_bound = _improve(question, best, weights, floors, limit)
            reached, known = _value(best, weights), min(known, found_bound)
        proved.append(Goal(name=name, reached=reached, bound=max(reached, known)))
        settled = settled and reached == bound
    return best, tuple(proved)


def _value(slot_of: Sequence[int], weights: Weights) -> int:
    return sum(weights.get((pair, slot), 0) for pair, slot in enumerate(slot_of) if slot != NOWHERE)


def _most(question: Question, weights: Weights) -> int:
    return sum(
        max((weights.get((pair, slot), 0) for slot in slots), default=0) for pair, slots in enumerate(question.allowed)
    )


def _improve(
    question: Question, start: Sequence[int], weights: Weights, floors: Sequence[tuple[Weights, int]], limit: float
) -> tuple[list[int], int]:
    """A timetable at least as good as `start` that keeps to the floors, and what none exceeds."""
    model = cp_model.CpModel()
    holds = {
        (pair, slot): model.new_bool_var(f"{pair} {slot}")
        for pair, slots in enumerate(question.allowed)
        for slot in slots
    }
    by_party: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    by_slot: dict[int, list[cp_model.IntVar]] = {}
    for (pair, slot), held in holds.items():
        for party in (question.startup[pair], question.partner[pair]):
            by_party.setdefault((party, slot), []).append(held)
        by_slot.setdefault(slot, []).append(held)
        model.add_hint(held, start[pair] == slot)
    for pair, slots in enumerate(question.allowed):
        model.add_at_most_one(holds[pair, slot] for slot in slots)
    for _, meetings in sorted(by_party.items()):
        model.add_at_most_one(meetings)
    for _, meetings in sorted(by_slot.items()):
        if len(meetings) > question.limit:
            model.add(sum(meetings) <= question.limit)
    for floor, least in floors:
        model.add(_total(floor, holds) >= least)
    model.maximize(_total(weights, holds))

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = limit
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return list(start), _most(question, weights)
    found = [NOWHERE] * len(question)
    for (pair, slot), held in holds.items():
        if solver.boolean_value(held):
            found[pair] = slot
    bound = round(solver.objective_value) if status == cp_model.OPTIMAL else int(solver.best_objective_bound + 1e-6)
    return (found if _value(found, weights) >= _value(start, weights) else list(start)), bound


def _total(weights: Weights, holds: Mapping[tuple[int, int], cp_model.IntVar]) -> cp_model.LinearExpr:
    named = [key for key in sorted(weights) if key in holds]
    return cp_model.LinearExpr.weighted_sum([holds[key] for key in named], [weights[key] for key in named])
