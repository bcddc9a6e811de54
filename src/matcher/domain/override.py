"""What an officer decided about a pair in an edition: a pin, a ban or a note, with its reason, person and expiry."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

PIN, BAN, NOTE = "pin", "ban", "note"

# Why somebody decided so. The words beside it are free; the code is what reports count.
REASON_CODES = (
    "strategic",
    "relationship",
    "asked_by_startup",
    "asked_by_partner",
    "conflict_of_interest",
    "already_in_talks",
    "wrong_data",
    "other",
)


@dataclass(frozen=True, kw_only=True)
class Override:
    """kind: PIN, BAN or NOTE. code: one of REASON_CODES. until: the last day it holds (ISO 8601), None = for good."""

    programme_id: str
    startup_id: str
    partner_id: str
    kind: str
    code: str
    reason: str
    person: str
    until: str | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """Startup id, partner id."""
        return self.startup_id, self.partner_id

    def holds(self, as_of: str) -> bool:
        """Whether it is in force on this day."""
        return self.until is None or as_of <= self.until


@dataclass(frozen=True, kw_only=True)
class Price:
    """What an override costs: the best plan without it and with it.

    objective_before, objective_after: points, both counted from the least score of the plan before. points: before less
    after, so that a cost is positive. shortfall_before, shortfall_after: meetings that are missing. gained, lost: the
    pairs, by startup and partner id, that meet only with it or only without.
    """

    objective_before: float
    objective_after: float
    points: float
    shortfall_before: int
    shortfall_after: int
    gained: tuple[tuple[str, str], ...]
    lost: tuple[tuple[str, str], ...]


def overrides_to_json(overrides: Iterable[Override]) -> str:
    """Overrides as canonical JSON, in the order given: what a run's manifest keeps of them."""
    return json.dumps([asdict(one) for one in overrides], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def overrides_from_json(text: str) -> tuple[Override, ...]:
    """The overrides that `overrides_to_json` wrote."""
    return tuple(Override(**said) for said in json.loads(text))
