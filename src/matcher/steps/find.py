"""Which pairs are worth measuring, and which of a partner's texts lie nearest to each startup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.steps.pairs import Pairs
from matcher.steps.texts import BRIEF, EARLIER, THESIS, PartnerTexts

# The mean of the best three stands well on every set we measured; one or all do not (docs/decisions/0003).
BEST = 3


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


@dataclass(frozen=True, kw_only=True)
class Nearest:
    """For every pair, the partner's texts nearest to the startup's summary.

    similarity: role → (p, k) float32 cosine, best first, -inf where there are fewer. text: role → (p, k) int32 row of
    PartnerTexts, -1 where there are fewer. k is 1 for theses and briefs, BEST for earlier companies.
    """

    similarity: dict[int, NDArray[np.float32]]
    text: dict[int, NDArray[np.int32]]


def all_pairs(startup_ids: tuple[str, ...], partner_ids: tuple[str, ...], wanted: NDArray[np.bool_]) -> Pairs:
    """The pairs that are wanted, ordered by startup id, then partner id. wanted: (startups, partners)."""
    startup, partner = np.nonzero(wanted)
    return Pairs(
        startup_ids=startup_ids,
        partner_ids=partner_ids,
        startup=startup.astype(np.int32),
        partner=partner.astype(np.int32),
    )


def find(
    pairs: Pairs,
    startup_rows: NDArray[np.float32],
    texts: PartnerTexts,
    index: VectorIndex,
    same: NDArray[np.bool_],
) -> Nearest:
    """The nearest texts of each pair's partner, by role; a startup is never near to itself.

    startup_rows: (startups of `pairs`, d) float32 on the grid. index: over the rows of `texts`, in their order.
    same: (startups of `pairs`, texts) whether a text is about the startup itself.
    """
    similarity, text = {}, {}
    for role, count in ((THESIS, 1), (BRIEF, 1), (EARLIER, BEST)):
        near = np.full((len(pairs.startup_ids), len(pairs.partner_ids), count), -np.inf, np.float32)
        rows = np.full(near.shape, -1, np.int32)
        for partner in range(len(pairs.partner_ids)):
            start, stop = (int(cut) for cut in texts.bounds[role][partner])
            if start < stop:
                near[:, partner], rows[:, partner] = _nearest(startup_rows, same, index, count, start, stop)
        similarity[role] = near[pairs.startup, pairs.partner]
        text[role] = rows[pairs.startup, pairs.partner]
    return Nearest(similarity=similarity, text=text)


def _nearest(
    queries: NDArray[np.float32],
    same: NDArray[np.bool_],
    index: VectorIndex,
    count: int,
    start: int,
    stop: int,
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """As many more than `count` are asked for as any startup has rows of its own there: those are struck out."""
    own = int(same[:, start:stop].sum(axis=1).max(initial=0))
    near, rows = index.nearest(queries, count + own, start, stop)
    struck = (rows >= 0) & np.take_along_axis(same, np.maximum(rows, 0), axis=1)
    order = np.argsort(struck, axis=1, kind="stable")[:, :count]
    near = np.where(np.take_along_axis(struck, order, 1), -np.inf, np.take_along_axis(near, order, 1))
    rows = np.where(near > -np.inf, np.take_along_axis(rows, order, 1), -1)
    return near.astype(np.float32), rows
