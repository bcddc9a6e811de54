"""How well a ranking finds links that really happened: recall, nDCG, MRR, coverage, and how sure a mean is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

METRICS = ("recall_at_10", "recall_at_20", "ndcg_at_10", "mrr")
"""The columns of `score_rows`."""

TOP, WIDE_TOP = 10, 20
# The interval holds 95 % of what resampling the rows gives.
_PERCENTILES = (2.5, 97.5)


@dataclass(frozen=True, kw_only=True)
class Findings:
    """How rankings do, a row a startup. rows: (n, 4) its METRICS. seen: (partners,) whether in somebody's top ten.

    ranks: (l,) int64 the place of each link, by row, then column, from 1; 0 = not ranked.
    """

    rows: NDArray[np.float64]
    ranks: NDArray[np.int64]
    seen: NDArray[np.bool_]


def findings(scores: NDArray[np.float64], links: NDArray[np.bool_], limit: int = 0) -> Findings:
    """Where the links stand among their row's scores, highest first, ties by column.

    scores: (n, partners) float64, NaN = not ranked. links: (n, partners) bool. limit: a row's best so many count as
    ranked, 0 = all. A link that is not ranked counts as not found.
    Raises ValueError where the shapes differ, or for a row without links, which has no recall.
    """
    wanted = links.sum(axis=1)
    if scores.shape != links.shape:
        raise ValueError(f"scores are {scores.shape} and links {links.shape}")
    if not wanted.all():
        raise ValueError(f"row {int(np.argmin(wanted))} has no link")
    row, ranks = _ranks(scores, links, limit)
    best = in_top(scores, min(TOP, limit) if limit else TOP)
    return Findings(rows=_rows(row, ranks, wanted), ranks=ranks, seen=np.logical_or.reduce(best))


def joined(parts: Sequence[Findings]) -> Findings:
    """The findings of several blocks of rows over the same columns, at least one."""
    return Findings(
        rows=np.concatenate([part.rows for part in parts]),
        ranks=np.concatenate([part.ranks for part in parts]),
        seen=np.logical_or.reduce([part.seen for part in parts]),
    )


def score_rows(scores: NDArray[np.float64], links: NDArray[np.bool_], limit: int = 0) -> NDArray[np.float64]:
    """(n, 4) the METRICS of each row; arguments and errors as for `findings`."""
    return findings(scores, links, limit).rows


def in_top(scores: NDArray[np.float64], at: int = TOP) -> NDArray[np.bool_]:
    """(n, partners) whether a cell is among the best `at` of its row; NaN never is. Ties by column."""
    order = np.argsort(np.where(np.isnan(scores), np.inf, -scores), axis=1, kind="stable")[:, :at]
    best = np.zeros(scores.shape, bool)
    np.put_along_axis(best, order, True, axis=1)
    return best & ~np.isnan(scores)


def coverage(scores: NDArray[np.float64], at: int = TOP) -> float:
    """The share of all columns that stand among the best `at` of some row; 0.0 without columns."""
    return float(in_top(scores, at).any(axis=0).mean()) if scores.shape[1] else 0.0


def mean_interval(values: NDArray[np.float64], draws: int = 2000) -> tuple[float, float, float]:
    """(mean, low, high): the mean of (n,) values and its 95 % bootstrap interval over the rows; equal in, equal out.

    Raises ValueError without values.
    """
    n = len(values)
    if not n:
        raise ValueError("there are no values to take the mean of")
    rng = np.random.default_rng(0)
    means = [values[rng.integers(0, n, n)].mean() for _ in range(draws)]
    low, high = np.percentile(means, _PERCENTILES)
    return float(values.mean()), float(low), float(high)


def paired_interval(a: NDArray[np.float64], b: NDArray[np.float64], draws: int = 2000) -> tuple[float, float, float]:
    """(mean, low, high) of a − b on the same rows, each (n,); a row is drawn with both its values."""
    if a.shape != b.shape:
        raise ValueError(f"paired values are {a.shape} and {b.shape}")
    return mean_interval(a - b, draws)


def _ranks(
    scores: NDArray[np.float64], links: NDArray[np.bool_], limit: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(row, place) of each link: one more than how many scores of its row stand above it."""
    row, column = np.nonzero(links)
    own, everybody = scores[row, column][:, None], scores[row]
    earlier = np.arange(scores.shape[1]) < column[:, None]
    above = ((everybody > own) | ((everybody == own) & earlier)).sum(axis=1)
    ranked = ~np.isnan(own[:, 0]) & ((above < limit) | (limit == 0))
    return row, np.where(ranked, above + 1, 0)


def _rows(row: NDArray[np.int64], ranks: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.float64]:
    """(n, 4) METRICS. Gains of nDCG are 0 and 1, its discount is that of Järvelin and Kekäläinen 2002."""
    n, ranked = len(wanted), ranks > 0

    def total(value: NDArray[np.float64], counts: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(row[counts], value[counts], n).astype(np.float64)

    ones, top = np.ones(len(ranks)), ranked & (ranks <= TOP)
    gain = 1 / np.log2(ranks + 1.0, out=np.ones(len(ranks)), where=ranked)
    ideal = np.cumsum(1 / np.log2(np.arange(TOP) + 2.0))
    first = np.full(n, np.inf)
    np.minimum.at(first, row[ranked], ranks[ranked])
    columns = (
        total(ones, top) / wanted,
        total(ones, ranked & (ranks <= WIDE_TOP)) / wanted,
        total(gain, top) / ideal[np.minimum(wanted, TOP) - 1],
        1 / first,
    )
    return np.column_stack(columns)
