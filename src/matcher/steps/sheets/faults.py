"""Collects every faulty cell of a sheet, up to a number nobody would read to the end."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.sheet import excerpt
from matcher.errors import CellFault

# A file of the wrong kind can be wrong in each of its millions of cells.
MOST_FAULTS = 20_000
_NAMED_ROWS = 5


class Enough(Exception):
    """So much is wrong that reading on serves nobody."""


class Faults:
    """The faults of one file so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows: set[int] = set()
        self._found: list[CellFault] = []

    def add(self, row: int, column: str, value: object, message: str) -> None:
        """Note one. Raises Enough at the last one that is kept."""
        shown = "" if value is None else excerpt(value)
        self._found.append(CellFault(file=self.file, row=row, column=column, value=shown, message=message))
        self.rows.add(row)
        if len(self._found) >= MOST_FAULTS:
            raise Enough

    def listed(self) -> tuple[CellFault, ...]:
        """All of them by row; the last says so where there may be more."""
        found = sorted(self._found, key=lambda fault: fault.row)
        if len(found) >= MOST_FAULTS:
            message = f"Only the first {MOST_FAULTS:,} faults are listed; is this the right kind of file?"
            found.append(CellFault(file=self.file, row=0, column="", value="", message=message))
        return tuple(found)


def rows_in_words(rows: Sequence[int]) -> str:
    """Rows within a sentence: row 3; rows 3 and 9; rows 3, 4, 5, 6, 7 and 93 more."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    named = [str(row) for row in rows[:_NAMED_ROWS]]
    if len(rows) > _NAMED_ROWS:
        return f"rows {', '.join(named)} and {len(rows) - _NAMED_ROWS:,} more"
    return f"rows {', '.join(named[:-1])} and {named[-1]}"
