"""The best pair of sentences of two texts: what is quoted from both sides of a contribution."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import Evidence
from matcher.steps.embed import text_hash
from matcher.steps.texts import sentences

SentenceRows = Mapping[str, NDArray[np.float32]]
"""Text hash of a sentence → its vector, (d,) float32 on the grid."""

Place = tuple[str, str, str, str]
"""Where a text stands: side, kind of record, id, field."""


def nearest_sentences(
    left: tuple[Place, str], right: tuple[Place, str], rows: SentenceRows
) -> tuple[Evidence, Evidence]:
    """The pair of sentences with the greatest cosine; the first of equals."""
    one, other = _rows(left[1], rows), _rows(right[1], rows)
    best = int((one @ other.T).argmax())
    return _evidence(left, best // len(other)), _evidence(right, best % len(other))


def sentences_sharing_words(
    left: tuple[Place, str],
    right: tuple[Place, str],
    words: Callable[[str], Sequence[str]],
    weight: Callable[[str], float],
) -> tuple[Evidence, Evidence]:
    """The pair of sentences that share the most weight of words; the first of equals."""
    one, other = ([set(words(text[start:end])) for start, end in sentences(text)] for _, text in (left, right))
    score = np.array([[sum(weight(word) for word in sorted(a & b)) for b in other] for a in one])
    best = int(score.argmax())
    return _evidence(left, best // len(other)), _evidence(right, best % len(other))


def sentence_nearest_to(target: NDArray[np.float32], text: tuple[Place, str], rows: SentenceRows) -> Evidence:
    """The sentence with the greatest cosine with one vector, (d,) float32."""
    return _evidence(text, int((_rows(text[1], rows) @ target).argmax()))


def _rows(text: str, rows: SentenceRows) -> NDArray[np.float32]:
    return np.stack([rows[text_hash(text[start:end])] for start, end in sentences(text)])


def _evidence(text: tuple[Place, str], which: int) -> Evidence:
    (side, kind, id_, field), body = text
    start, end = sentences(body)[which]
    return Evidence(side=side, kind=kind, id=id_, field=field, quote=body[start:end], start=start, end=end)
