"""History cut by time: who went with whom in each year, to be told from what had happened before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.profile import HistoryRecord, Partner, PortfolioCompany
from matcher.domain.vocabulary import BACKED

# A year with fewer startups says too little by itself.
LEAST_STARTUPS = 10
# So many of the latest years, and so many startups of each, drawn with a seed: enough for a dozen weights, and the
# largest set measured (1,580 partners) stays within minutes.
MOST_FOLDS = 8
MOST_STARTUPS = 800
# The latest folds, with at least this share of all startups, are held out to judge by.
HELD_OUT = 0.3


@dataclass(frozen=True, kw_only=True)
class Fold:
    """The startups that first went with a partner in a year. as_of: the last day before it.

    startups: ids, sorted. partners: of each, the ids of those it went with, then or later.
    """

    year: int
    as_of: str
    startups: tuple[str, ...]
    partners: tuple[tuple[str, ...], ...]


def folds(
    history: Sequence[HistoryRecord], startups: Collection[str], partners: Collection[str], as_of: str
) -> tuple[Fold, ...]:
    """A fold a year, oldest first: of startups and partners that are known, and of outcomes dated up to `as_of`.

    The first year is none: nothing came before it.
    """
    went: dict[str, set[str]] = defaultdict(set)
    year: dict[str, int] = {}
    for record in history:
        if record.outcome in BACKED and record.date and record.date <= as_of:
            year[record.startup_id] = min(int(record.date[:4]), year.get(record.startup_id, 9999))
            if record.partner_id in partners:
                went[record.startup_id].add(record.partner_id)
    by_year: dict[int, list[str]] = defaultdict(list)
    for startup in sorted(went):
        if startup in startups:
            by_year[year[startup]].append(startup)
    years = [one for one in sorted(by_year)[1:] if len(by_year[one]) >= LEAST_STARTUPS]
    return tuple(_fold(one, by_year[one], went) for one in years[-MOST_FOLDS:])


def known_by(fold: Fold, history: Sequence[HistoryRecord], date: str) -> Fold:
    """The fold with only the outcomes dated up to `date`: a startup may have gone with a second partner after it."""
    known = {
        (record.startup_id, record.partner_id)
        for record in history
        if record.outcome in BACKED and record.date and record.date <= date
    }
    partners = (
        tuple(partner for partner in went if (startup, partner) in known)
        for startup, went in zip(fold.startups, fold.partners, strict=True)
    )
    return replace(fold, partners=tuple(partners))


def split(cut: Sequence[Fold]) -> tuple[tuple[Fold, ...], tuple[Fold, ...]]:
    """(to learn from, held out): the latest folds with at least HELD_OUT of the startups, but never the first."""
    total, held, at = sum(len(fold.startups) for fold in cut), 0, len(cut)
    while at > 1 and held < HELD_OUT * total:
        at -= 1
        held += len(cut[at].startups)
    return tuple(cut[:at]), tuple(cut[at:])


def too_little(cut: Sequence[Fold], as_of: str) -> str:
    """What is missing where these folds are too few to split, in a sentence."""
    there = f"only {cut[0].year} is one" if cut else "there is none"
    return (
        f"The history up to {as_of} says too little to learn from: two years are needed in which {LEAST_STARTUPS} "
        f"startups or more went with their first partner, after an earlier year, and {there}; import "
        "more outcomes, with their dates, with `matcher import history FILE`."
    )


def linked(fold: Fold, partners: Sequence[str]) -> NDArray[np.bool_]:
    """(startups of the fold, partners) bool, which went with which. partners: ids, among them all the fold names."""
    column = {partner: at for at, partner in enumerate(partners)}
    links = np.zeros((len(fold.startups), len(partners)), bool)
    for row, own in enumerate(fold.partners):
        links[row, [column[partner] for partner in own]] = True
    return links


def dated(history: Sequence[HistoryRecord]) -> tuple[HistoryRecord, ...]:
    """What is known to have come before a date: an undated record may have come after it."""
    return tuple(record for record in history if record.date)


def dated_portfolio(portfolio: Sequence[PortfolioCompany]) -> tuple[PortfolioCompany, ...]:
    """The same of earlier companies."""
    return tuple(one for one in portfolio if one.year is not None)


def without_thesis(partners: Sequence[Partner]) -> tuple[Partner, ...]:
    """The partners as their deeds alone tell: a thesis of today may sum up what they did since."""
    return tuple(replace(partner, thesis=None) for partner in partners)


def _fold(year: int, startups: Sequence[str], went: dict[str, set[str]]) -> Fold:
    if len(startups) > MOST_STARTUPS:
        drawn = np.random.default_rng(year).choice(len(startups), MOST_STARTUPS, replace=False)
        startups = [startups[at] for at in sorted(drawn)]
    return Fold(
        year=year,
        as_of=f"{year - 1}-12-31",
        startups=tuple(startups),
        partners=tuple(tuple(sorted(went[startup])) for startup in startups),
    )
