"""`matcher programmes`: the editions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.output import counted, say, show
from matcher.cli.terminal import door, terminal_of

app = typer.Typer(
    help="List, show, check and add programme editions.",
    epilog="Example: matcher programmes list",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
@door
def list_(context: typer.Context) -> None:
    """List the editions, those shipped and those added.

    Example: matcher programmes list
    """
    from matcher.services.programmes import list_programmes

    for programme in list_programmes(terminal_of(context).workspace()):
        places = "all eligible" if programme.places is None else counted(programme.places, "place")
        show(f"{programme.id}  {programme.name}  ({programme.edition}, {places})")


@app.command("show")
@door
def show_(
    context: typer.Context,
    programme: Annotated[str, typer.Argument(help="A programme's id.", show_default=False)],
) -> None:
    """Show an edition as JSON.

    Example: matcher programmes show texchange-2027
    """
    from matcher.domain.programme import programme_to_json
    from matcher.services.programmes import show_programme

    found = show_programme(terminal_of(context).workspace(), programme)
    say(json.dumps(json.loads(programme_to_json(found)), ensure_ascii=False, indent=1))


@app.command("check")
@door
def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A programme's .toml file.", show_default=False)],
) -> None:
    """Check a programme file and say what is wrong with it.

    Example: matcher programmes check my-edition.toml
    """
    from matcher.services.programmes import read_programme

    terminal = terminal_of(context)
    read = read_programme(terminal.workspace(), file)
    for note in read.notes:
        terminal.note(f"Note: {note}")
    show(f"{file} is a valid programme: {read.programme.id}.")


@app.command("add")
@door
def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A programme's .toml file.", show_default=False)],
) -> None:
    """Add an edition to the workspace, or put a new text in place of one.

    Example: matcher programmes add my-edition.toml
    """
    from matcher.services.programmes import add_programme

    terminal = terminal_of(context)
    read = add_programme(terminal.workspace(), file)
    for note in read.notes:
        terminal.note(f"Note: {note}")
    show(f"Added {read.programme.id}.")
