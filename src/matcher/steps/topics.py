"""How much a word is of one topic: whether the texts that have it are nearer to each other than any two texts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.steps.inputs import Inputs

# How many pairs of texts as near as any two every word is taken to have beside its own: one pair says little.
_SHARED_PAIRS = 3.0
# Of fewer texts it cannot be told what a topic is.
_ENOUGH_TEXTS = 100
# Of a word in more texts than these, so many are looked at, evenly spread.
_MOST_TEXTS = 50


class Topics:
    """Weighs the words of one match; needs no model, only the vectors that the texts have."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._texts_with = inputs.lexicon.rows.tocsc()
        self._place_of: dict[str, int] = {}
        texts = inputs.texts.texts
        # One text in two portfolios is no two texts on a topic.
        self._is_first = np.array([self._place_of.setdefault(text, at) == at for at, text in enumerate(texts)], bool)
        self._usual = _mean_cosine(inputs.text_rows[self._is_first])
        self._sums: dict[str, tuple[NDArray[np.float64], float, int]] = {}

    def weight(self, word: str, startup_place: int) -> float:
        """From about 0, a word of any text, to about 0.3, a rare one of one topic.

        How rare it is × how much nearer than any two texts those are to each other that have it, the startup's too;
        how rare it is by itself, up to 1, where there are too few texts to know more.
        """
        rarity = self._inputs.lexicon.of(word) / self._inputs.lexicon.unseen
        if len(self._place_of) < _ENOUGH_TEXTS:
            return rarity
        total, squares, count = self._sum(word)
        if (self._inputs.startups[startup_place].summary or "") not in self._place_of:
            row = self._inputs.startup_rows[startup_place].astype(np.float64)
            total, squares, count = total + row, squares + float(row @ row), count + 1
        pairs = count * (count - 1) / 2
        near = (float(total @ total) - squares) / 2
        if count < 2:  # no other text has it: both sides say the same
            pairs, near = 1.0, 1.0
        nearness = (near + _SHARED_PAIRS * self._usual) / (pairs + _SHARED_PAIRS)
        return rarity * (nearness - self._usual) / max(1 - self._usual, 1e-9)

    def _sum(self, word: str) -> tuple[NDArray[np.float64], float, int]:
        """The sum of the vectors of the texts with a word, the sum of their squares, and how many they are."""
        if word not in self._sums:
            column = self._inputs.lexicon.column.get(word)
            rows = np.zeros(0, np.int64)
            if column is not None:
                start, stop = self._texts_with.indptr[column : column + 2]
                rows = np.sort(self._texts_with.indices[start:stop])
                rows = rows[self._is_first[rows]]
            if len(rows) > _MOST_TEXTS:
                rows = rows[np.linspace(0, len(rows) - 1, _MOST_TEXTS).astype(np.int64)]
            vectors = self._inputs.text_rows[rows].astype(np.float64)
            self._sums[word] = (vectors.sum(axis=0), float((vectors * vectors).sum()), len(rows))
        return self._sums[word]


def _mean_cosine(rows: NDArray[np.float32]) -> float:
    """The mean cosine of any two of these rows of unit length, 0 where there are not two."""
    count = len(rows)
    if count < 2:
        return 0.0
    total = rows.sum(axis=0, dtype=np.float64)
    squares = float(np.einsum("ij,ij->", rows, rows, dtype=np.float64))
    return (float(total @ total) - squares) / (count * (count - 1))
