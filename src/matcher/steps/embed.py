"""Texts to vectors: which texts there are, and which of them have no vector yet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.steps.vectors import to_grid

# Texts encoded between two writes: what a kill can cost, some seconds of work.
CHUNK = 512


class Embedder(Protocol):
    """Turns texts into vectors.

    languages: the ISO 639-1 codes of those it knows (see domain/language.py); None for every language.
    """

    id: str
    dimension: int
    languages: frozenset[str] | None

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32 of unit length, in the order of `texts`. Raises ModelMissing."""
        ...


def text_hash(text: str) -> str:
    """The name of a text: SHA-256 (hex) of its UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def hashed(passages: Iterable[str]) -> dict[str, str]:
    """Hash → passage, each once."""
    return {text_hash(passage): passage for passage in dict.fromkeys(passages)}


def embed(
    wanted: Mapping[str, str], known: set[str], embedder: Embedder
) -> Iterator[tuple[list[str], NDArray[np.int16]]]:
    """Encode what is not known yet, in chunks: (text hashes, (n, dimension) int16 in grid steps).

    Texts of like length go together, so that little is wasted on padding; ties by hash, so that the order is fixed.
    """
    missing = sorted((len(text), hash_, text) for hash_, text in wanted.items() if hash_ not in known)
    for start in range(0, len(missing), CHUNK):
        chunk = missing[start : start + CHUNK]
        yield [hash_ for _, hash_, _ in chunk], to_grid(embedder.encode([text for _, _, text in chunk]))


def missing_count(wanted: Mapping[str, str], known: set[str]) -> int:
    """How many texts have no vector yet."""
    return len(wanted.keys() - known)
