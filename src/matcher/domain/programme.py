"""A programme edition: who may enter, how many places there are, what each party is to get."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from matcher.domain.shortlist import Bounds

MODES = ("startup-partner", "corridor")


@dataclass(frozen=True, kw_only=True)
class EntryRules:
    """What a programme asks of a startup beside sector, stage and place. None = not asked."""

    women_led: str | None = None
    already_raised: bool = False
    market_ready: bool = False
    investment_ready: bool = False
    uk_entity: bool = False


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When and where the meetings are: sessions as local "09:30-12:30" in `time_zone`."""

    dates: tuple[str, ...] = ()
    time_zone: str = "Europe/London"
    sessions: tuple[str, ...] = ()
    slot_minutes: int = 25
    gap_minutes: int = 5
    tables: int | None = None


@dataclass(frozen=True, kw_only=True)
class Programme:
    """One edition, as its file states it (the schema stands in docs/how-to/programmes.md)."""

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
    least_score: float | None = None
    strict: bool = False
    source: str | None = None
    quotas: Mapping[str, int] = field(default_factory=dict)
    meetings: Bounds = Bounds()
    kinds: Mapping[str, Bounds] = field(default_factory=dict)
    capacity_default: int | None = None
    rules: EntryRules = EntryRules()
    schedule: Schedule = Schedule()


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
    said["schedule"] = Schedule(**schedule | {name: tuple(schedule[name]) for name in ("dates", "sessions")})
    return Programme(**said)
