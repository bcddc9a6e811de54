"""An edition, solved: who is let in, what each admitted pair is worth, the best plan; and again after a change.

It reads and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import Refusal
from matcher.domain.money import Rates
from matcher.domain.override import BAN, PIN, Override
from matcher.domain.profile import Startup
from matcher.domain.programme import Programme
from matcher.domain.shortlist import Shortlist, Terms
from matcher.domain.vocabulary import Vocabulary
from matcher.errors import Stopped
from matcher.match import match_in_blocks
from matcher.steps.admit import PROGRAMME_RULES, admit, other_side_of
from matcher.steps.circumstances import Circumstances
from matcher.steps.inputs import Inputs
from matcher.steps.pairs import Pairs
from matcher.steps.rank import Ranker
from matcher.steps.rule_words import programme_detail
from matcher.steps.shortlist import shortlist


@dataclass(frozen=True, kw_only=True)
class Plan:
    """An edition's shortlist and what it was made from.

    eligible: (n,) places in `inputs` of the startups that are let in. pairs, scores: every admitted pair of theirs.
    """

    inputs: Inputs
    eligible: NDArray[np.int32]
    pairs: Pairs
    scores: NDArray[np.float64]
    terms: Terms
    shortlist: Shortlist

    @property
    def meetings(self) -> set[tuple[str, str]]:
        """Who meets whom, by ids."""
        return {(pair.startup_id, pair.partner_id) for pair in self.shortlist.meetings}

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of every startup and partner, by id."""
        return {one.id: one.name for one in self.inputs.startups} | {one.id: one.name for one in self.inputs.partners}

    def with_pin(self, startup_id: str, partner_id: str) -> Shortlist:
        """The best plan in which this pair meets. Raises Infeasible where the partner takes nobody."""
        terms = replace(self.terms, pins=self.terms.pins | {(startup_id, partner_id)})
        return best_plan(self.inputs, self.eligible, self.pairs, self.scores, terms)


def solve(inputs: Inputs, ranker: Ranker, pairs_at_once: int) -> Plan:
    """The plan of the programme of `inputs`. A minimum that is strict is taken as any other: what it lacks is told."""
    assert inputs.programme is not None
    _, eligible = screen(inputs, inputs.programme)
    pairs, scores = score_all(inputs, ranker, eligible, pairs_at_once)
    return _planned(inputs, eligible, pairs, scores)


def solve_again(before: Plan, inputs: Inputs, ranker: Ranker, pairs_at_once: int, startup: int, partner: int) -> Plan:
    """The plan after cells of one startup and one partner (their places) changed: what `solve` gives, sooner.

    Only their own pairs are scored again, unless the change speaks of everybody's past.
    """
    assert inputs.programme is not None
    if inputs.past is not before.inputs.past:
        return solve(inputs, ranker, pairs_at_once)
    _, eligible = screen(inputs, inputs.programme)
    own, theirs = (
        getattr(inputs, side)[place] != getattr(before.inputs, side)[place]
        for side, place in (("startups", startup), ("partners", partner))
    )
    rows = before.eligible[before.pairs.startup], before.pairs.partner, before.scores
    kept = ~((own & (rows[0] == startup)) | (theirs & (rows[1] == partner)))
    found = [tuple(column[kept] for column in rows)]
    one_startup, one_partner = np.array([startup], np.int32), np.array([partner], np.int32)
    everybody = np.arange(len(inputs.partners), dtype=np.int32)
    if own and startup in eligible:
        found += _rows(inputs, ranker, one_startup, everybody, pairs_at_once)
    if theirs:
        others = eligible[eligible != startup] if own else eligible
        found += _rows(inputs, ranker, others, one_partner, pairs_at_once)
    startups, partners, scores = (np.concatenate(columns) for columns in zip(*found, strict=True))
    order = np.lexsort((partners, startups))
    pairs = Pairs(
        startup_ids=tuple(inputs.startups[place].id for place in eligible),
        partner_ids=before.pairs.partner_ids,
        startup=np.searchsorted(eligible, startups[order]).astype(np.int32),
        partner=partners[order].astype(np.int32),
    )
    return _planned(inputs, eligible, pairs, scores[order])


def best_plan(
    inputs: Inputs, eligible: NDArray[np.int32], pairs: Pairs, scores: NDArray[np.float64], terms: Terms
) -> Shortlist:
    """The best plan under these terms; of the profiles of one organisation at most one has a place.

    A pin on a pair that is not admitted is void: what a partner or the edition rules out, no pin brings back.
    """
    admitted = zip(pairs.startup.tolist(), pairs.partner.tolist(), strict=True) if terms.pins else ()
    there = {(pairs.startup_ids[startup], pairs.partner_ids[partner]) for startup, partner in admitted}
    terms = replace(terms, pins=terms.pins & there)
    startups = [inputs.startups[place] for place in eligible]
    organisation = inputs.organisations.group[eligible].tolist()
    return shortlist(pairs, scores, startups, inputs.partners, terms, organisation=organisation)


def terms_of(programme: Programme, overrides: Iterable[Override] = ()) -> Terms:
    """What a programme asks of its shortlist, and what officers decided of its pairs."""
    decided = list(overrides)
    return Terms(
        places=programme.places,
        quotas=programme.quotas,
        on_longlist=programme.longlist,
        on_shortlist=programme.shortlist,
        guarantee=programme.guarantee,
        meetings=programme.meetings,
        kinds=programme.kinds,
        capacity=programme.capacity_default,
        least_score=programme.least_score,
        strict=programme.strict,
        pins=frozenset(one.pair for one in decided if one.kind == PIN),
        bans=frozenset(one.pair for one in decided if one.kind == BAN),
    )


def screen(inputs: Inputs, programme: Programme) -> tuple[list[Refusal], NDArray[np.int32]]:
    """Who is refused by which rule of the programme, in a corridor on either side, and the places of those let in."""
    refused, eligible = screen_startups(inputs.startups, programme, inputs.vocabulary, inputs.rates, inputs.around)
    others = tuple(inputs.around.other_side.values())
    if others:
        mirrored = other_side_of(programme)
        also_refused, _ = screen_startups(others, mirrored, inputs.vocabulary, inputs.rates, inputs.around)
        refused = sorted([*refused, *also_refused], key=lambda refusal: refusal.startup_id)
    return refused, eligible


def screen_startups(
    startups: Sequence[Startup], programme: Programme, vocabulary: Vocabulary, rates: Rates, around: Circumstances
) -> tuple[list[Refusal], NDArray[np.int32]]:
    """Who of these is refused by which rule of the programme, and the places of all others."""
    entry = admit(startups, (), programme, vocabulary, rates, around)
    refused = []
    for place, startup in enumerate(startups):
        rule = entry.refused_by_programme(place)
        if rule is not None:
            code = int(entry.programme[place, PROGRAMME_RULES.index(rule)])
            detail = programme_detail(rule, code, startup, programme, vocabulary, around)
            refused.append(Refusal(startup_id=startup.id, rule=rule, detail=detail))
    return refused, np.flatnonzero(entry.eligible()).astype(np.int32)


def score_all(
    inputs: Inputs,
    ranker: Ranker,
    eligible: NDArray[np.int32],
    pairs_at_once: int,
    progress: Callable[[str, int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Pairs, NDArray[np.float64]]:
    """Every admitted pair of the eligible startups, with its score. Raises Stopped when `should_stop` says so."""
    everybody = np.arange(len(inputs.partners), dtype=np.int32)
    startup_rows, partner_rows, scores = [], [], []
    done = 0
    for block in match_in_blocks(inputs, ranker, eligible, everybody, pairs_at_once):
        startup_rows.append(block.pairs.startup + np.int32(done))
        partner_rows.append(block.pairs.partner)
        scores.append(block.ranked.scores)
        done += len(block.startup_places)
        if progress is not None:
            progress("matching startups", done, len(eligible))
        if should_stop is not None and should_stop():
            raise Stopped("Stopped while matching; nothing was kept, run the same command to start again.")
    pairs = Pairs(
        startup_ids=tuple(inputs.startups[place].id for place in eligible),
        partner_ids=tuple(partner.id for partner in inputs.partners),
        startup=np.concatenate([np.empty(0, np.int32), *startup_rows]),
        partner=np.concatenate([np.empty(0, np.int32), *partner_rows]),
    )
    return pairs, np.concatenate([np.empty(0), *scores])


_Rows = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]
"""Startup places, partner places and scores of some pairs."""


def _rows(
    inputs: Inputs, ranker: Ranker, startups: NDArray[np.int32], partners: NDArray[np.int32], pairs_at_once: int
) -> list[_Rows]:
    return [
        (
            block.startup_places[block.pairs.startup],
            block.partner_places[block.pairs.partner],
            block.ranked.scores,
        )
        for block in match_in_blocks(inputs, ranker, startups, partners, pairs_at_once)
    ]


def _planned(inputs: Inputs, eligible: NDArray[np.int32], pairs: Pairs, scores: NDArray[np.float64]) -> Plan:
    assert inputs.programme is not None
    terms = replace(terms_of(inputs.programme, inputs.overrides), strict=False)
    return Plan(
        inputs=inputs,
        eligible=eligible,
        pairs=pairs,
        scores=scores,
        terms=terms,
        shortlist=best_plan(inputs, eligible, pairs, scores, terms),
    )
