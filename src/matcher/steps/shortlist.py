"""Who meets whom: places, then meetings that are proved to be the best, and stand-bys.

1. Places go to the strongest startups, within the hubs' quotas (steps/places.py).
2. Their meetings are the plan with the least shortfall under the minimums, and of those the one with the greatest
   Σ (score − least score), over all admitted pairs (steps/meetings.py asks, steps/flow.py answers).
3. The prices that come with the answer prove it: no plan with as little shortfall exceeds the certificate's bound.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.profile import Partner, Startup
from matcher.domain.shortlist import (
    ALTERNATE,
    MEETING,
    Certificate,
    Shortfall,
    Shortlist,
    ShortlistPair,
    Supply,
    Terms,
    counted,
)
from matcher.errors import BadInput, Infeasible
from matcher.steps.flow import SOLVE_FIRST, Answer, answer, bound
from matcher.steps.meetings import Question, Table, ask, tabulate
from matcher.steps.pairs import Pairs
from matcher.steps.places import UNITS_PER_POINT, place, units

# More points than this are a fault of the ranker; as millionths, summed over a plan, they could leave 64 bits.
_GREATEST_SCORE = 1e7


def shortlist(
    pairs: Pairs,
    scores: NDArray[np.float64],
    startups: Sequence[Startup],
    partners: Sequence[Partner],
    terms: Terms,
    *,
    organisation: Sequence[int] | None = None,
    solve_first: int = SOLVE_FIRST,
) -> Shortlist:
    """The shortlist over all admitted pairs, with its proof; the same for any order of rows.

    pairs: every admitted pair. scores: (p,) beside them, NaN = not assessed: never offered, and worth 0 where pinned.
    startups, partners: beside pairs.startup_ids and pairs.partner_ids. Meetings and alternates come by startup, the
    strongest first, then by rank: greatest score, then partner id; not assessed last.
    organisation: beside startups, equal for profiles of one organisation, of which only the strongest gets a place.
    solve_first: see `answer`; of equally good plans it may decide which.
    Raises Infeasible where the terms contradict each other or a strict minimum is missed, BadInput where scores are
    too great to be added up exactly.
    """
    for contradiction in terms.contradictions():
        raise Infeasible(contradiction)
    pairs, scores = _in_order(pairs, scores)
    least_score = _least_score(scores, terms)
    places = place(pairs, scores, startups, terms, organisation)
    table = tabulate(pairs, scores, places.placed, startups, partners, least_score, terms)
    question = ask(table, least_score, terms)
    found = answer(question, solve_first)
    plan = _plan(table, question, found, terms)
    strongest_first = [bisect_left(table.startups, startups[i].id, key=lambda placed: placed.id) for i in places.placed]
    short = tuple(lack for i in strongest_first for lack in _shortfalls(plan, i))
    declared = tuple(lack for lack in short if lack.kind is not None or lack.got < terms.meetings.min)
    if terms.strict and declared:
        raise Infeasible(_strictly(declared))
    return Shortlist(
        placed=tuple(startups[i].id for i in places.placed),
        unplaced=tuple(replace(left, because=left.because + _void_pins(left.id, terms)) for left in places.unplaced),
        meetings=tuple(pair for i in strongest_first for pair in _ranked(table, plan.met(i), i, MEETING)),
        alternates=tuple(pair for i in strongest_first for pair in _alternates(plan, i)),
        certificate=_certify(table, question, found, least_score, short),
    )


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """meets: (r,), which rows of the table meet, pins among them. used: (m,), how many meetings each partner has."""

    table: Table
    terms: Terms
    meets: NDArray[np.bool_]
    used: NDArray[np.int64]

    def met(self, startup: int) -> NDArray[np.int64]:
        """The rows of a startup's meetings."""
        rows = self.table.rows(startup)
        return rows[self.meets[rows]]

    def missed(self, startup: int) -> NDArray[np.int64]:
        """The rows of a startup that were offered and do not meet."""
        rows = self.table.rows(startup)
        return rows[self.table.offered[rows] & ~self.meets[rows]]


def _plan(table: Table, question: Question, found: Answer, terms: Terms) -> _Plan:
    meets = table.pinned.copy()
    meets[np.flatnonzero(table.offered)[found.taken]] = True
    return _Plan(table=table, terms=terms, meets=meets, used=table.counts(np.flatnonzero(meets)).partner)


def _certify(
    table: Table, question: Question, found: Answer, least_score: float, short: tuple[Shortfall, ...]
) -> Certificate:
    """The plan's sum and the bound on every plan's, from the answer's prices but not from the solver's word."""
    pins = table.score[table.pinned]
    settled = int((units(pins[~np.isnan(pins)]) - units(least_score)).sum())
    objective = int(question.value[found.taken].sum())
    worth, priced = bound(question, found.prices)
    limit = worth + question.weight * question.shortfall(found.taken)
    limit += question.first_weight * question.without(found.taken)
    return Certificate(
        objective=(settled + objective) / UNITS_PER_POINT,
        bound=(settled + limit) / UNITS_PER_POINT,
        gap=(limit - objective) / UNITS_PER_POINT,
        shortfall=sum(lack.wanted - lack.got for lack in short),
        least_score=least_score,
        pairs_admitted=int(table.offered.sum()) + len(pins),
        pairs_priced=priced + len(pins),
        short=short,
    )


def _in_order(pairs: Pairs, scores: NDArray[np.float64]) -> tuple[Pairs, NDArray[np.float64]]:
    """Rows by startup, then partner: every later choice between equals follows this order, none the caller's."""
    startup, partner = np.diff(pairs.startup), np.diff(pairs.partner)
    if np.all((startup > 0) | ((startup == 0) & (partner > 0))):
        return pairs, scores
    order = np.lexsort((pairs.partner, pairs.startup))
    in_order = Pairs(
        startup_ids=pairs.startup_ids,
        partner_ids=pairs.partner_ids,
        startup=pairs.startup[order],
        partner=pairs.partner[order],
    )
    return in_order, scores[order]


def _least_score(scores: NDArray[np.float64], terms: Terms) -> float:
    """The floor: the programme's, else the lowest admitted score, also of startups that found no place."""
    lowest = np.fmin.reduce(scores, initial=np.nan)
    highest = np.fmax.reduce(np.abs(scores), initial=abs(terms.least_score or 0.0))
    if highest > _GREATEST_SCORE:
        raise BadInput(f"A score of {highest:,.0f} points is too great to be added up exactly; look at the ranker.")
    if terms.least_score is not None:
        return terms.least_score
    return 0.0 if np.isnan(lowest) else float(lowest)


def _alternates(plan: _Plan, startup: int) -> Iterator[ShortlistPair]:
    """The best pairs that could take a fallen meeting's place at once, then the best whose partner is full."""
    rows, count = plan.missed(startup), max(0, plan.terms.alternates)
    partner = plan.table.partner[rows]
    full = plan.used[partner] >= plan.table.capacity[partner]
    best = [row for part in (rows[~full], rows[full]) for row in _best_rows(plan.table, part, count)][:count]
    return _ranked(plan.table, np.array(best, np.int64), startup, ALTERNATE)


def _best_rows(table: Table, rows: NDArray[np.int64], count: int) -> list[int]:
    if 0 < count < len(rows):
        # Only what can be among the best, with all its equals, is sorted: not every pair of a large table.
        rows = rows[table.score[rows] >= np.partition(table.score[rows], -count)[-count]]
    in_order: list[int] = _by_score(table, rows)[:count].tolist()
    return in_order


def _by_score(table: Table, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Greatest score first, then partner id; not assessed last."""
    return rows[np.lexsort((table.partner[rows], -table.score[rows]))]


def _ranked(table: Table, rows: NDArray[np.int64], startup: int, status: str) -> Iterator[ShortlistPair]:
    """Meetings by score; alternates in the order given, since who has room comes first."""
    in_order = rows if status == ALTERNATE else _by_score(table, rows)
    for rank, row in enumerate(in_order.tolist(), start=1):
        score = float(table.score[row])
        yield ShortlistPair(
            startup_id=table.startups[startup].id,
            partner_id=table.partners[table.partner[row]].id,
            status=status,
            rank=rank,
            score=None if math.isnan(score) else score,
        )


def _shortfalls(plan: _Plan, startup: int) -> Iterator[Shortfall]:
    table, met = plan.table, plan.met(startup)
    for kind, bounds in ((None, plan.terms.wanted), *sorted(plan.terms.kinds.items())):
        got = len(table.of_kind(met, kind))
        if got < bounds.min:
            because = _supply(plan, startup, kind).because(bounds.min)
            yield Shortfall(id=table.startups[startup].id, kind=kind, wanted=bounds.min, got=got, because=because)


def _supply(plan: _Plan, startup: int, kind: str | None) -> Supply:
    """What became of the partners of a kind (None = of all) that one startup could have met."""
    table = plan.table
    admitted = table.of_kind(table.rows(startup), kind)
    barred = admitted[~table.offered[admitted] & ~table.pinned[admitted]]
    missed = table.partner[table.of_kind(plan.missed(startup), kind)]
    full = plan.used[missed] >= table.capacity[missed]
    # The best plan misses a partner with room only where the startup itself may not meet more; within a kind it is then
    # not the full partners that bind.
    own_most = None if full.all() else _own_most(plan, startup)
    named = missed[full] if kind is None or own_most is None else missed[:0]
    banned, unknown = table.banned[barred], np.isnan(table.score[barred])
    return Supply(
        kind=kind,
        admitted=len(admitted),
        banned=int(banned.sum()),
        not_assessed=int((unknown & ~banned).sum()),
        too_low=int((~unknown & ~banned).sum()),
        full=tuple((table.partners[j].name, int(table.capacity[j])) for j in named.tolist()),
        own_most=own_most,
    )


def _own_most(plan: _Plan, startup: int) -> str:
    """Which of its greatest numbers of meetings a startup has reached, in words."""
    table, terms = plan.table, plan.terms
    met = Counter(table.partners[j].kind for j in table.partner[plan.met(startup)].tolist())
    if terms.meetings.max is not None and met.total() >= terms.meetings.max:
        used = ", ".join(counted(count, kind) for kind, count in sorted(met.items()))
        return f"its most meetings ({terms.meetings.max}) are used: {used}"
    reached = [counted(met[kind], kind) for kind, bounds in sorted(terms.kinds.items()) if met[kind] == bounds.max]
    return f"it may meet no more than {', '.join(reached)}"


def _void_pins(startup_id: str, terms: Terms) -> str:
    """A pin settles whom a startup meets once it is placed; it does not carry it past a stronger startup."""
    partners = sorted(partner for startup, partner in terms.pins if startup == startup_id)
    return f"; without a place its pins are void ({', '.join(partners)})" if partners else ""


def _strictly(short: Sequence[Shortfall]) -> str:
    first = short[0]
    what = "meetings" if first.kind is None else f"meetings of the kind '{first.kind}'"
    more = f", and {len(short) - 1} more minimums are missed" if len(short) > 1 else ""
    got = f"'{first.id}' can get {first.got} of {first.wanted} {what} ({first.because})"
    return f"The minimums are strict, but {got}{more}."
