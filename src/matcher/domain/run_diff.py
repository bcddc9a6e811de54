"""What differs between two runs of an edition, and the cause of each pair gained or lost."""

from __future__ import annotations

from dataclasses import dataclass

# In the order in which one run is turned into the other; the step that moves a pair for good is its cause.
CAUSES = ("program", "data", "rule", "capacity", "ranker", "override")


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that differs in what the two runs were made from. cause: one of CAUSES. detail: in words.

    pair: of an override, the startup's id and the partner's.
    """

    cause: str
    detail: str
    pair: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class PairMoved:
    """A pair that meets in one of the two runs only. change: gained (only in the second) or lost (only in the first).

    detail: what of the pair itself changed, or that it follows from another change.
    """

    startup_id: str
    partner_id: str
    change: str
    cause: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class PlaceMoved:
    """A startup that has a place in one of the two runs only; as PairMoved."""

    startup_id: str
    change: str
    cause: str


@dataclass(frozen=True, kw_only=True)
class RunDiff:
    """first, second: the ids of the runs. kept: how many pairs meet in both."""

    first: str
    second: str
    programme_id: str
    differences: tuple[Difference, ...]
    pairs: tuple[PairMoved, ...]
    places: tuple[PlaceMoved, ...]
    kept: int
