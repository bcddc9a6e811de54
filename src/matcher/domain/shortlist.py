"""A shortlist: who meets whom, who stands by, who falls short and why, and the proof that nothing better exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """At least `min` and at most `max`; None means no limit."""

    min: int = 0
    max: int | None = None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a shortlist has to keep to. Places first, then meetings.

    places: how many startups get in; None = all. quotas: the most places a hub gets.
    meetings, kinds: per startup, in total and by kind of partner. capacity: what a partner takes where it states none;
    None = no limit. least_score: pairs below it are not offered unless pinned; None = the lowest admitted score.
    pins, bans: (startup id, partner id). alternates: stand-by partners named per startup.
    """

    places: int | None = None
    quotas: Mapping[str, int] = field(default_factory=dict)
    meetings: Bounds = Bounds()
    kinds: Mapping[str, Bounds] = field(default_factory=dict)
    capacity: int | None = None
    least_score: float | None = None
    strict: bool = False
    pins: frozenset[tuple[str, str]] = frozenset()
    bans: frozenset[tuple[str, str]] = frozenset()
    alternates: int = 3


@dataclass(frozen=True, kw_only=True)
class ShortlistPair:
    """One meeting or alternate. `rank` is the place among the startup's pairs of the same status, from 1."""

    startup_id: str
    partner_id: str
    status: str
    rank: int
    score: float | None


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """Who got fewer meetings than wanted, of which kind (None = in all), and the constraint that binds."""

    id: str
    kind: str | None
    wanted: int
    got: int
    because: str


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """The proof. `objective`: Σ (score − least_score) of the meetings, in points. `bound`: what no plan with as little
    shortfall can exceed, from dual prices checked against every admitted pair. `gap` = bound − objective.
    """

    objective: float
    bound: float
    gap: float
    shortfall: int
    least_score: float
    pairs_admitted: int
    pairs_priced: int
    short: tuple[Shortfall, ...]


@dataclass(frozen=True, kw_only=True)
class Shortlist:
    """The plan: startups placed (strongest first), those who found no place, the pairs, and the certificate."""

    placed: tuple[str, ...]
    unplaced: tuple[tuple[str, str], ...]
    meetings: tuple[ShortlistPair, ...]
    alternates: tuple[ShortlistPair, ...]
    certificate: Certificate
