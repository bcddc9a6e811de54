"""`matcher match`: the best partners of startups, or the best startups of a partner or a brief."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from matcher.cli.terminal import AsOf, Force, Output, Quiet, as_of_date, check_output, door, terminal_of, write_output
from matcher.domain.match import MatchLine
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
    format_: Annotated[Format | None, typer.Option("--format", help="How to print.", show_default="table")] = None,
    output: Output = None,
    force: Force = False,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Rank partners for startups, best first, with the reasons.

    Example: matcher match su-001-pulsefern --limit 5
    """
    from matcher.services import matching
    from matcher.steps.result import account_json
    from matcher.steps.tables import MATCH_COLUMNS, csv_lines, match_row

    chosen = sum(map(bool, (startups, everybody, file, partner, brief)))
    if chosen != 1:
        raise typer.BadParameter("name startups, or use one of --all, --from, --partner, --brief")
    check_output(output, force)
    terminal = terminal_of(context)
    query = matching.MatchQuery(
        as_of=as_of_date(as_of),
        startups=tuple(startups) if startups else _ids_from(file) if file else None,
        partner=partner,
        brief=brief,
        programme_id=programme,
        kind=kind.value if kind else None,
        limit=limit,
    )
    shown = format_ or _format_of(output)
    workspace = terminal.workspace()
    with terminal.progress(quiet) as progress:
        asked = matching.ask(workspace, query, progress)
        if shown is Format.CSV:
            rows = (match_row(line) for line in matching.match_lines(workspace, asked, progress))
            write_output((line.encode() for line in csv_lines(MATCH_COLUMNS, rows)), output, force)
        elif shown is Format.JSON:
            made = (account_json(account) for account in matching.match_accounts(workspace, asked, progress))
            write_output(_json_list(made), output, force)
        else:
            lines = list(matching.match_lines(workspace, asked, progress))
    if shown is Format.TABLE:
        names = {startup.id: startup.name for startup in asked.inputs.startups}
        names |= {partner.id: partner.name for partner in asked.inputs.partners}
        text = _table(lines, names, by_partner=bool(partner or brief))
        write_output([text.encode()], output, force)


def _ids_from(file: str) -> tuple[str, ...]:
    """The startup ids of a CSV, each once, in their order."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput(f"{file} cannot be read ({fault}); name a CSV file with a column startup_id.") from None
    rows = csv.DictReader(io.StringIO(text))
    column = next((name for name in ("startup_id", "id") if name in (rows.fieldnames or ())), None)
    if column is None:
        raise BadInput(f"{file} has no column startup_id or id; add one with the ids of the startups.")
    ids = tuple(dict.fromkeys(row[column].strip() for row in rows if row[column] and row[column].strip()))
    if not ids:
        raise BadInput(f"{file} names no startup; write one id a row under {column}.")
    return ids


def _format_of(output: Path | None) -> Format:
    return {".csv": Format.CSV, ".json": Format.JSON}.get(output.suffix.lower() if output else "", Format.TABLE)


def _json_list(items: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield b"[\n"
    for at, item in enumerate(items):
        yield (b",\n" if at else b"") + json.dumps(item, ensure_ascii=False, allow_nan=False).encode()
    yield b"\n]\n"


def _table(lines: list[MatchLine], names: dict[str, str], by_partner: bool) -> str:
    """A block for each startup (or for the partner), each pair with its reason below it."""
    if not lines:
        return "No admitted pair. `matcher explain STARTUP PARTNER` says which rule refuses one.\n"
    parts = []
    for owner, pairs in groupby(lines, key=lambda line: line.partner_id if by_partner else line.startup_id):
        parts.append(f"\n{names[owner]} ({owner})\n")
        for line in pairs:
            other = line.startup_id if by_partner else line.partner_id
            kind = "" if by_partner else f", {line.kind.replace('_', ' ')}"
            parts.append(f"{line.rank:>3}. {names[other]} ({other}{kind}): {line.band}\n     {line.reason}\n")
    return "".join(parts)
