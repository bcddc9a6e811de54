"""Vectors on a grid on which float32 sums are exact.

Every component is a whole multiple of 2⁻¹², and no vector is longer than 1. Then each product of two components is a
multiple of 2⁻²⁴ and, by Cauchy-Schwarz, every partial sum of an inner product is at most 1, so float32 (24 bits)
holds it exactly: FAISS, numpy, one query, a thousand, one thread or eight give the same bits. The grid moves a
cosine by about 0.0001 (docs/decisions/0002-vectors-on-a-grid.md).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STEPS = 4096
# Slightly short of STEPS, so that rounding up cannot make a row longer than 1.
_LENGTH = 4092


def to_grid(rows: NDArray[np.floating]) -> NDArray[np.int16]:
    """(n, d) any length to (n, d) int16 in grid steps; a row of zeros stays zeros."""
    # First to a greatest component of 1: the squares of very small ones would vanish.
    greatest = np.abs(rows.astype(np.float64)).max(axis=1, initial=0.0, keepdims=True)
    scaled = np.divide(rows, greatest, out=np.zeros(rows.shape, np.float64), where=greatest > 0)
    lengths = np.linalg.norm(scaled, axis=1, keepdims=True)
    unit = np.divide(scaled, lengths, out=scaled, where=lengths > 0)
    grid = np.rint(unit * _LENGTH)
    too_long = (grid**2).sum(axis=1) > STEPS**2
    grid[too_long] = np.trunc(unit[too_long] * (_LENGTH - 12))
    steps: NDArray[np.int16] = grid.astype(np.int16)
    return steps


def from_grid(grid: NDArray[np.int16]) -> NDArray[np.float32]:
    """(n, d) int16 in grid steps to (n, d) float32."""
    return grid.astype(np.float32) / np.float32(STEPS)
