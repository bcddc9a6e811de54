"""Pairs as columns: never an object a pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs of a startup and a partner, ordered by startup id, then partner id.

    startup, partner: (p,) int32, positions in `startup_ids` and `partner_ids`, both sorted.
    """

    startup_ids: tuple[str, ...]
    partner_ids: tuple[str, ...]
    startup: NDArray[np.int32]
    partner: NDArray[np.int32]

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.startup)
