"""Reporting: the runs that are kept, and a shortlist in the format somebody asks for."""

from __future__ import annotations

import json
from typing import Any

from matcher.domain.run import Run
from matcher.errors import BadInput
from matcher.steps.lookup import check_known
from matcher.steps.shortlist_page import shortlist_page
from matcher.steps.tables import SHORTLIST_COLUMNS, csv_lines, shortlist_rows
from matcher.store import runs
from matcher.workspace import Workspace

FORMATS = ("json", "csv", "xlsx", "html")


def list_runs(workspace: Workspace) -> tuple[Run, ...]:
    """Every kept run, the oldest first."""
    with workspace.reading() as connection:
        return runs.load(connection)


def show_run(workspace: Workspace, run_id: str) -> Run:
    """One run. Raises NotFound."""
    known = {run.id: run for run in list_runs(workspace)}
    check_known(run_id, known.keys(), "run", "`matcher runs list` shows them all.")
    return known[run_id]


def shortlist_bytes(workspace: Workspace, result_text: str, format_: str) -> bytes:
    """A shortlist result as a file of this format: equal results, equal bytes. Raises BadInput."""
    result: dict[str, Any] = json.loads(result_text)
    if format_ == "json":
        return result_text.encode()
    if format_ == "csv":
        return "".join(csv_lines(SHORTLIST_COLUMNS, shortlist_rows(result))).encode()
    if format_ == "xlsx":
        return workspace.write_workbook(result)
    if format_ == "html":
        return shortlist_page(result).encode()
    raise BadInput(f"A shortlist cannot be written as '{format_}'; choose one of {', '.join(FORMATS)}.")
