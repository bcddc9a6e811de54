"""Simulated choices whose answer is known: startups that went with a partner as given weights say."""

import numpy as np

from matcher.steps.learn import Examples
from matcher.steps.measure import FEATURES
from matcher.steps.rank import Ranker

NAMES = list(FEATURES)


def a_present(version="v1", centres=(), spread=(), **weights):
    """A ranker that gives no feature a weight but these; centres 0 and spread 1 where nothing else is said."""
    return Ranker(
        version=version,
        base=0.0,
        weights=dict.fromkeys(NAMES, 0.0) | weights,
        centres=dict.fromkeys(NAMES, 0.0) | dict(centres),
        spread=dict.fromkeys(NAMES, 1.0) | dict(spread),
        bands={"strong": 3.0, "good": 2.0, "possible": 1.0},
    )


def choices(count, truth, partners=10, seed=1, also=()):
    """`count` startups, each with one of `partners`, chosen with probability softmax(Σ weight × value).

    truth: feature → weight; these features and those of `also` are known, with values like N(0, 1).
    """
    rng = np.random.default_rng(seed)
    values = np.zeros((count, partners, len(NAMES)), np.float32)
    known = np.zeros(values.shape, bool)
    for name in (*truth, *also):
        values[:, :, NAMES.index(name)] = rng.normal(size=(count, partners))
        known[:, :, NAMES.index(name)] = True
    score = sum(weight * values[:, :, NAMES.index(name)] for name, weight in truth.items())
    # The greatest of scores with Gumbel noise is a draw from their softmax.
    chosen = (score + rng.gumbel(size=(count, partners))).argmax(axis=1)
    links = np.zeros((count, partners), bool)
    links[np.arange(count), chosen] = True
    return Examples(values=values, known=known, open=np.ones_like(links), links=links)
