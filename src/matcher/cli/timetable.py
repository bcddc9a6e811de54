"""`matcher timetable`: when and where the pairs of a shortlist meet."""

from __future__ import annotations

import hashlib
import json
import re
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from matcher.cli.output import check_folder, check_output, counted, tell, visible, write_folder, write_output
from matcher.cli.terminal import Force, Output, Quiet, door, terminal_of, utc_now
from matcher.errors import BadInput

_GOALS = {
    "meetings": "{reached:,.0f} meetings placed, at most {bound:,.0f} can be",
    "meetings_again": "{reached:,.0f} of the earlier meetings stand, at most {bound:,.0f} can",
    "meetings_kept": "{reached:,.0f} keep their slot, at most {bound:,.0f} can",
    "places_kept": "{reached:,.0f} keep their room and time, at most {bound:,.0f} can",
    "pitches": "{reached:,.0f} pitches placed, at most {bound:,.0f} can be",
    "points": "{reached:.6f} points, at most {bound:.6f}",
}

_BETWEEN = "\x1f"


class Format(StrEnum):
    """How a timetable is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Command(TyperCommand):
    """The command with an option of two values that can be repeated, which typer cannot be told in types."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the two values after each --cancel as one, with a character between that no id has."""
        joined: list[str] = []
        rest = list(args)
        while rest:
            word = rest.pop(0)
            joined.append(word)
            if word == "--cancel" and len(rest) > 1 and not rest[1].startswith("--"):
                joined.append(f"{rest.pop(0)}{_BETWEEN}{rest.pop(0)}")
        return super().parse_args(ctx, joined)


@door
def timetable(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="The id of a shortlist's run, or of a timetable's.", show_default=False)],
    cancel: Annotated[
        list[str] | None,
        typer.Option("--cancel", metavar="STARTUP PARTNER", help="A pair that is called off; nothing else moves."),
    ] = None,
    like: Annotated[
        str | None, typer.Option("--like", metavar="RUN", help="A timetable to stay as close to as can be.")
    ] = None,
    party: Annotated[
        str | None, typer.Option("--party", metavar="ID", help="Whose meetings alone are written to an .ics file.")
    ] = None,
    calendars: Annotated[
        Path | None, typer.Option("--calendars", metavar="DIR", help="Write a folder with a calendar for each party.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print on stdout.")] = Format.TABLE,
    output: Output = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Make and keep the timetable of a shortlist: nobody in two places, never more meetings at once than tables.

    Example: matcher timetable 0123456789ab --output timetable.xlsx
    """
    from matcher.services.scheduling import FORMATS, make_timetable, party_ids, timetable_bytes

    check_output(output, force)
    check_folder(calendars, force)
    suffix = output.suffix.lower().lstrip(".") if output else ""
    if output and suffix not in FORMATS:
        raise BadInput(f"{output} has no known ending; write a file that ends in .{', .'.join(FORMATS)}.")
    if party and not output:
        raise BadInput("--party needs a file to write to; add --output with a name that ends in .ics.")
    terminal = terminal_of(context)
    workspace = terminal.workspace()
    with terminal.progress(quiet) as progress:
        made = make_timetable(workspace, run, utc_now(), _pairs(cancel), like, progress)
    if output:
        write_output([timetable_bytes(workspace, made.result, suffix, party)], output, force)
        terminal.note(f"Written to {output}.", quiet)
    if calendars:
        files = {_file_name(id_): timetable_bytes(workspace, made.result, "ics", id_) for id_ in party_ids(made.result)}
        write_folder(files, calendars, force)
        terminal.note(f"{counted(len(files), 'calendar')} written to {calendars}.", quiet)
    if not output and not calendars:
        write_output([shown(workspace, made.result, format_.value)], None, force)
    tell(made.id)


def shown(workspace: Any, result: str, format_: str) -> bytes:
    """A timetable result as it is printed."""
    from matcher.services.scheduling import timetable_bytes

    if format_ == "table":
        return visible(_table(json.loads(result))).encode()
    return timetable_bytes(workspace, result, format_)


def _pairs(cancel: list[str] | None) -> list[tuple[str, str]]:
    pairs = [tuple(one.split(_BETWEEN)) for one in cancel or ()]
    if any(len(pair) != 2 for pair in pairs):
        raise typer.BadParameter("Write two ids, a startup's and a partner's: --cancel STARTUP PARTNER.")
    return [(startup, partner) for startup, partner in pairs]


def _file_name(party: str) -> str:
    """A file's name for a party: its id where every system takes that, else what is left of it with a hash."""
    plain = re.sub(r"[^a-z0-9_-]", "_", party)[:60]
    return f"{plain}.ics" if plain == party else f"{plain}-{hashlib.sha256(party.encode()).hexdigest()[:8]}.ics"


def _table(result: dict[str, Any]) -> str:
    parts = [f"{result['programme_name']}: timetable of shortlist {result['shortlist']}, as of {result['as_of']}\n"]
    parts += _pitches(result) if result["format"] == "pitches" else _meetings(result)
    for one in result["unplaced"]:
        pair = " with ".join(name for name in (one["startup_name"], one["partner_name"]) if name)
        parts.append(f"\nNot fitted in: {pair}: {one['because']}")
    for one in result["cancelled"]:
        parts.append(f"\nCancelled: {one['startup_name']} with {one['partner_name']}")
    for one in result.get("offers", ()):
        parts.append(
            f"\nOffered, not booked: {one['startup_name']} with {one['partner_name']} in place of "
            f"{one['instead_of_name']}, {one['times']['event']}"
        )
    moved = sum(one["change"] == "moved" for one in result.get("meetings", ()))
    if result["earlier"]:
        parts.append(f"\nAgainst timetable {result['earlier']}: {counted(moved, 'meeting')} moved")
    assumed = [party["name"] for party in result["parties"] if party["time_zone_assumed"]]
    if assumed:
        few = ", ".join(assumed[:5]) + (f" and {len(assumed) - 5} more" if len(assumed) > 5 else "")
        parts.append(f"\nNo time zone in the profile, so that of the event is shown: {few}")
    said = "; ".join(_GOALS[goal["goal"]].format(**goal) for goal in result["certificate"]["goals"])
    parts.append(f"\n\nProof: {said}.\n")
    return "".join(parts)


def _meetings(result: dict[str, Any]) -> list[str]:
    parts = []
    for when, meetings in groupby(result["meetings"], key=lambda one: one["times"]["event"]):
        parts.append(f"\n{when}\n")
        for one in meetings:
            where = "online" if result["virtual"] else "" if one["table"] is None else f"table {one['table']}"
            parts.append(f"  {where:<10} {one['startup_name']} with {one['partner_name']}\n")
            parts += [
                f"             {one[f'{side}_name']}: {one['times'][side]}\n"
                for side in ("startup", "partner")
                if one["times"][side] != when
            ]
    return parts or ["\nNo meetings.\n"]


def _pitches(result: dict[str, Any]) -> list[str]:
    parts = []
    for room in result["rooms"]:
        parts.append(f"\n{room}\n")
        for one in (pitch for pitch in result["pitches"] if pitch["room"] == room):
            heard = ", ".join(investor["name"] for investor in one["investors"])
            parts.append(f"{one['position']:>3}. {one['times']['event']}: {one['startup_name']}, before {heard}\n")
        seated = ", ".join(one["name"] for one in result["seats"] if one["room"] == room)
        parts.append(f"     In the room: {seated or 'nobody'}\n")
    return parts
