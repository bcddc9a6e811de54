"""The yardsticks a ranking must beat: simple scores of every startup with every partner, higher is better.

Each takes `Inputs` and the places of some startups in it, and gives (startups, partners) float64. A startup never sees
itself: what a partner did with it, or with one in the same words, does not count for it. Nobody is refused here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.steps.inputs import Inputs
from matcher.steps.lexical import lexicon
from matcher.steps.one_profile import partner_words, profile_bm25, profile_cosine, startup_words
from matcher.steps.past import itself, one_hot

NEIGHBOURS = 50
# How many earlier companies the wider group stands for where the narrower is small: on four sets of dev labels, 1 to 30
# are within .01 nDCG of each other.
WIDER = 10.0

Baseline = Callable[[Inputs, NDArray[np.int32]], NDArray[np.float64]]


def popularity(inputs: Inputs, startup_places: NDArray[np.int32]) -> NDArray[np.float64]:
    """How many earlier companies the partner has, as of the date of `inputs`."""
    return _alike(inputs, startup_places).any


def popularity_alike(inputs: Inputs, startup_places: NDArray[np.int32]) -> NDArray[np.float64]:
    """How many of the partner's earlier companies are from the startup's country and share a sector with it.

    Backed off to country or sector alone, and from there to popularity. With n the partner's earlier companies of a
    group, N those of all partners, and WIDER = 10:

        score          = n(country and sector) + WIDER × ½ (share(country) + share(sector))
        share(group)   = (n(group) + WIDER × share(any)) / (N(group) + WIDER)
        share(any)     = n(any) / N(any)

    So a startup that names neither country nor sector gets the order of popularity.
    """
    alike = _alike(inputs, startup_places)
    of_all = alike.any.sum(axis=1, keepdims=True)
    usual = np.divide(alike.any, of_all, out=np.zeros_like(alike.any), where=of_all > 0)

    def share(group: NDArray[np.float64]) -> NDArray[np.float64]:
        backed_off: NDArray[np.float64] = (group + WIDER * usual) / (group.sum(axis=1, keepdims=True) + WIDER)
        return backed_off

    return alike.both + WIDER * (share(alike.country) + share(alike.sector)) / 2


def neighbours(inputs: Inputs, startup_places: NDArray[np.int32]) -> NDArray[np.float64]:
    """The sum of likeness of the NEIGHBOURS earlier companies nearest in words and place that are the partner's.

    A company of several partners is one neighbour and votes for each of them. Those as near as the last vote too.
    """
    before = inputs.past
    has_text = np.flatnonzero(before.row >= 0)
    said = partner_words(inputs)
    code: dict[tuple[str, ...], int] = {}
    company = [code.setdefault(said[row], len(code)) for row in before.row[has_text]]
    entries = (np.ones(len(company)), (has_text, company))
    which = sparse.csr_array(entries, shape=(len(before.row), len(code)))

    words = lexicon(list(code))
    near = (words.project(startup_words(inputs, startup_places)) @ words.rows.T).toarray()
    near[(sparse.csr_array(itself(before, startup_places)) @ which).nonzero()] = 0
    if near.shape[1] > NEIGHBOURS:
        last = np.partition(near, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS, None]
        near[near < last] = 0
    votes: NDArray[np.float64] = (sparse.csr_array(near) @ (which.T @ before.group)).toarray()
    return votes


def popularity_alike_and_neighbours(inputs: Inputs, startup_places: NDArray[np.int32]) -> NDArray[np.float64]:
    """Both of them, each from 0 to 1 over the partners of a startup, added."""
    return _from_0_to_1(popularity_alike(inputs, startup_places)) + _from_0_to_1(neighbours(inputs, startup_places))


BASELINES: dict[str, Baseline] = {
    "popularity": popularity,
    "popularity within country and sector": popularity_alike,
    "BM25 on the partner's profile": profile_bm25,
    "cosine with one vector a partner": profile_cosine,
    "the 50 nearest earlier startups": neighbours,
    "popularity within country and sector + the 50 nearest": popularity_alike_and_neighbours,
}


@dataclass(frozen=True, kw_only=True)
class _Alike:
    """How many earlier companies each partner has, (startups, partners) float64: any, from the startup's country,
    sharing a sector with it, and both.
    """

    any: NDArray[np.float64]
    country: NDArray[np.float64]
    sector: NDArray[np.float64]
    both: NDArray[np.float64]


def _alike(inputs: Inputs, startup_places: NDArray[np.int32]) -> _Alike:
    before = inputs.past
    startups = [inputs.startups[place] for place in startup_places]
    others = ~itself(before, startup_places)
    own = one_hot([startup.sectors for startup in startups], before.sector_column)
    sector = others & ((own @ before.sectors.T).toarray() > 0)
    # -1 is a company of unknown country, which is no country in common.
    code = np.array([before.country_code.get(startup.country or "", -2) for startup in startups], np.int32)
    country = others & (before.country[None, :] == code[:, None])

    def count(which: NDArray[np.bool_]) -> NDArray[np.float64]:
        number: NDArray[np.float64] = (sparse.csr_array(which) @ before.group).toarray()
        return number

    return _Alike(any=count(others), country=count(country), sector=count(sector), both=count(country & sector))


def _from_0_to_1(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each startup's least score as 0 and its greatest as 1; 0 where all are equal."""
    if not scores.size:
        return scores
    above = scores - scores.min(axis=1, keepdims=True)
    greatest = above.max(axis=1, keepdims=True)
    scaled: NDArray[np.float64] = np.divide(above, greatest, out=np.zeros_like(above), where=greatest > 0)
    return scaled
