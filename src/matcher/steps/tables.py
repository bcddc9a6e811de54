"""Results as rows of a table: the columns of each CSV, every text made harmless for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from matcher.domain.match import MatchLine
from matcher.steps.safe_cell import safe_cell

MATCH_COLUMNS = ("startup_id", "partner_id", "rank", "score", "kind", "band", "reason")
SHORTLIST_COLUMNS = ("startup_id", "partner_id", "status", "rank", "score", "band", "reason")


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV (RFC 4180, but with a bare newline), header first. None is blank, floats are exact."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for row in chain([columns], rows):
        writer.writerow(
            [safe_cell(cell) if isinstance(cell, str) else "" if cell is None else repr(cell) for cell in row]
        )
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def match_row(line: MatchLine) -> tuple[object, ...]:
    """A pair in the columns of `matcher match`."""
    return (line.startup_id, line.partner_id, line.rank, line.score, line.kind, line.band, line.reason)


def shortlist_rows(result: dict[str, Any]) -> list[tuple[object, ...]]:
    """The meetings, then the alternates, in the columns of `matcher shortlist`."""
    return [tuple(pair[column] for column in SHORTLIST_COLUMNS) for pair in (*result["pairs"], *result["alternates"])]
