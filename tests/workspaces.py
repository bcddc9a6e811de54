"""Workspaces for tests: a real database in a temporary folder, the hashing embedder, the records a test names."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from matcher.account import account
from matcher.domain.profile import (
    Availability,
    Brief,
    HistoryRecord,
    Participation,
    Partner,
    PortfolioCompany,
    Startup,
)
from matcher.domain.programme import Programme
from matcher.gather import gather
from matcher.match import match
from matcher.settings import Settings
from matcher.snapshot import read_snapshot
from matcher.steps.clauses import Clauses
from matcher.steps.past_counts import PastCounts
from matcher.steps.reason import lines
from matcher.store import records
from matcher.wiring import workspace_of

TODAY = "2026-11-24"


def a_workspace(folder: Path, encoder: str | None = "hashing", **settings):
    return workspace_of(Settings(workspace=folder, encoder=encoder, **settings))


def put(
    workspace,
    startups: Sequence[Startup] = (),
    partners: Sequence[Partner] = (),
    briefs: Sequence[Brief] = (),
    portfolio: Sequence[PortfolioCompany] = (),
    history: Sequence[HistoryRecord] = (),
    participation: Sequence[Participation] = (),
    availability: Sequence[Availability] = (),
):
    everything = {
        "startup": startups,
        "partner": partners,
        "brief": briefs,
        "portfolio": portfolio,
        "history": history,
        "participation": participation,
        "availability": availability,
    }
    with workspace.writing() as connection:
        for kind, new in everything.items():
            records.put(connection, kind, list(new))
    return workspace


def matched(workspace, programme: Programme | None = None, as_of: str = TODAY, **options):
    """The inputs, and everybody matched with everybody."""
    inputs = gather(workspace, read_snapshot(workspace), as_of, programme)
    startups = np.arange(len(inputs.startups), dtype=np.int32)
    partners = np.arange(len(inputs.partners), dtype=np.int32)
    return inputs, match(inputs, workspace.ranker, startups, partners, **options)


def all_lines(inputs, matches):
    return list(lines(inputs, matches, matches.order.tolist(), range(1, len(matches.order) + 1)))


def all_accounts(workspace, inputs, matches):
    rows = list(range(len(matches.pairs)))
    return list(account(workspace, workspace.ranker, inputs, matches, rows, [None] * len(rows)))


def found(inputs, matches, row=0):
    """What reasons tell of the past of a pair's partner: what → how many earlier companies share it."""
    return PastCounts(inputs).of(Clauses(inputs, matches).pair(row)).found


def feature(matches, name, startup=0, partner=0):
    """(value, known) of one feature of one pair."""
    from matcher.steps.measure import FEATURES

    (row,) = np.flatnonzero((matches.pairs.startup == startup) & (matches.pairs.partner == partner))
    column = list(FEATURES).index(name)
    return float(matches.features.values[row, column]), bool(matches.features.known[row, column])
