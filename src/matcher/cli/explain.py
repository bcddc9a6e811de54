"""`matcher explain`: the whole account of one pair, or how one party stands with everybody."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from matcher.cli.explanation_table import pair_lines, party_lines
from matcher.cli.output import say, show
from matcher.cli.terminal import AsOf, For, as_of_date, door, terminal_of, utc_now
from matcher.domain.audience import Audience


class Format(StrEnum):
    """How an account is printed."""

    JSON = "json"
    TABLE = "table"


@door
def explain(
    context: typer.Context,
    startup: Annotated[str, typer.Argument(help="A startup's id; alone, a partner's too.", show_default=False)],
    partner: Annotated[
        str | None, typer.Argument(help="A partner's id; without it, STARTUP with everybody.", show_default=False)
    ] = None,
    programme: Annotated[
        str | None, typer.Option("--programme", metavar="ID", help="Under the rules of this edition.")
    ] = None,
    audience: For = Audience.STAFF,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.JSON,
    as_of: AsOf = None,
) -> None:
    """Account for one pair: points, quotes, rules, cautions, why not, and what would change it.

    With one id, of a startup or of a partner: whom it could meet, which rules refuse it, and what to fill in first.

    Example: matcher explain su-001-pulsefern pa-001-corvane --format table
    """
    from matcher.services import explaining
    from matcher.steps.explanation import explained_json, party_json

    workspace, day, now = terminal_of(context).workspace(), as_of_date(as_of), utc_now()
    if partner is None:
        said = party_json(explaining.explain_party(workspace, startup, programme, day, audience, now))
        lines = party_lines(said)
    else:
        said = explained_json(explaining.explain(workspace, startup, partner, programme, day, audience, now))
        lines = pair_lines(said)
    if format_ is Format.JSON:
        say(json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        show("\n".join(lines))
