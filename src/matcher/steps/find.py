"""Which pairs are worth measuring, and which of a partner's texts lie nearest to each startup."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class VectorIndex(Protocol):
    """Answers which vectors are near, over rows on the grid of steps/vectors.py."""

    def nearest(
        self, queries: NDArray[np.float32], at_most: int, start: int, stop: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The `at_most` rows in [start, stop) with the greatest inner product, best first.

        queries: (q, d) float32. Gives similarities (q, at_most) float32 and rows (q, at_most) int64;
        where fewer rows exist, similarity -inf and row -1.
        """
        ...
