"""Stands where the encoder is missing: it knows no language, so that no text is read and pairs go by what is stated."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.errors import ModelMissing


class NoEmbedder:
    """An embedder of nothing. Its vectors would have one dimension, if there were any."""

    def __init__(self, why: str) -> None:
        """why: one sentence that names what is missing and the way out."""
        self._why = why
        self.id = "none"
        self.dimension = 1
        self.languages: frozenset[str] | None = frozenset()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Nothing for nothing. Raises ModelMissing for any text."""
        if texts:
            raise ModelMissing(self._why)
        return np.zeros((0, self.dimension), np.float32)
