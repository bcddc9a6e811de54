"""`matcher report`: what the records and a run come to; it reads, and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple
from enum import StrEnum
from typing import Annotated, Any

import typer

from matcher.cli.output import check_output, tell, visible, write_output
from matcher.cli.terminal import Force, Output, door, terminal_of

app = typer.Typer(
    help="Tags, coverage of the regions, exposure of groups, outcomes, and how complete the profiles are.",
    epilog="Example: matcher report coverage",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """How a report is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class TextFormat(StrEnum):
    """How a report that is no table of equal rows is printed."""

    TABLE = "table"
    JSON = "json"


As = Annotated[Format, typer.Option("--format", help="How to print.")]
AsText = Annotated[TextFormat, typer.Option("--format", help="How to print.")]


@app.command("tags")
@door
def tags(
    context: typer.Context,
    party: Annotated[str, typer.Argument(metavar="STARTUP|PARTNER", help="Its id.", show_default=False)],
    format_: AsText = TextFormat.TABLE,
    output: Output = None,
    force: Force = False,
) -> None:
    """What a profile names of priority technologies, UK regions and sensitive areas, each with the words that say it.

    Example: matcher report tags su-001-pulsefern
    """
    from matcher.services.reporting import report_tags

    check_output(output, force)
    workspace = terminal_of(context).workspace()
    who, found = report_tags(workspace, party)
    topics = workspace.background.topics
    if format_ is TextFormat.JSON:
        said = {
            "id": who.id,
            "name": who.name,
            "tags": [asdict(tag) for tag in found],
            "national_security_list": {"as_of": topics.security_as_of, "source": topics.security_source},
        }
        _print_json(said, output, force)
    else:
        from matcher.cli.report_tables import tags_table

        _print(tags_table(who, found, topics), output, force)


@app.command("coverage")
@door
def coverage(
    context: typer.Context,
    run_id: Annotated[
        str | None, typer.Argument(metavar="[RUN]", help="A shortlist's run.", show_default=False)
    ] = None,
    format_: As = Format.TABLE,
    output: Output = None,
    force: Force = False,
) -> None:
    """The partners of each of the twelve UK regions, a run's meetings there, and the Local Digital Index beside them.

    Example: matcher report coverage 0123456789ab --format csv
    """
    from matcher.services.reporting import report_coverage
    from matcher.steps.coverage import COVERAGE_COLUMNS, coverage_json, coverage_rows

    check_output(output, force)
    workspace = terminal_of(context).workspace()
    found = report_coverage(workspace, run_id)
    regions = workspace.background.regions
    if format_ is Format.JSON:
        _print_json(coverage_json(found, regions, run_id), output, force)
    elif format_ is Format.CSV:
        _print_csv(COVERAGE_COLUMNS, coverage_rows(found), output, force)
    else:
        from matcher.cli.report_tables import coverage_table

        _print(coverage_table(found, regions), output, force)


@app.command("exposure")
@door
def exposure(
    context: typer.Context,
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="A shortlist's run.", show_default=False)],
    guarantee: Annotated[
        bool, typer.Option("--guarantee", help="Beside each other: without and with a first meeting guaranteed.")
    ] = False,
    format_: As = Format.TABLE,
    output: Output = None,
    force: Force = False,
) -> None:
    """How a run's places and meetings fall on hubs, countries, women-led startups, kinds of partner and regions.

    Example: matcher report exposure 0123456789ab
    """
    from matcher.cli.report_tables import exposure_table, guarantee_table
    from matcher.services.reporting import report_exposure, report_guarantee
    from matcher.steps.exposure import (
        CHANGE_COLUMNS,
        EXPOSURE_COLUMNS,
        ExposureChange,
        ExposureRow,
        exposure_json,
        exposure_rows,
    )

    check_output(output, force)
    workspace = terminal_of(context).workspace()
    rows: Sequence[ExposureRow | ExposureChange]
    if guarantee:
        rows = beside = report_guarantee(workspace, run_id)
        shown, columns = guarantee_table(beside), CHANGE_COLUMNS
    else:
        rows = groups = report_exposure(workspace, run_id)
        shown, columns = exposure_table(groups), EXPOSURE_COLUMNS
    if format_ is Format.JSON:
        _print_json({"run_id": run_id, "groups": exposure_json(rows)}, output, force)
    elif format_ is Format.CSV:
        _print_csv(columns, list(exposure_rows(rows)), output, force)
    else:
        _print(shown, output, force)


@app.command("outcomes")
@door
def outcomes(
    context: typer.Context,
    programme: Annotated[
        str | None, typer.Argument(metavar="[PROGRAMME]", help="A programme's id.", show_default=False)
    ] = None,
    format_: AsText = TextFormat.TABLE,
    output: Output = None,
    force: Force = False,
) -> None:
    """How far startups got and what came of meetings; signed values and estimates apart, each with source and date.

    Example: matcher report outcomes --format json
    """
    from matcher.services.reporting import report_outcomes
    from matcher.steps.outcomes import Outcomes, outcomes_json

    check_output(output, force)
    workspace = terminal_of(context).workspace()
    found = report_outcomes(workspace, programme)
    rates_as_of = workspace.reference.rates.as_of
    several = isinstance(found, Outcomes)
    if format_ is TextFormat.TABLE:
        rows = [*found.rows, found.all] if isinstance(found, Outcomes) else [found]
        from matcher.cli.report_tables import outcomes_table

        _print(outcomes_table(rows, several, rates_as_of), output, force)
    elif isinstance(found, Outcomes):
        said = {"programmes": [outcomes_json(row) for row in found.rows], "all": outcomes_json(found.all)}
        _print_json({"rates_as_of": rates_as_of, **said}, output, force)
    else:
        _print_json({"rates_as_of": rates_as_of, **outcomes_json(found)}, output, force)


@app.command("completeness")
@door
def completeness(
    context: typer.Context,
    format_: As = Format.TABLE,
    output: Output = None,
    force: Force = False,
) -> None:
    """How many startups and partners state each field, and which to fill in first.

    Example: matcher report completeness
    """
    from matcher.services.reporting import report_completeness
    from matcher.steps.completeness import COMPLETENESS_COLUMNS, completeness_json

    check_output(output, force)
    found = report_completeness(terminal_of(context).workspace())
    if format_ is Format.JSON:
        _print_json(completeness_json(found), output, force)
    elif format_ is Format.CSV:
        _print_csv(COMPLETENESS_COLUMNS, [astuple(row) for own in found.values() for row in own], output, force)
    else:
        from matcher.cli.report_tables import completeness_table

        _print(completeness_table(found), output, force)


def _print_json(said: Any, output: Any, force: bool) -> None:
    _print(json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False) + "\n", output, force, for_people=False)


def _print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], output: Any, force: bool) -> None:
    from matcher.steps.tables import csv_lines

    _print("".join(csv_lines(columns, rows)), output, force, for_people=False)


def _print(text: str, output: Any, force: bool, for_people: bool = True) -> None:
    said = visible(text) if for_people else text
    write_output([said.encode("utf-8", "backslashreplace")], output, force)
    if output:
        tell(f"Written to {output}.")
