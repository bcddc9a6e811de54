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


@dataclass(frozen=True, kw_only=True)
class Past:
    """The earlier companies of all partners, as columns, by partner.

    sectors: (e, sectors) sparse 0/1. country: (e,) int32 code, -1 unknown. row: (e,) int32 row of PartnerTexts, -1
    where a company has no text. bounds: (partners, 2) int64, the companies of each partner.
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


def counted(
    pairs: Pairs,
    startups: Sequence[Startup],
    before: Past,
    same: NDArray[np.bool_],
    partner_places: NDArray[np.int32],
) -> dict[str, NDArray[np.float64]]:
    """How many of the partner's earlier companies are like the startup, as ln(1 + n); the startup itself not counted.

    same: see `itself`. NaN where the partner has none, or the startup does not say what would be compared.
    """
    starts, stops = before.bounds[partner_places].T
    own = one_hot([startup.sectors for startup in startups], before.sector_column)
    in_sector = ((own @ before.sectors.T).toarray() > 0) & ~same
    code = np.array([before.country_code.get(startup.country or "", -2) for startup in startups], np.int32)
    from_country = (before.country[None, :] == code[:, None]) & ~same
    has_past = stops > starts
    says_sector = np.array([bool(startup.sectors) for startup in startups], bool)
    says_country = np.array([startup.country is not None for startup in startups], bool)

    def logged(alike: NDArray[np.bool_], says: NDArray[np.bool_]) -> NDArray[np.float64]:
        running = np.concatenate([np.zeros((len(startups), 1)), alike.cumsum(axis=1)], axis=1)
        number = running[:, stops] - running[:, starts]
        number[~(says[:, None] & has_past[None, :])] = np.nan
        logs: NDArray[np.float64] = np.log1p(number)[pairs.startup, pairs.partner]
        return logs

    return {
        "backed_sector": logged(in_sector, says_sector),
        "backed_country": logged(from_country, says_country),
        "backed_alike": logged(in_sector & from_country, says_sector & says_country),
    }


def one_hot(tags: Sequence[tuple[str, ...]], column: dict[str, int]) -> sparse.csr_matrix:
    """(n, columns) sparse 0/1, one row a list of tags; tags without a column are left out."""
    at = [(row, column[tag]) for row, own in enumerate(tags) for tag in sorted(set(own)) if tag in column]
    rows, columns = ([place[0] for place in at], [place[1] for place in at])
    return sparse.csr_matrix((np.ones(len(at), np.float32), (rows, columns)), shape=(len(tags), len(column)))


def _codes(words: Sequence[str], codes: dict[str, int]) -> NDArray[np.int32]:
    """A number for each distinct word, shared between calls; -1 for an empty one."""
    return np.array([codes.setdefault(word, len(codes)) if word else -1 for word in words], np.int32)
