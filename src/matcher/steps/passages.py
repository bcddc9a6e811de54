"""A text as the passages that count: its sentences, each counted once however often it is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.steps.plain_text import Plain
from matcher.steps.texts import LEAST_WORDS, sentences, word_count

# The share of a sentence that may be struck without a loss to the rest, and what may be left at the ends of a piece.
_EDGE = 0.15
_EDGES = " \t\r\n,;:–-"


@dataclass(frozen=True, kw_only=True)
class Passages:
    """What counts of one text.

    spans: (start, end) of each passage in the stored text, in order. plain: the same as it is read and encoded.
    """

    spans: tuple[tuple[int, int], ...] = ()
    plain: tuple[str, ...] = ()

    def once(self, without: int | None = None) -> tuple[str, ...]:
        """The plain passages, each once; without: the place of one that is left out."""
        return tuple(dict.fromkeys(said for place, said in enumerate(self.plain) if place != without))

    def words(self) -> int:
        """How many words count."""
        return sum(word_count(said) for said in self.once())


def passages(text: Plain, struck: Sequence[tuple[int, int]] = ()) -> Passages:
    """The passages of a text. struck: (start, end) in the plain text of what does not count.

    Of a sentence that is struck in part, each piece that is left counts where it says enough by itself; one of which
    only an edge is struck, as where a list begins behind it, counts whole.
    """
    found = []
    out = _joined(struck)
    for start, end in sentences(text.text):
        touching = [span for span in out if span[0] < end and span[1] > start]
        if sum(min(end, last) - max(start, first) for first, last in touching) <= _EDGE * (end - start):
            found.append((start, end))
            continue
        edges = [start, *(min(max(edge, start), end) for span in touching for edge in span), end]
        for piece in zip(edges[::2], edges[1::2], strict=True):
            found += _trimmed(text.text, *piece)
    return Passages(
        spans=tuple(text.stored(start, end) for start, end in found),
        plain=tuple(text.text[start:end] for start, end in found),
    )


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ascending and apart: spans that overlap or touch are one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    if word_count(piece) < LEAST_WORDS:
        return []
    start += len(piece) - len(piece.lstrip(_EDGES))
    return [(start, start + len(piece.strip(_EDGES)))]


def sums(said: Sequence[tuple[str, ...]], grid: NDArray[np.int16], row: dict[str, int]) -> NDArray[np.float64]:
    """(n, d) the sum of each tuple's vectors, which points where their mean does; zeros where there is none.

    Every passage counts alike, so that a long one does not drown the others. Steps of a grid are whole numbers: the
    sums are exact, in any order. grid: (passages, d) int16. row: passage → its row there.
    """
    starts = np.concatenate([[0], np.cumsum([len(own) for own in said], dtype=np.int64)])
    columns = np.array([row[passage] for own in said for passage in own], np.int64)
    shape = (len(said), len(grid))
    chosen = sparse.csr_array((np.ones(len(columns)), columns, starts), shape=shape)
    total: NDArray[np.float64] = chosen @ grid.astype(np.float64)
    return total


def words_of(said: tuple[str, ...], cut: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    """The words of these passages, one after the other. cut: a passage into words."""
    return tuple(word for passage in said for word in cut(passage))
