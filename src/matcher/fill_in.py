"""Which empty cells to fill in first: those that raise the confidence most, each tried by matching again.

It reads and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.change import Change, FillIn
from matcher.match import match
from matcher.steps.changed import changed
from matcher.steps.corridor import stored_field
from matcher.steps.empty_cells import empty_partner_cells, empty_startup_cells
from matcher.steps.inputs import Inputs
from matcher.steps.matches import Matches
from matcher.steps.missing import summary_to_write, thesis_to_write
from matcher.steps.rank import Ranker
from matcher.steps.texts import LEAST_WORDS, THESIS

# Less than this is rounding.
_LEAST = 1e-9
# The mean over so many of the other side tells as much as the mean over thousands, and comes at once.
MOST_OTHERS = 100

Reckon = Callable[[Sequence[Change]], float]
"""The mean confidence once these cells are filled."""


def fill_startup_first(inputs: Inputs, ranker: Ranker, startup: int, partners: NDArray[np.int32]) -> tuple[FillIn, ...]:
    """The startup's empty cells, biggest effect first. startup, partners: places; partners: those it is held to.

    A startup of whose summary too little is read is reckoned with as if it had said what another one says.
    """
    if not len(partners):
        return ()
    cells = empty_startup_cells(inputs, inputs.startups[startup], [inputs.partners[place] for place in partners])
    place = startup
    first: tuple[FillIn, ...] = ()
    if inputs.startup_passages[startup].words() < LEAST_WORDS:
        stand_in = _one_that_says_enough(inputs)
        now = _mean(match(inputs, ranker, np.array([startup], np.int32), partners, also_refused=True))
        ask = summary_to_write(inputs, startup)
        first = (FillIn(field="summary", value=None, confidence_from=now, confidence_to=None, ask=ask),)
        if stand_in is None:
            return first
        inputs, place = _as_if_it_said(inputs, startup, stand_in), stand_in

    def reckon(changes: Sequence[Change]) -> float:
        again = changed(inputs, place, int(partners[0]), changes)
        return _mean(match(again, ranker, np.array([place], np.int32), partners, also_refused=True))

    return _greedy(cells, reckon, first)


def fill_partner_first(inputs: Inputs, ranker: Ranker, partner: int, startups: NDArray[np.int32]) -> tuple[FillIn, ...]:
    """The partner's empty cells, likewise. startups: places of those it is held to, of which every so many is taken.

    A partner without a thesis that is read is reckoned with as if it had another one's.
    """
    if not len(startups):
        return ()
    startups = startups[np.unique(np.linspace(0, len(startups) - 1, MOST_OTHERS).round().astype(np.int64))]
    cells = empty_partner_cells(inputs, inputs.partners[partner], [inputs.startups[place] for place in startups])
    one = np.array([partner], np.int32)
    first: tuple[FillIn, ...] = ()
    if not inputs.readable.partners[partner].thesis:
        before = _mean(match(inputs, ranker, startups, one, also_refused=True))
        ask = thesis_to_write(inputs, partner)
        field = stored_field(inputs.partners[partner], "thesis")[1]
        first = (FillIn(field=field, value=None, confidence_from=before, confidence_to=None, ask=ask),)
        lent = _with_a_thesis(inputs, partner)
        if lent is None:
            return first
        inputs = lent

    def reckon(changes: Sequence[Change]) -> float:
        again = changed(inputs, int(startups[0]), partner, changes)
        return _mean(match(again, ranker, startups, one, also_refused=True))

    return _greedy(cells, reckon, first)


def _greedy(cells: list[Change], reckon: Reckon, first: tuple[FillIn, ...]) -> tuple[FillIn, ...]:
    """One cell after the other, whichever raises the confidence most beside those already filled."""
    filled: list[Change] = []
    now = reckon(())
    found = [replace(one, confidence_to=now) for one in first]
    while cells:
        tried = [(reckon([*filled, change]), change) for change in cells]
        best, change = max(tried, key=lambda one: (one[0], -cells.index(one[1])))
        if best - now < _LEAST:
            break
        found.append(FillIn(field=change.field, value=change.after, confidence_from=now, confidence_to=best))
        # What tells nothing now tells nothing later: more that is known never makes a cell tell more.
        cells = [other for worth, other in tried if other is not change and worth - now >= _LEAST]
        filled, now = [*filled, change], best
    return tuple(found)


def _mean(matches: Matches) -> float:
    return float(matches.ranked.confidence.mean())


def _one_that_says_enough(inputs: Inputs) -> int | None:
    """A startup whose text can stand in; rather none that a partner backed, whose past would then be its own."""
    backed = {record.startup_id for record in inputs.history}
    enough = [place for place, said in enumerate(inputs.startup_passages) if said.words() >= LEAST_WORDS]
    fresh = [place for place in enough if inputs.startups[place].id not in backed]
    return next(iter(fresh or enough), None)


def _as_if_it_said(inputs: Inputs, startup: int, stand_in: int) -> Inputs:
    """The startup's record in the place, and with the text, of another one."""
    startups = list(inputs.startups)
    other = startups[stand_in]
    startups[stand_in] = replace(startups[startup], id=other.id, name=other.name, summary=other.summary)
    return replace(inputs, startups=tuple(startups))


def _with_a_thesis(inputs: Inputs, partner: int) -> Inputs | None:
    """The inputs in which a partner has the first thesis there is; None where nobody has one."""
    texts = inputs.texts
    bounds = texts.bounds[THESIS].copy()
    others = np.flatnonzero(bounds[:, 1] - bounds[:, 0])
    if not len(others):
        return None
    row = int(bounds[others[0], 0])
    bounds[partner] = row, row + 1
    owner = texts.partner.copy()
    owner[row] = partner
    return replace(inputs, texts=replace(texts, partner=owner, bounds={**texts.bounds, THESIS: bounds}))
