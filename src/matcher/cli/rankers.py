"""`matcher rankers`: the shipped ranker and those trained here, and which is active."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from matcher.cli.output import say, show, write_output
from matcher.cli.runs import ListFormat
from matcher.cli.terminal import door, terminal_of

app = typer.Typer(
    help="List, show and choose rankers.",
    epilog="Example: matcher rankers list",
    no_args_is_help=True,
    rich_markup_mode=None,
)

RankerId = Annotated[
    str,
    typer.Argument(
        metavar="RANKER", help="A ranker's id, a beginning that no other has, or shipped.", show_default=False
    ),
]


class Format(StrEnum):
    """How a ranker is printed."""

    CARD = "card"
    JSON = "json"


@app.command("list")
@door
def list_(
    context: typer.Context,
    format_: Annotated[ListFormat, typer.Option("--format", help="How to print.")] = ListFormat.TABLE,
) -> None:
    """List the rankers and say which is active.

    Example: matcher rankers list
    """
    from matcher.services.ranking import list_rankers
    from matcher.steps.tables import csv_lines

    rankers = list_rankers(terminal_of(context).workspace())
    columns = ("ranker_id", "origin", "made_at", "active")
    rows = [(one.id, one.origin, one.made_at, one.active) for one in rankers]
    if format_ is ListFormat.JSON:
        say(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
    elif format_ is ListFormat.CSV:
        spoken = [(*row[:-1], "yes" if row[-1] else "no") for row in rows]
        write_output((line.encode() for line in csv_lines(columns, spoken)), None, False)
    else:
        for one in rankers:
            show(f"{one.id}  {_whence(one.origin, one.made_at)}{'  active' if one.active else ''}")


@app.command("show")
@door
def show_(
    context: typer.Context,
    ranker: RankerId,
    format_: Annotated[
        Format, typer.Option("--format", help="Its card, or its coefficients and metrics as JSON.")
    ] = Format.CARD,
) -> None:
    """Show a ranker's card, or its numbers.

    Example: matcher rankers show shipped
    """
    from matcher.services.ranking import show_ranker

    standing, papers = show_ranker(terminal_of(context).workspace(), ranker)
    if format_ is Format.CARD:
        show(papers.card.rstrip("\n"))
        return
    said = {
        "ranker_id": standing.id,
        "origin": standing.origin,
        "made_at": standing.made_at,
        "active": standing.active,
        "coefficients": json.loads(papers.body),
        "metrics": json.loads(papers.metrics),
    }
    say(json.dumps(said, ensure_ascii=False, indent=1))


@app.command("use")
@door
def use(context: typer.Context, ranker: RankerId) -> None:
    """Make a ranker the active one.

    An id stays active when a later version ships another ranker; shipped is the one that comes with the program.

    Example: matcher rankers use shipped
    """
    from matcher.services.ranking import use_ranker

    now = use_ranker(terminal_of(context).workspace(), ranker)
    show(f"{now.id} is active now ({_whence(now.origin, now.made_at)}).")


def _whence(origin: str, made_at: str | None) -> str:
    return origin if made_at is None else f"{origin} {made_at}"
