"""A whole programme's shortlist, 65 startups and 200 partners, against HiGHS; and whether the proof catches a lie."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import linprog

from matcher.domain.shortlist import Bounds, Shortlist, Terms
from matcher.steps import flow
from matcher.steps.flow import Prices, answer, bound
from matcher.steps.meetings import Question, ask, tabulate
from matcher.steps.pairs import Pairs
from matcher.steps.shortlist import shortlist
from tests.builders import a_partner, a_startup

STARTUPS, PARTNERS = 65, 200
KINDS = ("investor", "corporate", "adviser", "accelerator")
TERMS = Terms(
    meetings=Bounds(min=6, max=10),
    kinds={"investor": Bounds(min=2, max=4), "corporate": Bounds(min=3), "public_body": Bounds(min=1)},
    capacity=4,
)


class Case:
    """Corporates are scarce, so that some minimums must be missed; popular partners make startups compete."""

    def __init__(self, seed: int = 0) -> None:
        random = np.random.default_rng(seed)
        self.startups = [a_startup(f"s{i:02}") for i in range(STARTUPS)]
        kinds = random.choice(KINDS, PARTNERS, p=[0.4, 0.2, 0.3, 0.1])
        self.partners = [a_partner(f"p{j:03}", kind=str(kinds[j])) for j in range(PARTNERS)]
        rows = np.flatnonzero(random.random(STARTUPS * PARTNERS) < 0.9)
        self.pairs = Pairs(
            startup_ids=tuple(s.id for s in self.startups),
            partner_ids=tuple(p.id for p in self.partners),
            startup=(rows // PARTNERS).astype(np.int32),
            partner=(rows % PARTNERS).astype(np.int32),
        )
        fit = random.normal(size=(STARTUPS, 8)) @ random.normal(size=(8, PARTNERS)) + 2 * random.normal(size=PARTNERS)
        self.scores = fit.ravel()[rows].round(3)

    def make(self, **options: int) -> Shortlist:
        return shortlist(self.pairs, self.scores, self.startups, self.partners, TERMS, **options)

    def question(self) -> Question:
        least = float(self.scores.min())
        everyone = range(STARTUPS)
        return ask(
            tabulate(self.pairs, self.scores, everyone, self.startups, self.partners, least, TERMS), least, TERMS
        )


def best_by_highs(case: Case) -> tuple[float, float]:
    """Least shortfall, then greatest sum: two linear programmes, whose corners are whole (a network's matrix)."""
    count = len(case.pairs)
    kind = np.array([partner.kind for partner in case.partners])[case.pairs.partner]
    sets = [(case.pairs.startup == i, TERMS.meetings) for i in range(STARTUPS)]
    for name, bounds in TERMS.kinds.items():
        sets += [((case.pairs.startup == i) & (kind == name), bounds) for i in range(STARTUPS)]
    sets += [(case.pairs.partner == j, Bounds(max=TERMS.capacity)) for j in range(PARTNERS)]
    within = sparse.csr_array(np.array([members for members, _ in sets], float))
    least = np.array([float(bounds.min) for _, bounds in sets])
    most = np.array([count if bounds.max is None else float(bounds.max) for _, bounds in sets])
    # Columns: the pairs, then how far each set is below its least.
    short = sparse.identity(len(sets), format="csr")
    rows = sparse.vstack([sparse.hstack([within, 0 * short]), sparse.hstack([-within, -short])], format="csr")
    limits = np.concatenate([most, -least])
    ranges = [(0, 1)] * count + [(0, None)] * len(sets)
    total_short = np.concatenate([np.zeros(count), np.ones(len(sets))])
    first = linprog(total_short, A_ub=rows, b_ub=limits, bounds=ranges, method="highs")
    values = np.concatenate([case.scores - case.scores.min(), np.zeros(len(sets))])
    rows = sparse.vstack([rows, total_short[None, :]], format="csr")
    second = linprog(-values, A_ub=rows, b_ub=np.append(limits, first.fun + 1e-7), bounds=ranges, method="highs")
    return float(first.fun), float(-second.fun)


@pytest.fixture(scope="module")
def case() -> Case:
    return Case()


@pytest.fixture(scope="module")
def by_highs(case) -> tuple[float, float]:
    return best_by_highs(case)


@pytest.mark.parametrize("solve_first", [100, 3])
def test_a_linear_programme_finds_the_same_shortfall_and_sum(case, by_highs, solve_first):
    certificate = case.make(solve_first=solve_first).certificate
    assert certificate.shortfall > STARTUPS  # the missing public bodies, and more
    assert (certificate.shortfall, certificate.objective) == pytest.approx(by_highs, abs=1e-4)


def test_pruned_pairs_are_priced_not_forgotten(case):
    question = case.question()
    found = answer(question, solve_first=20)
    assert found.solved < len(question) / 4
    assert bound(question, found.prices) == (
        int(question.value[found.taken].sum()) - question.weight * question.shortfall(found.taken),
        len(question),
    )


def test_no_prices_whatever_put_the_bound_below_the_best_plan(case):
    question = case.question()
    best, _ = bound(question, answer(question).prices)
    random = np.random.default_rng(1)
    for spread in (10**5, 10**7, 10**12):
        prices = Prices(
            startup=random.integers(-spread, spread, STARTUPS),
            group=random.integers(-spread, spread, STARTUPS * question.groups),
            partner=random.integers(-spread, spread, PARTNERS),
        )
        assert bound(question, prices)[0] > best


def test_one_wrong_price_shows_as_a_gap(case):
    question = case.question()
    prices = answer(question).prices
    best, _ = bound(question, prices)
    dearer = prices.partner + np.where(np.arange(PARTNERS) == prices.partner.argmax(), 10**6, 0)
    assert bound(question, replace(prices, partner=dearer))[0] > best


class Careless(flow.SimpleMinCostFlow):
    """A solver that ignores costs and calls the flow it finds optimal."""

    def add_arcs_with_capacity_and_unit_cost(self, tail, head, capacity, cost):
        return super().add_arcs_with_capacity_and_unit_cost(tail, head, capacity, 0 * cost)


def test_a_solver_that_lies_is_caught_by_the_certificate(case, by_highs, monkeypatch):
    monkeypatch.setattr(flow, "SimpleMinCostFlow", Careless)
    certificate = case.make().certificate
    assert certificate.gap > 0
    assert certificate.bound >= certificate.objective
