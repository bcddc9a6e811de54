"""`matcher shortlist`: who should meet whom in an edition."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from itertools import groupby
from typing import Annotated, Any

import typer

from matcher.cli.terminal import (
    AsOf,
    Force,
    Output,
    Quiet,
    as_of_date,
    check_output,
    door,
    terminal_of,
    utc_now,
    write_output,
)
from matcher.errors import BadInput


class Format(StrEnum):
    """How a shortlist is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


_FILES = ("json", "csv", "xlsx", "html")


@door
def shortlist(
    context: typer.Context,
    programme: Annotated[str, typer.Argument(help="A programme's id.", show_default=False)],
    seed: Annotated[int, typer.Option("--seed", min=0, help="Part of the run's name; equal seeds, equal runs.")] = 0,
    format_: Annotated[Format, typer.Option("--format", help="How to print on stdout.")] = Format.TABLE,
    output: Output = None,
    force: Force = False,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Make and keep the best possible shortlist, with its proof.

    Example: matcher shortlist texchange-2027 --output shortlist.xlsx
    """
    from matcher.services.reporting import shortlist_bytes
    from matcher.services.shortlisting import make_shortlist

    check_output(output, force)
    suffix = output.suffix.lower().lstrip(".") if output else ""
    if output and suffix not in _FILES:
        raise BadInput(f"{output} has no known ending; write a .xlsx, .csv, .json or .html file.")
    terminal = terminal_of(context)
    workspace = terminal.workspace()
    with terminal.progress(quiet) as progress:
        run = make_shortlist(workspace, programme, seed, as_of_date(as_of), utc_now(), progress)
    if output:
        write_output([shortlist_bytes(workspace, run.result, suffix)], output, force)
        terminal.note(f"Written to {output}.", quiet)
    else:
        write_output([shown(workspace, run.result, format_.value)], None, force)
    print(run.id, file=sys.stderr)


def shown(workspace: Any, result: str, format_: str) -> bytes:
    """A shortlist result as it is printed."""
    from matcher.services.reporting import shortlist_bytes

    return _table(json.loads(result)).encode() if format_ == "table" else shortlist_bytes(workspace, result, format_)


def _table(result: dict[str, Any]) -> str:
    """A block a startup, each meeting with its reason; then who falls short, and the proof."""
    certificate = result["certificate"]
    parts = [f"{result['programme_name']}: shortlist as of {result['as_of']}\n"]
    meetings = {id_: list(pairs) for id_, pairs in groupby(result["pairs"], key=lambda pair: pair["startup_id"])}
    alternates = {id_: list(pairs) for id_, pairs in groupby(result["alternates"], key=lambda pair: pair["startup_id"])}
    for place in result["placed"]:
        id_ = place["startup_id"]
        pairs = meetings.get(id_, [])
        parts.append(f"\n{place['name']} ({id_}): {len(pairs)} meeting{'' if len(pairs) == 1 else 's'}\n")
        for pair in pairs:
            kind = pair["kind"].replace("_", " ")
            parts.append(f"{pair['rank']:>3}. {pair['partner_name']} ({kind}, {pair['band']})\n     {pair['reason']}\n")
            parts += [f"     Caution: {caution}\n" for caution in pair["cautions"]]
        if id_ in alternates:
            parts.append(f"     Alternates: {', '.join(pair['partner_name'] for pair in alternates[id_])}\n")
    for short in certificate["short"]:
        parts.append(f"\nFalls short: {short['id']} has {short['got']} of {_wanted(short)}: {short['because']}")
    loads = ", ".join(f"{load['name']} ({load['partner_id']}) {_load(load)}" for load in result["loads"])
    parts.append(f"\n\nPartner load: {loads}\n")
    parts.append(
        f"\n{len(result['pairs'])} meetings for {len(result['placed'])} startups; "
        f"{len(result['unplaced'])} found no place, {len(result['refused'])} are not eligible "
        "(--format json or an .xlsx output names the rule for each).\n"
        f"Proof: objective {certificate['objective']:.6f} points, bound {certificate['bound']:.6f}, "
        f"gap {certificate['gap']:g}, over {certificate['pairs_admitted']:,} admitted pairs.\n"
        "These are suggestions; a named officer decides.\n"
    )
    return "".join(parts)


def _load(load: dict[str, Any]) -> str:
    return str(load["meetings"]) if load["capacity"] is None else f"{load['meetings']} of {load['capacity']}"


def _wanted(short: dict[str, Any]) -> str:
    kind = f"{short['kind'].replace('_', ' ')} " if short["kind"] else ""
    return f"{short['wanted']} {kind}meetings"
