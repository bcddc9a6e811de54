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
    startup_places: NDArray[np.int32],
    texts: PartnerTexts,
    index: VectorIndex,
    only_brief: str | None = None,
) -> Nearest:
    """The nearest texts of each pair's partner, by role; a startup is never near to itself.

    startup_rows: (startups of `pairs`, d) float32 on the grid. startup_places: (startups of `pairs`,) int32, where each
    stands among the startups that PartnerTexts.startup speaks of. index: over the rows of `texts`, in their order.
    only_brief: leave out every other brief.
    """
    similarity, text = {}, {}
    for role, count in ((THESIS, 1), (BRIEF, 1), (EARLIER, BEST)):
        near = np.full((len(pairs.startup_ids), len(pairs.partner_ids), count), -np.inf, np.float32)
        rows = np.full(near.shape, -1, np.int32)
        for partner in range(len(pairs.partner_ids)):
            start, stop = (int(cut) for cut in texts.bounds[role][partner])
            if only_brief is not None and role == BRIEF:
                start, stop = _only(only_brief, texts, start, stop)
            if start < stop:
                near[:, partner], rows[:, partner] = _nearest(
                    startup_rows, startup_places, texts, index, count, start, stop
                )
        similarity[role] = near[pairs.startup, pairs.partner]
        text[role] = rows[pairs.startup, pairs.partner]
    return Nearest(similarity=similarity, text=text)


def _nearest(
    queries: NDArray[np.float32],
    places: NDArray[np.int32],
    texts: PartnerTexts,
    index: VectorIndex,
    count: int,
    start: int,
    stop: int,
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """One more than `count` is asked for, so that a startup's own row can be struck out."""
    near, rows = index.nearest(queries, count + 1, start, stop)
    itself = (rows >= 0) & (texts.startup[rows] == places[:, None]) & (places[:, None] >= 0)
    order = np.argsort(itself, axis=1, kind="stable")
    near = np.where(np.take_along_axis(itself, order, 1), -np.inf, np.take_along_axis(near, order, 1))
    rows = np.where(near > -np.inf, np.take_along_axis(rows, order, 1), -1)
    return near[:, :count].astype(np.float32), rows[:, :count]


def _only(brief_id: str, texts: PartnerTexts, start: int, stop: int) -> tuple[int, int]:
    for row in range(start, stop):
        if texts.records[row][1] == brief_id:
            return row, row + 1
    return start, start
