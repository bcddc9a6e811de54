"""What a band is worth, and for whom a ranking works: shares of links with their intervals, by band and by group."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.steps.rank import BANDS

OTHER, UNKNOWN = "other", "unknown"
# The sizes of a partner's past that tell apart newcomers, small and large portfolios: up to so many earlier companies.
_HISTORY = ((0, "none"), (5, "1 to 5"), (20, "6 to 20"))
_LARGE_HISTORY = "more than 20"
HISTORY_GROUPS = (*(name for _, name in _HISTORY), _LARGE_HISTORY)
# The 97.5 % point of the normal distribution: an interval that holds 95 %.
_Z = 1.959964


@dataclass(frozen=True, kw_only=True)
class BandRow:
    """How many assessed pairs of a band are links. share, low, high: None without pairs; lift: None without links."""

    band: str
    pairs: int
    links: int
    share: float | None
    low: float | None
    high: float | None
    lift: float | None


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """The links of a group. found_at_10: the share of them that stand in their startup's top ten."""

    group: str
    links: int
    found_at_10: float
    low: float
    high: float


def wilson(found: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share of counted things, after Wilson 1927. Raises ValueError when nothing was counted."""
    if of < 1:
        raise ValueError("a share of nothing has no interval")
    share, spread = found / of, _Z**2 / of
    middle = share + spread / 2
    half = math.sqrt(spread * (share * (1 - share) + spread / 4))
    # Exactly nothing and exactly everything reach the end of the scale; rounding must not keep them from it.
    low = 0.0 if found == 0 else (middle - half) / (1 + spread)
    high = 1.0 if found == of else (middle + half) / (1 + spread)
    return low, high


def band_rows(pairs: NDArray[np.int64], links: NDArray[np.int64]) -> tuple[BandRow, ...]:
    """A row for each of BANDS, best first. pairs, links: (bands,) how many pairs each has, and how many are links.

    lift: how many times as often as among all pairs.
    """
    overall = links.sum() / max(1, pairs.sum())
    return tuple(_band_row(*row, overall) for row in zip(BANDS, pairs.tolist(), links.tolist(), strict=True))


def group_rows(groups: Sequence[str], found: NDArray[np.bool_], order: Sequence[str]) -> tuple[GroupRow, ...]:
    """A row for each of `order` that has links. groups, found: one a link: its group, and whether it was found."""
    total = Counter(groups)
    good = Counter(group for group, one in zip(groups, found.tolist(), strict=True) if one)
    rows = []
    for group in order:
        if total[group]:
            low, high = wilson(good[group], total[group])
            share = good[group] / total[group]
            rows.append(GroupRow(group=group, links=total[group], found_at_10=share, low=low, high=high))
    return tuple(rows)


def largest(groups: Sequence[str], at_most: int = 10) -> tuple[list[str], list[str]]:
    """(the groups with the small ones called OTHER, their order: most links first, ties by name, OTHER last)."""
    counts = Counter(groups)
    kept = sorted(counts, key=lambda group: (-counts[group], group))[:at_most]
    return [group if group in kept else OTHER for group in groups], [*kept, OTHER]


def history_group(companies: int) -> str:
    """Which of HISTORY_GROUPS a partner with so many earlier companies belongs to."""
    return next((name for most, name in _HISTORY if companies <= most), _LARGE_HISTORY)


def _band_row(band: str, pairs: int, links: int, overall: float) -> BandRow:
    if not pairs:
        return BandRow(band=band, pairs=0, links=0, share=None, low=None, high=None, lift=None)
    share, (low, high) = links / pairs, wilson(links, pairs)
    lift = float(share / overall) if overall else None
    return BandRow(band=band, pairs=pairs, links=links, share=share, low=low, high=high, lift=lift)
