"""`matcher pin`, `ban`, `note`, `unpin`, `unban`, `overrides`: what an officer decides about a pair, and its price."""

from __future__ import annotations

import getpass
import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from matcher.cli.ids import composed
from matcher.cli.output import counted, say, show
from matcher.cli.terminal import AsOf, Quiet, as_of_date, door, terminal_of, utc_now
from matcher.domain.override import BAN, NOTE, PIN, REASON_CODES, Override
from matcher.errors import BadInput, Stopped
from matcher.steps.rule_words import day_words

Startup = Annotated[str, typer.Argument(metavar="STARTUP", help="A startup's id.", show_default=False)]
Partner = Annotated[str, typer.Argument(metavar="PARTNER", help="A partner's id.", show_default=False)]
Programme = Annotated[str, typer.Option("--programme", metavar="ID", help="In which edition.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, in your words.", show_default=False)]
Code = Annotated[str, typer.Option("--code", metavar="CODE", help=f"Why, as one of {', '.join(REASON_CODES)}.")]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="The last day it holds.", show_default="for good")
]
By = Annotated[
    str | None, typer.Option("--by", metavar="PERSON", help="Who decides.", show_default="the account's name")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the price, keep nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask on a terminal.")]


class Format(StrEnum):
    """How it is printed."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]


@door
def pin(
    context: typer.Context,
    startup: Startup,
    partner: Partner,
    programme: Programme,
    reason: Reason,
    code: Code = "other",
    until: Until = None,
    by: By = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    format_: FormatOption = Format.TABLE,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Settle that a pair meets, and show what that costs.

    Example: matcher pin su-001-pulsefern pa-001-corvane --programme texchange-2027 --reason "promised in June"
    """
    override = _override(PIN, startup, partner, programme, reason, code, until, by)
    _decide(context, override, dry_run, yes, format_, as_of, quiet)


@door
def ban(
    context: typer.Context,
    startup: Startup,
    partner: Partner,
    programme: Programme,
    reason: Reason,
    code: Code = "other",
    until: Until = None,
    by: By = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    format_: FormatOption = Format.TABLE,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Settle that a pair does not meet, and show what that costs.

    Example: matcher ban su-001-pulsefern pa-001-corvane --programme texchange-2027 --reason "they are in dispute"
    """
    override = _override(BAN, startup, partner, programme, reason, code, until, by)
    _decide(context, override, dry_run, yes, format_, as_of, quiet)


@door
def note(
    context: typer.Context,
    startup: Startup,
    partner: Partner,
    programme: Programme,
    reason: Reason,
    code: Code = "other",
    until: Until = None,
    by: By = None,
    format_: FormatOption = Format.TABLE,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Keep a note beside a pair; it changes nothing else.

    Example: matcher note su-001-pulsefern pa-001-corvane --programme texchange-2027 --reason "ask about the pilot"
    """
    override = _override(NOTE, startup, partner, programme, reason, code, until, by)
    _decide(context, override, False, True, format_, as_of, quiet)


@door
def unpin(
    context: typer.Context,
    startup: Startup,
    partner: Partner,
    programme: Programme,
    dry_run: DryRun = False,
    yes: Yes = False,
    format_: FormatOption = Format.TABLE,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Lift a pin: the plan is again what it was without.

    Example: matcher unpin su-001-pulsefern pa-001-corvane --programme texchange-2027
    """
    _lift(context, PIN, (startup, partner), programme, dry_run, yes, format_, as_of, quiet)


@door
def unban(
    context: typer.Context,
    startup: Startup,
    partner: Partner,
    programme: Programme,
    dry_run: DryRun = False,
    yes: Yes = False,
    format_: FormatOption = Format.TABLE,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Lift a ban: the plan is again what it was without.

    Example: matcher unban su-001-pulsefern pa-001-corvane --programme texchange-2027
    """
    _lift(context, BAN, (startup, partner), programme, dry_run, yes, format_, as_of, quiet)


@door
def unnote(
    context: typer.Context,
    startup: Startup,
    partner: Partner,
    programme: Programme,
    dry_run: DryRun = False,
    yes: Yes = False,
    format_: FormatOption = Format.TABLE,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Remove a note.

    Example: matcher unnote su-001-pulsefern pa-001-corvane --programme texchange-2027
    """
    _lift(context, NOTE, (startup, partner), programme, dry_run, yes, format_, as_of, quiet)


@door
def overrides(
    context: typer.Context,
    programme: Annotated[str, typer.Argument(metavar="PROGRAMME", help="A programme's id.", show_default=False)],
    format_: FormatOption = Format.TABLE,
    as_of: AsOf = None,
) -> None:
    """List what officers decided in an edition.

    Example: matcher overrides texchange-2027
    """
    from matcher.services.overriding import list_overrides

    found, day = list_overrides(terminal_of(context).workspace(), programme), as_of_date(as_of)
    if format_ is Format.JSON:
        say(json.dumps([_as_json(one) | {"holds": one.holds(day)} for one in found], ensure_ascii=False, indent=1))
    elif not found:
        show(f"Nothing is pinned, banned or noted in {programme}.")
    else:
        for one in found:
            until = f", until {one.until}{'' if one.holds(day) else ' (expired)'}" if one.until else ""
            show(f"{one.kind}  {one.startup_id}  {one.partner_id}  {one.reason} ({one.code}; {one.person}{until})")


def _override(
    kind: str, startup: str, partner: str, programme: str, reason: str, code: str, until: str | None, by: str | None
) -> Override:
    if code not in REASON_CODES:
        raise BadInput(f"'{code}' is no reason code; choose one of {', '.join(REASON_CODES)}.")
    person = (by if by is not None else getpass.getuser()).strip()
    if not (person + reason).isprintable():
        raise BadInput("A reason and a name are one line of visible characters; write them so.")
    if not person or not reason.strip():
        raise BadInput("Enter who decides with --by and why with --reason; neither may be empty.")
    return Override(
        programme_id=programme,
        startup_id=composed(startup),
        partner_id=composed(partner),
        kind=kind,
        code=code,
        reason=reason.strip(),
        person=person,
        until=None if until is None else as_of_date(until),
    )


def _decide(
    context: typer.Context,
    override: Override,
    dry_run: bool,
    yes: bool,
    format_: Format,
    as_of: str | None,
    quiet: bool,
) -> None:
    from matcher.services.overriding import consider, keep

    terminal, day = terminal_of(context), as_of_date(as_of)
    workspace = terminal.workspace()
    with terminal.progress(quiet) as progress:
        decision = consider(workspace, override, day, progress)
    _print(decision, format_, day, "would be " if dry_run else "")
    if _may_go_on(terminal, dry_run, yes, quiet):
        replaced = keep(workspace, decision, utc_now())
        if replaced is not None:
            terminal.note(f"It replaces what {replaced.person} decided (“{replaced.reason}”).", quiet)
        terminal.note(f"Kept; `matcher shortlist {override.programme_id}` makes the plan with it.", quiet)


def _lift(
    context: typer.Context,
    kind: str,
    ids: tuple[str, str],
    programme: str,
    dry_run: bool,
    yes: bool,
    format_: Format,
    as_of: str | None,
    quiet: bool,
) -> None:
    from matcher.services.overriding import consider_lifting, lift

    terminal, day = terminal_of(context), as_of_date(as_of)
    workspace = terminal.workspace()
    with terminal.progress(quiet) as progress:
        pair = composed(ids[0]), composed(ids[1])
        decision = consider_lifting(workspace, programme, pair, kind, day, progress)
    _print(decision, format_, day, "would no longer be " if dry_run else "no longer ")
    if _may_go_on(terminal, dry_run, yes, quiet):
        lift(workspace, decision)
        terminal.note("Lifted.", quiet)


def _may_go_on(terminal: Any, dry_run: bool, yes: bool, quiet: bool) -> bool:
    """Whether it is to be done: not in a dry run, and on a terminal only after a yes. Raises Stopped after a no."""
    if dry_run:
        terminal.note("Nothing was changed (--dry-run).", quiet)
        return False
    if not yes and sys.stdin is not None and sys.stdin.isatty() and not typer.confirm("Do it?", err=True):
        raise Stopped("Nothing was changed.")
    return True


def _as_json(override: Override) -> dict[str, Any]:
    return {name: value for name, value in vars(override).items() if name != "programme_id"}


def _print(decision: Any, format_: Format, day: str, how: str) -> None:
    price, names = decision.price, decision.names
    if format_ is Format.JSON:
        said = None if price is None else vars(price)
        say(json.dumps(_as_json(decision.override) | {"as_of": day, "price": said}, ensure_ascii=False, indent=1))
        return
    one = decision.override
    who = f"{names.get(one.startup_id, one.startup_id)} and {names.get(one.partner_id, one.partner_id)}"
    word = {PIN: "pinned", BAN: "banned", NOTE: "noted"}[one.kind]
    show(f"{who}: {how}{word} in {one.programme_id}, as of {day_words(day)}.")
    if decision.unplaced:
        show(f"The pin is void for now: the startup has no place ({decision.unplaced}).")
    if price is None:
        return
    if not price.gained and not price.lost:
        show("The plan stays as it is.")
        return
    change = f"{'costs' if price.points >= 0 else 'wins'} {abs(price.points):.2f} points"
    show(f"It {change}: the plan goes from {price.objective_before:.2f} to {price.objective_after:.2f}.")
    if price.shortfall_before != price.shortfall_after:
        show(f"Meetings missing under the minimums: {price.shortfall_before} before, {price.shortfall_after} after.")
    for label, pairs in (("New", price.gained), ("Lost", price.lost)):
        if pairs:
            show(
                f"{label} ({counted(len(pairs), 'meeting')}): "
                + "; ".join(f"{names[s]} – {names[p]}" for s, p in pairs)
            )
