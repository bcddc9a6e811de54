"""What one side could change in its sheet, what would come of it, and which empty cells are worth filling first."""

from __future__ import annotations

from dataclasses import dataclass

Written = str | int | tuple[str, ...] | None
"""A cell as an import reads it in its column; a list as a tuple, None where the cell is empty."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One cell of one side's sheet, written anew.

    side: startup or partner. field: the column. sets: record field → its new value. size: how big a step it is among
    the changes of the same cell, 0 for the smallest.
    """

    side: str
    field: str
    before: Written
    after: Written
    sets: tuple[tuple[str, object], ...]
    size: int = 0


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a pair stands. unmet: how many rules refuse it. meets: whether it meets in the edition, None without one."""

    unmet: int
    score: float | None
    band: str
    confidence: float
    meets: bool | None = None

    @property
    def eligible(self) -> bool:
        """Whether no rule refuses the pair."""
        return self.unmet == 0


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """What would come of one change, or of several together: in words, and how the pair would then stand.

    words: the changes themselves; "" where the effect says them all.
    """

    changes: tuple[Change, ...]
    effect: str
    then: Standing
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class PartyWhatIf:
    """What would come of one change for a party: how many of the other side it could meet, and does meet.

    words: the change itself.
    """

    change: Change
    effect: str
    admitted: int
    meetings: int | None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class FillIn:
    """An empty cell, and what filling it does to the confidence: the mean over the pairs that are admitted now.

    value: what it was reckoned with. ask: of a text, which has no likely value, what to write; None of any other.
    Confidences are None where nobody's text could stand in for a missing one.
    """

    field: str
    value: Written
    confidence_from: float | None
    confidence_to: float | None
    ask: str | None = None
