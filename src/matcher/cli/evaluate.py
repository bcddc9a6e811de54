"""`matcher evaluate`: how well the ranking finds links that really happened."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matcher.cli.ids import id_in
from matcher.cli.output import check_output, counted, visible, write_output
from matcher.cli.terminal import AsOf, Force, Output, Quiet, as_of_date, door, terminal_of
from matcher.domain.sheet import Sheet
from matcher.domain.vocabulary import folded
from matcher.errors import BadInput


class Format(StrEnum):
    """How an evaluation is printed."""

    TABLE = "table"
    JSON = "json"


@door
def evaluate(
    context: typer.Context,
    labels: Annotated[
        Path,
        typer.Argument(
            metavar="LABELS",
            help="A sheet of links that really happened: columns startup_id and partner_id.",
            show_default=False,
        ),
    ],
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="Only a startup's best so many count as ranked; 0 = all.")
    ] = 0,
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare",
            metavar="RANKER",
            help="Beside another ranker: an id, shipped, or the path of a coefficients.json.",
        ),
    ] = None,
    chart: Annotated[
        Path | None, typer.Option("--chart", metavar="FILE.svg", help="Draw the figures into an SVG file.")
    ] = None,
    format_: Annotated[Format | None, typer.Option("--format", help="How to print.", show_default="table")] = None,
    output: Output = None,
    force: Force = False,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Hold the ranking against links that really happened.

    Example: matcher evaluate links.csv --as-of 2025-12-31
    """
    from matcher.cli.evaluation_table import evaluation_table
    from matcher.services.evaluating import evaluate as evaluate_links
    from matcher.services.evaluating import ranker_named
    from matcher.steps.chart import evaluation_chart
    from matcher.steps.evaluation import evaluation_json

    shown = format_ or _format_of(output)
    _check_files(chart, output, force)
    terminal = terminal_of(context)
    workspace = terminal.workspace()
    links = links_in(workspace.read_sheet(labels, None))
    compared = None if compare is None else ranker_named(workspace, compare)
    with terminal.progress(quiet) as progress:
        made = evaluate_links(workspace, links, as_of_date(as_of), limit, compared, progress)
    if made.known_links:
        terminal.note(
            f"{made.known_links:,} of {counted(made.links, 'link')} already stand in the workspace's history on "
            f"{made.as_of}, so the figures flatter; name an earlier day with --as-of.",
            quiet,
        )
    if shown is Format.JSON:
        text = json.dumps(evaluation_json(made), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    else:
        text = visible(evaluation_table(made, workspace.vocabulary.country_names))
    if chart is not None:
        write_output([evaluation_chart(made).encode()], chart, force)
    write_output([text.encode()], output, force)


def links_in(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """(startup id, partner id) of each row, each pair once, in their order. Raises BadInput."""
    for flaw in sheet.flaws:
        raise BadInput(f"{sheet.file}, row {flaw.row}: {flaw.message}")
    names = [re.sub(r"\W", "", folded(name)) for name in sheet.header]
    for name in ("startup_id", "partner_id"):
        if name.replace("_", "") not in names:
            raise BadInput(f"{sheet.file} has no column {name}; add one, a link needs a startup_id and a partner_id.")
    links = tuple(dict.fromkeys(_links(sheet, names.index("startupid"), names.index("partnerid"))))
    if not links:
        raise BadInput(f"{sheet.file} names no link; write a startup_id and a partner_id a row.")
    return links


def _links(sheet: Sheet, startup: int, partner: int) -> Iterator[tuple[str, str]]:
    for row, cells in sheet.rows:
        link = (id_in(cells[startup]), id_in(cells[partner]))
        if not all(link):
            missing = sheet.header[partner if link[0] else startup]
            raise BadInput(f"{sheet.file}, row {row}: {missing} is blank; write the id, or delete the row.")
        yield link


_ENDINGS = {".json": Format.JSON, ".txt": Format.TABLE}


def _format_of(output: Path | None) -> Format:
    if output is None:
        return Format.TABLE
    if output.suffix.lower() not in _ENDINGS:
        raise BadInput(f"{output} has no known ending; write a .json or .txt file, or say which with --format.")
    return _ENDINGS[output.suffix.lower()]


def _check_files(chart: Path | None, output: Path | None, force: bool) -> None:
    """Refuse files that cannot be written, before anything is computed."""
    check_output(output, force)
    check_output(chart, force, "--chart")
    if chart is not None and chart == output:
        raise typer.BadParameter("name two files: --chart and --output cannot be the same")
    if chart is not None and chart.suffix.lower() != ".svg":
        raise BadInput(f"The chart is an SVG; name a file that ends in .svg instead of {chart}.")
