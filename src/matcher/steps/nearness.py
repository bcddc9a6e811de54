"""How near two texts are, in the grades that reasons tell apart."""

from __future__ import annotations

FAR, LOOSE, CLOSE = range(3)

# Cosines. Of all pairs of a startup and a partner in the sets measured, one thesis in ten or twenty is called close
# (0.35), a fifth to a half at least loose (0.25); chance alone gives 0.15.
_LOOSE_FROM = 0.25
_CLOSE_FROM = 0.35


def nearness(cosine: float) -> int:
    """FAR, LOOSE or CLOSE."""
    return CLOSE if cosine >= _CLOSE_FROM else LOOSE if cosine >= _LOOSE_FROM else FAR
