"""A shortlist: who meets whom, who stands by, who falls short and why, and the proof that nothing better exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from matcher.domain.vocabulary import KIND_LABELS

# How far a startup gets between an intake and its place.
INTAKE, ELIGIBLE, LONGLIST, SHORTLIST, PLACE = STAGES_REACHED = ("intake", "eligible", "longlist", "shortlist", "place")
LEFT_OUT_BY = ("no_partner", "not_assessed", "organisation", "longlist", "shortlist", "places", "quota")

MEETING = "meeting"
ALTERNATE = "alternate"


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """At least `min` and at most `max`; None means no limit."""

    min: int = 0
    max: int | None = None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a shortlist has to keep to. Places first, then meetings.

    places: how many startups get in; None = all. quotas: the most places a hub gets. on_longlist, on_shortlist: how
    many of the strongest are looked at so far; None = all.
    meetings, kinds: per startup, in total and by kind of partner. capacity: what a partner takes where it states none;
    None = no limit. least_score: pairs below it are not offered unless pinned; None = the lowest admitted score.
    pins, bans: (startup id, partner id); a pin settles a meeting, not a place. alternates: stand-by partners named per
    startup. strict: a minimum missed is a refusal, not a shortfall. guarantee: before all else, as few placed startups
    as possible have no meeting at all.
    """

    places: int | None = None
    quotas: Mapping[str, int] = field(default_factory=dict)
    on_longlist: int | None = None
    on_shortlist: int | None = None
    meetings: Bounds = Bounds()
    kinds: Mapping[str, Bounds] = field(default_factory=dict)
    capacity: int | None = None
    least_score: float | None = None
    strict: bool = False
    guarantee: bool = False
    pins: frozenset[tuple[str, str]] = frozenset()
    bans: frozenset[tuple[str, str]] = frozenset()
    alternates: int = 3

    @property
    def wanted(self) -> Bounds:
        """The meetings of a startup in all: at least one where one is guaranteed."""
        if not self.guarantee or self.meetings.max == 0:
            return self.meetings
        return replace(self.meetings, min=max(1, self.meetings.min))

    def contradictions(self) -> Iterator[str]:
        """What no plan could keep to, each in one sentence."""
        for kind, bounds in ((None, self.meetings), *sorted(self.kinds.items())):
            if bounds.max is not None and bounds.min > bounds.max:
                wanted = counted(bounds.min, kind) if kind else f"{bounds.min} meetings"
                yield f"The programme asks for at least {wanted} a startup and allows at most {bounds.max}."
        for startup_id, partner_id in sorted(self.pins & self.bans):
            yield f"The pair '{startup_id}' and '{partner_id}' is both pinned and banned; lift one of the two."


@dataclass(frozen=True, kw_only=True)
class ShortlistPair:
    """One meeting or alternate. `rank` is the place among the startup's pairs of the same status, from 1.

    score: None where the pair could not be assessed, which only a pin brings into a shortlist.
    """

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
    shortfall can exceed, nor, where a first meeting is guaranteed, one with as few startups without; from dual prices
    checked against every admitted pair. `gap` = bound − objective; at 0.0 it is also proved that no plan has less
    shortfall. `shortfall`: Σ (wanted − got) of `short`.

    pairs_admitted: the placed startups' pairs that may meet: assessed, not banned, not below the least score; and the
    pins. pairs_priced: how many of them the prices were checked against; the pins, being settled, count as checked.
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
class LeftOut:
    """A startup that is let in and found no place: how far it got (one of STAGES_REACHED), and which limit it met.

    rule: one of LEFT_OUT_BY. because: the same in words.
    """

    id: str
    reached: str
    rule: str
    because: str


@dataclass(frozen=True, kw_only=True)
class Shortlist:
    """The plan: startups placed (strongest first), those who found no place, the pairs, and the certificate."""

    placed: tuple[str, ...]
    unplaced: tuple[LeftOut, ...]
    meetings: tuple[ShortlistPair, ...]
    alternates: tuple[ShortlistPair, ...]
    certificate: Certificate


@dataclass(frozen=True, kw_only=True)
class Supply:
    """What a startup had to choose from to reach one minimum: partners of a kind, or of any kind (None).

    banned, not_assessed, too_low: how many of the admitted it could therefore not meet. full: name and capacity of
    those it could meet but that others fill. own_most: which of its own greatest numbers of meetings stood in the way.
    """

    kind: str | None
    admitted: int
    banned: int = 0
    not_assessed: int = 0
    too_low: int = 0
    full: tuple[tuple[str, int], ...] = ()
    own_most: str | None = None

    def because(self, wanted: int) -> str:
        """The constraint that binds, in people's words and with its numbers."""
        reasons = []
        lost = {"banned": self.banned, "not assessed": self.not_assessed, "below the least score": self.too_low}
        left = self.admitted - sum(lost.values())
        if self.admitted < wanted:
            only = "only " if self.admitted else ""
            reasons.append(f"{only}{counted(self.admitted, self.kind)} {_be(self.admitted)} admitted for it")
        if left < min(wanted, self.admitted):
            named = ", ".join(f"{count} {_be(count)} {how}" for how, count in lost.items() if count)
            reasons.append(f"of the {counted(self.admitted, self.kind)} admitted for it {named}, which leaves {left}")
        if self.full:
            named = ", ".join(f"{name} (capacity {capacity})" for name, capacity in self.full[:_NAMED])
            more = f" and {len(self.full) - _NAMED} more" if len(self.full) > _NAMED else ""
            crowd = len(self.full)
            reasons.append(f"{counted(crowd, self.kind)} it could meet {_be(crowd)} full: {named}{more}")
        if self.own_most:
            reasons.append(self.own_most)
        return "; ".join(reasons)


# So many full partners are named; nobody reads a longer list.
_NAMED = 5


def counted(count: int, kind: str | None) -> str:
    """So many partners of a kind in words: "1 investor", "no public bodies"; None = of any kind."""
    noun = "partner" if kind is None else KIND_LABELS.get(kind, kind)
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"1 {noun}" if count == 1 else f"{count or 'no'} {plural}"


def _be(count: int) -> str:
    return "is" if count == 1 else "are"
