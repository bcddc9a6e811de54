"""Who gets in: the strongest startups first, within the places and each hub's quota."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.profile import Startup
from matcher.domain.shortlist import ELIGIBLE, LONGLIST, SHORTLIST, LeftOut, Terms
from matcher.steps.pairs import Pairs

# In a shortlist scores are told apart to a millionth of a point, as whole numbers.
UNITS_PER_POINT = 1_000_000
# A startup is as strong as the mean of this many of its best pairs: one lucky pair should not carry it in.
_BEST_PAIRS = 3


@dataclass(frozen=True, kw_only=True)
class Places:
    """placed: positions in `startup_ids`, strongest first. unplaced: who found no place, in the order considered."""

    placed: tuple[int, ...]
    unplaced: tuple[LeftOut, ...]


def place(
    pairs: Pairs,
    scores: NDArray[np.float64],
    startups: Sequence[Startup],
    terms: Terms,
    organisation: Sequence[int] | None = None,
) -> Places:
    """The startups that get a place, strongest first; equal strength goes by id.

    The strongest are on the longlist, the strongest of those on the shortlist, and of those within places and quotas
    get a place: so raising the number of places only adds, and so does raising a quota while places are free.
    organisation: beside `startups`, equal for profiles of one organisation. Only the strongest of them is considered,
    also where its hub is full.
    pairs must be in order (startup, then partner); scores: (p,), NaN where a pair could not be assessed.
    Bans, pins and the least score do not count here: they speak of a meeting, a place speaks of the startup. So nobody
    loses a place by a ban, and no pin carries a startup past a stronger one.
    """
    starts = np.searchsorted(pairs.startup, np.arange(len(startups) + 1))
    strengths = [strength(scores[begin:end]) for begin, end in itertools.pairwise(starts)]
    placed: list[int] = []
    unplaced: list[LeftOut] = []
    taken: Counter[str] = Counter()
    strongest: dict[int, int] = {}
    considered = 0
    for position in sorted(range(len(startups)), key=lambda i: (-_or_least(strengths[i]), i)):
        hub = startups[position].hub or ""
        out: _Out | None
        if strengths[position] is None:
            out = _unscored(int(starts[position + 1] - starts[position]))
        elif organisation and strongest.setdefault(organisation[position], position) != position:
            stronger = startups[strongest[organisation[position]]].id
            out = ELIGIBLE, "organisation", f"'{stronger}', a profile of the same organisation, is stronger"
        else:
            considered += 1
            out = _left_out(considered, len(placed), hub, taken[hub], terms)
        if out is None:
            placed.append(position)
            taken[hub] += 1
        else:
            reached, rule, because = out
            unplaced.append(LeftOut(id=startups[position].id, reached=reached, rule=rule, because=because))
    return Places(placed=tuple(placed), unplaced=tuple(unplaced))


_Out = tuple[str, str, str]
"""How far it got, by which limit it is left out, and that in words."""


def _left_out(considered: int, placed: int, hub: str, of_hub: int, terms: Terms) -> _Out | None:
    """Which limit leaves out the startup that comes so many-th; None where it gets a place."""
    quota = terms.quotas.get(hub)
    if terms.on_longlist is not None and considered > terms.on_longlist:
        return ELIGIBLE, "longlist", f"the longlist's {terms.on_longlist} went to stronger startups"
    if terms.on_shortlist is not None and considered > terms.on_shortlist:
        return LONGLIST, "shortlist", f"the shortlist's {terms.on_shortlist} went to stronger startups"
    if terms.places is not None and placed >= terms.places:
        return SHORTLIST, "places", _no_place(terms.places)
    if quota is not None and of_hub >= quota:
        return SHORTLIST, "quota", _no_place_in(hub, quota)
    return None


def strength(scores: NDArray[np.float64]) -> int | None:
    """The mean of the best three in millionths of a point; None where nothing was assessed."""
    assessed = scores[~np.isnan(scores)]
    if not len(assessed):
        return None
    # Sorted, so that the sum, and with it the last bit, does not depend on the order of the rows.
    return int(units(np.sort(assessed)[-_BEST_PAIRS:].mean()))


def units(points: NDArray[np.float64] | float) -> NDArray[np.int64]:
    """Points as whole millionths."""
    whole: NDArray[np.int64] = np.rint(np.asarray(points) * UNITS_PER_POINT).astype(np.int64)
    return whole


def _or_least(strength: int | None) -> float:
    return -np.inf if strength is None else strength


def _unscored(admitted: int) -> _Out:
    if admitted == 0:
        return ELIGIBLE, "no_partner", "no admitted partner"
    return ELIGIBLE, "not_assessed", f"none of its admitted pairs ({admitted}) could be assessed"


def _no_place(places: int) -> str:
    if places <= 0:
        return "the programme has no places"
    if places == 1:
        return "the only place went to a stronger startup"
    return f"all {places} places went to stronger startups"


def _no_place_in(hub: str, quota: int) -> str:
    if quota <= 0:
        return f"hub {hub} has no places"
    if quota == 1:
        return f"hub {hub}'s only place is taken"
    return f"hub {hub}'s {quota} places are taken"
