"""`matcher match`: the best partners of startups, or the best startups of a partner or a brief."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from matcher.cli.output import check_output, visible, write_output
from matcher.cli.terminal import AsOf, For, Force, Output, Quiet, as_of_date, door, terminal_of, utc_now
from matcher.domain.audience import Audience
from matcher.domain.match import MatchLine
from matcher.domain.vocabulary import KIND_LABELS
from matcher.errors import BadInput


class Format(StrEnum):
    """How matches are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Kind(StrEnum):
    """Kinds of partner."""

    INVESTOR = "investor"
    ACCELERATOR = "accelerator"
    CORPORATE = "corporate"
    ADVISER = "adviser"
    SUPPORT_ORGANISATION = "support_organisation"
    PUBLIC_BODY = "public_body"


@door
def match(
    context: typer.Context,
    startups: Annotated[list[str] | None, typer.Argument(metavar="STARTUP", help="Ids of startups.")] = None,
    everybody: Annotated[bool, typer.Option("--all", help="Every startup.")] = False,
    file: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="A file of startup ids (column startup_id or id); - is stdin."),
    ] = None,
    partner: Annotated[
        str | None, typer.Option("--partner", metavar="ID", help="Rank the startups for this partner.")
    ] = None,
    brief: Annotated[
        str | None, typer.Option("--brief", metavar="ID", help="Rank the startups for this brief.")
    ] = None,
    programme: Annotated[
        str | None, typer.Option("--programme", metavar="ID", help="Under the rules of this edition.")
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only partners of this kind.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="The best so many; 0 = all.")] = 10,
    audience: For = Audience.STAFF,
    format_: Annotated[Format | None, typer.Option("--format", help="How to print.", show_default="table")] = None,
    output: Output = None,
    force: Force = False,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Rank partners for startups, best first, with the reasons.

    Example: matcher match su-001-pulsefern --limit 5
    """
    from matcher.cli.ids import composed, ids_from
    from matcher.services import matching
    from matcher.steps.languages import unread_of_partner, unread_of_startup
    from matcher.steps.result import account_json
    from matcher.steps.tables import MATCH_COLUMNS, csv_lines, match_row

    chosen = sum(map(bool, (startups, everybody, file, partner, brief)))
    if chosen != 1:
        raise typer.BadParameter(
            "name startups, or use just one of --all, --from, --partner, --brief; for one pair use matcher explain"
        )
    check_output(output, force)
    if output and format_ is None and output.suffix.lower() not in _ENDINGS:
        raise BadInput(f"{output} has no known ending; write a .csv, .json or .txt file, or say which with --format.")
    terminal = terminal_of(context)
    workspace = terminal.workspace()
    query = matching.MatchQuery(
        as_of=as_of_date(as_of),
        startups=tuple(map(composed, startups)) if startups else ids_from(file, workspace.read_sheet) if file else None,
        partner=composed(partner) if partner else None,
        brief=composed(brief) if brief else None,
        programme_id=programme,
        kind=kind.value if kind else None,
        limit=limit,
        audience=audience,
    )
    shown = format_ or _format_of(output)
    with terminal.progress(quiet) as progress:
        asked = matching.ask(workspace, query, progress, now=utc_now())
        _check_there("startup", asked.inputs.startups)
        _check_there("partner", asked.inputs.partners)
        if shown is Format.CSV:
            rows = (match_row(line) for line in matching.match_lines(workspace, asked, progress))
            write_output((line.encode() for line in csv_lines(MATCH_COLUMNS, rows)), output, force)
        elif shown is Format.JSON:
            made = (account_json(account) for account in matching.match_accounts(workspace, asked, progress))
            write_output(_json_list(made), output, force)
        else:
            lines = list(matching.match_lines(workspace, asked, progress))
    nobody = (
        ""
        if len(asked.partner_places)
        else _nobody(query.kind, partner or brief, {one.kind for one in asked.inputs.partners})
    )
    if shown is not Format.TABLE:
        if nobody:
            terminal.note(nobody, quiet)
        return
    names = {startup.id: startup.name for startup in asked.inputs.startups}
    names |= {partner.id: partner.name for partner in asked.inputs.partners}
    by_partner = bool(partner or brief)
    if by_partner:
        unread = {one.id: unread_of_partner(asked.inputs, place) for place, one in enumerate(asked.inputs.partners)}
    else:
        unread = {one.id: unread_of_startup(asked.inputs, place) for place, one in enumerate(asked.inputs.startups)}
    text = _table(lines, names, unread, by_partner)
    write_output([visible(text or f"{nobody or _NONE_ADMITTED}\n").encode()], output, force)


_NONE_ADMITTED = "No pair is admitted; `matcher explain STARTUP PARTNER` says which rule refuses one."


def _check_there(side: str, stored: Sequence[object]) -> None:
    if not stored:
        raise BadInput(f"There are no {side}s yet; bring them with `matcher import {side}s FILE`.")


def _nobody(kind: str | None, asked_for: str | None, kinds: Set[str]) -> str:
    """Why no partner is left to match with: none is of the kind asked for."""
    label = KIND_LABELS[kind or ""]
    if asked_for:
        return f"Nothing is shown: the partner of '{asked_for}' is not of the kind '{label}'; leave --kind out."
    there = ", ".join(KIND_LABELS[one] for one in sorted(kinds))
    return f"Nothing is shown: no partner is of the kind '{label}', there are: {there}."


_ENDINGS = {".csv": Format.CSV, ".json": Format.JSON, ".txt": Format.TABLE}


def _format_of(output: Path | None) -> Format:
    return _ENDINGS[output.suffix.lower()] if output else Format.TABLE


def _json_list(items: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield b"[\n"
    for at, item in enumerate(items):
        yield (b",\n" if at else b"") + json.dumps(item, ensure_ascii=False, allow_nan=False).encode()
    yield b"\n]\n"


def _table(lines: list[MatchLine], names: dict[str, str], unread: Mapping[str, Iterable[str]], by_partner: bool) -> str:
    """A block for each startup (or for the partner), each pair with its reason below it; "" without pairs.

    unread: id of its owner → what is to be said where its texts are not read.
    """
    parts = []
    for owner, pairs in groupby(lines, key=lambda line: line.partner_id if by_partner else line.startup_id):
        parts.append(f"\n{names[owner]} ({owner})\n")
        parts += [f"     {said}\n" for said in unread[owner]]
        for line in pairs:
            other = line.startup_id if by_partner else line.partner_id
            kind = "" if by_partner else f", {KIND_LABELS[line.kind]}"
            parts.append(f"{line.rank:>3}. {names[other]} ({other}{kind}): {line.band}\n     {line.reason}\n")
    return "".join(parts)
