"""Features to scores: each feature times its weight, added up; and what a score is called."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.errors import BadInput
from matcher.steps.measure import FEATURES, FIT_FOR, Features

BANDS = ("strong", "good", "possible", "weak")
NOT_ASSESSED = "not assessed"
# What people write for the ranker that came with the program, whichever that is; it is no other's name.
SHIPPED = "shipped"
_SHARE_OF_STARTUP = {"startup": 1.0, "both": 0.5, "partner": 0.0}


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
        # What weighs nothing in any way is left out: a ranker of before a feature was there keeps its name.
        maps = (self.weights, self.centres, self.spread)
        silent = {name for name in self.weights if not any(one[name] for one in maps)}
        kept = [{name: value for name, value in one.items() if name not in silent} for one in maps]
        numbers = [self.base, *kept, dict(self.bands)]
        said = json.dumps(numbers, sort_keys=True)
        return f"{self.version}/{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def ranker_from_json(text: str, where: str) -> Ranker:
    """Read `coefficients.json`. Raises BadInput, naming `where`, when it is not one of this program's.

    A feature that came after it was made weighs nothing in it.
    """
    try:
        said = json.loads(text)
        ranker = Ranker(
            version=str(said["version"]),
            base=float(said["base"]),
            weights=_with_later_features(said["weights"]),
            centres=_with_later_features(said["centres"]),
            spread=_with_later_features(said["spread"]),
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


# Features that came after rankers were kept in workspaces.
_LATER = ("ready",)


def _with_later_features(said: Mapping[str, float]) -> dict[str, float]:
    numbers = dict.fromkeys(_LATER, 0.0) | {str(name): float(value) for name, value in said.items()}
    return {name: numbers.pop(name) for name in FEATURES if name in numbers} | numbers


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """points: (p, features) float64. scores: (p,) float64, NaN where not assessed. confidence: (p,) float64 in [0, 1].

    for_startup, for_partner: (p,) float64, what the points come to for each side. one_sided: (p,) float64, never above
    0, see `one_sided`. band: (p,) int8, position in BANDS, -1 where not assessed.
    """

    base: float
    points: NDArray[np.float64]
    for_startup: NDArray[np.float64]
    for_partner: NDArray[np.float64]
    one_sided: NDArray[np.float64]
    scores: NDArray[np.float64]
    confidence: NDArray[np.float64]
    band: NDArray[np.int8]


def rank(features: Features, ranker: Ranker, assessed: NDArray[np.bool_], applicable: NDArray[np.bool_]) -> Ranked:
    """Score = base + Σ points + one_sided, points = weight × (value − centre); unknown adds nothing.

    assessed: (p,) whether both sides say enough. applicable: (features,) whether a feature can be known at all in this
    match (the theme only where an edition has one); confidence is the known share of what can decide, weight × spread.
    """
    weights = np.array([ranker.weights[name] for name in FEATURES])
    centres = np.array([ranker.centres[name] for name in FEATURES])
    points = np.where(features.known, (features.values - centres) * weights, 0.0)
    for_startup, for_partner = sides(points)
    scores = ranker.base + combined(for_startup, for_partner)
    share = weights * np.array([ranker.spread[name] for name in FEATURES]) * applicable
    total = share.sum()
    confidence = (features.known * share).sum(axis=1) / total if total else np.zeros(len(points))
    band = np.full(len(points), len(BANDS) - 1, np.int8)
    for position in range(len(BANDS) - 2, -1, -1):
        band[scores >= ranker.bands[BANDS[position]]] = position
    return Ranked(
        base=ranker.base,
        points=points,
        for_startup=for_startup,
        for_partner=for_partner,
        one_sided=one_sided(for_startup, for_partner),
        scores=np.where(assessed, scores, np.nan),
        confidence=np.where(assessed, confidence, 0.0),
        band=np.where(assessed, band, -1).astype(np.int8),
    )


def sides(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What points, (…, features), come to for the startup and for the partner, each (…), as FIT_FOR says."""
    of_startup, of_partner = np.zeros(points.shape[:-1]), np.zeros(points.shape[:-1])
    for column, whose in enumerate(FIT_FOR.values()):  # one after the other: the order of adding is part of the result
        share = _SHARE_OF_STARTUP[whose]
        of_startup = of_startup + points[..., column] * share
        of_partner = of_partner + points[..., column] * (1 - share)
    return of_startup, of_partner


def combined(for_startup: NDArray[np.float64], for_partner: NDArray[np.float64]) -> NDArray[np.float64]:
    """The two sums in one: their sum, but a meeting needs both sides.

    What speaks against a pair for the one side counts once more, until all that speaks for it for the other is used up.
    So neither sum can swamp the other: the side that is not suited is outweighed only by twice as much. A better fit
    for either side never lowers the whole, to the last bit, since adding and the greater of two never do.
    """
    worse, better = np.minimum(for_startup, for_partner), np.maximum(for_startup, for_partner)
    at_odds = (worse < 0) & (better > 0)
    whole: NDArray[np.float64] = worse + np.where(at_odds, np.maximum(better + worse, 0.0), better)
    return whole


def one_sided(for_startup: NDArray[np.float64], for_partner: NDArray[np.float64]) -> NDArray[np.float64]:
    """What `combined` takes off the sum of both sides: never above 0, and 0 unless they are at odds."""
    worse, better = np.minimum(for_startup, for_partner), np.maximum(for_startup, for_partner)
    taken: NDArray[np.float64] = 0.0 - np.minimum(np.maximum(-worse, 0.0), np.maximum(better, 0.0))
    return taken
