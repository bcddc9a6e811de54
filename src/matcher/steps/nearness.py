"""The grades that reasons tell apart: how near two texts are, and which way points speak."""

from __future__ import annotations

FAR, LOOSE, CLOSE = range(3)

# Cosines. Of all pairs of a startup and a partner in the sets measured, one thesis in ten or twenty is called close
# (0.35), a fifth to a half at least loose (0.25); chance alone gives 0.15.
_LOOSE_FROM = 0.25
_CLOSE_FROM = 0.35

AGAINST, NEITHER, FOR = -1, 0, 1
# Points below this are shown as 0.00: what is said of them must not praise or blame.
_COUNTS_FROM = 0.005
# Points below this are of no weight beside the others of a pair.
LITTLE = 0.05

SAYS_NEITHER = "neither for nor against"
"""What is said of a feature that adds next to nothing and takes next to nothing."""
STILL_BETTER = "still better than with the average partner"
"""Why there is a plus where what is told sounds like a minus: a feature's points are counted from the average pair."""


def nearness(cosine: float) -> int:
    """FAR, LOOSE or CLOSE."""
    return CLOSE if cosine >= _CLOSE_FROM else LOOSE if cosine >= _LOOSE_FROM else FAR


def speaks(points: float) -> int:
    """AGAINST, NEITHER or FOR."""
    return NEITHER if abs(points) < _COUNTS_FROM else FOR if points > 0 else AGAINST
