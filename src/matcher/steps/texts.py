"""The texts of both sides: which there are, whose they are, and the sentences they are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.domain.profile import Brief, HistoryRecord, Partner, PortfolioCompany, Startup
from matcher.domain.vocabulary import BACKED

THESIS, BRIEF, EARLIER = 0, 1, 2
# A text of fewer words says too little to be assessed by: three words fit anybody.
LEAST_WORDS = 4

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[^\s])|\s*[\r\n]+\s*")
_WORD = re.compile(r"\w+")
_ABBREVIATIONS = ("e.g.", "i.e.", "approx.", "inc.", "ltd.", "co.", "dr.", "prof.", "no.", "st.", "vs.")
_SHORTEST_SENTENCE = 12


@dataclass(frozen=True, kw_only=True)
class PartnerTexts:
    """Every text of the partner side, as columns: theses by partner, then briefs by partner, then earlier companies.

    partner: (t,) int32 position in the sorted partners. role: (t,) int8 THESIS, BRIEF or EARLIER.
    startup: (t,) int32 position in the sorted startups of an earlier company known from history, else -1.
    records: (kind, id) and fields: the field each text stands in. names: what to call it. texts: as stored.
    bounds: role → (partners, 2) int64; the rows of partner p are bounds[role][p, 0] up to bounds[role][p, 1].
    """

    partner: NDArray[np.int32]
    role: NDArray[np.int8]
    startup: NDArray[np.int32]
    records: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]
    names: tuple[str, ...]
    texts: tuple[str, ...]
    bounds: Mapping[int, NDArray[np.int64]]


def partner_texts(
    partners: Sequence[Partner],
    briefs: Sequence[Brief],
    portfolio: Sequence[PortfolioCompany],
    history: Sequence[HistoryRecord],
    startups: Sequence[Startup],
) -> PartnerTexts:
    """Lay out the texts. `history` must hold only what came before; a startup backed twice by a partner counts once.

    Partners and startups are sorted by id; so is everything of one partner, by record id.
    """
    at = {partner.id: row for row, partner in enumerate(partners)}
    startup_at = {startup.id: row for row, startup in enumerate(startups)}
    rows: list[tuple[int, int, str, str, int, str, str, str]] = []
    for row, partner in enumerate(partners):
        if partner.thesis:
            rows.append((THESIS, row, "partner", partner.id, -1, "thesis", partner.name, partner.thesis))
    for brief in briefs:
        if brief.partner_id in at:
            rows.append((BRIEF, at[brief.partner_id], "brief", brief.id, -1, "need", brief.title, brief.need))
    for company in portfolio:
        if company.partner_id in at:
            place = at[company.partner_id]
            rows.append((EARLIER, place, "portfolio", company.id, -1, "summary", company.name, company.summary))
    for partner_id, startup_id in sorted({(h.partner_id, h.startup_id) for h in history if h.outcome in BACKED}):
        if partner_id in at and startup_id in startup_at:
            startup = startups[startup_at[startup_id]]
            if startup.summary:
                place = startup_at[startup_id]
                rows.append(
                    (EARLIER, at[partner_id], "startup", startup_id, place, "summary", startup.name, startup.summary)
                )
    rows.sort(key=lambda row: row[:4])
    role = np.array([row[0] for row in rows], np.int8)
    owner = np.array([row[1] for row in rows], np.int32)
    bounds = {}
    for wanted in (THESIS, BRIEF, EARLIER):
        first = int(np.searchsorted(role, wanted))
        owners = owner[role == wanted]
        cuts = first + np.searchsorted(owners, np.arange(len(partners) + 1)).astype(np.int64)
        bounds[wanted] = np.column_stack([cuts[:-1], cuts[1:]])
    return PartnerTexts(
        partner=owner,
        role=role,
        startup=np.array([row[4] for row in rows], np.int32),
        records=tuple((row[2], row[3]) for row in rows),
        fields=tuple(row[5] for row in rows),
        names=tuple(row[6] for row in rows),
        texts=tuple(row[7] for row in rows),
        bounds=bounds,
    )


def only_partners(texts: PartnerTexts, places: NDArray[np.int32]) -> PartnerTexts:
    """The same texts, with the bounds of only these partners, in this order."""
    return replace(texts, bounds={role: cuts[places] for role, cuts in texts.bounds.items()})


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


def startup_says_enough(startup: Startup) -> bool:
    """Whether a startup can be assessed at all: by what its summary says."""
    return _word_count(startup.summary or "") >= LEAST_WORDS


def partners_say_enough(partners: Sequence[Partner], texts: PartnerTexts) -> NDArray[np.bool_]:
    """(partners,) whether each partner can be assessed: by thesis, briefs and earlier companies together."""
    said = np.zeros(len(partners), np.int64)
    np.add.at(said, texts.partner, np.array([_word_count(text) for text in texts.texts], np.int64))
    return said >= LEAST_WORDS


def _word_count(text: str) -> int:
    return len(_WORD.findall(text))


def _closing(gap: str) -> int:
    """How many closing quotes and brackets stand before the white space: they belong to the sentence."""
    return len(gap) - len(gap.lstrip("\"')]"))
