"""Which cities are one place to partners: those whose startups go to the same partners, such as a city and its suburb.

Learned from what happened, since no table of distances says that Palo Alto and San Francisco are one place and that
two capitals an hour apart are not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.domain.vocabulary import folded

# How many startups more every city is taken to have, spread over the partners as everywhere: one startup in common says
# little.
SHARED_STARTUPS = 3.0
# From what likeness on a reason calls two cities alike.
ALIKE = 0.2


def city_word(country: str | None, city: str | None) -> str:
    """A city by name and country, since Cambridge is in two; empty where unknown."""
    return f"{country or ''}/{folded(city)}" if city else ""


def city_counts(city: NDArray[np.int32], group: sparse.csr_array, city_count: int) -> sparse.csr_array:
    """(cities, partners) sparse float64, how many startups of each city went to each partner.

    city: (e,) int32 code of each earlier company, -1 unknown. group: (e, partners) 0/1.
    """
    known = np.flatnonzero(city >= 0)
    member = sparse.csr_array((np.ones(len(known)), (city[known], known)), shape=(city_count, len(city)))
    counts: sparse.csr_array = (member @ group).tocsr()
    return counts


def city_likeness(counts: sparse.csr_array) -> sparse.csr_array:
    """(cities, cities) sparse float64: 1 for the city itself, else from 0 to 1 how much both go to the same partners.

    counts: as from `city_counts`. The cosine of two cities' standardised residuals: how many of a city's n startups
    went to a partner, less the n × share that would by chance, over the root of (n + SHARED_STARTUPS) × share, as in a
    correspondence analysis (Greenacre 1984). Below 0 is 0.
    """
    city_count = counts.shape[0]
    of_partner = counts.sum(axis=0)
    rarity = np.divide(of_partner.sum(), of_partner, out=np.zeros_like(of_partner), where=of_partner > 0)
    scaled = counts @ sparse.diags_array(rarity)
    together = sparse.coo_array(scaled @ counts.T)
    number = counts.sum(axis=1)
    weight = number + SHARED_STARTUPS
    # Σ over partners of the residuals' products; (n share) summed over all partners is n.
    row, column = together.coords
    product = (together.data - number[row] * number[column]) / np.sqrt(weight[row] * weight[column])
    own = np.zeros(city_count)
    own[row[row == column]] = product[row == column]
    length = np.sqrt(own + SHARED_STARTUPS)
    alike = np.clip(product / (length[row] * length[column]), 0, 1)
    alike[row == column] = 1
    likeness: sparse.csr_array = sparse.csr_array((alike, (row, column)), shape=(city_count, city_count))
    likeness.eliminate_zeros()
    return likeness


def likeness_without(counts: sparse.csr_array, city: int, own: NDArray[np.float64]) -> NDArray[np.float64]:
    """(cities,) how like one city the others are, without some startups of it. own: (partners,) where those went."""
    less = sparse.csr_array(
        counts - sparse.csr_array((own, (np.full(len(own), city), np.arange(len(own)))), counts.shape)
    )
    less.eliminate_zeros()
    row: NDArray[np.float64] = city_likeness(less)[[city]].toarray()[0]
    return row
