"""Exporting: portable copies of what was imported, in the columns that an import reads."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.errors import BadInput
from matcher.steps.sheets.columns import TABLES
from matcher.steps.sheets.write_rows import csv_rows, json_rows, values_of
from matcher.store import records
from matcher.workspace import Workspace

FORMATS = ("csv", "json")
AUDIT = "audit"
KINDS = (*TABLES, AUDIT)


def export_sheet(workspace: Workspace, kind: str, format_: str) -> tuple[int, Iterator[bytes]]:
    """How many records of a kind there are, and the lines of their sheet: the same records, the same bytes.

    kind: one of KINDS. format_: csv, or json for JSON lines. Raises BadInput where there is no such sheet.
    """
    if kind == AUDIT:
        raise BadInput(
            f"An audit trail is not kept by this version, so there is none to export; export {', '.join(TABLES)}."
        )
    table = TABLES[kind]
    with workspace.reading() as connection:
        found = records.load(connection, table.kind)
    rows = values_of(found, table, workspace.vocabulary)
    lines = csv_rows(table, rows) if format_ == "csv" else json_rows(table, rows)
    return len(rows), (line.encode() for line in lines)
