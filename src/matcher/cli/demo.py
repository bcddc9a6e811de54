"""`matcher demo`: the main job on the invented samples, in a throw-away workspace."""

from __future__ import annotations

import tempfile
from pathlib import Path

import typer

from matcher.cli.output import write_output
from matcher.cli.terminal import Quiet, Terminal, door, terminal_of, today, utc_now

_FILES = ("startups", "partners", "portfolio", "briefs", "history")
_PROGRAMME = "texchange-2027"
_HOW_TO_GO_ON = """
How to go on with your own sheets:
  matcher import startups my-startups.xlsx --dry-run   checks every cell, stores nothing
  matcher import startups my-startups.xlsx
  matcher import partners my-partners.xlsx
  matcher match STARTUP                                the best partners of one startup, with reasons
  matcher explain STARTUP PARTNER                      the whole account of one pair
  matcher shortlist texchange-2027 --output shortlist.xlsx
`matcher --help` lists every command. In a clone it is .venv/bin/matcher.
"""


@door
def demo(context: typer.Context, quiet: Quiet = False) -> None:
    """Make a shortlist from the invented samples, and throw it away.

    Example: matcher demo
    """
    from matcher.cli.shortlist import shown
    from matcher.services.importing import import_sheet
    from matcher.services.shortlisting import make_shortlist
    from matcher.settings import shipped

    terminal = terminal_of(context)
    with tempfile.TemporaryDirectory(prefix="matcher-demo-") as folder:
        # Also where the environment names another database: it is not ours to write samples into.
        workspace = Terminal(folder=Path(folder)).workspace(database_url=None)
        for kind in _FILES:
            report = import_sheet(workspace, kind, shipped("data/samples") / f"{kind}.csv", today=today())
            terminal.note(f"Imported {report.created} {kind} (invented samples).", quiet)
        with terminal.progress(quiet) as progress:
            run = make_shortlist(workspace, _PROGRAMME, 0, today().isoformat(), utc_now(), progress)
        write_output([shown(workspace, run.result, "table"), _HOW_TO_GO_ON.encode()], None, False)
        workspace.database.dispose()
