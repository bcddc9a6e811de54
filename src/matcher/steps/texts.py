"""The texts of both sides: which there are, whose they are, and the sentences they are made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.profile import Brief, HistoryRecord, Money, Partner, PortfolioCompany, Startup
from matcher.domain.vocabulary import BACKED, folded

THESIS, BRIEF, EARLIER = 0, 1, 2
# A text of fewer words says too little to be assessed by: three words fit anybody.
LEAST_WORDS = 4

# A line break, or white space after a full stop. Each begins at the end of a word: a run of spaces is read once.
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=\S)|(?<=\S)[^\S\r\n]*[\r\n]\s*")
_WORD = re.compile(r"\w+")
_ABBREVIATIONS = ("e.g.", "i.e.", "approx.", "inc.", "ltd.", "co.", "dr.", "prof.", "no.", "st.", "vs.")
_SHORTEST_SENTENCE = 12


@dataclass(frozen=True, kw_only=True)
class PartnerTexts:
    """Every text of the partner side, as columns: theses by partner, then briefs by partner, then earlier companies.

    partner: (t,) int32 position in the sorted partners. role: (t,) int8 THESIS, BRIEF or EARLIER.
    records: (kind, id) and fields: the field each text stands in. names: what to call it. texts: as stored.
    word_counts: (t,) int64.
    bounds: role → (partners, 2) int64; the rows of partner p are bounds[role][p, 0] up to bounds[role][p, 1].
    """

    partner: NDArray[np.int32]
    role: NDArray[np.int8]
    records: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]
    names: tuple[str, ...]
    texts: tuple[str, ...]
    word_counts: NDArray[np.int64]
    bounds: Mapping[int, NDArray[np.int64]]


@dataclass(frozen=True, kw_only=True, order=True)
class EarlierCompany:
    """A company a partner backed before: from its portfolio, or a startup known from history.

    date: when they first came together, as ISO 8601. What is unknown is empty, a raise that is unknown None.
    read: whether its summary can be read, see steps/reading.py.
    """

    partner: int
    kind: str
    id: str
    name: str
    summary: str
    sectors: tuple[str, ...]
    country: str
    date: str
    city: str
    stage: str
    founded: str
    raising: Money | None = field(compare=False)
    read: bool = field(default=True, compare=False)

    @property
    def has_text(self) -> bool:
        """Whether its summary is among the texts of its partner."""
        return bool(self.summary) and self.read


def earlier_companies(
    partners: Sequence[Partner],
    portfolio: Sequence[PortfolioCompany],
    history: Sequence[HistoryRecord],
    startups: Sequence[Startup],
) -> list[EarlierCompany]:
    """Each partner's earlier companies, by partner, kind and id, each company once: history wins over the portfolio.

    portfolio and history must hold only what came before.
    """
    at = {partner.id: row for row, partner in enumerate(partners)}
    by_id = {startup.id: startup for startup in startups}
    found = []
    first: dict[tuple[str, str], str] = {}
    for record in sorted(history, key=lambda record: record.date or "~"):
        if record.outcome in BACKED:
            first.setdefault((record.partner_id, record.startup_id), record.date or "")
    for (partner_id, startup_id), date in sorted(first.items()):
        if partner_id in at and startup_id in by_id:
            startup = by_id[startup_id]
            found.append(_company(at[partner_id], "startup", startup, date))
    known = {(company.partner, folded(company.name)) for company in found}
    for company in portfolio:
        place = at.get(company.partner_id)
        if place is not None and (place, folded(company.name)) not in known:
            found.append(_company(place, "portfolio", company, str(company.year or "")))
    return sorted(found)


def partner_texts(
    partners: Sequence[Partner], briefs: Sequence[Brief], companies: Sequence[EarlierCompany]
) -> PartnerTexts:
    """Lay out the texts; partners, briefs and companies in the order of ids. An empty text is left out."""
    rows = list(_texts(partners, briefs, companies))
    rows.sort(key=lambda row: row[:2])
    owner = np.array([row[1] for row in rows], np.int32)
    role = np.array([row[0] for row in rows], np.int8)
    bounds = {}
    for wanted in (THESIS, BRIEF, EARLIER):
        first = int(np.searchsorted(role, wanted))
        cuts = first + np.searchsorted(owner[role == wanted], np.arange(len(partners) + 1)).astype(np.int64)
        bounds[wanted] = np.column_stack([cuts[:-1], cuts[1:]])
    return PartnerTexts(
        partner=owner,
        role=role,
        records=tuple(row[2] for row in rows),
        fields=tuple(row[3] for row in rows),
        names=tuple(row[4] for row in rows),
        texts=tuple(row[5] for row in rows),
        word_counts=np.array([word_count(row[5]) for row in rows], np.int64),
        bounds=bounds,
    )


def only_partners(texts: PartnerTexts, places: NDArray[np.int32]) -> PartnerTexts:
    """The same texts, with the bounds of only these partners, in this order."""
    return replace(texts, bounds={role: cuts[places] for role, cuts in texts.bounds.items()})


def only_brief(texts: PartnerTexts, brief_id: str) -> PartnerTexts:
    """The same texts, with the bounds of only this brief among the briefs; of none where it could not be read."""
    record = ("brief", brief_id)
    row = texts.records.index(record) if record in texts.records else -1
    start, stop = texts.bounds[BRIEF].T
    its_own = (start <= row) & (row < stop)
    bounds = {**texts.bounds, BRIEF: np.where(its_own[:, None], [row, row + 1], 0)}
    return replace(texts, bounds=bounds)


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of a text, in order; a fragment is joined to the sentence before it."""
    pieces: list[tuple[int, int]] = []
    start = 0
    for gap in [*_SENTENCE_END.finditer(text), None]:
        end = gap.start() + _closing(gap.group()) if gap else len(text)
        piece = text[start:end]
        if gap and piece.casefold().endswith(_ABBREVIATIONS):
            continue
        lead = len(piece) - len(piece.lstrip())
        start, end = start + lead, start + len(piece.rstrip())
        if start < end:
            if pieces and end - start < _SHORTEST_SENTENCE:
                pieces[-1] = (pieces[-1][0], end)
            else:
                pieces.append((start, end))
        start = gap.end() if gap else end
    return pieces


def word_count(text: str) -> int:
    """How many words a text has; where words are not set apart, as in Chinese, two characters are a word."""
    if text.isascii():
        return len(_WORD.findall(text))
    unspaced = sum(unicodedata.category(letter) == "Lo" for letter in text)
    return max(len(_WORD.findall(text)), unspaced // 2)


def _texts(
    partners: Sequence[Partner], briefs: Sequence[Brief], companies: Sequence[EarlierCompany]
) -> Iterator[tuple[int, int, tuple[str, str], str, str, str]]:
    """(role, partner, record, field, name, text)."""
    at = {partner.id: row for row, partner in enumerate(partners)}
    for row, partner in enumerate(partners):
        if partner.thesis:
            yield THESIS, row, ("partner", partner.id), "thesis", partner.name, partner.thesis
    for brief in briefs:
        if brief.partner_id in at:
            yield BRIEF, at[brief.partner_id], ("brief", brief.id), "need", brief.title, brief.need
    for company in companies:
        if company.has_text:
            record = (company.kind, company.id)
            yield EARLIER, company.partner, record, "summary", company.name, company.summary


def _company(partner: int, kind: str, said: Startup | PortfolioCompany, date: str) -> EarlierCompany:
    known = said if isinstance(said, Startup) else None
    return EarlierCompany(
        partner=partner,
        kind=kind,
        id=said.id,
        name=said.name,
        summary=said.summary or "",
        sectors=said.sectors,
        country=said.country or "",
        date=date,
        city=(known and known.city) or "",
        stage=(known and known.stage) or "",
        founded=(known and known.founded) or "",
        raising=known.raising if known else None,
    )


def _closing(gap: str) -> int:
    """How many closing quotes and brackets stand before the white space: they belong to the sentence."""
    return len(gap) - len(gap.lstrip("\"')]"))
