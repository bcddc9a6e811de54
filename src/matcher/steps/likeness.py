"""How like each earlier company a startup is: in country, sector, place, meaning, and in raise, age and stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.domain.money import Rates
from matcher.domain.profile import Startup
from matcher.steps.cities import city_word, likeness_without
from matcher.steps.past import Past, founded_years, log_pounds, one_hot

# A cosine up to which two texts are no nearer than any two.
CLOSE_FROM = 0.2
# How fast closeness rises with the cosine: a company at 0.6 counts about eight times one at 0.4, so that a few near
# ones outweigh many that are not. Between 4 and 16 no set measured differs beyond chance.
SHARPNESS = 10.0
# What a close company counts for where country (or sector) differs, beside 1 more where it is the same.
OTHER = 0.3
# Raises count as alike within a factor of about two, founding years within about three.
RAISE_WIDTH = 0.7
YEARS_WIDTH = 3.0
# How much a stage in common counts beside a raise or a founding year in common.
STAGE = 0.5


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """What the startups of a block have in common with each earlier company, all (startups, e).

    others: bool, False where the company is the startup itself; the rest is float64 and 0 there.
    country: 1 where both are from one country. sector: the share of both sides' sectors that they have in common.
    close: exp(SHARPNESS × cosine above CLOSE_FROM) - 1, more where country and sector agree.
    place: 1 where both are from one city, and how alike the two are where they are not, see steps/cities.py.
    kindred: e to the power of what they share in raise, founding year and stage (from 1 to e^2.5); 0 where there is
    none of these that both of them state.
    """

    others: NDArray[np.bool_]
    country: NDArray[np.float64]
    sector: NDArray[np.float64]
    close: NDArray[np.float64]
    place: NDArray[np.float64]
    kindred: NDArray[np.float64]


def likeness(
    startups: Sequence[Startup], before: Past, same: NDArray[np.bool_], cosine: NDArray[np.float32], rates: Rates
) -> Likeness:
    """same: (startups, e). cosine: (startups, texts) of every summary with every text of the partners."""
    others = ~same
    own = one_hot([startup.sectors for startup in startups], before.sector_column)
    shared = (own @ before.sectors.T).toarray().astype(np.float64)
    said = np.array([len(set(startup.sectors)) for startup in startups], np.float64)[:, None]
    either = said + before.sector_count[None, :] - shared
    sector = np.divide(shared, either, out=shared, where=either > 0)
    country = _equal([startup.country or "" for startup in startups], before.country_code, before.country)
    close = _close(cosine, before)
    return Likeness(
        others=others,
        country=country * others,
        sector=sector * others,
        close=close * (OTHER + country) * (OTHER + sector) * others,
        place=_place(startups, before, same) * others,
        kindred=_kindred(startups, before, rates) * others,
    )


def _close(cosine: NDArray[np.float32], before: Past) -> NDArray[np.float64]:
    """(startups, e) by the texts alone. The texts of earlier companies stand one behind the other, see PartnerTexts."""
    told = np.flatnonzero(before.row >= 0)
    first = before.row[told[0]] if len(told) else 0
    near = cosine[:, first : first + len(told)].astype(np.float64) - CLOSE_FROM
    np.maximum(near, 0, out=near)
    near *= SHARPNESS
    np.expm1(near, out=near)
    if len(told) == len(before.row):
        return near
    close = np.zeros((len(cosine), len(before.row)))
    close[:, told] = near
    return close


def _kindred(startups: Sequence[Startup], before: Past, rates: Rates) -> NDArray[np.float64]:
    raising, founded = log_pounds([startup.raising for startup in startups], rates), founded_years(startups)
    exponent = _nearness(raising, before.raising, RAISE_WIDTH)
    exponent += _nearness(founded, before.founded, YEARS_WIDTH)
    exponent += STAGE * _equal([startup.stage or "" for startup in startups], before.stage_code, before.stage)
    comparable = np.outer(~np.isnan(raising), ~np.isnan(before.raising))
    comparable |= np.outer(~np.isnan(founded), ~np.isnan(before.founded))
    comparable |= np.outer(np.array([bool(startup.stage) for startup in startups], bool), before.stage >= 0)
    kindred: NDArray[np.float64] = np.exp(exponent, out=exponent) * comparable
    return kindred


def _place(startups: Sequence[Startup], before: Past, same: NDArray[np.bool_]) -> NDArray[np.float64]:
    code = np.array([before.city_code.get(city_word(one.country, one.city), -1) for one in startups], np.int32)
    told = np.flatnonzero(code >= 0)
    asked = sparse.csr_array((np.ones(len(told)), (told, code[told])), shape=(len(code), len(before.city_code)))
    alike = (asked @ before.city_likeness).toarray()
    # What a startup itself did must not make its city like another.
    for row in np.flatnonzero(same.any(axis=1) & (code >= 0)):
        own = same[row] & (before.city == code[row])
        if own.any():
            alike[row] = likeness_without(before.city_counts, int(code[row]), own.astype(np.float64) @ before.group)
    there = before.city >= 0
    place = np.zeros((len(code), len(before.city)))
    place[:, there] = alike[:, before.city[there]]
    return place


def _nearness(own: NDArray[np.float64], theirs: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """exp(-distance / width), 0 where either is unknown; reckoned once for values that repeat, as years do."""
    values, row = np.unique(own, return_inverse=True)
    other_values, column = np.unique(theirs, return_inverse=True)
    apart = np.abs(values[:, None] - other_values[None, :])
    apart[np.isnan(apart)] = np.inf
    near: NDArray[np.float64] = np.exp(-apart / width)[:, column][row]
    return near


def _equal(said: Sequence[str], known: dict[str, int], theirs: NDArray[np.int32]) -> NDArray[np.float64]:
    """1 where a startup says what the company says; what is unknown is equal to nothing."""
    code = np.array([known.get(word, -2) for word in said], np.int32)
    equal: NDArray[np.float64] = (code[:, None] == theirs[None, :]).astype(np.float64)
    return equal
