"""Startups, partners and pairs for tests: valid by default, named only in what a test is about."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.domain.profile import Partner, Startup
from matcher.steps.pairs import Pairs


def a_startup(id: str = "s1", **said: Any) -> Startup:
    return Startup(**{"id": id, "name": f"Startup {id}", "country": "KE", "summary": "Sensors for clinics.", **said})


def a_partner(id: str = "p1", **said: Any) -> Partner:
    return Partner(**{"id": id, "name": f"Partner {id}", "kind": "investor", "thesis": "Health devices.", **said})


def scored_pairs(
    scores: dict[tuple[str, str], float],
) -> tuple[Pairs, NDArray[np.float64], list[Startup], list[Partner]]:
    """The pairs of these ids with their scores, and plain startups and partners to them."""
    startup_ids, partner_ids = (tuple(sorted({pair[side] for pair in scores})) for side in (0, 1))
    pairs = Pairs(
        startup_ids=startup_ids,
        partner_ids=partner_ids,
        startup=np.array([startup_ids.index(startup) for startup, _ in scores], np.int32),
        partner=np.array([partner_ids.index(partner) for _, partner in scores], np.int32),
    )
    points = np.array(list(scores.values()), np.float64)
    return pairs, points, [a_startup(id) for id in startup_ids], [a_partner(id) for id in partner_ids]
