"""What a partner did before: its earlier companies by sector and country, and which of them is the startup itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.domain.profile import Startup
from matcher.domain.vocabulary import folded
from matcher.steps.pairs import Pairs
from matcher.steps.texts import EARLIER, EarlierCompany, PartnerTexts

# What a partner did counts half as much for every so many years before the latest thing anybody did.
HALF_LIFE_YEARS = 1.5
# The recency of what has no date.
UNDATED = 0.5
# A cosine up to which two texts are no nearer than any two.
CLOSE_FROM = 0.2
# What a close company counts for where country (or sector) differs, beside 1 more where it is the same.
OTHER = 0.3
NEAR = 10.0


@dataclass(frozen=True, kw_only=True)
class Past:
    """The earlier companies of all partners, as columns, by partner.

    sectors: (e, sectors) sparse 0/1. country: (e,) int32 code, -1 unknown. row: (e,) int32 row of PartnerTexts, -1
    where a company has no text. bounds: (partners, 2) int64, the companies of each partner.
    sector_count: (e,) int64. recency: (e,) float64, 1 for the latest, half every HALF_LIFE_YEARS before it.
    group: (e, partners) sparse 0/1, whose company it is.
    name, text: (e,) int32 and startup_name, startup_text: (startups,) int32: equal codes mean the same name or text.
    """

    sectors: sparse.csr_matrix
    country: NDArray[np.int32]
    row: NDArray[np.int32]
    bounds: NDArray[np.int64]
    name: NDArray[np.int32]
    text: NDArray[np.int32]
    startup_name: NDArray[np.int32]
    startup_text: NDArray[np.int32]
    sector_count: NDArray[np.int64]
    recency: NDArray[np.float64]
    group: sparse.csr_array
    sector_column: dict[str, int]
    country_code: dict[str, int]


def past(
    companies: Sequence[EarlierCompany], startups: Sequence[Startup], texts: PartnerTexts, partner_count: int
) -> Past:
    """Lay out the earlier companies; they come by partner, and their texts in the same order."""
    sector_column = {tag: at for at, tag in enumerate(sorted({tag for one in companies for tag in one.sectors}))}
    country_code = {code: at for at, code in enumerate(sorted({one.country for one in companies} - {""}))}
    names: dict[str, int] = {}
    said: dict[str, int] = {}
    row = np.full(len(companies), -1, np.int32)
    row[[bool(one.summary) for one in companies]] = np.flatnonzero(texts.role == EARLIER)
    cuts = np.searchsorted([one.partner for one in companies], np.arange(partner_count + 1)).astype(np.int64)
    return Past(
        sectors=one_hot([one.sectors for one in companies], sector_column),
        country=np.array([country_code.get(one.country, -1) for one in companies], np.int32),
        row=row,
        bounds=np.column_stack([cuts[:-1], cuts[1:]]),
        name=_codes([folded(one.name) for one in companies], names),
        text=_codes([one.summary for one in companies], said),
        startup_name=_codes([folded(startup.name) for startup in startups], names),
        startup_text=_codes([startup.summary or "" for startup in startups], said),
        sector_count=np.array([len(set(one.sectors)) for one in companies], np.int64),
        recency=_recency([one.date for one in companies]),
        group=sparse.csr_array(
            (np.ones(len(companies)), (np.arange(len(companies)), [one.partner for one in companies])),
            shape=(len(companies), partner_count),
        ),
        sector_column=sector_column,
        country_code=country_code,
    )


def itself(before: Past, startup_places: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(startups, e) whether an earlier company is the startup itself: of the same name, or in the same words.

    No pair may see itself: a startup that a partner backed would be its own nearest company.
    """
    same_name = before.startup_name[startup_places][:, None] == before.name[None, :]
    words = before.startup_text[startup_places][:, None]
    same: NDArray[np.bool_] = same_name | ((words == before.text[None, :]) & (words >= 0))
    return same


def itself_among_texts(same: NDArray[np.bool_], before: Past, text_count: int) -> NDArray[np.bool_]:
    """(startups, texts) the same, over the rows of PartnerTexts."""
    among = np.zeros((len(same), text_count), bool)
    has_text = before.row >= 0
    among[:, before.row[has_text]] = same[:, has_text]
    return among


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """What the startups of a block have in common with each earlier company, all (startups, e) float64.

    country: 1 where both are from one country. sector: the share of both sides' sectors that they have in common.
    close: cosine above CLOSE_FROM plus the weighted share of words in common. All 0 where it is the startup itself.
    """

    country: NDArray[np.float64]
    sector: NDArray[np.float64]
    close: NDArray[np.float64]


def likeness(
    startups: Sequence[Startup],
    before: Past,
    same: NDArray[np.bool_],
    cosine: NDArray[np.float32],
    overlap: NDArray[np.float64],
) -> Likeness:
    """cosine, overlap: (startups, texts) of every summary with every text of the partners."""
    others = ~same
    own = one_hot([startup.sectors for startup in startups], before.sector_column)
    shared = (own @ before.sectors.T).toarray().astype(np.float64)
    said = np.array([len(set(startup.sectors)) for startup in startups], np.float64)[:, None]
    either = said + before.sector_count[None, :] - shared
    sector = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    code = np.array([before.country_code.get(startup.country or "", -2) for startup in startups], np.int32)
    country = (before.country[None, :] == code[:, None]).astype(np.float64)
    close = np.zeros_like(sector)
    has_text = before.row >= 0
    rows = before.row[has_text]
    close[:, has_text] = np.maximum(cosine[:, rows] - CLOSE_FROM, 0) + np.maximum(overlap[:, rows], 0)
    return Likeness(country=country * others, sector=sector * others, close=close * others)


@dataclass(frozen=True, kw_only=True)
class PastFit:
    """What the partners of some pairs did before that is like the startup.

    values: feature → (p,) float64, NaN where the partner has no past or the startup does not say what is compared.
    counts: feature → (p,) int32, how many earlier companies it speaks of. closest: (p,) int32 row of PartnerTexts of
    the earlier company that adds most to past_close, -1 where none adds anything.
    """

    values: dict[str, NDArray[np.float64]]
    counts: dict[str, NDArray[np.int32]]
    closest: NDArray[np.int32]


def past_fit(
    pairs: Pairs, startups: Sequence[Startup], before: Past, like: Likeness, partner_places: NDArray[np.int32]
) -> PastFit:
    """ln(1 + Σ recency × likeness) over each partner's earlier companies, by country, sector, both, and closeness."""
    group = before.group[:, partner_places]
    recent = sparse.diags_array(before.recency) @ group
    bounds = before.bounds[partner_places]
    has_past = bounds[:, 1] > bounds[:, 0]
    says_sector = np.array([bool(startup.sectors) for startup in startups], bool)
    says_country = np.array([startup.country is not None for startup in startups], bool)
    says_text = np.array([bool(startup.summary) for startup in startups], bool)
    alike = like.country * like.sector
    near = like.close**2 * (OTHER + like.country) * (OTHER + like.sector)

    def logged(values: NDArray[np.float64], says: NDArray[np.bool_]) -> NDArray[np.float64]:
        logs = np.log1p(values)
        logs[~(says[:, None] & has_past[None, :])] = np.nan
        found: NDArray[np.float64] = logs[pairs.startup, pairs.partner]
        return found

    def number(values: NDArray[np.float64]) -> NDArray[np.int32]:
        found: NDArray[np.int32] = ((values > 0) @ group)[pairs.startup, pairs.partner].astype(np.int32)
        return found

    everything = np.ones((len(startups), len(before.name)))
    return PastFit(
        values={
            "past_active": logged(everything @ recent, np.ones_like(says_text)),
            "past_country": logged(like.country @ recent, says_country),
            "past_sector": logged(like.sector @ recent, says_sector),
            "past_alike": logged(alike @ recent, says_sector & says_country),
            "past_close": logged(NEAR * (near @ recent), says_text),
        },
        counts={
            "past_active": number(everything),
            "past_country": number(like.country),
            "past_sector": number(like.sector),
            "past_alike": number(alike),
        },
        closest=_closest(near * before.recency, before, bounds)[pairs.startup, pairs.partner],
    )


def _closest(adds: NDArray[np.float64], before: Past, bounds: NDArray[np.int64]) -> NDArray[np.int32]:
    """(startups, partners) the text row of the company that adds most, -1 where none does."""
    best = np.full((len(adds), len(bounds)), -1, np.int32)
    every = np.arange(len(adds))
    for partner, (start, stop) in enumerate(bounds):
        if start < stop:
            winner = start + adds[:, start:stop].argmax(axis=1)
            best[:, partner] = np.where(adds[every, winner] > 0, before.row[winner], -1)
    return best


def one_hot(tags: Sequence[tuple[str, ...]], column: dict[str, int]) -> sparse.csr_matrix:
    """(n, columns) sparse 0/1, one row a list of tags; tags without a column are left out."""
    at = [(row, column[tag]) for row, own in enumerate(tags) for tag in sorted(set(own)) if tag in column]
    rows, columns = ([place[0] for place in at], [place[1] for place in at])
    return sparse.csr_matrix((np.ones(len(at), np.float32), (rows, columns)), shape=(len(tags), len(column)))


def _codes(words: Sequence[str], codes: dict[str, int]) -> NDArray[np.int32]:
    """A number for each distinct word, shared between calls; -1 for an empty one."""
    return np.array([codes.setdefault(word, len(codes)) if word else -1 for word in words], np.int32)


def _recency(dates: Sequence[str]) -> NDArray[np.float64]:
    """1 for the latest date, and from there half for every HALF_LIFE_YEARS.

    Not from the as-of date: only what came before it is here at all, and a past that ended five years ago would vanish.
    """
    years = np.array([_year(date) for date in dates], np.float64)
    if not np.isfinite(years).any():
        return np.full(len(dates), UNDATED)
    return np.where(np.isnan(years), UNDATED, 0.5 ** ((np.nanmax(years) - years) / HALF_LIFE_YEARS))


def _year(date: str) -> float:
    """A date as a number of years; the middle of a year or month that is not told further."""
    parts = [int(part) for part in date.split("-")] if date else []
    if not parts:
        return np.nan
    return parts[0] + ((parts[1] - 0.5) / 12 if len(parts) > 1 else 0.5)
