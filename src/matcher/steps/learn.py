"""Weights from outcomes: how much each feature told, in the past, of whom a startup went with.

A startup that could have gone to any partner went to one with probability softmax(score), the conditional logit of
McFadden 1974, "Conditional logit analysis of qualitative choice behavior"; one that went to several counts as equal
parts of one each. Scores are sums, so the weights are those of an additive ranker.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from matcher.steps.matches import Matches
from matcher.steps.measure import FEATURES, RECORDED_TODAY, SAID_TODAY
from matcher.steps.rank import Ranker, combined, sides

# How many startups' outcomes the present weights stand for: with 50 of its own a hub stays near them, with 5,000 it
# goes its own way. Chosen on the techstars set, whose history flatters place (docs/decisions/0005): 1,000 to 3,000 read
# best on its later labels.
PRESENT_COUNTS = 1000.0

# What varies less does not vary: rounding of sums.
LEAST_SPREAD = 1e-4

_NAMES = tuple(FEATURES)
LEARNED = np.array([name not in (*SAID_TODAY, *RECORDED_TODAY) for name in _NAMES])
"""(features,) whether a weight can be learned; the others keep the present one."""


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


def measured(blocks: Iterable[Matches], links: NDArray[np.bool_]) -> Examples:
    """The pairs of some startups with every partner. links: (n, partners), rows in the order the blocks bring them."""
    values = np.zeros((*links.shape, len(_NAMES)), np.float32)
    known, is_open, done = np.zeros(values.shape, bool), np.zeros(links.shape, bool), 0
    for block in blocks:
        rows, partners = block.pairs.startup + done, block.pairs.partner
        values[rows, partners] = block.features.values
        known[rows, partners] = block.features.known
        is_open[rows, partners] = block.assessed
        done += len(block.startup_places)
    return Examples(values=values, known=known, open=is_open, links=links)


def typical(examples: Sequence[Examples], present: Ranker) -> tuple[dict[str, float], dict[str, float]]:
    """(centres, spread) of each feature over the open pairs; the present ones where it does not vary there."""
    centres, spread = dict(present.centres), dict(present.spread)
    for at, name in enumerate(_NAMES):
        told = [one.values[:, :, at][one.known[:, :, at] & one.open] for one in examples]
        values = np.concatenate(told).astype(np.float64) if told else np.empty(0)
        if name not in SAID_TODAY and len(values):
            # Rounded, so that coefficients.json is for people too; a feature that varies less than that does not vary.
            varies = round(float(values.std()), 4)
            if varies > 0:
                centres[name], spread[name] = round(float(values.mean()), 4), varies
    return centres, spread


def learnable(examples: Sequence[Examples]) -> tuple[str, ...]:
    """The features whose weights can be learned here: those that are known of some open pairs, and vary."""
    found = []
    for at, name in enumerate(_NAMES):
        told = [one.values[:, :, at][one.known[:, :, at] & one.open] for one in examples]
        if LEARNED[at] and any(len(values) and float(np.ptp(values)) > LEAST_SPREAD for values in told):
            found.append(name)
    return tuple(found)


def learn(
    examples: Sequence[Examples], present: Ranker, centres: dict[str, float], spread: dict[str, float]
) -> dict[str, float]:
    """The weights under which what happened was most likely, none below 0, drawn to the present ones.

    A weight stays as it is where its feature is nowhere known or does not vary. Convex, so that there is one answer.
    """
    centre = np.array([centres[name] for name in _NAMES])
    unit = np.array([spread[name] for name in _NAMES])
    before = np.array([present.weights[name] for name in _NAMES])
    known = np.array([any(one.known[:, :, at].any() for one in examples) for at in range(len(_NAMES))])
    chosen = LEARNED & known & (unit > 0)
    tables = [_table(one, centre, np.where(chosen, 0, before), chosen) for one in examples]
    if not chosen.any() or not any(len(table.shares) for table in tables):
        return dict(present.weights)
    prior, scale = before[chosen] * unit[chosen], unit[chosen]
    bounds = [(0, None)] * len(prior)
    found = minimize(loss, prior, (tables, prior, scale), jac=True, method="L-BFGS-B", bounds=bounds)
    weights = before.copy()
    weights[chosen] = found.x / scale
    return {name: round(float(weight), 4) for name, weight in zip(_NAMES, weights, strict=True)}


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Startups that went with a partner that was open to them.

    values: (n, partners, chosen features), centred, 0 where unknown. start: (n, partners) the points of the weights
    that stay, -inf where not open. shares: (n, partners), which sum to 1 in each row.
    """

    values: NDArray[np.float32]
    start: NDArray[np.float64]
    shares: NDArray[np.float64]


def loss(
    scaled: NDArray[np.float64], tables: Sequence[Choices], prior: NDArray[np.float64], scale: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """What `learn` makes as small as it can, and its slope, for weights × spread.

    The mean of −log softmax over n startups + PRESENT_COUNTS / n × Σ (scaled − prior)²: a Gaussian prior whose strength
    does not depend on the units of a feature. prior: the present weights × scale. scale: the spread of each feature.
    """
    total, slope = 0.0, np.zeros(len(scaled))
    for one in tables:
        scores = one.start + one.values @ (scaled / scale).astype(np.float32)
        logs = scores - logsumexp(scores, axis=1, keepdims=True)
        total -= float((one.shares * np.where(one.shares > 0, logs, 0)).sum())
        slope += np.einsum("np,npf->f", np.exp(logs) - one.shares, one.values, optimize=True) / scale
    count = sum(len(one.shares) for one in tables)
    away, strength = scaled - prior, PRESENT_COUNTS / count
    return total / count + strength * float(away @ away), slope / count + 2 * strength * away


def scores(one: Examples, ranker: Ranker) -> NDArray[np.float64]:
    """(n, partners) the scores of these pairs by a ranker, NaN where not open."""
    centre = np.array([ranker.centres[name] for name in _NAMES])
    weight = np.array([ranker.weights[name] for name in _NAMES])
    points = np.where(one.known, one.values - centre, 0) * weight
    return np.where(one.open, ranker.base + combined(*sides(points)), np.nan)


def _table(one: Examples, centre: NDArray[np.float64], kept: NDArray[np.float64], chosen: NDArray[np.bool_]) -> Choices:
    links = one.links & one.open
    rows = links.any(axis=1)
    centred = np.where(one.known[rows], one.values[rows] - centre, 0)
    return Choices(
        values=centred[:, :, chosen].astype(np.float32),
        start=np.where(one.open[rows], centred @ kept, -np.inf),
        shares=links[rows] / links[rows].sum(axis=1, keepdims=True),
    )
