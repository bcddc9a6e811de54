"""`matcher runs`: the kept runs, approving one, finishing one, making one again."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from matcher.cli.output import say, show, write_output
from matcher.cli.terminal import Quiet, door, terminal_of, utc_now
from matcher.errors import BadInput, Stale

app = typer.Typer(
    help="List, show, compare, approve, finish and replay runs.",
    epilog="Example: matcher runs list",
    no_args_is_help=True,
    rich_markup_mode=None,
)

RunId = Annotated[
    str, typer.Argument(metavar="RUN", help="A run's id, as `matcher runs list` shows it.", show_default=False)
]


class ListFormat(StrEnum):
    """How runs are listed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Format(StrEnum):
    """How a run's result is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    XLSX = "xlsx"


@app.command("list")
@door
def list_(
    context: typer.Context,
    format_: Annotated[ListFormat, typer.Option("--format", help="How to print.")] = ListFormat.TABLE,
) -> None:
    """List every run, the oldest first, and which was approved by whom.

    Example: matcher runs list
    """
    from matcher.services.reviewing import list_runs
    from matcher.steps.tables import csv_lines

    runs = list_runs(terminal_of(context).workspace())
    rows = [(run.id, run.kind, run.programme_id, run.as_of, run.made_at, run.state, run.by or "") for run in runs]
    columns = ("run_id", "kind", "programme_id", "as_of", "made_at", "state", "approved_by")
    if format_ is ListFormat.JSON:
        say(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
    elif format_ is ListFormat.CSV:
        write_output((line.encode() for line in csv_lines(columns, rows)), None, False)
    elif not rows:
        show("No runs yet; `matcher shortlist PROGRAMME` makes one.")
    else:
        for row in rows:
            state = f"approved by {row[6]}" if row[6] else row[5]
            show(f"{row[0]}  {row[1]}  {row[2]}  as of {row[3]}  {state}  made {row[4]}")


@app.command("show")
@door
def show_(
    context: typer.Context,
    run_id: RunId,
    format_: Annotated[Format, typer.Option("--format", help="How to print the result.")] = Format.TABLE,
    manifest: Annotated[
        bool, typer.Option("--manifest", help="What the run depends on, instead of its result.")
    ] = False,
) -> None:
    """Show a kept run.

    Example: matcher runs show 0123456789ab --manifest
    """
    from matcher.services.reviewing import show_run

    workspace = terminal_of(context).workspace()
    run = show_run(workspace, run_id)
    write_output(
        [run.manifest.encode() + b"\n" if manifest else _shown(workspace, run, run.result, format_)], None, False
    )


@app.command("replay")
@door
def replay(
    context: typer.Context,
    run_id: RunId,
    format_: Annotated[Format, typer.Option("--format", help="How to print the result.")] = Format.TABLE,
    quiet: Quiet = False,
) -> None:
    """Make a run again from the profile versions it read, and print the same bytes.

    Example: matcher runs replay 0123456789ab --format csv
    """
    from matcher.services.reviewing import show_run
    from matcher.services.scheduling import remake_timetable
    from matcher.services.shortlisting import replay as make_again

    terminal = terminal_of(context)
    workspace = terminal.workspace()
    run = show_run(workspace, run_id)
    with terminal.progress(quiet) as progress:
        if run.kind == "timetable":
            result, changed = remake_timetable(workspace, run), _changed_code(workspace, run)
        else:
            again = make_again(workspace, run_id, progress)
            result, changed = again.result, again.changed
    if result != run.result:
        why = f"its {' and '.join(changed)} changed since" if changed else "nothing it depends on changed"
        raise Stale(
            f"Run {run_id} no longer comes out the same: {why}; `matcher runs show {run_id}` prints what was kept."
        )
    if changed:
        terminal.note(f"The {' and '.join(changed)} changed since; the result is the same to the byte.", quiet)
    write_output([_shown(workspace, run, result, format_)], None, False)


def _changed_code(workspace: Any, run: Any) -> tuple[str, ...]:
    return ("code",) if json.loads(run.manifest)["code"] != workspace.code() else ()


def _shown(workspace: Any, run: Any, result: str, format_: Format) -> bytes:
    """A run's result as it is printed, whatever kind of run it is."""
    from matcher.cli import shortlist, timetable

    printer = timetable.shown if run.kind == "timetable" else shortlist.shown
    return printer(workspace, result, format_.value)


@app.command("resume")
@door
def resume(
    context: typer.Context,
    run_id: RunId,
    format_: Annotated[Format, typer.Option("--format", help="How to print the result.")] = Format.TABLE,
    quiet: Quiet = False,
) -> None:
    """Finish a run that was begun, with the bytes of an uninterrupted one.

    Example: matcher runs resume 0123456789ab
    """
    from matcher.services.shortlisting import resume as finish

    terminal = terminal_of(context)
    workspace = terminal.workspace()
    with terminal.progress(quiet) as progress:
        run = finish(workspace, run_id, utc_now(), progress)
    write_output([_shown(workspace, run, run.result, format_)], None, False)


@app.command("approve")
@door
def approve(
    context: typer.Context,
    run_id: RunId,
    by: Annotated[str, typer.Option("--by", metavar="PERSON", help="Who approves it.", show_default=False)],
) -> None:
    """Approve a run by name: what is written from it from now on says so.

    Example: matcher runs approve 0123456789ab --by "A. Officer"
    """
    from matcher.services.reviewing import approve as keep_approval
    from matcher.steps.rule_words import day_words

    kept = keep_approval(terminal_of(context).workspace(), run_id, by, utc_now())
    if kept.person != by.strip():
        raise BadInput(f"Run {kept.run_id} was approved by {kept.person} before; the first approval stands.")
    show(f"Run {kept.run_id} is approved by {kept.person} on {day_words(kept.approved_at[:10])}.")


@app.command("diff")
@door
def diff(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help="The earlier run's id.", show_default=False)],
    second: Annotated[str, typer.Argument(metavar="B", help="The later run's id.", show_default=False)],
    format_: Annotated[ListFormat, typer.Option("--format", help="How to print.")] = ListFormat.TABLE,
    quiet: Quiet = False,
) -> None:
    """Say which pairs run B gained and lost beside run A, and the cause of each.

    Example: matcher runs diff 0123456789ab ba9876543210
    """
    from dataclasses import asdict

    from matcher.services.comparing import compare
    from matcher.steps.tables import csv_lines

    terminal = terminal_of(context)
    with terminal.progress(quiet) as progress:
        found = compare(terminal.workspace(), first, second, progress)
    if format_ is ListFormat.JSON:
        say(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    elif format_ is ListFormat.CSV:
        columns = ("startup_id", "partner_id", "change", "cause", "detail")
        rows = [tuple(getattr(pair, column) for column in columns) for pair in found.pairs]
        write_output((line.encode() for line in csv_lines(columns, rows)), None, False)
    else:
        show("\n".join(_diff_lines(found)))


def _diff_lines(found: Any) -> list[str]:
    gained = sum(pair.change == "gained" for pair in found.pairs)
    lines = [f"{found.programme_id}, run {found.first} → run {found.second}"]
    lines += [f"Changed ({one.cause}): {one.detail}" for one in found.differences] or ["Nothing that counts changed."]
    lines += [f"Place {one.change} ({one.cause}): {one.startup_id}" for one in found.places]
    lines += [
        f"{pair.change.capitalize()} ({pair.cause}): {pair.startup_id} with {pair.partner_id}; {pair.detail}"
        for pair in found.pairs
    ]
    return [*lines, f"{found.kept:,} kept, {gained:,} gained, {len(found.pairs) - gained:,} lost."]
