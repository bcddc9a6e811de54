"""The command line: every command, and where each lives."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from matcher.cli import (
    demo,
    doctor,
    evaluate,
    explain,
    export,
    imports,
    match,
    overrides,
    programmes,
    rankers,
    report,
    run,
    runs,
    search,
    shortlist,
    timetable,
    train,
)
from matcher.cli.output import leave_stdout, tell
from matcher.cli.terminal import REFUSED, Terminal

app = typer.Typer(
    name="matcher",
    help="Match overseas startups with UK partners: optimal shortlists, with a reason for every pair.",
    epilog="Start with: matcher demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def start(
    context: typer.Context,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace", metavar="DIR", help="The folder with everything a run needs.", show_default="data/local"
        ),
    ] = None,
) -> None:
    """Match overseas startups with UK partners: optimal shortlists, with a reason for every pair."""
    context.obj = Terminal(folder=workspace)


app.command("demo")(demo.demo)
app.command("import")(imports.import_)
app.add_typer(programmes.app, name="programmes")
app.command("match")(match.match)
app.command("explain")(explain.explain)
app.command("search")(search.search)
app.command("shortlist")(shortlist.shortlist)
app.command("run")(run.run)
app.command("pin")(overrides.pin)
app.command("ban")(overrides.ban)
app.command("unpin")(overrides.unpin)
app.command("unban")(overrides.unban)
app.command("note")(overrides.note)
app.command("unnote")(overrides.unnote)
app.command("overrides")(overrides.overrides)
app.command("timetable", cls=timetable.Command)(timetable.timetable)
app.add_typer(runs.app, name="runs")
app.add_typer(report.app, name="report")
app.command("export")(export.export)
app.add_typer(rankers.app, name="rankers")
app.command("evaluate")(evaluate.evaluate)
app.command("train")(train.train)
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command line."""
    try:
        app()
    except OSError as fault:  # a help text that cannot be written; commands have a door of their own
        leave_stdout()
        tell(f"The output cannot be written: {fault.strerror}; send it to another place.")
        sys.exit(REFUSED)
