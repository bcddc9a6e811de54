"""`matcher import`: bring a sheet."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.output import say, tell
from matcher.cli.terminal import REFUSED, Quiet, door, terminal_of, today
from matcher.errors import BadInput, BadSheet, CellFault


class Kind(StrEnum):
    """What a sheet can hold."""

    STARTUPS = "startups"
    PARTNERS = "partners"
    PORTFOLIO = "portfolio"
    BRIEFS = "briefs"
    HISTORY = "history"
    PARTICIPATION = "participation"
    AVAILABILITY = "availability"


class Format(StrEnum):
    """How the counts are printed."""

    TABLE = "table"
    JSON = "json"


# So many faults are listed on a terminal; --format json has them all.
_SHOWN = 100


@door
def import_(
    context: typer.Context,
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="What the sheet holds.", show_default=False)],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, XLSX or JSON lines.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, store nothing.")] = False,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Which sheet of a workbook.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print the counts.")] = Format.TABLE,
    quiet: Quiet = False,
) -> None:
    """Bring a sheet: all of it, or nothing if a cell is at fault.

    Example: matcher import startups data/samples/startups.csv --dry-run
    """
    from matcher.services.importing import import_sheet

    terminal = terminal_of(context)
    workspace = terminal.workspace()
    as_json = format_ is Format.JSON
    try:
        with terminal.progress(quiet) as progress:
            report = import_sheet(
                workspace, kind.value, file, sheet=sheet, dry_run=dry_run, today=today(), progress=progress
            )
    except BadInput as refusal:
        if as_json:
            _say_faults(refusal, file.name)
        elif isinstance(refusal, BadSheet):
            _tell_faults(refusal.faults)
            for warning in refusal.warnings:
                terminal.note(f"Note: {warning}", quiet)
        tell(str(refusal))
        raise typer.Exit(REFUSED) from None
    for warning in report.warnings:
        terminal.note(f"Note: {warning}", quiet)
    counts = {
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused": report.refused,
    }
    if as_json:
        say(json.dumps(counts | {"errors": [], "warnings": list(report.warnings)}, ensure_ascii=False))
    else:
        say("\n".join(f"{name}: {number}" for name, number in counts.items()))
        if dry_run:
            terminal.note("This was a dry run: nothing was stored.", quiet)


def _say_faults(refusal: BadInput, file: str) -> None:
    """A refusal as JSON on stdout; where no cell is to blame, the file as a whole is."""
    if isinstance(refusal, BadSheet):
        faults = refusal.faults
    else:
        faults = (CellFault(file=file, row=0, column="", value="", message=str(refusal)),)
    counts = {"created": 0, "changed": 0, "unchanged": 0, "refused": len({fault.row for fault in faults})}
    say(json.dumps(counts | {"errors": [vars(fault) for fault in faults]}, ensure_ascii=False))


def _tell_faults(faults: tuple[CellFault, ...]) -> None:
    """The faulty cells on stderr, for people."""
    for fault in faults[:_SHOWN]:
        where = f"row {fault.row}, column {fault.column}" if fault.row else "the file"
        tell(f"{fault.file}: {where}: “{fault.value}”: {fault.message}")
    if len(faults) > _SHOWN:
        tell(f"… and {len(faults) - _SHOWN:,} more; --format json lists them all.")
