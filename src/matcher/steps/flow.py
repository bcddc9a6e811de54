"""Answers the question of the meetings by a flow of least cost, and proves the answer by prices.

Every startup sends its meetings over its groups and partners to the sink. Meetings it does not have go to the sink
directly: free above its minimum, `weight` each below it, and the last of them `first_weight` more where a first meeting
is guaranteed. In a group the first meetings, up to its minimum, earn
`weight` each. A pair earns its value.

The proof is the weak duality of linear programming. Put any price on a meeting of each startup, of each group of its
partners, and of each partner. Then no plan is worth more than `bound`: what all the room there is costs at these
prices, plus what each pair is worth above its prices. That holds for every plan, whoever found it; where a plan is
worth exactly as much, it is the best.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matcher.errors import BadInput
from matcher.steps.meetings import Limits, Question, dot

# So many pairs a startup go to the solver at first. Measured: with 100 the first plan is the best one or within 0.001 %
# of it, and two rounds with proof cost less than one solve of all pairs (500 × 1,000: 0.15 s against 0.24 s).
SOLVE_FIRST = 100
# Rows priced at once, so that the temporary arrays stay small beside the pairs.
_BLOCK = 1 << 20
# Stands for any weight beyond 64 bits: the solver refuses so great a cost.
_REFUSED_COST = 1 << 62
# Rows of equal value are scattered by a multiplicative hash (Knuth's 2³² / golden ratio) onto so many places.
_KNUTH, _SCATTER = 2_654_435_761, 1009


@dataclass(frozen=True, kw_only=True)
class Prices:
    """Of a meeting, in millionths of a point: startup (n,), on top group (n × groups,), partner (m,); all int64."""

    startup: NDArray[np.int64]
    group: NDArray[np.int64]
    partner: NDArray[np.int64]

    def proper(self, question: Question) -> Prices:
        """The nearest prices that can prove something.

        Below −weight a meeting would be worth more than the minimum it serves, unless it is the one guaranteed; a
        partner has no minimum to serve.
        """
        least = -min(question.weight, _REFUSED_COST)
        least_of_first = -min(question.weight + question.first_weight, _REFUSED_COST)
        return Prices(
            startup=np.maximum(self.startup, np.where(question.first > 0, least_of_first, least)),
            group=self.group.clip(least),
            partner=self.partner.clip(0),
        )


@dataclass(frozen=True, kw_only=True)
class Answer:
    """taken: the rows that meet, (t,) int64, ascending. solved: how many rows the solver had to see."""

    taken: NDArray[np.int64]
    prices: Prices
    solved: int


@dataclass(frozen=True, kw_only=True)
class _Network:
    """Arcs as columns, the pairs' arcs last; supply (nodes,). Nodes: startups, groups, partners, sink."""

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    capacity: NDArray[np.int64]
    cost: NDArray[np.int64]
    supply: NDArray[np.int64]


def answer(question: Question, solve_first: int = SOLVE_FIRST) -> Answer:
    """The best plan over all rows, and prices that prove it.

    Only the best rows of each side are solved at first, `solve_first` a startup and as many in all for the partners;
    then all rows worth more than their prices join, until there is none. So the plan is optimal over all rows.
    Among equally good plans it is the solver's choice: the same for the same rows in the same order.
    """
    rows = _best_of_each(question, solve_first)
    while True:
        network = _network(question, rows)
        flow = _least_cost_flow(question, network)
        prices = _prices(question, network, flow)
        joining = _joining(question, prices, rows)
        if not len(joining):
            taken = rows[flow[len(flow) - len(rows) :] > 0]
            return Answer(taken=_with_ties(question, taken), prices=prices, solved=len(rows))
        rows = np.union1d(rows, joining)


def bound(question: Question, prices: Prices) -> tuple[int, int]:
    """What no plan's Σ value − weight × shortfall − first weight × startups without the meeting guaranteed exceeds.

    In millionths; and how many pairs were priced for it.
    """
    proper = prices.proper(question)
    low = proper.startup.clip(-min(question.weight, _REFUSED_COST))
    total = _cost(question.of_startup, low) + _cost(question.of_group, proper.group)
    # So low a price pays for the first meeting alone: the rest of the minimum is given up, at the weight each.
    total += sum((proper.startup - low).tolist())
    total += dot(question.room, proper.partner)
    priced = 0
    for _, surplus in _surpluses(question, proper):
        # Python's whole numbers: with bad prices the sum may leave 64 bits.
        total += sum(surplus[surplus > 0].tolist())
        priced += len(surplus)
    return total, priced


def _cost(limits: Limits, prices: NDArray[np.int64]) -> int:
    """Room at a positive price costs up to the most; a negative price pays for no more than the least."""
    return dot(np.where(prices > 0, limits.most, limits.least), prices)


def _surpluses(question: Question, prices: Prices) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """What each row is worth above its prices, block by block: (first row of the block, (b,) int64)."""
    price = np.repeat(prices.startup, question.groups) + prices.group
    for first in range(0, len(question), _BLOCK):
        rows = slice(first, first + _BLOCK)
        yield first, question.value[rows] - price[question.group[rows]] - prices.partner[question.partner[rows]]


def _with_ties(question: Question, taken: NDArray[np.int64]) -> NDArray[np.int64]:
    """The plan with every row of value 0 that still fits, in order of rows.

    A pair at the least score adds nothing to the sum, so the goals leave open whether it meets. It does while there is
    room: a meeting at the floor is a meeting, and nobody has to ask why a free pair stands idle.
    """
    by_group = np.bincount(question.group[taken], minlength=len(question.of_group.most))
    startups = question.of_startup.most - by_group.reshape(-1, question.groups).sum(axis=1)
    groups = question.of_group.most - by_group
    partners = question.room - np.bincount(question.partner[taken], minlength=len(question.room))
    idle = np.setdiff1d(np.flatnonzero(question.value == 0), taken, assume_unique=True)
    starts = np.searchsorted(question.startup[idle], np.arange(len(startups) + 1))
    added = []
    for startup in np.flatnonzero(startups > 0).tolist():
        rows = idle[starts[startup] : starts[startup + 1]]
        for row in rows[partners[question.partner[rows]] > 0].tolist():
            group, partner = question.group[row], question.partner[row]
            if startups[startup] > 0 and groups[group] > 0:
                startups[startup] -= 1
                groups[group] -= 1
                partners[partner] -= 1
                added.append(row)
    return np.union1d(taken, np.array(added, np.int64))


def _network(question: Question, rows: NDArray[np.int64]) -> _Network:
    total, within = question.of_startup, question.of_group
    startup = np.arange(len(total.most))
    group = len(startup) + np.arange(len(within.most))
    partner = len(startup) + len(group) + np.arange(len(question.room))
    sink = np.array([len(startup) + len(group) + len(partner)])
    owner = np.repeat(startup, question.groups)
    weight = min(question.weight, _REFUSED_COST)
    arcs = [
        _arcs(startup, sink, total.most - total.least, 0),
        _arcs(startup, sink, total.least - question.first, weight),
        _arcs(startup, sink, question.first, min(question.weight + question.first_weight, _REFUSED_COST)),
        _arcs(owner, group, within.least, -weight),
        _arcs(owner, group, within.most - within.least, 0),
        _arcs(partner, sink, question.room, 0),
        _arcs(group[question.group[rows]], partner[question.partner[rows]], 1, -question.value[rows]),
    ]
    tail, head, capacity, cost = (np.concatenate(column) for column in zip(*arcs, strict=True))
    supply = np.zeros(sink[0] + 1, np.int64)
    supply[startup] = total.most
    supply[sink] = -total.most.sum()
    return _Network(tail=tail, head=head, capacity=capacity, cost=cost, supply=supply)


def _arcs(
    tail: NDArray[np.int64], head: NDArray[np.int64], capacity: NDArray[np.int64] | int, cost: NDArray[np.int64] | int
) -> list[NDArray[np.int64]]:
    """Parallel columns, without the arcs that can carry nothing."""
    columns = np.broadcast_arrays(tail, head, capacity, cost)
    return [column[columns[2] > 0] for column in columns]


def _least_cost_flow(question: Question, network: _Network) -> NDArray[np.int64]:
    """The flow on every arc.

    The law of 64 bits: weight × (nodes + 3) × 2 stays below 2⁶³, since the solver scales costs by the nodes. At ten
    meetings each and values up to 20 points, that is about 20,000 startups with 200,000 partners.
    """
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(network.tail, network.head, network.capacity, network.cost)
    solver.set_nodes_supplies(np.arange(len(network.supply)), network.supply)
    status = solver.solve()
    if status == SimpleMinCostFlow.BAD_COST_RANGE:
        raise BadInput(
            f"The scores lie too far apart for so large a shortlist ({len(question.of_startup.most)} startups, "
            f"{len(question.room)} partners) to be exact to a millionth of a point; place fewer startups."
        )
    assert status == SimpleMinCostFlow.OPTIMAL, f"a network that always has a flow gave {status}"
    return np.asarray(solver.flows(np.arange(len(network.tail))), np.int64)


def _prices(question: Question, network: _Network, flow: NDArray[np.int64]) -> Prices:
    """Least costs from anywhere to each node in what the flow leaves free (Bellman and Ford), read as prices.

    An arc with spare capacity can carry more at its cost, one with flow can give it back. If the flow is optimal no
    circle is worth going round, so least costs exist; if not, the rounds end anyway and the bound shows a gap.
    """
    spare, used = flow < network.capacity, flow > 0
    tail = np.concatenate([network.tail[spare], network.head[used]])
    head = np.concatenate([network.head[spare], network.tail[used]])
    cost = np.concatenate([network.cost[spare], -network.cost[used]])
    least = np.zeros(len(network.supply), np.int64)
    changed = np.ones(len(least), np.bool_)
    for _ in range(len(least)):
        live = np.flatnonzero(changed[tail])
        before = least.copy()
        np.minimum.at(least, head[live], before[tail[live]] + cost[live])
        changed = least < before
        if not changed.any():
            break
    sides = np.cumsum([len(question.of_startup.most), len(question.of_group.most)])
    startup, group, partner = np.split(least[:-1] - least[-1], sides)
    on_top = group - np.repeat(startup, question.groups)
    return Prices(startup=startup, group=on_top, partner=-partner).proper(question)


def _best_of_each(question: Question, per_startup: int) -> NDArray[np.int64]:
    """The best rows of each startup and of each partner, about as many for either side; all where they are few."""
    startups, partners = len(question.of_startup.most), len(question.room)
    if len(question) <= 2 * per_startup * startups:
        return np.arange(len(question))
    chosen = np.zeros(len(question), np.bool_)
    for side, count in ((question.startup, startups), (question.partner, partners)):
        keep = max(1, per_startup * startups // count)
        order = np.argsort(side, kind="stable")
        ends = np.searchsorted(side[order], np.arange(count), side="right")
        for rows in np.split(order, ends[:-1]):
            chosen[_best(question.value, rows, keep)] = True
    return np.flatnonzero(chosen)


def _best(value: NDArray[np.int64], rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The best rows; of equals some from everywhere, or every startup would bring the same few partners."""
    if len(rows) <= count:
        return rows
    scattered = value[rows] * _SCATTER + rows * _KNUTH % _SCATTER
    return rows[np.argpartition(-scattered, count)[:count]]


def _joining(question: Question, prices: Prices, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows beyond `rows` that are worth more than their prices."""
    if len(rows) == len(question):
        return rows[:0]
    above = [first + np.flatnonzero(surplus > 0) for first, surplus in _surpluses(question, prices)]
    return np.setdiff1d(np.concatenate(above), rows, assume_unique=True)
