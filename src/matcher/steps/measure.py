"""What every pair has in common, in numbers: a matrix of features with names people understand.

A value that cannot be known is 0 and marked unknown; it then adds nothing to a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.domain.money import Rates
from matcher.domain.profile import Partner, PortfolioCompany, Startup
from matcher.domain.vocabulary import Vocabulary
from matcher.steps.admit import Admission
from matcher.steps.find import BEST, Nearest
from matcher.steps.lexical import Lexicon
from matcher.steps.pairs import Pairs
from matcher.steps.stated import stated
from matcher.steps.texts import BRIEF, EARLIER, THESIS, PartnerTexts

# Each feature: its name and its unit. The order is the order of the columns.
FEATURES = {
    "thesis": "cosine of the summary and the thesis",
    "brief": "cosine of the summary and the nearest challenge brief",
    "earlier": "mean cosine of the summary and the three nearest earlier companies",
    "thesis_words": "weighted share of words in common with the thesis or a brief, the best of them",
    "earlier_words": "weighted share of words in common with earlier companies, mean of the best three",
    "theme": "cosine with the edition's theme, the lower of the two sides",
    "sector": "share of the startup's sectors the partner names; half for a wider or narrower sector",
    "technology": "share of the startup's technologies the partner names",
    "stage": "1 where the partner names the startup's stage",
    "country": "1 where the partner names the startup's country",
    "ticket": "1 where the raise is within the partner's ticket; less as the largest ticket covers less of it",
    "gives": "share of what the startup seeks that this kind of partner gives",
    "backed_sector": "natural log of 1 + earlier companies in one of the startup's sectors",
    "backed_country": "natural log of 1 + earlier companies from the startup's country",
    "backed_alike": "natural log of 1 + earlier companies in one of its sectors and from its country",
}
TEXT_FEATURES = ("thesis", "brief", "earlier", "thesis_words", "earlier_words", "theme")


@dataclass(frozen=True, kw_only=True)
class Features:
    """values: (p, features) float64, 0 where unknown. known: (p, features) bool. Columns as in FEATURES.

    best_words: role → (p,) int32 row of PartnerTexts that shares most words, -1 where none does.
    """

    values: NDArray[np.float64]
    known: NDArray[np.bool_]
    best_words: dict[int, NDArray[np.int32]]


@dataclass(frozen=True, kw_only=True)
class Past:
    """The earlier companies of all partners, as columns beside PartnerTexts (its EARLIER rows, in their order).

    sectors: (e, sectors) sparse 0/1. country: (e,) int32 code, -1 unknown. sector_column, country_code: the codes.
    """

    sectors: sparse.csr_matrix
    country: NDArray[np.int32]
    sector_column: dict[str, int]
    country_code: dict[str, int]


def past(texts: PartnerTexts, startups: Sequence[Startup], portfolio: Sequence[PortfolioCompany]) -> Past:
    """Lay out what is known of the earlier companies."""
    companies = {company.id: company for company in portfolio}
    rows = np.flatnonzero(texts.role == EARLIER)
    known: list[Startup | PortfolioCompany] = [
        startups[texts.startup[row]] if texts.startup[row] >= 0 else companies[texts.records[row][1]] for row in rows
    ]
    sector_column = {
        sector: column for column, sector in enumerate(sorted({sector for one in known for sector in one.sectors}))
    }
    countries = sorted({one.country for one in known if one.country})
    country_code = {country: code for code, country in enumerate(countries)}
    return Past(
        sectors=_one_hot([one.sectors for one in known], sector_column),
        country=np.array([country_code.get(one.country or "", -1) for one in known], np.int32),
        sector_column=sector_column,
        country_code=country_code,
    )


def measure(
    pairs: Pairs,
    startups: Sequence[Startup],
    partners: Sequence[Partner],
    admission: Admission,
    near: Nearest,
    texts: PartnerTexts,
    before: Past,
    lexicon: Lexicon,
    startup_words: Sequence[Sequence[str]],
    startup_places: NDArray[np.int32],
    themes: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
    vocabulary: Vocabulary,
    rates: Rates,
) -> Features:
    """Every feature of every pair.

    startups, partners: those of `pairs`, in its order. startup_words: each summary as words. startup_places: where each
    startup stands among those that PartnerTexts.startup speaks of. themes: the cosine of each startup and each partner
    with the edition's theme, NaN where a side has no text; None without a theme.
    """
    columns: dict[str, NDArray[np.float64]] = {}
    for name, role in (("thesis", THESIS), ("brief", BRIEF), ("earlier", EARLIER)):
        columns[name] = _mean_of_known(near.similarity[role])
    overlap = (lexicon.project(startup_words) @ lexicon.rows.T).toarray()
    itself = (texts.startup[None, :] == startup_places[:, None]) & (startup_places[:, None] >= 0)
    overlap[itself] = -np.inf
    says = np.array([bool(startup.summary) for startup in startups], bool)
    columns["thesis_words"], asked = _best_words(pairs, overlap, texts, (THESIS, BRIEF), 1)
    columns["earlier_words"], done = _best_words(pairs, overlap, texts, (EARLIER,), BEST)
    columns["theme"] = np.full(len(pairs), np.nan)
    if themes is not None:
        columns["theme"] = np.minimum(themes[0][pairs.startup], themes[1][pairs.partner])
    for name in TEXT_FEATURES:
        columns[name][~says[pairs.startup]] = np.nan
    columns |= stated(pairs, startups, partners, admission, vocabulary, rates)
    columns |= _counted(pairs, startups, texts, before, itself)
    values = np.column_stack([columns[name] for name in FEATURES])
    known = ~np.isnan(values)
    return Features(values=np.where(known, values, 0.0), known=known, best_words={THESIS: asked, EARLIER: done})


def _mean_of_known(similarity: NDArray[np.floating]) -> NDArray[np.float64]:
    """(p, k) with -inf where there is none → (p,), NaN where there is none at all. A negative cosine counts as 0."""
    there = similarity > -np.inf
    total = np.where(there, np.clip(similarity, 0, 1), 0.0).sum(axis=1, dtype=np.float64)
    number = there.sum(axis=1)
    mean: NDArray[np.float64] = np.divide(total, number, out=np.full(len(total), np.nan), where=number > 0)
    return mean


def _best_words(
    pairs: Pairs, overlap: NDArray[np.float64], texts: PartnerTexts, roles: Sequence[int], count: int
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """The mean overlap of each pair's best `count` texts (NaN where none), and the row of the best one."""
    value = np.full((overlap.shape[0], len(pairs.partner_ids)), np.nan)
    best = np.full(value.shape, -1, np.int32)
    for partner in range(len(pairs.partner_ids)):
        rows = np.concatenate([np.arange(*texts.bounds[role][partner]) for role in roles])
        if len(rows):
            part = overlap[:, rows]
            top = np.partition(part, -min(count, len(rows)), axis=1)[:, -min(count, len(rows)) :]
            top.sort(axis=1)  # a fixed order of adding
            value[:, partner] = _mean_of_known(top)
            winner = part.argmax(axis=1)
            best[:, partner] = np.where(part[np.arange(len(part)), winner] > 0, rows[winner], -1)
    return value[pairs.startup, pairs.partner], best[pairs.startup, pairs.partner]


def _counted(
    pairs: Pairs, startups: Sequence[Startup], texts: PartnerTexts, before: Past, itself: NDArray[np.bool_]
) -> dict[str, NDArray[np.float64]]:
    """How many of the partner's earlier companies are like the startup; the startup itself is not counted."""
    earlier = np.flatnonzero(texts.role == EARLIER)
    starts, stops = (texts.bounds[EARLIER] - np.count_nonzero(texts.role < EARLIER)).T
    own = _one_hot([startup.sectors for startup in startups], before.sector_column)
    others = ~itself[:, earlier]
    in_sector = ((own @ before.sectors.T).toarray() > 0) & others
    code = np.array([before.country_code.get(startup.country or "", -2) for startup in startups], np.int32)
    from_country = (before.country[None, :] == code[:, None]) & others
    has_past = stops > starts
    says_sector = np.array([bool(startup.sectors) for startup in startups], bool)
    says_country = np.array([startup.country is not None for startup in startups], bool)

    def logged(alike: NDArray[np.bool_], says: NDArray[np.bool_]) -> NDArray[np.float64]:
        running = np.concatenate([np.zeros((len(startups), 1)), alike.cumsum(axis=1)], axis=1)
        number = running[:, stops] - running[:, starts]
        number[~(says[:, None] & has_past[None, :])] = np.nan
        counted: NDArray[np.float64] = np.log1p(number)[pairs.startup, pairs.partner]
        return counted

    return {
        "backed_sector": logged(in_sector, says_sector),
        "backed_country": logged(from_country, says_country),
        "backed_alike": logged(in_sector & from_country, says_sector & says_country),
    }


def _one_hot(tags: Sequence[tuple[str, ...]], column: dict[str, int]) -> sparse.csr_matrix:
    at = [(row, column[tag]) for row, own in enumerate(tags) for tag in set(own) if tag in column]
    rows, columns = ([place[0] for place in at], [place[1] for place in at])
    return sparse.csr_matrix((np.ones(len(at), np.float32), (rows, columns)), shape=(len(tags), len(column)))


def theme_fit(similarity: NDArray[np.float32], texts: PartnerTexts) -> NDArray[np.float64]:
    """(partners,) the best cosine of each partner's thesis and briefs with a theme, NaN where it has neither.

    similarity: (texts,) cosine of every text with the theme.
    """
    best = np.full(len(texts.bounds[THESIS]), np.nan)
    for role in (THESIS, BRIEF):
        for partner, (start, stop) in enumerate(texts.bounds[role]):
            if start < stop:
                best[partner] = np.fmax(best[partner], similarity[start:stop].max())
    return best
