"""What scores mean: how much likelier a pair is than an average one, and the bands that say so."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from matcher.steps.rank import BANDS

# How many times the odds of an average pair the least pair of a band has.
TIMES = {"strong": 8.0, "good": 3.0, "possible": 1.0}
# Below this slope a score tells nothing, and no score would be high enough for "strong".
_LEAST_SLOPE = 0.05


def calibrated(scores: NDArray[np.float64], links: NDArray[np.bool_]) -> dict[str, float]:
    """The least score of each band, so that its pairs happened that much more often: TIMES the odds of an average pair.

    scores: (p,) float64 of pairs that nothing was learned from, NaN = not assessed. links: (p,) which happened.
    P(link) = 1 / (1 + exp(−(a + b × score))), after Platt 1999, "Probabilistic outputs for support vector machines",
    fitted to all pairs together, since scores are compared across startups. Raises ValueError where no pair, or every
    pair, happened.
    """
    there = ~np.isnan(scores)
    score, happened = scores[there], links[there].astype(np.float64)
    usual = float(happened.mean()) if len(happened) else 0.0
    if not 0 < usual < 1:
        raise ValueError("there must be pairs that happened and pairs that did not")
    middle, width = float(score.mean()), float(score.std()) or 1.0
    unit = (score - middle) / width

    def loss(place: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        line = place[0] + place[1] * unit
        miss = expit(line) - happened
        cost = np.logaddexp(0, line) - happened * line
        return float(cost.mean()), np.array([miss.mean(), (miss * unit).mean()])

    odds = math.log(usual / (1 - usual))
    intercept, slope = minimize(loss, np.array([odds, 1.0]), jac=True, method="L-BFGS-B").x
    if slope < _LEAST_SLOPE:
        # A score that tells nothing: an average one has the average odds.
        intercept, slope = odds, _LEAST_SLOPE
    return {band: round(middle + width * (odds + math.log(TIMES[band]) - intercept) / slope, 2) for band in BANDS[:-1]}
