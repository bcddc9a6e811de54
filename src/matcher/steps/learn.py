"""Weights from outcomes: how much each feature told, in the past, of whom a startup went with.

A startup that could have gone to any partner went to one with probability softmax(score), the conditional logit of
McFadden 1974, "Conditional logit analysis of qualitative choice behavior"; one that went to several counts as equal
parts of one each. Scores are sums, so the weights are those of an additive ranker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from matcher.steps.measure import FEATURES, SAID_TODAY
from matcher.steps.rank import Ranker

# How many startups' outcomes the present weights stand for: with 50 of its own a hub stays near them, with 5,000 it
# goes its own way. Chosen on the techstars set, whose history flatters place (docs/decisions/0005): 1,000 to 3,000 read
# best on its later labels.
PRESENT_COUNTS = 1000.0

_NAMES = tuple(FEATURES)
LEARNED = np.array([name not in SAID_TODAY for name in _NAMES])
"""(features,) whether a weight can be learned."""


@dataclass(frozen=True, kw_only=True)
class Examples:
    """Startups and all the partners they could have gone to.

    values: (n, partners, features) float32, columns as in FEATURES, 0 where unknown; known: the same in bool.
    open: (n, partners) bool, whether the pair is admitted and assessed. links: (n, partners) bool.
    """

    values: NDArray[np.float32]
    known: NDArray[np.bool_]
    open: NDArray[np.bool_]
    links: NDArray[np.bool_]


def typical(examples: Sequence[Examples], present: Ranker) -> tuple[dict[str, float], dict[str, float]]:
    """(centres, spread) of each feature over the open pairs; the present ones where a feature is nowhere known."""
    centres, spread = dict(present.centres), dict(present.spread)
    for at, name in enumerate(_NAMES):
        told = [one.values[:, :, at][one.known[:, :, at] & one.open] for one in examples]
        values = np.concatenate(told).astype(np.float64) if told else np.empty(0)
        if LEARNED[at] and len(values) and values.std() > 0:
            # Rounded, so that coefficients.json is for people too.
            centres[name], spread[name] = round(float(values.mean()), 4), round(float(values.std()), 4)
    return centres, spread


def learn(
    examples: Sequence[Examples], present: Ranker, centres: dict[str, float], spread: dict[str, float]
) -> dict[str, float]:
    """The weights under which what happened was most likely, none below 0, drawn to the present ones.

    Minimises the mean of −log softmax over startups + PRESENT_COUNTS / n × Σ (spread × (weight − present weight))²: a
    Gaussian prior whose strength does not depend on the units of a feature. Convex, so that there is one answer.
    """
    centre = np.array([centres[name] for name in _NAMES])
    unit = np.array([spread[name] for name in _NAMES])
    before = np.array([present.weights[name] for name in _NAMES])
    chosen = LEARNED & np.array([any(one.known[:, :, at].any() for one in examples) for at in range(len(_NAMES))])
    tables = [_table(one, centre, chosen) for one in examples]
    count = sum(len(shares) for _, _, shares in tables)
    if not count or not chosen.any():
        return dict(present.weights)
    prior, scale = before[chosen] * unit[chosen], unit[chosen]

    def loss(scaled: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros(len(scaled))
        for values, start, shares in tables:
            scores = start + values @ (scaled / scale).astype(np.float32)
            logs = scores - logsumexp(scores, axis=1, keepdims=True)
            total -= float((shares * np.where(shares > 0, logs, 0)).sum())
            slope += np.einsum("np,npf->f", np.exp(logs) - shares, values, optimize=True) / scale
        away = scaled - prior
        strength = PRESENT_COUNTS / count
        return total / count + strength * float(away @ away), slope / count + 2 * strength * away

    found = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(prior))
    weights = before.copy()
    weights[chosen] = found.x / scale
    return {name: round(float(weight), 4) for name, weight in zip(_NAMES, weights, strict=True)}


def _table(
    one: Examples, centre: NDArray[np.float64], chosen: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.float64]]:
    """(values, start, shares) of the startups that went with a partner that was open to them.

    values: (n, partners, chosen features), centred, 0 where unknown. start: 0 where open, -inf elsewhere. shares: sum
    to 1 in each row.
    """
    links = one.links & one.open
    rows = links.any(axis=1)
    centred = np.where(one.known[rows][:, :, chosen], one.values[rows][:, :, chosen] - centre[chosen], 0)
    shares = links[rows] / links[rows].sum(axis=1, keepdims=True)
    return centred.astype(np.float32), np.where(one.open[rows], 0.0, -np.inf), shares


def scores(one: Examples, ranker: Ranker) -> NDArray[np.float64]:
    """(n, partners) the scores of these pairs by a ranker, NaN where not open."""
    centre = np.array([ranker.centres[name] for name in _NAMES])
    weight = np.array([ranker.weights[name] for name in _NAMES])
    points = np.where(one.known, one.values - centre, 0) * weight
    return np.where(one.open, points.sum(axis=2) + ranker.base, np.nan)
