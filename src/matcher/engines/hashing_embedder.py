"""Vectors without a model, for tests: whole words hashed into 256 places. It knows words, not meanings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"\w+")


class HashingEmbedder:
    """The same text gives the same vector everywhere; texts that share words are near each other."""

    id = "hashing-256"
    dimension = 256
    languages: frozenset[str] | None = None

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, 256) float32 of unit length, in the order of `texts`."""
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in _WORD.findall(text.lower()):
                place, sign = _place(word)
                row[place] += sign
            if not row.any():  # no word, or words that cancel each other
                row[_place(text)[0]] = 1
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


@lru_cache(maxsize=100_000)
def _place(word: str) -> tuple[int, int]:
    """Where a word goes and with which sign, so that words falling on one place do not look alike on average."""
    number = int.from_bytes(hashlib.blake2b(word.encode(errors="surrogatepass"), digest_size=8).digest(), "big")
    return number % HashingEmbedder.dimension, 1 if number >> 63 else -1
