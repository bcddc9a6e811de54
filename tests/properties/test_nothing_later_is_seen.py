"""What happened after the as-of date is not seen: adding, dropping or shuffling it leaves every feature as it was."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.profile import HistoryRecord, Money, PortfolioCompany
from matcher.gather import gather
from matcher.match import match
from matcher.snapshot import read_snapshot
from tests.builders import a_partner, a_startup
from tests.rankers import everything
from tests.workspaces import a_workspace, put

AS_OF = "2020-06-15"
SUMMARIES = (
    "Remote monitoring for community nurses.",
    "Solar pumps for the wells of small farmers.",
    "Loans for market traders by phone.",
    "Monitoring of wells and pumps by phone.",
    "A rota for the nurses of rural clinics.",
)
STARTUPS = [
    a_startup(
        f"s{at}",
        summary=summary,
        country=("KE", "NG", "KE", "ZA", "NG")[at],
        city=("Nairobi", "Lagos", "Nairobi", None, "Abuja")[at],
        sectors=(("health",), ("energy",), ("fintech",), ("energy",), ("health",))[at],
        stage=("seed", "growth", "seed", "seed", None)[at],
        founded=("2016", "2018", None, "2017", "2018")[at],
        raising=Money(minor=10_000_000 * (at + 1), currency="GBP"),
    )
    for at, summary in enumerate(SUMMARIES)
]
PARTNERS = [a_partner(f"p{at}", thesis=thesis) for at, thesis in enumerate((*SUMMARIES[1:3], None))]
BEFORE = ("2017", "2019-03", "2020-01-31", "2020-06-15", None)
AFTER = ("2020-06-16", "2020-07", "2021", "2024-01-01")


def happened(dates):
    """History of these dates, each record once."""
    record = st.builds(
        lambda startup, partner, outcome, date: HistoryRecord(
            id=f"s{startup}|p{partner}|{outcome}|{date}",
            startup_id=f"s{startup}",
            partner_id=f"p{partner}",
            outcome=outcome,
            date=date,
        ),
        st.integers(0, len(STARTUPS) - 1),
        st.integers(0, len(PARTNERS) - 1),
        st.sampled_from(["invested", "partnered", "met", "declined_by_partner"]),
        st.sampled_from(dates),
    )
    return st.lists(record, max_size=8, unique_by=lambda one: one.id)


LATER_COMPANIES = st.lists(
    st.builds(
        lambda at, partner, year: PortfolioCompany(
            id=f"p{partner}/later-{at}", partner_id=f"p{partner}", name=f"Later {at}", summary=SUMMARIES[at], year=year
        ),
        st.integers(0, len(SUMMARIES) - 1),
        st.integers(0, len(PARTNERS) - 1),
        st.integers(2021, 2025),
    ),
    max_size=4,
    unique_by=lambda one: one.id,
)


def features(history, portfolio=()):
    with tempfile.TemporaryDirectory() as folder:
        workspace = put(
            a_workspace(Path(folder)), startups=STARTUPS, partners=PARTNERS, history=history, portfolio=portfolio
        )
        inputs = gather(workspace, read_snapshot(workspace), AS_OF)
        every = (np.arange(len(side), dtype=np.int32) for side in (inputs.startups, inputs.partners))
        matches = match(inputs, everything(), *every)
        workspace.database.dispose()
    return matches


@settings(max_examples=15, deadline=None)
@given(
    before=happened(BEFORE), after=happened(AFTER), companies=LATER_COMPANIES, seed=st.randoms(use_true_random=False)
)
def test_what_comes_later_moves_no_feature(before, after, companies, seed):
    shuffled = [*before, *after]
    seed.shuffle(shuffled)
    without, with_it = features(before), features(shuffled, companies)
    for name in ("values", "known"):
        assert getattr(without.features, name).tobytes() == getattr(with_it.features, name).tobytes()
    assert without.assessed.tobytes() == with_it.assessed.tobytes()
    assert without.ranked.scores.tobytes() == with_it.ranked.scores.tobytes()
    assert np.array_equal(without.features.past.number, with_it.features.past.number)
