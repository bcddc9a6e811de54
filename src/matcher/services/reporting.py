"""Reporting: the runs that are kept, and a shortlist in the format somebody asks for."""

from __future__ import annotations

import json
from typing import Any

from matcher.domain.run import Run
from matcher.errors import BadInput
from matcher.steps.lookup import check_known
from matcher.steps.pack import briefing_pack
from matcher.steps.shortlist_page import shortlist_page
from matcher.steps.tables import SHORTLIST_COLUMNS, csv_lines, shortlist_rows
from matcher.store import runs
from matcher.workspace import Workspace

FORMATS = ("json", "csv", "xlsx", "html")


def list_runs(workspace: Workspace) -> tuple[runs.RunLine, ...]:
    """A line for every kept run, the oldest first."""
    with workspace.reading() as connection:
        return runs.lines(connection)


def show_run(workspace: Workspace, run_id: str) -> Run:
    """One run. Raises NotFound."""
    with workspace.reading() as connection:
        found = runs.find(connection, run_id)
        known = (run_id,) if found else runs.ids(connection)
    check_known(run_id, known, "run", "`matcher runs list` shows them all.")
    assert found is not None
    return found


def shortlist_bytes(workspace: Workspace, result_text: str, format_: str) -> bytes:
    """A shortlist result as a file of this format: equal results, equal bytes. Raises BadInput."""
    result: dict[str, Any] = json.loads(result_text)
    if format_ == "json":
        return result_text.encode()
    if format_ == "csv":
        return "".join(csv_lines(SHORTLIST_COLUMNS, shortlist_rows(result))).encode()
    if format_ == "xlsx":
        return workspace.write_workbook(briefing_pack(result))
    if format_ == "html":
        return shortlist_page(briefing_pack(result)).encode()
    raise BadInput(f"A shortlist cannot be written as '{format_}'; choose one of {', '.join(FORMATS)}.")
