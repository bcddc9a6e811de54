"""`matcher shortlist`: who should meet whom in an edition."""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from itertools import groupby
from typing import Annotated, Any

import typer

from matcher.cli.output import check_output, counted, tell, visible, write_output
from matcher.cli.terminal import AsOf, Force, Output, Quiet, as_of_date, door, terminal_of, utc_now
from matcher.domain.match import percent
from matcher.domain.vocabulary import KIND_LABELS
from matcher.errors import BadInput


class Format(StrEnum):
    """How a shortlist is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


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
    from matcher.services.reporting import FORMATS, shortlist_bytes
    from matcher.services.shortlisting import make_shortlist

    check_output(output, force)
    suffix = output.suffix.lower().lstrip(".") if output else ""
    if output and suffix not in FORMATS:
        raise BadInput(f"{output} has no known ending; write a file that ends in .{', .'.join(FORMATS)}.")
    terminal = terminal_of(context)
    workspace = terminal.workspace()
    with terminal.progress(quiet) as progress:
        run = make_shortlist(workspace, programme, seed, as_of_date(as_of), utc_now(), progress)
    if output:
        write_output([shortlist_bytes(workspace, run.result, suffix)], output, force)
        terminal.note(f"Written to {output}.", quiet)
    else:
        write_output([shown(workspace, run.result, format_.value)], None, force)
    tell(run.id)


def shown(workspace: Any, result: str, format_: str) -> bytes:
    """A shortlist result as it is printed."""
    from matcher.services.reporting import shortlist_bytes

    return (
        visible(_table(json.loads(result))).encode()
        if format_ == "table"
        else shortlist_bytes(workspace, result, format_)
    )


def _table(result: dict[str, Any]) -> str:
    """A block a startup, each meeting with its reason; then who falls short, and the proof."""
    certificate = result["certificate"]
    parts = [f"{result['programme_name']}: shortlist as of {result['as_of']}\n"]
    meetings = {id_: list(pairs) for id_, pairs in groupby(result["pairs"], key=lambda pair: pair["startup_id"])}
    alternates = {id_: list(pairs) for id_, pairs in groupby(result["alternates"], key=lambda pair: pair["startup_id"])}
    for place in result["placed"]:
        id_ = place["startup_id"]
        pairs = meetings.get(id_, [])
        parts.append(f"\n{place['name']} ({id_}): {counted(len(pairs), 'meeting')}\n")
        for pair in pairs:
            kind = KIND_LABELS[pair["kind"]]
            fit = f"{pair['band']}, confidence {percent(pair['confidence'])}"
            parts.append(f"{pair['rank']:>3}. {pair['partner_name']} ({kind}): {fit}\n     {pair['reason']}\n")
            parts += [f"     Caution: {caution}\n" for caution in pair["cautions"]]
        if id_ in alternates:
            parts.append(f"     Alternates: {', '.join(pair['partner_name'] for pair in alternates[id_])}\n")
    for short in certificate["short"]:
        parts.append(f"\nFalls short: {short['id']} has {short['got']} of {_wanted(short)}: {short['because']}")
    if not certificate["short"]:
        parts.append("\nNobody falls short of a minimum.")
    for one in result["overrides"]:
        void = " (void as things are)" if one["void"] else ""
        pair = f"{one['startup_id']} and {one['partner_id']}"
        parts.append(f"\nDecided: {one['kind']} of {pair} by {one['person']}: {one['reason']}{void}")
    without: dict[str, list[str]] = {}
    for left in result["unplaced"]:
        without.setdefault(left["because"], []).append(f"{left['name']} ({left['startup_id']})")
    parts += [f"\nNo place, {because}: {', '.join(names)}" for because, names in without.items()]
    by_rule = Counter(refusal["rule"].replace("_", " ") for refusal in result["refused"])
    if by_rule:
        parts.append(f"\nNot eligible: {', '.join(f'{number} by {rule}' for rule, number in by_rule.most_common())}")
    if not result["placed"]:
        parts.append("\nNobody was placed: look at the rules above, the programme and the profiles.")
    loads = ", ".join(
        f"{load['name']} ({load['partner_id']}) {_load(load)}" for load in result["loads"] if load["meetings"]
    )
    parts.append(f"\n\nPartner load: {loads or 'none'}\n")
    parts.append(
        f"\n{counted(len(result['pairs']), 'meeting')} for {counted(len(result['placed']), 'startup')}; "
        f"without a place: {len(result['unplaced'])}, not eligible: {len(result['refused'])} "
        "(--format json or an .xlsx output names the rule for each).\n"
        f"Proof: objective {certificate['objective']:.6f} points, bound {certificate['bound']:.6f}, "
        f"gap {certificate['gap']:g}, over {counted(certificate['pairs_admitted'], 'admitted pair')}.\n"
        "These are suggestions; a named officer decides.\n"
    )
    return "".join(parts)


def _load(load: dict[str, Any]) -> str:
    return str(load["meetings"]) if load["capacity"] is None else f"{load['meetings']} of {load['capacity']}"


def _wanted(short: dict[str, Any]) -> str:
    kind = f"{KIND_LABELS[short['kind']]} " if short["kind"] else ""
    return counted(short["wanted"], f"{kind}meeting")
