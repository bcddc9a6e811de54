"""Features to scores: each feature times its weight, added up; and what a score is called."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.errors import BadInput
from matcher.steps.measure import FEATURES, Features

BANDS = ("strong", "good", "possible", "weak")
NOT_ASSESSED = "not assessed"
# What people write for the ranker that came with the program, whichever that is; it is no other's name.
SHIPPED = "shipped"


@dataclass(frozen=True, kw_only=True)
class Ranker:
    """An additive ranker, as `models/ranker/<version>/coefficients.json` holds it.

    weights: points for one unit of each feature, never below 0. centres: the value of each feature that is neither for
    nor against a pair; what is unknown counts as that. spread: how much each feature varies; weight × spread is how
    much it decides. bands: the least score of each band but the last. version: a name for people.
    """

    version: str
    base: float
    weights: Mapping[str, float]
    centres: Mapping[str, float]
    spread: Mapping[str, float]
    bands: Mapping[str, float]

    @property
    def id(self) -> str:
        """The ranker by content: its version and the SHA-256 of its numbers."""
        numbers = [self.base, *map(dict, (self.weights, self.centres, self.spread, self.bands))]
        said = json.dumps(numbers, sort_keys=True)
        return f"{self.version}/{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def ranker_from_json(text: str, where: str) -> Ranker:
    """Read `coefficients.json`. Raises BadInput, naming `where`, when it is not one of this program's."""
    try:
        said = json.loads(text)
        ranker = Ranker(
            version=str(said["version"]),
            base=float(said["base"]),
            weights={str(name): float(value) for name, value in said["weights"].items()},
            centres={str(name): float(value) for name, value in said["centres"].items()},
            spread={str(name): float(value) for name, value in said["spread"].items()},
            bands={str(name): float(value) for name, value in said["bands"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadInput(f"The ranker {where} cannot be read; put back the coefficients.json it came with.") from fault
    maps = (ranker.weights, ranker.centres, ranker.spread, ranker.bands)
    numbers = [ranker.base, *(value for one in maps for value in one.values())]
    fits = all(one.keys() == FEATURES.keys() for one in maps[:3])
    fits = fits and min(*ranker.weights.values(), *ranker.spread.values()) >= 0
    if not fits or tuple(ranker.bands) != BANDS[:-1] or not np.isfinite(numbers).all():
        raise BadInput(f"The ranker {where} does not fit this program; put back the coefficients.json it came with.")
    return ranker


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """points: (p, features) float64. scores: (p,) float64, NaN where not assessed. confidence: (p,) float64 in [0, 1].

    band: (p,) int8, position in BANDS, -1 where not assessed.
    """

    base: float
    points: NDArray[np.float64]
    scores: NDArray[np.float64]
    confidence: NDArray[np.float64]
    band: NDArray[np.int8]


def rank(features: Features, ranker: Ranker, assessed: NDArray[np.bool_], applicable: NDArray[np.bool_]) -> Ranked:
    """Score = base + Σ points, points = weight × (value − centre); unknown adds nothing.

    assessed: (p,) whether both sides say enough. applicable: (features,) whether a feature can be known at all in this
    match (the theme only where an edition has one); confidence is the known share of what can decide, weight × spread.
    """
    weights = np.array([ranker.weights[name] for name in FEATURES])
    centres = np.array([ranker.centres[name] for name in FEATURES])
    points = np.where(features.known, (features.values - centres) * weights, 0.0)
    scores = np.full(len(points), ranker.base)
    for column in range(points.shape[1]):  # one after the other: the order of adding is part of the result
        scores = scores + points[:, column]
    share = weights * np.array([ranker.spread[name] for name in FEATURES]) * applicable
    total = share.sum()
    confidence = (features.known * share).sum(axis=1) / total if total else np.zeros(len(points))
    band = np.full(len(points), len(BANDS) - 1, np.int8)
    for position in range(len(BANDS) - 2, -1, -1):
        band[scores >= ranker.bands[BANDS[position]]] = position
    return Ranked(
        base=ranker.base,
        points=points,
        scores=np.where(assessed, scores, np.nan),
        confidence=np.where(assessed, confidence, 0.0),
        band=np.where(assessed, band, -1).astype(np.int8),
    )
