"""The reference every index is tested against: all inner products with numpy, the best picked one query at a time.

It serves only where FAISS is missing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Similarities held at once: 64 MiB of float32.
_AT_ONCE = 2**24


class ExactIndex:
    """Nearest rows by brute force; see `VectorIndex` in steps/find.py.

    rows: (n, d) float32 on the grid of steps/vectors.py.
    """

    def __init__(self, rows: NDArray[np.float32]) -> None:
        self.rows = rows

    def nearest(
        self, queries: NDArray[np.float32], at_most: int, start: int, stop: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The `at_most` rows in [start, stop) with the greatest inner product, best first; of equal ones the lower row.

        queries: (q, d) float32 on the grid. Gives similarities (q, at_most) float32 and rows (q, at_most) int64;
        where fewer rows exist, similarity -inf and row -1. A range reaching past the ends is cut to the rows there are.
        """
        start, stop = max(start, 0), min(stop, len(self.rows))
        similarities = np.full((len(queries), at_most), -np.inf, np.float32)
        found = np.full((len(queries), at_most), -1, np.int64)
        if start >= stop or at_most < 1:
            return similarities, found
        within = self.rows[start:stop]
        step = max(1, _AT_ONCE // len(within))
        for first in range(0, len(queries), step):
            products = queries[first : first + step] @ within.T + np.float32(0)  # -0 becomes 0
            for query, row in enumerate(products, start=first):
                best = _best(row, at_most)
                similarities[query, : len(best)] = row[best]
                found[query, : len(best)] = best + start
        return similarities, found


def _best(similarities: NDArray[np.float32], at_most: int) -> NDArray[np.int64]:
    """The positions of the greatest, best first; of equal ones the lower position first, also at the cut."""
    if at_most >= len(similarities):
        near = np.arange(len(similarities))
    else:
        worst_kept = np.partition(similarities, len(similarities) - at_most)[len(similarities) - at_most]
        near = np.flatnonzero(similarities >= worst_kept)
    return near[np.argsort(-similarities[near], kind="stable")[:at_most]]
