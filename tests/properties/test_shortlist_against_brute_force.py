"""Small shortlists against every possible plan, tried one by one: the definition itself, without flows or prices."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.profile import Partner, Startup
from matcher.domain.shortlist import Bounds, Shortlist, Terms
from matcher.errors import Infeasible
from matcher.steps.pairs import Pairs
from matcher.steps.shortlist import shortlist
from tests.builders import a_partner, a_startup

KINDS = ("corporate", "investor")
MOST_PAIRS = 11  # 2048 plans a case


@dataclass(frozen=True)
class Case:
    startups: tuple[Startup, ...]
    partners: tuple[Partner, ...]
    scores: dict[tuple[int, int], float]
    terms: Terms
    seed: int

    def make(self, shuffled: bool = False, **options: int) -> Shortlist:
        rows = list(self.scores)
        if shuffled:
            np.random.default_rng(self.seed).shuffle(rows)
        pairs = Pairs(
            startup_ids=tuple(s.id for s in self.startups),
            partner_ids=tuple(p.id for p in self.partners),
            startup=np.array([i for i, _ in rows], np.int32),
            partner=np.array([j for _, j in rows], np.int32),
        )
        scores = np.array([self.scores[tuple(row)] for row in rows], np.float64)
        return shortlist(pairs, scores, self.startups, self.partners, self.terms, **options)


SIZES = st.sampled_from([3, 4, 4, 2, 3, 4, 1, 0])
# Eighths are exact in binary and in millionths; few different ones make ties, and one is finer than a millionth.
SCORES = st.sampled_from([-1.0, -0.125, 0.0, 0.5, 0.5, 0.75, 1.25, 2.0, 0.3000004, math.nan])
BOUNDS = st.builds(
    lambda low, more: Bounds(min=low, max=None if more is None else low + more),
    st.sampled_from([0, 0, 1, 2, 3]),
    st.sampled_from([None, None, 0, 1, 2]),
)


@st.composite
def cases(draw: st.DrawFn, contradictory: bool = False) -> Case:
    hubs = st.sampled_from([None, "kenya", "nigeria"])
    startups = tuple(a_startup(f"s{i}", hub=draw(hubs)) for i in range(draw(SIZES)))
    partners = tuple(
        a_partner(
            f"p{j}", kind=draw(st.sampled_from([*KINDS, "adviser"])), capacity=draw(st.sampled_from([None, 0, 1, 1, 2]))
        )
        for j in range(draw(SIZES))
    )
    everything = [(i, j) for i in range(len(startups)) for j in range(len(partners))]
    admitted = draw(st.permutations(everything))[:MOST_PAIRS]
    scores = dict(
        zip(sorted(admitted), draw(st.lists(SCORES, min_size=len(admitted), max_size=len(admitted))), strict=True)
    )
    named = [(f"s{i}", f"p{j}") for i, j in (everything if contradictory else scores)]
    some = st.frozensets(st.sampled_from(named), max_size=2) if named else st.just(frozenset())
    pins = draw(some)
    bounds = st.builds(Bounds, min=st.integers(0, 2), max=st.sampled_from([None, 1, 2])) if contradictory else BOUNDS
    terms = Terms(
        places=draw(st.sampled_from([None, None, 0, 1, 2, 3])),
        quotas=draw(st.dictionaries(st.sampled_from(["kenya", "nigeria"]), st.integers(0, 2))),
        meetings=draw(bounds),
        kinds=draw(st.dictionaries(st.sampled_from([*KINDS, "public_body"]), bounds)),
        capacity=draw(st.sampled_from([None, 0, 1, 2])),
        least_score=draw(st.sampled_from([None, None, 0.5, 0.6])),
        strict=draw(st.booleans()) if contradictory else False,
        guarantee=draw(st.booleans()),
        pins=pins,
        bans=draw(some) if contradictory else draw(some) - pins,
        alternates=draw(st.integers(0, 3)),
    )
    return Case(startups=startups, partners=partners, scores=scores, terms=terms, seed=draw(st.integers(0, 99)))


def millionths(points: float | Fraction) -> int:
    return round(Fraction(points) * 1_000_000)


def places(case: Case) -> list[int]:
    strength = {}
    for i in range(len(case.startups)):
        best = sorted((s for (a, _), s in case.scores.items() if a == i and not math.isnan(s)), reverse=True)[:3]
        if best:
            strength[i] = millionths(sum(map(Fraction, best)) / len(best))
    placed: list[int] = []
    for i in sorted(strength, key=lambda i: (-strength[i], i)):
        hub = case.startups[i].hub
        alike = sum(case.startups[other].hub == hub for other in placed)
        if (case.terms.places is None or len(placed) < case.terms.places) and alike < case.terms.quotas.get(hub, 99):
            placed.append(i)
    return placed


def ids(case: Case, pair: tuple[int, int]) -> tuple[str, str]:
    return case.startups[pair[0]].id, case.partners[pair[1]].id


def floor(case: Case) -> float:
    assessed = [score for score in case.scores.values() if not math.isnan(score)]
    return case.terms.least_score if case.terms.least_score is not None else min(assessed, default=0.0)


def value(case: Case, pair: tuple[int, int]) -> int:
    score = case.scores[pair]
    return 0 if math.isnan(score) else millionths(score) - millionths(floor(case))


def may_meet(case: Case, pair: tuple[int, int]) -> bool:
    return pair[0] in places(case) and case.scores[pair] >= floor(case) and ids(case, pair) not in case.terms.bans


def in_all(terms: Terms) -> Bounds:
    """At least one meeting where one is guaranteed, unless none is allowed."""
    least = 1 if terms.guarantee and terms.meetings.max != 0 else 0
    return Bounds(min=max(least, terms.meetings.min), max=terms.meetings.max)


def limits(case: Case, total: Bounds | None = None) -> list[tuple[list[tuple[int, int]], Bounds]]:
    """Sets of the placed startups' pairs with the least and most of them that should meet."""
    mine = [pair for pair in case.scores if pair[0] in places(case)]
    found = []
    for i in places(case):
        found.append(([pair for pair in mine if pair[0] == i], in_all(case.terms) if total is None else total))
        for kind, bounds in case.terms.kinds.items():
            found.append(([pair for pair in mine if pair[0] == i and case.partners[pair[1]].kind == kind], bounds))
    for j, partner in enumerate(case.partners):
        capacity = partner.capacity if partner.capacity is not None else case.terms.capacity
        found.append(([pair for pair in mine if pair[1] == j], Bounds(max=capacity)))
    return found


def best(case: Case) -> tuple[int, int] | None:
    """Least shortfall and greatest sum (in millionths) of all sets of pairs that keep to the limits; None = none do.

    Where a meeting is guaranteed, of those sets alone that leave the fewest startups without one.
    """
    terms = case.terms
    admitted = {ids(case, pair) for pair in case.scores}
    if terms.pins & terms.bans or terms.pins - admitted:
        return None
    if any(b.max is not None and b.min > b.max for b in (terms.meetings, *terms.kinds.values())):
        return None
    pinned = [pair for pair in case.scores if pair[0] in places(case) and ids(case, pair) in terms.pins]
    free = [pair for pair in case.scores if may_meet(case, pair) and pair not in pinned]
    plans = (np.arange(1 << len(free))[:, None] >> np.arange(len(free))) & 1
    plans = np.hstack([plans, np.ones((len(plans), len(pinned)), np.int64)])
    columns = {pair: column for column, pair in enumerate([*free, *pinned])}
    kept, short, declared = np.ones(len(plans), bool), np.zeros(len(plans), np.int64), np.zeros(len(plans), np.int64)
    guaranteed = in_all(terms)
    for pairs, bounds in limits(case, guaranteed):
        got = plans[:, [columns[pair] for pair in pairs if pair in columns]].sum(axis=1)
        kept &= got <= (99 if bounds.max is None else bounds.max)
        short += (bounds.min - got).clip(0)
        declared += (bounds.min - got).clip(0) if bounds is not guaranteed else (terms.meetings.min - got).clip(0)
    if not kept.any() or (terms.strict and declared[kept].min() > 0):
        return None
    if terms.guarantee and terms.meetings.max != 0:
        without = np.zeros(len(plans), np.int64)
        for i in places(case):
            without += ~plans[:, [at for pair, at in columns.items() if pair[0] == i]].any(axis=1)
        kept &= without == without[kept].min()
    kept &= short == short[kept].min()
    sums = plans @ np.array([value(case, pair) for pair in columns], np.int64)
    return int(short[kept].min()), int(sums[kept].max())


def outcome(case: Case, **options: int) -> tuple[int, int] | None:
    try:
        made = case.make(**options)
    except Infeasible:
        return None
    return made.certificate.shortfall, round(made.certificate.objective * 1_000_000)


def met(case: Case, made: Shortlist) -> set[tuple[int, int]]:
    return {(int(pair.startup_id[1:]), int(pair.partner_id[1:])) for pair in made.meetings}


def is_full(case: Case, made: Shortlist, partner: int) -> bool:
    capacity = case.partners[partner].capacity
    capacity = case.terms.capacity if capacity is None else capacity
    return capacity is not None and sum(other == partner for _, other in met(case, made)) >= capacity


def feasible(case: Case) -> bool:
    return best(case) is not None


many = settings(max_examples=1000, deadline=None, derandomize=True)
some = settings(max_examples=300, deadline=None, derandomize=True)


@many
@given(cases())
def test_no_plan_has_less_shortfall_or_with_as_little_a_greater_sum(case):
    assert outcome(case) == best(case)


@many
@given(cases())
def test_nothing_is_lost_when_only_the_best_pairs_are_solved_at_first(case):
    assert outcome(case, solve_first=1) == best(case)


@many
@given(cases(contradictory=True))
def test_refused_exactly_where_no_plan_keeps_to_the_terms(case):
    assert outcome(case) == best(case)


@some
@given(cases().filter(feasible), st.sampled_from([1, 100]))
def test_every_plan_is_proved(case, solve_first):
    certificate = case.make(solve_first=solve_first).certificate
    assert (certificate.gap, certificate.bound) == (0.0, certificate.objective)
    assert certificate.pairs_priced == certificate.pairs_admitted


@some
@given(cases().filter(feasible))
def test_the_strongest_are_placed_within_places_and_quotas(case):
    made = case.make()
    assert list(made.placed) == [case.startups[i].id for i in places(case)]
    assert {left.id for left in made.unplaced} == {s.id for s in case.startups} - set(made.placed)


@some
@given(cases().filter(feasible))
def test_the_meetings_are_what_the_certificate_says(case):
    made = case.make()
    pairs = met(case, made)
    short = sum(max(0, bounds.min - len(pairs.intersection(within))) for within, bounds in limits(case))
    objective = sum(value(case, pair) for pair in pairs)
    assert (made.certificate.shortfall, round(made.certificate.objective * 1_000_000)) == (short, objective)
    assert made.certificate.shortfall == sum(lack.wanted - lack.got for lack in made.certificate.short)
    assert all(lack.because for lack in made.certificate.short)


@some
@given(cases().filter(feasible))
def test_the_meetings_keep_to_every_limit_pin_and_ban(case):
    pairs = met(case, case.make())
    assert all(len(pairs.intersection(within)) <= (99 if b.max is None else b.max) for within, b in limits(case))
    pinned = {pair for pair in case.scores if pair[0] in places(case) and ids(case, pair) in case.terms.pins}
    assert pinned <= pairs
    assert all(may_meet(case, pair) for pair in pairs - pinned)


@some
@given(cases().filter(feasible))
def test_no_pair_that_still_fits_is_left_out(case):
    pairs = met(case, case.make())
    for pair in set(case.scores) - pairs:
        with_it = pairs | {pair}
        fits = all(len(with_it.intersection(within)) <= (99 if b.max is None else b.max) for within, b in limits(case))
        assert not (fits and may_meet(case, pair))


@some
@given(cases().filter(feasible))
def test_alternates_are_the_best_pairs_that_do_not_meet_those_with_room_first(case):
    made = case.make()
    for i in places(case):
        rest = [pair for pair in case.scores if pair[0] == i and may_meet(case, pair) and pair not in met(case, made)]
        ranked = sorted(rest, key=lambda pair: (is_full(case, made, pair[1]), -case.scores[pair], pair[1]))
        ranked = ranked[: case.terms.alternates]
        named = [pair for pair in made.alternates if pair.startup_id == case.startups[i].id]
        assert [pair.partner_id for pair in named] == [case.partners[j].id for _, j in ranked]
        assert [pair.rank for pair in named] == list(range(1, len(named) + 1))


@some
@given(cases().filter(feasible), st.sampled_from([1, 100]))
def test_the_order_of_rows_changes_nothing(case, solve_first):
    assert repr(case.make(shuffled=True, solve_first=solve_first)) == repr(case.make(solve_first=solve_first))


@some
@given(cases().filter(feasible))
def test_with_the_guarantee_no_more_startups_stay_without_a_meeting_than_must(case):
    sure = replace(case, terms=replace(case.terms, guarantee=True, meetings=replace(case.terms.meetings, min=0)))
    plain = replace(sure, terms=replace(sure.terms, guarantee=False))
    if feasible(plain):
        with_it, without_it = ({pair.startup_id for pair in one.make().meetings} for one in (sure, plain))
        assert len(with_it) >= len(without_it)
