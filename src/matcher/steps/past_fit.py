"""What the partners of some pairs did before that is like the startup, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.domain.profile import Startup
from matcher.steps.likeness import Likeness
from matcher.steps.pairs import Pairs
from matcher.steps.past import Past

# How many companies of an average past every partner is taken to have beside its own: a share of five companies says
# less than one of fifty. Between 5 and 30 no set measured differs beyond chance.
SHARED_PAST = 20.0
# The same for places, of which there are more.
SHARED_PLACE = 50.0
# The same for how alike its companies are: a mean, which settles sooner than a share.
SHARED_LIKENESS = 3.0
# A share of everybody's past is taken to be at least this, so that one company from a rare country is not everything.
LEAST_SHARE = 1e-3


@dataclass(frozen=True, kw_only=True)
class PastFit:
    """What the partners of some pairs did before that is like the startup.

    values: feature → (p,) float64, NaN where the partner has no past, the startup or none of that past says what is
    compared, or nobody's past has any of it. number: (p,) int32, how many earlier companies there are, the startup
    itself left out. closest: (p,) int32 row of PartnerTexts of the earlier company that is closest, -1 where none is.
    shares: feature → (startups,) float64, the share of everybody's past that it speaks of. means: past_active and
    past_close → (startups,) float64, the mean of the logs that their values are less.
    """

    values: dict[str, NDArray[np.float64]]
    number: NDArray[np.int32]
    closest: NDArray[np.int32]
    shares: dict[str, NDArray[np.float64]]
    means: dict[str, NDArray[np.float64]]


def past_fit(
    pairs: Pairs,
    startups: Sequence[Startup],
    before: Past,
    like: Likeness,
    partner_places: NDArray[np.int32],
    says_text: NDArray[np.bool_],
) -> PastFit:
    """How active each partner is, and how its past compares with everybody's, recent companies more.

    past_active = ln(1 + N), N = Σ recency over its earlier companies, and past_close = ln(1 + Σ recency × close), each
    less its mean over all partners with a past. The others = ln((Σ recency × x + k q) / ((N + k) q)): the partner's
    share of x over everybody's share q, among companies that say what is compared, drawn towards 1 by k companies of
    everybody's past (a gamma prior: Efron and Morris 1975, "Data analysis using Stein's estimator"). A partner with no
    past is at 0: neither for nor against. says_text: (startups,) whether a startup's summary says anything that counts.
    """
    group = before.group[:, partner_places]
    # Everybody is one more column: sparse sums are added in the order of companies, whichever and however many are
    # asked for, where a dense product may add in another order.
    weighed = sparse.diags_array(before.recency)
    recent = weighed @ sparse.hstack([group, np.ones((len(before.recency), 1))], "csr")
    of_all = weighed @ before.group
    bounds = before.bounds[partner_places]
    says = {
        "past_country": np.array([startup.country is not None for startup in startups], bool),
        "past_sector": np.array([bool(startup.sectors) for startup in startups], bool),
        "past_place": np.array([bool(startup.city) for startup in startups], bool),
        "past_kindred": np.array([_says_kindred(startup) for startup in startups], bool),
    }
    others = like.others.astype(np.float64)
    number = (others @ group).astype(np.int32)
    has_past = number > 0
    told = {
        "past_country": like.others & (before.country >= 0),
        "past_sector": like.others & (before.sector_count > 0),
        "past_place": like.others & (before.city >= 0),
        "past_kindred": like.kindred > 0,
    }
    shares: dict[str, NDArray[np.float64]] = {}
    means: dict[str, NDArray[np.float64]] = {}

    def at_pairs(values: NDArray[np.float64], known: NDArray[np.bool_]) -> NDArray[np.float64]:
        values[~(known[:, None] & has_past)] = np.nan
        found: NDArray[np.float64] = values[pairs.startup, pairs.partner]
        return found

    def beyond_mean(name: str, of_each: NDArray[np.float64], known: NDArray[np.bool_]) -> NDArray[np.float64]:
        # In rows one after the other, so that a row is added up alike in every block.
        logs = np.ascontiguousarray(np.log1p(of_each))
        means[name] = np.where(there, logs, 0).sum(axis=1) / np.maximum(1, there.sum(axis=1))
        return at_pairs(logs[:, partner_places] - means[name][:, None], known)

    def compared(name: str, alike: NDArray[np.float64], drawn: float) -> NDArray[np.float64]:
        theirs, total = _parted(alike @ recent)
        own, everybody = _parted(told[name].astype(np.float64) @ recent)
        shares[name] = np.divide(total, everybody, out=np.zeros_like(total), where=everybody > 0)
        usual = np.maximum(shares[name], LEAST_SHARE)[:, None]
        ratio = np.log((theirs + drawn * usual) / ((own + drawn) * usual))
        ratio[own == 0] = np.nan
        return at_pairs(ratio, says[name] & (shares[name] > 0))

    active = others @ of_all
    there = np.ascontiguousarray(active > 0)
    return PastFit(
        values={
            "past_active": beyond_mean("past_active", active, np.ones_like(says_text)),
            "past_country": compared("past_country", like.country, SHARED_PAST),
            "past_sector": compared("past_sector", like.sector, SHARED_PAST),
            "past_place": compared("past_place", like.place, SHARED_PLACE),
            "past_kindred": compared("past_kindred", like.kindred, SHARED_LIKENESS),
            "past_close": beyond_mean("past_close", like.close @ of_all, says_text),
        },
        number=number[pairs.startup, pairs.partner],
        closest=_closest(like.close * before.recency, before, bounds)[pairs.startup, pairs.partner],
        shares=shares,
        means=means,
    )


def _says_kindred(startup: Startup) -> bool:
    return bool(startup.raising or startup.founded or startup.stage)


def _parted(sums: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The sums of each partner, and of everybody, the last column."""
    return sums[:, :-1], sums[:, -1]


def _closest(adds: NDArray[np.float64], before: Past, bounds: NDArray[np.int64]) -> NDArray[np.int32]:
    """(startups, partners) the text row of the company that adds most, -1 where none does."""
    best = np.full((len(adds), len(bounds)), -1, np.int32)
    every = np.arange(len(adds))
    for partner, (start, stop) in enumerate(bounds):
        if start < stop:
            winner = start + adds[:, start:stop].argmax(axis=1)
            best[:, partner] = np.where(adds[every, winner] > 0, before.row[winner], -1)
    return best
