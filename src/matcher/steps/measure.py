"""What every pair has in common, in numbers: a matrix of features with names people understand.

A value that cannot be known is 0 and marked unknown; it then adds nothing to a score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.steps.admit import Admission
from matcher.steps.find import BEST, Nearest
from matcher.steps.inputs import Inputs
from matcher.steps.likeness import likeness
from matcher.steps.pairs import Pairs
from matcher.steps.past import itself_among_texts
from matcher.steps.past_fit import PastFit, past_fit
from matcher.steps.stated import stated
from matcher.steps.texts import BRIEF, EARLIER, THESIS, PartnerTexts

# Each feature: its name and its unit. The order is the order of the columns. The more of a feature, the better the
# fit: a ranker gives none of them a weight below 0.
FEATURES = {
    "thesis": "cosine above 0.15 of the summary and the thesis, × 2 / (2 + earlier companies)",
    "brief": "cosine above 0.15 of the summary and the nearest challenge brief",
    "thesis_words": "weighted share of words in common with the thesis, × 2 / (2 + earlier companies), or with a brief",
    "earlier_words": "weighted share of words in common with earlier companies, mean of the best three",
    "theme": "cosine above 0.1 with the edition's theme, the geometric mean of the two sides",
    "sector": "share of the startup's sectors the partner names; half for a wider or narrower sector",
    "technology": "share of the startup's technologies the partner names",
    "stage": "1 where the partner names the startup's stage",
    "country": "1 where the partner names the startup's country",
    "ticket": "1 where the raise is within the partner's ticket; less as the largest ticket covers less of it",
    "gives": "share of what the startup seeks that this kind of partner gives",
    "ready": "how far this kind of partner helps a startup that is not investment-ready to become so; 0 others",
    "past_active": "natural log of 1 + earlier companies, recent ones more, less the mean over partners with a past",
    "past_country": "natural log of its share of earlier companies from the startup's country over everybody's share",
    "past_sector": "natural log of its share of earlier companies in the startup's sectors over everybody's share",
    "past_place": "natural log of its share of earlier companies from its city, or one like it, over everybody's share",
    "past_kindred": "natural log of how like the startup its past is in raise, age and stage, over everybody's",
    "past_close": "natural log of 1 + earlier companies by how close they are in meaning, less the mean likewise",
}
# Whom a feature is a fit for: does this partner give what the startup seeks, or is the startup what the partner seeks?
# What both sides state of the same thing counts half for each.
FIT_FOR = dict.fromkeys(FEATURES, "partner") | {
    "gives": "startup",
    "ready": "startup",
    "ticket": "startup",
    "theme": "both",
    "sector": "both",
    "technology": "both",
}
TEXT_FEATURES = ("thesis", "brief", "thesis_words", "earlier_words", "theme", "past_close")
# Texts of partners are of today and may sum up what they did since: no weight is learned from them.
SAID_TODAY = ("thesis", "brief", "thesis_words", "theme")
# A startup's city is recorded today, and may be a consequence: founders move to the programme that took them in. So
# history flatters place, and its weight is not learned either.
RECORDED_TODAY = ("past_place",)
# A cosine up to which two texts are no nearer than any two.
ALIKE_FROM = {"thesis": 0.15, "brief": 0.15, "theme": 0.1}
# What a partner did outweighs what it says: its thesis counts half beside two earlier companies, a sixth beside ten.
_SAID = 2.0


@dataclass(frozen=True, kw_only=True)
class Features:
    """values: (p, features) float64, 0 where unknown. known: (p, features) bool. Columns as in FEATURES.

    best_words: role → (p,) int32 row of PartnerTexts that shares most words, -1 where none does.
    best_theme: (partners,) int32 row of the partner's text nearest to the edition's theme, -1 where there is none.
    past: what the past features are made of, see PastFit.
    """

    values: NDArray[np.float64]
    known: NDArray[np.bool_]
    best_words: dict[int, NDArray[np.int32]]
    best_theme: NDArray[np.int32]
    past: PastFit


def measure(
    inputs: Inputs,
    pairs: Pairs,
    startup_places: NDArray[np.int32],
    partner_places: NDArray[np.int32],
    texts: PartnerTexts,
    admission: Admission,
    near: Nearest,
    same: NDArray[np.bool_],
) -> Features:
    """Every feature of every pair.

    startup_places, partner_places: where the startups and partners of `pairs` stand in `inputs`. texts: with the bounds
    of those partners. same: (startups, earlier companies) whether a company is the startup itself.
    """
    startups = [inputs.startups[place] for place in startup_places]
    partners = [inputs.partners[place] for place in partner_places]
    cosine = inputs.startup_rows[startup_places] @ inputs.text_rows.T
    says = np.array([bool(inputs.startup_passages[place].plain) for place in startup_places], bool)
    like = likeness(startups, inputs.past, same, cosine, inputs.rates)
    fit = past_fit(pairs, startups, inputs.past, like, partner_places, says)
    said = _SAID / (_SAID + fit.number.astype(np.float64))
    columns: dict[str, NDArray[np.float64]] = {}
    for name, role in (("thesis", THESIS), ("brief", BRIEF)):
        columns[name] = np.maximum(_mean_of_known(near.similarity[role]) - ALIKE_FROM[name], 0)
    columns["thesis"] *= said
    words = inputs.lexicon.project([inputs.startup_words[place] for place in startup_places])
    overlap = (words @ inputs.lexicon.rows.T).toarray()
    overlap[itself_among_texts(same, inputs.past, len(texts.texts))] = -np.inf
    columns["thesis_words"], asked = _asked_words(pairs, overlap, texts, said)
    columns["earlier_words"], done = _best_words(pairs, overlap, texts, EARLIER, BEST)
    theme, theme_row = _theme(inputs, pairs, startup_places, texts)
    columns["theme"] = theme
    columns |= stated(pairs, startups, partners, admission, inputs.vocabulary, inputs.rates) | fit.values
    for name in TEXT_FEATURES:
        columns[name][~says[pairs.startup]] = np.nan
    values = np.column_stack([columns[name] for name in FEATURES])
    known = ~np.isnan(values)
    return Features(
        values=np.where(known, values, 0.0),
        known=known,
        best_words={THESIS: asked, EARLIER: done},
        best_theme=theme_row,
        past=fit,
    )


def _mean_of_known(similarity: NDArray[np.floating]) -> NDArray[np.float64]:
    """(p, k) with -inf where there is none → (p,), NaN where there is none at all. A negative cosine counts as 0."""
    there = similarity > -np.inf
    total = np.where(there, np.clip(similarity, 0, 1), 0.0).sum(axis=1, dtype=np.float64)
    number = there.sum(axis=1)
    mean: NDArray[np.float64] = np.divide(total, number, out=np.full(len(total), np.nan), where=number > 0)
    return mean


def _asked_words(
    pairs: Pairs, overlap: NDArray[np.float64], texts: PartnerTexts, said: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """The better of the overlap with the thesis (× said) and with the best brief, and the row of that text."""
    thesis, thesis_row = _best_words(pairs, overlap, texts, THESIS, 1)
    brief, brief_row = _best_words(pairs, overlap, texts, BRIEF, 1)
    by_brief = np.nan_to_num(brief, nan=-1.0) >= np.nan_to_num(thesis * said, nan=-1.0)
    return np.fmax(thesis * said, brief), np.where(by_brief, brief_row, thesis_row)


def _best_words(
    pairs: Pairs, overlap: NDArray[np.float64], texts: PartnerTexts, role: int, count: int
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """The mean overlap of each pair's best `count` texts (NaN where none), and the row of the best one."""
    value = np.full((overlap.shape[0], len(pairs.partner_ids)), np.nan)
    best = np.full(value.shape, -1, np.int32)
    for partner, (start, stop) in enumerate(texts.bounds[role].tolist()):
        if start < stop:
            part = overlap[:, start:stop]
            most = min(count, stop - start)
            top = np.partition(part, -most, axis=1)[:, -most:]
            top.sort(axis=1)  # a fixed order of adding
            value[:, partner] = _mean_of_known(top)
            winner = part.argmax(axis=1)
            best[:, partner] = np.where(part[np.arange(len(part)), winner] > 0, start + winner, -1)
    return value[pairs.startup, pairs.partner], best[pairs.startup, pairs.partner]


def _theme(
    inputs: Inputs, pairs: Pairs, startup_places: NDArray[np.int32], texts: PartnerTexts
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """(p,) the geometric mean of how far both sides' cosines with the theme are above any two texts', so that neither
    makes up for the other, and (partners,) the row that speaks for each partner.
    """
    best = np.full(len(pairs.partner_ids), -1, np.int32)
    if inputs.theme_row is None:
        return np.full(len(pairs), np.nan), best
    startup_side = (inputs.startup_rows[startup_places] @ inputs.theme_row).astype(np.float64)
    similarity = (inputs.text_rows @ inputs.theme_row).astype(np.float64)
    partner_side = np.full(len(best), np.nan)
    for role in (THESIS, BRIEF):
        for partner, (start, stop) in enumerate(texts.bounds[role]):
            if start < stop:
                row = start + int(similarity[start:stop].argmax())
                if not similarity[row] <= partner_side[partner]:  # also where nothing is known yet
                    best[partner], partner_side[partner] = row, similarity[row]
    above = [np.maximum(side - ALIKE_FROM["theme"], 0) for side in (startup_side, partner_side)]
    return np.sqrt(above[0][pairs.startup] * above[1][pairs.partner]), best
