"""The index that answers every question of nearness: FAISS, flat, and to the bit what exact_index.py gives."""

from __future__ import annotations

from collections.abc import Callable

import faiss
import numpy as np
from numpy.typing import NDArray

# Queries × dimensions from which FAISS takes a matrix product instead of one query after the other. Its own 128,000
# is up to 12 times slower for 4 to 333 queries; turning to products at once is 2.5 times slower for a single query.
# Measured over 384 dimensions: the two cross at 4 queries.
_PRODUCT_FROM = 4 * 384
# Similarities held at once while ties are resolved: 64 MiB of float32.
_AT_ONCE = 2**24

faiss.cvar.distance_compute_blas_threshold = _PRODUCT_FROM


class FaissIndex:
    """Nearest rows by FAISS; see `VectorIndex` in steps/find.py.

    Only rows and queries on the grid of steps/vectors.py give similarities without rounding, so that one query and a
    thousand agree. `rows` is FAISS's own memory: keep the index as long as you keep them, and do not write to them.
    """

    def __init__(self, rows: NDArray[np.float32]) -> None:
        index = faiss.IndexFlatIP(rows.shape[1])
        index.add(np.ascontiguousarray(rows, np.float32))
        self._serve(index)

    @classmethod
    def load(cls, read: Callable[[int], bytes]) -> FaissIndex:
        """The index that `save` wrote. Only for bytes already checked: FAISS believes damaged ones.

        Raises ValueError or RuntimeError if it is not such an index.
        """
        index = faiss.read_index(faiss.PyCallbackIOReader(read))  # type: ignore[attr-defined]  # faiss's stubs lack it
        if not isinstance(index, faiss.IndexFlatIP):
            raise ValueError(f"a flat inner-product index was expected, not {type(index).__name__}")
        loaded = cls.__new__(cls)
        loaded._serve(index)
        return loaded

    def save(self, write: Callable[[bytes], int]) -> None:
        """Writes the index as FAISS's own format. Raises what `write` raises."""
        faiss.write_index(self._index, faiss.PyCallbackIOWriter(write))  # type: ignore[attr-defined]

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
        kept = min(at_most, stop - start)
        if kept < 1 or len(queries) == 0:
            return similarities, found
        # Threads waiting for each other made a call on a busy machine 4 times slower, a small one 300 times, and do not
        # survive a fork. The setting is the calling thread's own, so it is made each time.
        faiss.omp_set_num_threads(1)
        queries = np.ascontiguousarray(queries, np.float32)
        # One more than wanted shows whether rows beyond the cut are as near as the last one kept.
        asked = min(kept + 1, stop - start)
        only = faiss.SearchParameters(sel=faiss.IDSelectorRange(start, stop))  # type: ignore[call-arg]
        near, rows = self._index.search(queries, asked, params=only)
        near += np.float32(0)  # -0 becomes 0
        if asked > kept:
            self._settle_ties(queries, near, rows, start, stop)
        order = np.lexsort((rows[:, :kept], -near[:, :kept]), axis=1)
        similarities[:, :kept] = np.take_along_axis(near, order, axis=1)
        found[:, :kept] = np.take_along_axis(rows, order, axis=1)
        return similarities, found

    def _settle_ties(
        self, queries: NDArray[np.float32], near: NDArray[np.float32], rows: NDArray[np.int64], start: int, stop: int
    ) -> None:
        """Puts the lowest rows where FAISS kept any of those tied at the cut; changes `near` and `rows` themselves."""
        kept = near.shape[1] - 1
        tied = np.flatnonzero(near[:, kept - 1] == near[:, kept])
        step = max(1, _AT_ONCE // (stop - start))
        for first in range(0, len(tied), step):
            block = tied[first : first + step]
            products = queries[block] @ self.rows[start:stop].T + np.float32(0)
            for query, product in zip(block, products, strict=True):
                worst_kept = np.partition(product, len(product) - kept)[len(product) - kept]
                candidates = np.flatnonzero(product >= worst_kept)
                best = candidates[np.argsort(-product[candidates], kind="stable")[:kept]]
                near[query, :kept], rows[query, :kept] = product[best], best + start

    def _serve(self, index: faiss.IndexFlatIP) -> None:
        self._index = index
        self.rows: NDArray[np.float32] = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d).reshape(
            index.ntotal, index.d
        )
