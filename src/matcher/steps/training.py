"""What comes out of a training: a ranker, what it was measured against, and whether it is better."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import BadInput
from matcher.steps.bands import TIMES, calibrated
from matcher.steps.calibration import BandRow, band_rows
from matcher.steps.evaluate import METRICS, coverage, mean_interval, paired_interval, score_rows
from matcher.steps.learn import Examples, learn, scores, typical
from matcher.steps.measure import FEATURES
from matcher.steps.rank import BANDS, SHIPPED, Ranker

NEW, PRESENT = "the new ranker", "the present ranker"
# A name stands in ids, which people type, in headings and in file names: nothing there may read it as more than a name.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_NDCG = METRICS.index("ndcg_at_10")


@dataclass(frozen=True, kw_only=True)
class Row:
    """How one ranking does on startups held out: METRICS → (mean, low, high), a 95 % interval over startups."""

    name: str
    metrics: Mapping[str, tuple[float, float, float]]
    coverage: float


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A ranker learned from earlier years, held against the present one and the baselines on later ones.

    difference: nDCG at 10 of the new one less that of the present one, as (mean, low, high). bands: what each of the
    new one's bands was worth there. surer: nDCG at 10 of the less and of the more confident half of the startups.
    """

    rows: tuple[Row, ...]
    difference: tuple[float, float, float]
    bands: tuple[BandRow, ...]
    surer: tuple[float, float]

    @property
    def better(self) -> bool:
        """Whether the new ranker is better beyond chance."""
        return self.difference[1] > 0

    @property
    def worse(self) -> bool:
        """Whether the new ranker is worse beyond chance."""
        return self.difference[2] < 0


def check_name(name: str) -> None:
    """Raise BadInput unless a ranker can be called so."""
    if not _NAME.fullmatch(name) or name == SHIPPED:
        raise BadInput(
            "A ranker's name is up to 40 letters, digits, dots, hyphens and underscores, of which the first is a "
            f"letter or a digit, and it is not '{SHIPPED}'; give it such a --name, or none."
        )


def can_judge(held_out: Sequence[Examples]) -> bool:
    """Whether some of the pairs that could be ranked happened, and some did not."""
    happened = sum(int((one.links & one.open).sum()) for one in held_out)
    return 0 < happened < sum(int(one.open.sum()) for one in held_out)


def learned(examples: Sequence[Examples], present: Ranker, version: str) -> Ranker:
    """A ranker learned from these, not calibrated: its base and bands are those of the present one."""
    centres, spread = typical(examples, present)
    weights = learn(examples, present, centres, spread)
    return replace(present, version=version, weights=weights, centres=centres, spread=spread)


def with_meaning(ranker: Ranker, like: Ranker, held_out: Sequence[Examples]) -> Ranker:
    """The ranker with base and bands such that 0 points are the odds of an average pair, as measured on `held_out`.

    like: the ranker that knows nothing of `held_out`, whose scores are calibrated. They must be such that `can_judge`.
    """
    told = [scores(one, replace(like, base=0.0)) for one in held_out]
    bands = calibrated(_flat(told), _flat([one.links for one in held_out]))
    usual = bands["possible"]
    least = {band: round(value - usual, 2) for band, value in bands.items()}
    return replace(ranker, base=round(0.0 - usual, 2), bands=least)


def tried(
    new: Ranker, present: Ranker, held_out: Sequence[Examples], baselines: Mapping[str, Sequence[NDArray[np.float64]]]
) -> Trial:
    """Hold a ranker against the present one and the baselines. baselines: name → scores, one (n, partners) a fold."""
    ranked = {NEW: [scores(one, new) for one in held_out], PRESENT: [scores(one, present) for one in held_out]}
    ranked |= {
        name: [np.where(one.open, part, np.nan) for one, part in zip(held_out, parts, strict=True)]
        for name, parts in baselines.items()
    }
    links = [one.links for one in held_out]
    found = {name: np.concatenate(list(map(score_rows, parts, links))) for name, parts in ranked.items()}
    ours = found[NEW][:, _NDCG]
    return Trial(
        rows=tuple(_row(name, found[name], np.concatenate(ranked[name])) for name in ranked),
        difference=paired_interval(ours, found[PRESENT][:, _NDCG]),
        bands=_bands(new, ranked[NEW], held_out),
        surer=_surer(new, ranked[NEW], held_out, ours),
    )


def coefficients_json(ranker: Ranker) -> str:
    """The text of coefficients.json, features in their order."""
    said: dict[str, Any] = {"version": ranker.version, "base": ranker.base}
    for name, values in (("weights", ranker.weights), ("centres", ranker.centres), ("spread", ranker.spread)):
        said[name] = {feature: values[feature] for feature in FEATURES}
    said["bands"] = {band: ranker.bands[band] for band in BANDS[:-1]}
    return json.dumps(said, indent=1) + "\n"


def trial_json(trial: Trial) -> dict[str, Any]:
    """The trial in plain values, numbers to four digits."""
    return {
        "rankings": [
            {
                "name": row.name,
                **{metric: _rounded(values) for metric, values in row.metrics.items()},
                "coverage": round(row.coverage, 4),
            }
            for row in trial.rows
        ],
        "difference": {"ndcg_at_10": _rounded(trial.difference)},
        "better": trial.better,
        "bands": [
            {
                "band": row.band,
                "least_times_the_average_odds": TIMES.get(row.band, 0.0),
                "pairs": row.pairs,
                "happened": row.links,
                "share": None if row.share is None else _rounded((row.share, row.low or 0.0, row.high or 0.0)),
                "lift": None if row.lift is None else round(row.lift, 2),
            }
            for row in trial.bands
        ],
        "ndcg_at_10_by_confidence": {"lower half": round(trial.surer[0], 4), "upper half": round(trial.surer[1], 4)},
    }


def _row(name: str, found: NDArray[np.float64], ranked: NDArray[np.float64]) -> Row:
    metrics = {metric: mean_interval(found[:, at]) for at, metric in enumerate(METRICS)}
    return Row(name=name, metrics=metrics, coverage=coverage(ranked))


def _bands(ranker: Ranker, ranked: Sequence[NDArray[np.float64]], held_out: Sequence[Examples]) -> tuple[BandRow, ...]:
    score, links = _flat(ranked), _flat([one.links for one in held_out])
    least = [ranker.bands[band] for band in BANDS[:-1]]
    there = ~np.isnan(score)
    # How many of the band's least scores lie above a score is the position of its band.
    band = (score[there][:, None] < np.array(least)).sum(axis=1)
    return band_rows(np.bincount(band, minlength=len(BANDS)), np.bincount(band[links[there]], minlength=len(BANDS)))


def _surer(
    ranker: Ranker,
    ranked: Sequence[NDArray[np.float64]],
    held_out: Sequence[Examples],
    ndcg: NDArray[np.float64],
) -> tuple[float, float]:
    decides = np.array([ranker.weights[name] * ranker.spread[name] for name in FEATURES])
    sure = []
    for score, one in zip(ranked, held_out, strict=True):
        best = np.argmax(np.where(np.isnan(score), -np.inf, score), axis=1)
        sure.append(one.known[np.arange(len(best)), best] @ decides)
    order = np.argsort(np.concatenate(sure), kind="stable")
    half = len(order) // 2
    return float(ndcg[order[:half]].mean()) if half else 0.0, float(ndcg[order[half:]].mean())


def _flat(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate([one.ravel() for one in parts])


def _rounded(values: tuple[float, ...]) -> list[float]:
    return [round(value, 4) for value in values]
