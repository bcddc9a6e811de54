"""`matcher train`: learn the ranker from the workspace's own history."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from matcher.cli.output import check_folder, say, show, write_folder
from matcher.cli.terminal import AsOf, Force, Quiet, as_of_date, door, terminal_of, utc_now


class Format(StrEnum):
    """How a training is printed."""

    TABLE = "table"
    JSON = "json"


@door
def train(
    context: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="DIR",
            help="Also write coefficients.json, metrics.json and card.md into this folder.",
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="What the ranker is called.", show_default="trained-DATE"),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
    force: Force = False,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Learn the ranker from the history here; keep it only if it is better on the latest years than the present one.

    Example: matcher train --output trained
    """
    from matcher.services import training

    check_folder(output, force)
    terminal = terminal_of(context)
    workspace = terminal.workspace()
    with terminal.progress(quiet) as progress:
        done = training.train(workspace, as_of_date(as_of), utc_now(), name, progress)
    if output and done.papers:
        files = {
            "coefficients.json": done.papers.coefficients,
            "metrics.json": done.papers.metrics,
            "card.md": done.papers.card,
        }
        write_folder({file: text.encode() for file, text in files.items()}, output, force)
        terminal.note(f"Written to {output}.", quiet)
    elif output:
        terminal.note(f"Nothing is written to {output}: there is no new ranker.", quiet)
    if format_ is Format.JSON:
        said = json.loads(done.papers.metrics) if done.papers else {"present": done.present}
        say(json.dumps(said | {"kept": done.kept, "too_little": done.too_little or None}, indent=1))
        return
    if done.papers:
        show(_table(json.loads(done.papers.metrics)))
    show(_verdict(done))


def _table(metrics: dict[str, Any]) -> str:
    held = metrics["held_out"]
    *first, last = map(str, held["years"])
    years = f"{', '.join(first)} and {last}" if first else last
    lines = [
        f"On {held['startups']:,} startups of {years}, learned from the years before (95 % interval):",
        "",
        f"{'':<54}{'nDCG@10':<24}{'recall@10':<12}coverage@10",
    ]
    for row in metrics["rankings"]:
        mean, low, high = row["ndcg_at_10"]
        lines.append(
            f"{row['name']:<54}{f'{mean:.3f} ({low:.3f} to {high:.3f})':<24}{row['recall_at_10'][0]:<12.3f}"
            f"{row['coverage']:.2f}"
        )
    return "\n".join([*lines, ""])


def _verdict(done: Any) -> str:
    if done.trial is None:
        return f"{done.too_little}\nThe present ranker {done.present} stays."
    mean, low, high = done.trial.difference
    told = f"nDCG@10 {mean:+.3f} (95 % interval {low:+.3f} to {high:+.3f})"
    if done.kept:
        return (
            f"Kept: {done.papers.ranker_id} is better than {done.present} beyond chance, {told}, and is active now, "
            f"learned again from all years. `matcher rankers use {done.present}` goes back."
        )
    if done.trial.worse:
        return f"Not kept: it is worse than {done.present} beyond chance, {told}; the present one stays."
    return f"Not kept: against {done.present} the difference is not clear of chance, {told}; the present one stays."
