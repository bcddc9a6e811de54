"""`matcher export`: take the records along."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from matcher.cli.output import check_output, counted, write_output
from matcher.cli.terminal import Force, Output, Quiet, door, terminal_of


class Kind(StrEnum):
    """What can be taken along."""

    STARTUPS = "startups"
    PARTNERS = "partners"
    PORTFOLIO = "portfolio"
    BRIEFS = "briefs"
    HISTORY = "history"
    PARTICIPATION = "participation"
    AVAILABILITY = "availability"
    AUDIT = "audit"


class Format(StrEnum):
    """How a sheet is written; JSON is JSON lines."""

    CSV = "csv"
    JSON = "json"


@door
def export(
    context: typer.Context,
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="What the sheet holds.", show_default=False)],
    format_: Annotated[
        Format | None, typer.Option("--format", help="How to write it.", show_default="as the file's ending says")
    ] = None,
    output: Output = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Write all records of a kind as a sheet that can be imported again. It holds contacts and notes too.

    Example: matcher export startups --output startups.csv
    """
    from matcher.services.exporting import export_sheet

    check_output(output, force)
    terminal = terminal_of(context)
    ending = output.suffix.lower() if output else ""
    chosen = format_ or (Format.JSON if ending in (".json", ".jsonl", ".ndjson") else Format.CSV)
    number, lines = export_sheet(terminal.workspace(), kind.value, chosen.value)
    write_output(lines, output, force)
    where = f" to {output}" if output else ""
    terminal.note(f"Wrote {counted(number, 'record')}{where}; it may hold personal data, so keep it safe.", quiet)
