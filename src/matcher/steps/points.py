"""Points as people are shown them: to a hundredth, never across the edge of a band, and never "-0.00"."""

from __future__ import annotations


def score_words(score: float, places: int = 2) -> str:
    """A score, rounded down: one that is less than 1, where a band begins, is not shown as 1.00."""
    shown = round(score, places)
    if shown > score:
        shown = round(shown - 10**-places, places)
    return f"{shown + 0.0:.{places}f}"


def both_words(score: float, least: float) -> tuple[str, str]:
    """A score and the least there is, which is more, with as many places as it takes to tell them apart."""
    for places in (2, 4, 6, 12):
        told = score_words(score, places), score_words(least, places)
        if told[0] != told[1]:
            break
    return told


def signed(points: float) -> str:
    """What is added or taken, rounded to the nearest: +0.42, -0.10; 0.00 where it is too little to show."""
    shown = f"{points:+.2f}"
    return "0.00" if shown in ("+0.00", "-0.00") else shown
