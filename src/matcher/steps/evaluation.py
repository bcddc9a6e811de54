"""What comes out of an evaluation: its figures, how they are written as JSON, and what they are called."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from matcher.steps.calibration import BandRow, GroupRow

METRIC_LABELS = {
    "recall_at_10": ("found in the top ten", "recall at 10"),
    "recall_at_20": ("found in the top twenty", "recall at 20"),
    "ndcg_at_10": ("found near the top", "nDCG at 10"),
    "mrr": ("how high the first one is", "mean of 1 ÷ place, MRR"),
}
"""METRICS → what it says, and what it is called."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How one ranker does. means, intervals: METRICS → the mean over startups, and its 95 % interval (low, high).

    coverage: the share of all partners that stand in somebody's top ten.
    """

    ranker: str
    means: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    coverage: float


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Another ranker on the same links. difference: nDCG at 10 of ours less its own, as (mean, low, high)."""

    figures: Figures
    difference: tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """A ranking held against links that really happened.

    not_assessed: startups of which no partner could be ranked. refused_links: links that eligibility refuses.
    known_links: links that the history held already, which makes the figures flatter.
    """

    as_of: str
    startups: int
    links: int
    figures: Figures
    not_assessed: int
    refused_links: int
    bands: tuple[BandRow, ...]
    by_kind: tuple[GroupRow, ...]
    by_country: tuple[GroupRow, ...]
    by_history: tuple[GroupRow, ...]
    known_links: int
    compared: Comparison | None = None


def evaluation_json(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation in plain values, in the order in which it is written."""
    ours, compared = _figures(evaluation.figures), evaluation.compared
    said = {
        "ranker": ours.pop("ranker"),
        "as_of": evaluation.as_of,
        "startups": evaluation.startups,
        "links": evaluation.links,
        **ours,
        "not_assessed": evaluation.not_assessed,
        "refused_links": evaluation.refused_links,
        "bands": [asdict(row) for row in evaluation.bands],
        "by_kind": [asdict(row) for row in evaluation.by_kind],
        "by_country": [asdict(row) for row in evaluation.by_country],
        "by_history": [asdict(row) for row in evaluation.by_history],
    }
    if compared is not None:
        difference = {"ndcg_at_10": list(compared.difference)}
        said["compared_with"] = {**_figures(compared.figures), "difference": difference}
    return said


def verdict(ours: str, other: str, difference: tuple[float, float, float]) -> str:
    """Which of two rankers is better, by name, in one sentence; that it is not clear where the interval holds 0."""
    mean, low, high = difference
    if ours == other:
        return f"Both are the same ranker, {ours}."
    if low == high:
        return f"There are too few startups to tell {ours} from {other}."
    if low <= 0 <= high:
        told = f"{_signed(mean)} (95 % interval {_signed(low)} to {_signed(high)})"
        return f"The difference from {other} is not clear of chance: in nDCG at 10 it is {told}."
    better, worse = (ours, other) if mean > 0 else (other, ours)
    least, most = sorted((abs(low), abs(high)))
    told = f"{abs(mean):.4f} higher (95 % interval {least:.4f} to {most:.4f})"
    return f"{better} is better than {worse}: its nDCG at 10 is {told}."


def percent(*shares: float) -> str:
    """Shares for people, with one sign: to a tenth of a per cent, small ones to two digits."""
    return f"{' to '.join(_hundredths(share) for share in shares)} %"


def _hundredths(share: float) -> str:
    if share in (0, 1):
        return "100" if share else "0"
    digits = 1 if share >= 0.01 else 1 - math.floor(math.log10(100 * share))
    return f"{100 * share:.{digits}f}"


def _signed(value: float) -> str:
    return f"{value:+.4f}".replace("-", "−")


def _figures(figures: Figures) -> dict[str, Any]:
    intervals = {metric: list(ends) for metric, ends in figures.intervals.items()}
    return {"ranker": figures.ranker, **figures.means, "coverage": figures.coverage, "intervals": intervals}
