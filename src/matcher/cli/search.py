"""`matcher search`: profiles that fit a free text."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from matcher.cli.output import say, show, write_output
from matcher.cli.terminal import Quiet, as_of_date, door, terminal_of


class Format(StrEnum):
    """How hits are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


_LONGEST = 160


@door
def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What to look for, in your own words.", show_default=False)],
    startups: Annotated[bool, typer.Option("--startups", help="Only startups.")] = False,
    partners: Annotated[bool, typer.Option("--partners", help="Only partners.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, help="The best so many; 0 = all.")] = 10,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
    quiet: Quiet = False,
) -> None:
    """Search profiles by meaning and by words.

    Example: matcher search "remote monitoring for community nurses" --partners
    """
    from matcher.services.searching import search as search_profiles
    from matcher.steps.tables import csv_lines

    if startups and partners:
        raise typer.BadParameter("use --startups or --partners, or neither for both")
    sides = ("startup",) if startups else ("partner",) if partners else ("startup", "partner")
    terminal = terminal_of(context)
    with terminal.progress(quiet) as progress:
        hits = search_profiles(terminal.workspace(), text, as_of_date(None), sides, limit, progress)
    if format_ is Format.JSON:
        say(json.dumps([vars(hit) for hit in hits], ensure_ascii=False, indent=1))
    elif format_ is Format.CSV:
        columns = ("rank", "side", "id", "name", "similarity", "record_kind", "record_id", "text")
        rows = (tuple(vars(hit).values()) for hit in hits)
        write_output((line.encode() for line in csv_lines(columns, rows)), None, False)
    else:
        for hit in hits:
            said = hit.text if len(hit.text) <= _LONGEST else f"{hit.text[:_LONGEST]}…"
            show(f"{hit.rank:>3}. {hit.name} ({hit.side} {hit.id})\n     {said}")
        if not hits:
            show("Nothing found; import profiles first, or use other words.")
