"""The question of the meetings in whole numbers: which pairs may meet, within which limits.

Which of them do meet, so that the shortfall under the minimums is least, and then the sum of values greatest? One
number orders plans by both goals: Σ value − weight × shortfall, where `weight` is above any sum of values. Where a
first meeting is guaranteed, a startup without one costs still more than any shortfall.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.domain.profile import Partner, Startup
from matcher.domain.shortlist import Bounds, Terms
from matcher.errors import Infeasible
from matcher.steps.pairs import Pairs
from matcher.steps.places import units

# Stands for "no limit", and for any limit above it: more meetings than there are pairs.
_ENDLESS = 1 << 31


@dataclass(frozen=True, kw_only=True)
class Table:
    """Every admitted pair of the placed startups, in order of startup, then partner; columns (r,).

    startup, partner: int32, positions in `startups` (the placed, by id) and `partners`; the rows of startup i are
    starts[i]:starts[i + 1]. kind: (m,) int32, each partner's position in `kinds` (those with limits, sorted), or
    len(kinds) for all others. capacity: (m,) int64. offered: assessed, not below the least score, not banned or pinned.
    """

    startups: tuple[Startup, ...]
    partners: Sequence[Partner]
    kinds: tuple[str, ...]
    kind: NDArray[np.int32]
    capacity: NDArray[np.int64]
    starts: NDArray[np.int64]
    startup: NDArray[np.int32]
    partner: NDArray[np.int32]
    score: NDArray[np.float64]
    pinned: NDArray[np.bool_]
    banned: NDArray[np.bool_]
    offered: NDArray[np.bool_]

    def rows(self, startup: int) -> NDArray[np.int64]:
        """The rows of one startup."""
        return np.arange(self.starts[startup], self.starts[startup + 1])

    def of_kind(self, rows: NDArray[np.int64], kind: str | None) -> NDArray[np.int64]:
        """Those of the rows whose partner is of this kind, one of `kinds`; all for None."""
        return rows if kind is None else rows[self.kind[self.partner[rows]] == self.kinds.index(kind)]

    def group(self, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """The group of each row: startup × (kinds + 1) + kind."""
        return self.startup[rows] * np.int32(len(self.kinds) + 1) + self.kind[self.partner[rows]]

    def counts(self, rows: NDArray[np.int64]) -> Counts:
        """How many of these rows each startup, group and partner has."""
        startups, groups = len(self.startups), len(self.startups) * (len(self.kinds) + 1)
        return Counts(
            startup=np.bincount(self.startup[rows], minlength=startups),
            group=np.bincount(self.group(rows), minlength=groups),
            partner=np.bincount(self.partner[rows], minlength=len(self.partners)),
        )


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Numbers of rows: startup (n,), group (n × (kinds + 1),), partner (m,); int64."""

    startup: NDArray[np.int64]
    group: NDArray[np.int64]
    partner: NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """At least (softly) and at most (always) so many meetings each: (n,) int64, 0 ≤ least ≤ most."""

    least: NDArray[np.int64]
    most: NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which of these pairs meet? Rows (q,) in order of startup, then partner: the table's offered rows.

    group, partner: int32; a group is a startup's partners of one kind: group = startup × groups + kind.
    value: int64 ≥ 0, millionths of a point above the least score.
    first: (n,) int64, 1 where a startup's first meeting is guaranteed, else 0.
    of_startup: (n,), of_group: (n × groups,), room: (m,) int64, how many meetings a partner can take; all without the
    pins, which are settled, and none above the number of pairs there are.
    """

    groups: int
    group: NDArray[np.int32]
    partner: NDArray[np.int32]
    value: NDArray[np.int64]
    of_startup: Limits
    of_group: Limits
    room: NDArray[np.int64]
    first: NDArray[np.int64]

    def __len__(self) -> int:
        """How many pairs may meet."""
        return len(self.group)

    @cached_property
    def startup(self) -> NDArray[np.int32]:
        """The startup of each row."""
        return self.group // np.int32(self.groups)

    @cached_property
    def weight(self) -> int:
        """What one meeting short costs: more than the values of any plan together."""
        best = np.zeros(len(self.of_startup.most), np.int64)
        np.maximum.at(best, self.startup, self.value)
        return 1 + dot(best, self.of_startup.most)

    @cached_property
    def first_weight(self) -> int:
        """What a startup costs that has no meeting though one is guaranteed: more than any shortfall and any values."""
        return self.weight * (1 + int(self.of_startup.least.sum() + self.of_group.least.sum()))

    def without(self, taken: NDArray[np.int64]) -> int:
        """How many startups have none of the meetings guaranteed when these rows meet."""
        return int((self.first - np.bincount(self.startup[taken], minlength=len(self.first))).clip(0).sum())

    def shortfall(self, taken: NDArray[np.int64]) -> int:
        """By how many meetings the plan that takes these rows misses the minimums, in all and by group."""
        by_group = np.bincount(self.group[taken], minlength=len(self.of_group.least))
        by_startup = by_group.reshape(-1, self.groups).sum(axis=1)
        short = (self.of_startup.least - by_startup).clip(0).sum() + (self.of_group.least - by_group).clip(0).sum()
        return int(short)


def dot(left: NDArray[np.int64], right: NDArray[np.int64]) -> int:
    """Σ left × right in Python's whole numbers, which no sum can leave."""
    return int(sum(a * b for a, b in zip(left.tolist(), right.tolist(), strict=True)))


def tabulate(
    pairs: Pairs,
    scores: NDArray[np.float64],
    placed: Sequence[int],
    startups: Sequence[Startup],
    partners: Sequence[Partner],
    least_score: float,
    terms: Terms,
) -> Table:
    """The rows of the placed startups. pairs must be in order; placed: positions in `startups`, in any order.

    Raises Infeasible for a pinned pair that is not admitted.
    """
    by_id = sorted(placed)
    number = np.full(len(startups), -1, np.int32)
    number[by_id] = np.arange(len(by_id))
    pinned, banned = _marked(pairs, terms.pins, must_exist=True), _marked(pairs, terms.bans, must_exist=False)
    rows = slice(None) if len(by_id) == len(startups) else np.flatnonzero(number[pairs.startup] >= 0)
    startup, score = number[pairs.startup[rows]], scores[rows]
    kinds = tuple(sorted(terms.kinds))
    return Table(
        startups=tuple(startups[i] for i in by_id),
        partners=partners,
        kinds=kinds,
        kind=np.array([kinds.index(p.kind) if p.kind in kinds else len(kinds) for p in partners], np.int32),
        capacity=np.array([_capacity(partner, terms) for partner in partners], np.int64),
        starts=np.searchsorted(startup, np.arange(len(by_id) + 1)),
        startup=startup,
        partner=pairs.partner[rows],
        score=score,
        pinned=pinned[rows],
        banned=banned[rows],
        offered=(score >= least_score) & ~pinned[rows] & ~banned[rows],
    )


def _capacity(partner: Partner, terms: Terms) -> int:
    stated = partner.capacity if partner.capacity is not None else terms.capacity
    return _ENDLESS if stated is None else min(max(0, stated), _ENDLESS)


def ask(table: Table, least_score: float, terms: Terms) -> Question:
    """What is left to decide once the pins are settled: their meetings are taken off every limit.

    Raises Infeasible where more is pinned than a limit allows.
    """
    offered = np.flatnonzero(table.offered)
    pins, offers = table.counts(np.flatnonzero(table.pinned)), table.counts(offered)
    _refuse_crowded(table, pins, terms)
    of_kind = [terms.kinds[kind] for kind in table.kinds]
    total = _limits([terms.wanted], pins.startup, offers.startup)
    return Question(
        groups=len(of_kind) + 1,
        group=table.group(offered),
        partner=table.partner[offered],
        value=units(table.score[offered]) - units(least_score),
        of_startup=total,
        of_group=_limits([*of_kind, Bounds()], pins.group, offers.group),
        room=np.minimum(table.capacity - pins.partner, offers.partner),
        first=((pins.startup == 0) & (total.most > 0)).astype(np.int64) * int(terms.guarantee),
    )


def _marked(pairs: Pairs, wanted: Set[tuple[str, str]], must_exist: bool) -> NDArray[np.bool_]:
    """Which rows are these pairs of ids. A ban on a pair that is not admitted is kept anyway; a pin cannot be."""
    marked = np.zeros(len(pairs), np.bool_)
    for startup_id, partner_id in sorted(wanted):
        row = _row(pairs, startup_id, partner_id)
        if row is not None:
            marked[row] = True
        elif must_exist:
            raise Infeasible(
                f"The pair '{startup_id}' and '{partner_id}' is pinned but not admitted; "
                "lift the pin, or change the rule that refuses the pair."
            )
    return marked


def _row(pairs: Pairs, startup_id: str, partner_id: str) -> int | None:
    startup, partner = _position(pairs.startup_ids, startup_id), _position(pairs.partner_ids, partner_id)
    if startup is None or partner is None:
        return None
    begin, end = np.searchsorted(pairs.startup, [startup, startup + 1])
    row = int(begin + np.searchsorted(pairs.partner[begin:end], partner))
    return row if row < end and pairs.partner[row] == partner else None


def _position(ids: tuple[str, ...], wanted: str) -> int | None:
    position = bisect_left(ids, wanted)
    return position if ids[position : position + 1] == (wanted,) else None


def _limits(bounds: Sequence[Bounds], pinned: NDArray[np.int64], offered: NDArray[np.int64]) -> Limits:
    """What the bounds, repeated for every startup, leave when pins are taken off and no more than offered can meet."""
    times = len(pinned) // len(bounds)
    least = np.tile([min(b.min, _ENDLESS) for b in bounds], times) - pinned
    most = np.tile([_ENDLESS if b.max is None else min(b.max, _ENDLESS) for b in bounds], times) - pinned
    most = np.minimum(most, offered)
    return Limits(least=np.minimum(least.clip(0), most), most=most)


def _refuse_crowded(table: Table, pins: Counts, terms: Terms) -> None:
    by_group = pins.group.reshape(-1, len(table.kinds) + 1).tolist()
    for startup, total, by_kind in zip(table.startups, pins.startup.tolist(), by_group, strict=True):
        _refuse_above(terms.meetings.max, total, startup.name, "meetings")
        for kind, count in zip(table.kinds, by_kind, strict=False):
            _refuse_above(terms.kinds[kind].max, count, startup.name, f"meetings of the kind '{kind}'")
    for partner, count, most in zip(table.partners, pins.partner.tolist(), table.capacity.tolist(), strict=True):
        _refuse_above(most, count, partner.name, "meetings")


def _refuse_above(most: int | None, count: int, name: str, what: str) -> None:
    if most is not None and count > most:
        raise Infeasible(
            f"{name} has {count} pinned {what}, but may have at most {most}; lift a pin or raise the limit."
        )
