"""`matcher explain`: the whole account of one pair."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer

from matcher.cli.output import say, show
from matcher.cli.terminal import AsOf, as_of_date, door, terminal_of
from matcher.domain.match import Account


class Format(StrEnum):
    """How an account is printed."""

    JSON = "json"
    TABLE = "table"


@door
def explain(
    context: typer.Context,
    startup: Annotated[str, typer.Argument(help="A startup's id.", show_default=False)],
    partner: Annotated[str, typer.Argument(help="A partner's id.", show_default=False)],
    programme: Annotated[
        str | None, typer.Option("--programme", metavar="ID", help="Under the rules of this edition.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.JSON,
    as_of: AsOf = None,
) -> None:
    """Account for one pair: points, quotes, rules and cautions.

    Example: matcher explain su-001-pulsefern pa-001-corvane --format table
    """
    from matcher.services.matching import explain as explain_pair
    from matcher.steps.result import explained_json

    account = explain_pair(terminal_of(context).workspace(), startup, partner, programme, as_of_date(as_of))
    said = explained_json(account)
    if format_ is Format.JSON:
        say(json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        show("\n".join(_lines(account, said)))


def _lines(account: Account, said: dict[str, Any]) -> Iterator[str]:
    """The account for people, line by line. said: the same as JSON."""
    score = "" if account.score is None else f", {account.score:.2f} points"
    yield f"{account.startup_id} and {account.partner_id}: {account.band}{score}, confidence {account.confidence:.0%}"
    if account.why_not:
        yield f"Refused: {account.why_not['detail']}"
    yield account.reason
    if account.base:
        yield f"  {account.base:+.2f}  Where every pair begins"
    for part in account.contributions:
        yield f"  {part.points:+.2f}  {part.label}"
        for quote in part.evidence:
            yield f"         {quote.side}: “{quote.quote}”"
    for heading in ("met", "unmet", "unknown"):
        for answer in said[heading]:
            yield f"  {heading}: {answer['detail']}"
    for caution in account.cautions:
        yield f"  caution: {caution}"
