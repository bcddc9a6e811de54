"""`matcher run`: the operator's one command ahead of a programme's intake."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from matcher.cli.output import check_folder, counted, say, show, tell, write_folder
from matcher.cli.terminal import AsOf, Force, Quiet, as_of_date, door, terminal_of, utc_now


class Format(StrEnum):
    """How counts are printed."""

    TABLE = "table"
    JSON = "json"


FUNNEL_COLUMNS = ("startup_id", "reached", "rule", "detail")


@door
def run(
    context: typer.Context,
    programme: Annotated[str, typer.Argument(help="A programme's id.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count and estimate, keep and write nothing.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="DIR", help="A folder for funnel.csv, matches.csv, pack.xlsx, report.html."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Matches written for each startup; 0 = all.")] = 0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Part of the run's name; equal seeds, equal runs.")] = 0,
    format_: Annotated[Format, typer.Option("--format", help="How to print the counts.")] = Format.TABLE,
    force: Force = False,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Screen, match, shortlist and report in one go; run it again to go on after it was stopped.

    Example: matcher run texchange-2027 --output intake-2027
    """
    from matcher.services import batching
    from matcher.services.reporting import run_report, shortlist_bytes
    from matcher.services.shortlisting import make_shortlist
    from matcher.steps.tables import MATCH_COLUMNS, csv_lines, match_row

    check_folder(output, force)
    terminal = terminal_of(context)
    workspace = terminal.workspace()
    day = as_of_date(as_of)
    if dry_run:
        with terminal.progress(quiet) as progress:
            found = batching.dry_run(workspace, programme, day, progress)
        say(json.dumps(vars(found), ensure_ascii=False, indent=1)) if format_ is Format.JSON else _counts(found)
        return
    with terminal.progress(quiet) as progress:
        made = make_shortlist(workspace, programme, seed, day, utc_now(), progress)
        if output:
            matches = (match_row(line) for line in batching.match_lines(workspace, made, limit, progress))
            files = {
                "funnel.csv": "".join(csv_lines(FUNNEL_COLUMNS, batching.funnel_rows(made))).encode(),
                "matches.csv": "".join(csv_lines(MATCH_COLUMNS, matches)).encode(),
                "pack.xlsx": shortlist_bytes(workspace, made.result, "xlsx"),
                "report.html": run_report(workspace, made.id),
            }
            write_folder(files, output, force)
    counts = batching.funnel_counts(made)
    if format_ is Format.JSON:
        say(json.dumps({"run_id": made.id, "programme_id": made.programme_id, "funnel": counts}, indent=1))
    else:
        show(", ".join(f"{stage} {count:,}" for stage, count in counts.items()) + ".")
    if output:
        terminal.note(f"Written to {output}: {', '.join(files)}.", quiet)
    tell(made.id)


def _counts(found: Any) -> None:
    show(f"{found.programme_id}: a dry run; nothing was kept.")
    show(f"Intake: {counted(found.intake, 'startup')}, {found.eligible:,} eligible.")
    for rule, count in found.refused.items():
        show(f"  refused by {rule.replace('_', ' ')}: {count:,}")
    places = "no limit" if found.places is None else f"{found.places:,}"
    show(f"Places: {places}. {counted(found.pairs, 'admitted pair')} with {counted(found.partners, 'partner')}.")
    show(f"{counted(found.texts, 'text')} to encode; about {_duration(found.seconds)} in all.")


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    return f"{round(seconds / 60)} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"
