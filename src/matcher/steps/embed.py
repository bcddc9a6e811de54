"""Texts to vectors: which texts there are, which have no vector yet, in which order to encode them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedder(Protocol):
    """Turns texts into vectors."""

    id: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32 of unit length, in the order of `texts`. Raises ModelMissing."""
        ...


def text_hash(text: str) -> str:
    """The name of a text: SHA-256 (hex) of its UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
