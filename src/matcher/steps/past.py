"""What a partner did before: its earlier companies as columns, and which of them is the startup itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.domain.money import Rates
from matcher.domain.profile import Money, Startup
from matcher.domain.vocabulary import folded
from matcher.steps.cities import city_counts, city_likeness, city_word
from matcher.steps.texts import EARLIER, EarlierCompany, PartnerTexts
from matcher.steps.word_lists import said_words

# What a partner did counts half as much for every so many years before the latest thing anybody did.
HALF_LIFE_YEARS = 1.5
# The recency of what has no date.
UNDATED = 0.5


@dataclass(frozen=True, kw_only=True)
class Past:
    """The earlier companies of all partners, as columns, by partner.

    sectors: (e, sectors) sparse 0/1. country, city, stage: (e,) int32 code, -1 unknown. raising: (e,) float64, natural
    log of pounds; founded: (e,) float64 year; NaN where unknown. row: (e,) int32 row of PartnerTexts, -1 where a
    company has no text. bounds: (partners, 2) int64, the companies of each partner.
    sector_count: (e,) int64. recency: (e,) float64, 1 for the latest, half every HALF_LIFE_YEARS before it.
    group: (e, partners) sparse 0/1, whose company it is. city_counts: (cities, partners), city_likeness: (cities,
    cities), both sparse, see steps/cities.py.
    name, text, organisation: (e,) int32 and startup_name, startup_text, startup_organisation: (startups,) int32: equal
    codes mean the same name, text or organisation; -1 is none.
    """

    sectors: sparse.csr_matrix
    country: NDArray[np.int32]
    city: NDArray[np.int32]
    stage: NDArray[np.int32]
    raising: NDArray[np.float64]
    founded: NDArray[np.float64]
    row: NDArray[np.int32]
    bounds: NDArray[np.int64]
    name: NDArray[np.int32]
    text: NDArray[np.int32]
    organisation: NDArray[np.int32]
    startup_name: NDArray[np.int32]
    startup_text: NDArray[np.int32]
    startup_organisation: NDArray[np.int32]
    sector_count: NDArray[np.int64]
    recency: NDArray[np.float64]
    group: sparse.csr_array
    city_counts: sparse.csr_array
    city_likeness: sparse.csr_array
    sector_column: dict[str, int]
    country_code: dict[str, int]
    city_code: dict[str, int]
    stage_code: dict[str, int]


def past(
    companies: Sequence[EarlierCompany],
    startups: Sequence[Startup],
    organisation: NDArray[np.int32],
    texts: PartnerTexts,
    partner_count: int,
    rates: Rates,
) -> Past:
    """Lay out the earlier companies; they come by partner, and their texts in the same order.

    organisation: (startups,) int32, equal for profiles of one organisation.
    """
    organisation_of = {startup.id: int(group) for startup, group in zip(startups, organisation, strict=True)}
    sector_column = {tag: at for at, tag in enumerate(sorted({tag for one in companies for tag in one.sectors}))}
    names: dict[str, int] = {}
    said: dict[str, int] = {}
    country: dict[str, int] = {}
    city: dict[str, int] = {}
    stage: dict[str, int] = {}
    row = np.full(len(companies), -1, np.int32)
    row[[one.has_text for one in companies]] = np.flatnonzero(texts.role == EARLIER)
    city_code = codes([city_word(one.country, one.city) for one in companies], city)
    group = sparse.csr_array(
        (np.ones(len(companies)), (np.arange(len(companies)), [one.partner for one in companies])),
        shape=(len(companies), partner_count),
    )
    counts = city_counts(city_code, group, len(city))
    cuts = np.searchsorted([one.partner for one in companies], np.arange(partner_count + 1)).astype(np.int64)
    return Past(
        sectors=one_hot([one.sectors for one in companies], sector_column),
        country=codes([one.country for one in companies], country),
        city=city_code,
        stage=codes([one.stage for one in companies], stage),
        raising=log_pounds([one.raising for one in companies], rates),
        founded=np.array([_year(one.founded) for one in companies], np.float64),
        row=row,
        bounds=np.column_stack([cuts[:-1], cuts[1:]]),
        name=codes([folded(one.name) for one in companies], names),
        text=codes([_words(one.summary) for one in companies], said),
        organisation=np.array(
            [organisation_of.get(one.id, -1) if one.kind == "startup" else -1 for one in companies], np.int32
        ),
        startup_name=codes([folded(startup.name) for startup in startups], names),
        startup_text=codes([_words(startup.summary or "") for startup in startups], said),
        startup_organisation=organisation,
        sector_count=np.array([len(set(one.sectors)) for one in companies], np.int64),
        recency=_recency([one.date for one in companies]),
        group=group,
        city_counts=counts,
        city_likeness=city_likeness(counts),
        sector_column=sector_column,
        country_code=country,
        city_code=city,
        stage_code=stage,
    )


def itself(before: Past, startup_places: NDArray[np.int32], companies: slice = slice(None)) -> NDArray[np.bool_]:
    """(startups, companies) whether an earlier company is the startup itself: of the same name or organisation, or in
    the same words.

    No pair may see itself: a startup that a partner backed would be its own nearest company, and so would a profile
    that copies its words.
    """
    same: NDArray[np.bool_] = before.startup_name[startup_places][:, None] == before.name[None, companies]
    same |= before.startup_organisation[startup_places][:, None] == before.organisation[None, companies]
    words = before.startup_text[startup_places][:, None]
    same |= (words == before.text[None, companies]) & (words >= 0)
    return same


def itself_among_texts(same: NDArray[np.bool_], before: Past, text_count: int) -> NDArray[np.bool_]:
    """(startups, texts) the same, over the rows of PartnerTexts."""
    among = np.zeros((len(same), text_count), bool)
    has_text = before.row >= 0
    among[:, before.row[has_text]] = same[:, has_text]
    return among


def founded_years(startups: Sequence[Startup]) -> NDArray[np.float64]:
    """(n,) the year each was founded, with its part of a year where that is told; NaN where unknown."""
    return np.array([_year(startup.founded or "") for startup in startups], np.float64)


def log_pounds(amounts: Sequence[Money | None], rates: Rates) -> NDArray[np.float64]:
    """(n,) natural log of pounds, NaN where the amount or its rate is unknown, or it is nothing."""
    pounds = np.array([rates.gbp(amount) or np.nan for amount in amounts], np.float64)
    logs: NDArray[np.float64] = np.log(pounds)
    return logs


def one_hot(tags: Sequence[tuple[str, ...]], column: dict[str, int]) -> sparse.csr_matrix:
    """(n, columns) sparse 0/1, one row a list of tags; tags without a column are left out."""
    at = [(row, column[tag]) for row, own in enumerate(tags) for tag in sorted(set(own)) if tag in column]
    rows, columns = ([place[0] for place in at], [place[1] for place in at])
    return sparse.csr_matrix((np.ones(len(at), np.float32), (rows, columns)), shape=(len(tags), len(column)))


def codes(words: Sequence[str], known: dict[str, int]) -> NDArray[np.int32]:
    """A number for each distinct word, added to those `known`; -1 for an empty one."""
    return np.array([known.setdefault(word, len(known)) if word else -1 for word in words], np.int32)


@lru_cache(maxsize=50_000)
def _words(text: str) -> str:
    """A text by its words alone: a capital or a full stop makes it no other text."""
    return " ".join(said_words(text).words)


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
