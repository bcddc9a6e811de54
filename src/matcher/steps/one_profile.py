"""Two yardsticks that see a partner as one profile: all its words together (BM25), all its vectors in one (cosine).

A thesis that tells of the startup is not found out here: leave such theses out of what is gathered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.domain.vocabulary import folded
from matcher.steps.inputs import Inputs
from matcher.steps.past import itself, itself_among_texts

# How soon a word said again adds no more, and how much a long profile is held against it: the usual values.
K1, B = 1.2, 0.75


def profile_bm25(inputs: Inputs, startup_places: NDArray[np.int32]) -> NDArray[np.float64]:
    """(startups, partners) BM25 of a summary on a partner's profile: thesis, briefs and earlier companies joined.

    Robertson and Zaragoza 2009, with the idf ln(1 + (N - df + ½) / (df + ½)), which is never negative.
    """
    said = partner_words(inputs)
    column = {word: at for at, word in enumerate(sorted({word for words in said for word in words}))}
    by_text = _counts(said, column)
    profiles = _profiles(inputs) @ by_text
    held = (profiles > 0).sum(axis=0)
    idf = np.log1p((len(inputs.partners) - held + 0.5) / (held + 0.5))
    mean_length = max(1.0, float(profiles.sum()) / max(1, len(inputs.partners)))
    asked = _counts(startup_words(inputs, startup_places), column)
    scores: NDArray[np.float64] = (asked @ _weighed(profiles, idf, mean_length).T).toarray()

    own = _own(inputs, startup_places)
    without = _weighed(profiles[own.partner] - own.texts @ by_text, idf, mean_length)
    scores[own.startup, own.partner] = asked[own.startup].multiply(without).sum(axis=1)
    return scores


def profile_cosine(inputs: Inputs, startup_places: NDArray[np.int32]) -> NDArray[np.float64]:
    """(startups, partners) cosine of the summary's vector and the mean of all the partner's, the plain design.

    0 where one of them has no text.
    """
    # On the grid of steps/vectors.py these sums are exact in float64: the block a startup comes in changes nothing.
    rows = inputs.text_rows.astype(np.float64)
    asked = inputs.startup_rows[startup_places].astype(np.float64)
    profiles = _profiles(inputs) @ rows
    scores = _per_length(asked @ profiles.T, np.linalg.norm(profiles, axis=1))

    own = _own(inputs, startup_places)
    without = profiles[own.partner] - own.texts @ rows
    along = (asked[own.startup] * without).sum(axis=1)
    scores[own.startup, own.partner] = _per_length(along, np.linalg.norm(without, axis=1))
    return scores


def startup_words(inputs: Inputs, startup_places: NDArray[np.int32]) -> list[tuple[str, ...]]:
    """The words of each summary, and where the startup is.

    Without the place these yardsticks would be too soft: on the dev labels of techstars, the neighbours' nDCG@10 is .21
    from the words alone, .28 with the country and .33 with the city too (there the city of today, which helps).
    """
    startups = [inputs.startups[place] for place in startup_places]
    return [
        (*inputs.startup_words[place], *_place_words(startup.country, startup.city))
        for place, startup in zip(startup_places, startups, strict=True)
    ]


def partner_words(inputs: Inputs) -> list[tuple[str, ...]]:
    """The same for every text of the partners; a thesis or brief has no place."""
    place = {("startup", startup.id): _place_words(startup.country, startup.city) for startup in inputs.startups}
    place |= {("portfolio", company.id): _place_words(company.country, None) for company in inputs.portfolio}
    return [
        (*words, *place.get(record, ())) for words, record in zip(inputs.text_words, inputs.texts.records, strict=True)
    ]


@dataclass(frozen=True, kw_only=True)
class _Own:
    """The pairs in whose profile the startup itself stands, and with which texts.

    startup, partner: (o,) int64. texts: (o, all texts) sparse 0/1.
    """

    startup: NDArray[np.int64]
    partner: NDArray[np.int64]
    texts: sparse.csr_array


def _own(inputs: Inputs, startup_places: NDArray[np.int32]) -> _Own:
    texts = inputs.texts
    same = itself_among_texts(itself(inputs.past, startup_places), inputs.past, len(texts.texts))
    startup, text = np.nonzero(same)
    pairs, pair = np.unique(startup * len(inputs.partners) + texts.partner[text], return_inverse=True)
    return _Own(
        startup=pairs // max(1, len(inputs.partners)),
        partner=pairs % max(1, len(inputs.partners)),
        texts=sparse.csr_array((np.ones(len(text)), (pair, text)), shape=(len(pairs), len(texts.texts))),
    )


def _profiles(inputs: Inputs) -> sparse.csr_array:
    """(partners, texts) sparse 0/1, whose text it is."""
    count = len(inputs.texts.texts)
    entries = (np.ones(count), (inputs.texts.partner, np.arange(count)))
    return sparse.csr_array(entries, shape=(len(inputs.partners), count))


def _counts(said: Sequence[Sequence[str]], column: dict[str, int]) -> sparse.csr_array:
    """(n, words) sparse float64, how often each text says each word; words without a column are left out."""
    at = [(row, column[word]) for row, words in enumerate(said) for word in words if word in column]
    entries = (np.ones(len(at)), ([row for row, _ in at], [word for _, word in at]))
    return sparse.csr_array(entries, shape=(len(said), len(column)))


def _weighed(counts: sparse.csr_array, idf: NDArray[np.float64], mean_length: float) -> sparse.csr_array:
    """Counts of words in profiles as what each word adds to a score where it is asked for once."""
    entries = counts.tocoo()
    length = counts.sum(axis=1)[entries.row]
    times = entries.data
    worth = idf[entries.col] * times * (K1 + 1) / (times + K1 * (1 - B + B * length / mean_length))
    return sparse.csr_array((worth, (entries.row, entries.col)), shape=counts.shape)


def _per_length(along: NDArray[np.float64], length: NDArray[np.float64]) -> NDArray[np.float64]:
    """Inner products with profiles of this length as cosines; 0 where a profile is empty."""
    cosine: NDArray[np.float64] = np.divide(along, length, out=np.zeros_like(along), where=length > 0)
    return cosine


def _place_words(country: str | None, city: str | None) -> tuple[str, ...]:
    """With a colon, which no word of a text has: a place is not confused with a word."""
    return (*([f"country:{country}"] if country else []), *([f"city:{folded(city)}"] if city else []))
