"""A programme edition: who may enter, how many places there are, what each party is to get."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from matcher.domain.shortlist import Bounds

CORRIDOR = "corridor"
MODES = ("startup-partner", CORRIDOR)
# What the slots of a schedule hold: one-to-one meetings, or pitches to a room of investors.
FORMATS = ("meetings", "pitches")

# Editions below it are counted rather than dated: the third, the twelfth.
_FIRST_YEAR = 1900

# For how many months after an outcome a pair is not shortlisted again, where the edition does not say otherwise.
# A meeting, and what grows from one, is had for good: an event is for new ones. An introduction may have led nowhere,
# and who did not turn up may next time. Times are ours; editions set their own.
ALWAYS = "always"
COOLING_OFF: Mapping[str, int | str] = {
    "introduced": 6,
    "met": ALWAYS,
    "second_meeting": ALWAYS,
    "no_show": 3,
    "declined_by_startup": 12,
    "declined_by_partner": 12,
    "accepted": ALWAYS,
    "partnered": ALWAYS,
    "invested": ALWAYS,
}


@dataclass(frozen=True, kw_only=True)
class EntryRules:
    """What a programme asks of a startup beside sector, stage and place. None = not asked.

    applied: whether only those enter of whom a participation in this programme is known, once any is.
    """

    women_led: str | None = None
    already_raised: bool = False
    market_ready: bool = False
    investment_ready: bool = False
    uk_entity: bool = False
    applied: bool = False


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When and where the meetings are: sessions as local "09:30-12:30" in `time_zone`.

    virtual: on screens, so that there are no tables. format: one of FORMATS. rooms: where pitches are held, side by
    side; one room where none is named. tables: how many meetings at once; None = no limit.
    """

    dates: tuple[str, ...] = ()
    time_zone: str = "Europe/London"
    sessions: tuple[str, ...] = ()
    slot_minutes: int = 25
    gap_minutes: int = 5
    tables: int | None = None
    virtual: bool = False
    format: str = "meetings"
    rooms: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Programme:
    """One edition, as its file states it (the schema stands in docs/how-to/programmes.md).

    longlist, shortlist: how many startups get so far before places are given; None = all.
    guarantee: nobody placed stays without a meeting while one is possible, whatever that costs the sum.
    source_programmes: the feeder programmes a startup may come from; empty = any.
    cooling_off: outcome → months, or ALWAYS, after which a pair may be shortlisted again; the rest as in COOLING_OFF.
    """

    id: str
    name: str
    edition: int
    theme: str | None = None
    mode: str = "startup-partner"
    sectors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    places: int | None = None
    longlist: int | None = None
    shortlist: int | None = None
    least_score: float | None = None
    strict: bool = False
    guarantee: bool = False
    source_programmes: tuple[str, ...] = ()
    source: str | None = None
    quotas: Mapping[str, int] = field(default_factory=dict)
    meetings: Bounds = Bounds()
    kinds: Mapping[str, Bounds] = field(default_factory=dict)
    capacity_default: int | None = None
    cooling_off: Mapping[str, int | str] = field(default_factory=dict)
    rules: EntryRules = EntryRules()
    schedule: Schedule = Schedule()


def intake_day(programme: Programme) -> str:
    """The day that counts for who takes part: the first scheduled date, or else 1 January of the edition's year.

    An edition that is numbered otherwise than by its year, and has no date, is taken as one to come.
    """
    if programme.schedule.dates:
        return min(programme.schedule.dates)
    return f"{programme.edition}-01-01" if programme.edition >= _FIRST_YEAR else "9999-12-31"


def programme_to_json(programme: Programme) -> str:
    """The programme as canonical JSON: what a run's manifest keeps of it."""
    return json.dumps(asdict(programme), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def programme_from_json(text: str) -> Programme:
    """The programme that `programme_to_json` wrote."""
    said: dict[str, Any] = json.loads(text)
    said |= {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    said["meetings"] = Bounds(**said["meetings"])
    said["kinds"] = {kind: Bounds(**bounds) for kind, bounds in said["kinds"].items()}
    said["rules"] = EntryRules(**said["rules"])
    schedule: dict[str, Any] = said["schedule"]
    said["schedule"] = Schedule(
        **schedule | {name: tuple(schedule[name]) for name in ("dates", "sessions", "rooms") if name in schedule}
    )
    return Programme(**said)
