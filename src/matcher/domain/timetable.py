"""A timetable: when and where each pair meets, who could not be fitted in and why, and how good it is proved to be."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

KIND = "timetable"

# Why a pair has no slot.
NEVER_BOTH, BOTH_BUSY, NO_TABLE = "no_common_slot", "busy", "tables"


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A time at which meetings are held: both ends are aware and in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A pair that is to meet. score: what it is worth in points; None = not assessed, which only a pin brings in."""

    startup_id: str
    partner_id: str
    score: float | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Startup id and partner id."""
        return self.startup_id, self.partner_id


@dataclass(frozen=True, kw_only=True)
class Place:
    """A slot, by its number from 0, and a table, by its number from 1; None where there are no tables."""

    slot: int
    table: int | None = None


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Who meets whom, and where."""

    startup_id: str
    partner_id: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """A pair, or with partner_id None a startup, that could not be fitted in. rule: a word for programs."""

    startup_id: str
    partner_id: str | None
    rule: str
    because: str


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What was aimed at, what was reached, and what no timetable can exceed that does as well in the goals before."""

    name: str
    reached: int
    bound: int

    @property
    def gap(self) -> int:
        """0 = proved to be the best."""
        return self.bound - self.reached


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """Meetings by slot, then startup, then partner; unplaced by startup, then partner; goals, the first the weightiest.

    Points in goals are whole millionths.
    """

    meetings: tuple[Meeting, ...]
    unplaced: tuple[Unplaced, ...]
    goals: tuple[Goal, ...]


@dataclass(frozen=True, kw_only=True)
class Pitch:
    """A startup's turn in a room. present: the matched partners who hear it."""

    startup_id: str
    room: int
    slot: int
    present: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RunningOrder:
    """Pitches by room, then slot. seats: partner id → its room, by number from 0."""

    pitches: tuple[Pitch, ...]
    seats: dict[str, int]
    unplaced: tuple[Unplaced, ...]
    goals: tuple[Goal, ...]


@dataclass(frozen=True, kw_only=True)
class TimetableManifest:
    """Everything a timetable depends on, each by content: change one and it is another run.

    shortlist: the run whose pairs meet. earlier: the timetable to stay close to, or nothing. cancelled: (startup id,
    partner id) of all pairs that are called off, in order. hold: whether what earlier stood is not moved to fit in
    more. availability: the hash of the records that say who is there when.
    """

    programme_id: str
    shortlist: str
    earlier: str
    hold: bool
    cancelled: tuple[tuple[str, str], ...]
    availability: str
    code: str
    as_of: str
    kind: str = KIND

    def text(self) -> str:
        """The manifest as canonical JSON."""
        return json.dumps(vars(self), sort_keys=True, indent=1, ensure_ascii=False)

    def run_id(self) -> str:
        """The first 12 hex digits of the manifest's SHA-256."""
        return hashlib.sha256(self.text().encode()).hexdigest()[:12]


def manifest_from_json(text: str) -> TimetableManifest:
    """The manifest that `text` wrote."""
    said = json.loads(text)
    said["cancelled"] = tuple((startup, partner) for startup, partner in said["cancelled"])
    return TimetableManifest(**said)
