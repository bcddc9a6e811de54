"""What comes out of a match: pairs as columns, measured and ranked; and one of them by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.profile import Partner, Startup
from matcher.steps.admit import Admission
from matcher.steps.find import Nearest
from matcher.steps.measure import Features
from matcher.steps.pairs import Pairs
from matcher.steps.rank import Ranked


@dataclass(frozen=True, kw_only=True)
class Matches:
    """The pairs of some startups with some partners, measured and ranked.

    startup_places, partner_places: where the startups and partners of `pairs` stand in `Inputs`.
    assessed: (p,) bool. order: (p,) rows of `pairs`, by startup, then best first, then partner id.
    """

    startup_places: NDArray[np.int32]
    partner_places: NDArray[np.int32]
    admission: Admission
    pairs: Pairs
    near: Nearest
    features: Features
    ranked: Ranked
    assessed: NDArray[np.bool_]
    order: NDArray[np.int64]


def best_of_each_startup(matches: Matches, limit: int) -> tuple[list[int], list[int]]:
    """The rows of each startup's best pairs, best first, and their ranks from 1; limit 0 = all."""
    order = matches.order
    startup = matches.pairs.startup[order]
    first = np.searchsorted(startup, startup, side="left")
    rank = np.arange(len(order)) - first + 1
    shown = rank <= limit if limit else np.ones(len(order), bool)
    return order[shown].tolist(), rank[shown].tolist()


@dataclass(frozen=True, kw_only=True)
class PairRow:
    """One pair of a match: its row in `Matches.pairs`, where both sides stand in `Inputs`, and who they are."""

    row: int
    startup_place: int
    partner_place: int
    startup: Startup
    partner: Partner
