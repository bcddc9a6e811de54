"""Every error a person can cause or meet: one sentence that names the thing and the way out.

Only doors catch these; each door has one table from class to exit code or status.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class MatcherError(Exception):
    """A refusal in words for people; nothing was changed."""


class NotFound(MatcherError):
    """A thing was named that is not there."""


class NotAllowed(MatcherError):
    """What was asked for is there, but not for them, or not yet again."""


class BadInput(MatcherError):
    """What was brought cannot be used as it is."""


class BadSheet(BadInput):
    """A sheet with faulty cells: all of them at once, nothing stored.

    warnings: what else looks odd, such as a column that is not known; it is worth mending in the same go.
    """

    def __init__(self, message: str, faults: Sequence[CellFault], warnings: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)
        self.warnings = tuple(warnings)


class Unavailable(MatcherError):
    """What a command stands on cannot be used now: a database that is locked, damaged or away, a disk that is full."""


class Infeasible(MatcherError):
    """Pins, bans, capacities or strict minimums contradict each other."""


class ModelMissing(MatcherError):
    """The encoder's files are not there or not the ones the manifest names."""


class Stale(MatcherError):
    """Two things that belong together no longer fit, such as a vector and its text."""


class Stopped(MatcherError):
    """Long work was asked to stop; what was finished is kept and the next start goes on from there."""


@dataclass(frozen=True, kw_only=True)
class CellFault:
    """One faulty cell. `row` counts as a spreadsheet shows it: the header is row 1; 0 means the whole file."""

    file: str
    row: int
    column: str
    value: str
    message: str
