"""The files people bring, column by column: what each is called, how it is read, how much it is needed."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.domain.vocabulary import (
    KINDS,
    OUTCOMES,
    SEEKS,
    STAGES,
    STATES,
    UK_ENTITY,
    VALUE_KINDS,
    WOMEN_LED,
    folded,
)
from matcher.steps.sheets import parse, parse_date, parse_money

REQUIRED, EXPECTED, OPTIONAL = "required", "expected", "optional"

PARTY = "party"

_YES_OR_NO = {"y": "yes", "true": "yes", "1": "yes", "n": "no", "false": "no", "0": "no"}
_ANY = {"yes": "any", "y": "any", "true": "any", "1": "any", "n": "no", "false": "no", "0": "no", "none": "no"}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column. many: it is a list. names: the kind of record it refers to, or PARTY for a startup or a partner.

    field: the record's field, where it is called otherwise.
    """

    name: str
    read: parse.Reader
    need: str = OPTIONAL
    many: bool = False
    names: str | None = None
    field: str | None = None


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """Columns of amounts that share a currency column: (column, field) pairs, and the currency column's name."""

    fields: tuple[tuple[str, str], ...]
    currency: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A file people bring. id_of: makes the id where no column holds it. other_side: the kind that shares its ids.

    keeps_alike: rows of one id that differ are all kept, under ids of their own. check: what is wrong between the cells
    of a row, as (column, message). wholly: fields of which a file says all there is: a stored record that shares them
    with a row, and is not in the file, is gone. programmes: its programmes are looked for among the editions.
    """

    file: str
    kind: str
    columns: tuple[Column, ...]
    amounts: tuple[Amounts, ...] = ()
    id_of: Callable[[Mapping[str, Any]], str] | None = None
    keeps_alike: bool = False
    check: Callable[[Mapping[str, Any]], tuple[str, str] | None] | None = None
    other_side: str | None = None
    wholly: tuple[str, ...] = ()
    programmes: bool = False


def portfolio_id(row: Mapping[str, Any]) -> str:
    """Made of partner and name, whatever the name's case and spacing: pa-001/noga-vitals-1f0c9a2b."""
    name = " ".join(unicodedata.normalize("NFKC", row["name"]).casefold().split())
    slug = "".join(mark for mark in folded(name).replace(" ", "-") if mark.isalnum() or mark == "-")
    return f"{row['partner_id']}/{slug[:40]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def history_id(row: Mapping[str, Any]) -> str:
    """Made of what can happen once: parties, outcome, date and programme. No id holds a slash, so no two are alike."""
    return "/".join(row[part] or "" for part in ("startup_id", "partner_id", "outcome", "date", "programme"))


def participation_id(row: Mapping[str, Any]) -> str:
    """Made of what can be reached once: startup, programme and state."""
    return "/".join(row[part] for part in ("startup_id", "programme", "state"))


def availability_id(row: Mapping[str, Any]) -> str:
    """Made of everything it says: a party may be there several times."""
    return "/".join(row[part] for part in ("party_id", "programme", "begins", "ends"))


def time_order(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """An end before its beginning. Times with and without an offset are not compared: the zone decides."""
    begins, ends = row["begins"], row["ends"]
    if parse_date.has_offset(begins) != parse_date.has_offset(ends):
        return None
    if parse_date.first_minute(begins) < parse_date.last_minute(ends):
        return None
    return "to", "The end does not lie after the beginning; change one, or swap them."


def ticket_order(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """A smallest ticket above the largest."""
    least, most = row["ticket_min"], row["ticket_max"]
    if least is None or most is None or least.minor <= most.minor:
        return None
    return "ticket_min", "The smallest ticket is larger than the largest; change one, or swap them."


def _text(name: str, need: str = OPTIONAL) -> Column:
    return Column(name=name, read=parse.text, need=need)


def _list(name: str, read: parse.Reader) -> Column:
    return Column(name=name, read=parse.several(read), many=True)


def _id(name: str, names: str | None = None) -> Column:
    return Column(name=name, read=parse.identifier, need=REQUIRED, names=names)


_CONTACT = (
    Column(name="website", read=parse.website),
    Column(name="time_zone", read=parse.time_zone),
    _text("contact_name"),
    Column(name="contact_email", read=parse.email),
)
_SECTORS = _list("sectors", parse.sector)
_TECHNOLOGIES = _list("technologies", parse.technology)

STARTUPS = Table(
    file="startups",
    kind="startup",
    other_side="partner",
    columns=(
        _id("id"),
        _text("name", REQUIRED),
        Column(name="country", read=parse.country, need=EXPECTED),
        _text("summary", EXPECTED),
        _text("city"),
        Column(name="hub", read=parse.hub),
        _SECTORS,
        _TECHNOLOGIES,
        Column(name="stage", read=parse.choice(STAGES)),
        Column(name="founded", read=parse_date.past),
        Column(name="raising_amount", read=parse_money.amount),
        Column(name="raising_currency", read=parse_money.currency),
        Column(name="raised_amount", read=parse_money.amount),
        Column(name="raised_currency", read=parse_money.currency),
        _list("seeks", parse.choice(SEEKS)),
        Column(name="uk_entity", read=parse.choice(UK_ENTITY, _YES_OR_NO)),
        Column(name="women_led", read=parse.choice(WOMEN_LED, _ANY)),
        Column(name="investment_ready", read=parse.yes_or_no),
        Column(name="market_ready", read=parse.yes_or_no),
        _text("source_programme"),
        _list("languages", parse.text),
        *_CONTACT,
    ),
    amounts=(
        Amounts(fields=(("raising_amount", "raising"),), currency="raising_currency"),
        Amounts(fields=(("raised_amount", "raised"),), currency="raised_currency"),
    ),
)

PARTNERS = Table(
    file="partners",
    kind="partner",
    other_side="startup",
    check=ticket_order,
    columns=(
        _id("id"),
        _text("name", REQUIRED),
        Column(name="kind", read=parse.choice(KINDS), need=REQUIRED),
        _text("thesis", EXPECTED),
        Column(name="country", read=parse.country, need=EXPECTED),
        _text("city"),
        _text("region"),
        _SECTORS,
        _TECHNOLOGIES,
        _list("stages", parse.choice(STAGES)),
        _list("countries", parse.country),
        Column(name="ticket_min", read=parse_money.amount),
        Column(name="ticket_max", read=parse_money.amount),
        Column(name="ticket_currency", read=parse_money.currency),
        Column(name="requires_uk_entity", read=parse.yes_or_no),
        Column(name="requires_eis_seis", read=parse.yes_or_no),
        _list("excludes", parse.excluded),
        Column(name="capacity", read=parse.capacity),
        *_CONTACT,
    ),
    amounts=(Amounts(fields=(("ticket_min", "ticket_min"), ("ticket_max", "ticket_max")), currency="ticket_currency"),),
)

PORTFOLIO = Table(
    file="portfolio",
    kind="portfolio",
    id_of=portfolio_id,
    keeps_alike=True,
    columns=(
        _id("partner_id", "partner"),
        _text("name", REQUIRED),
        _text("summary", REQUIRED),
        _SECTORS,
        Column(name="country", read=parse.country),
        Column(name="year", read=parse_date.past_year),
    ),
)

BRIEFS = Table(
    file="briefs",
    kind="brief",
    columns=(
        _id("id"),
        _id("partner_id", "partner"),
        _text("title", REQUIRED),
        _text("need", REQUIRED),
        _SECTORS,
        _TECHNOLOGIES,
        _text("must_have"),
        Column(name="deadline", read=parse_date.when),
    ),
)

HISTORY = Table(
    file="history",
    kind="history",
    id_of=history_id,
    columns=(
        _id("startup_id", "startup"),
        _id("partner_id", "partner"),
        Column(name="outcome", read=parse.choice(OUTCOMES), need=REQUIRED),
        Column(name="date", read=parse_date.when),
        _text("programme"),
        Column(name="value", read=parse_money.amount),
        Column(name="currency", read=parse_money.currency),
        Column(name="value_kind", read=parse.choice(VALUE_KINDS)),
        _text("source"),
        _text("note"),
    ),
    amounts=(Amounts(fields=(("value", "value"),), currency="currency"),),
)

PARTICIPATION = Table(
    file="participation",
    kind="participation",
    id_of=participation_id,
    programmes=True,
    columns=(
        _id("startup_id", "startup"),
        _text("programme", REQUIRED),
        Column(name="state", read=parse.choice(STATES), need=REQUIRED),
        Column(name="date", read=parse_date.when),
    ),
)

AVAILABILITY = Table(
    file="availability",
    kind="availability",
    id_of=availability_id,
    check=time_order,
    wholly=("party_id", "programme"),
    programmes=True,
    columns=(
        _id("party_id", PARTY),
        _text("programme", REQUIRED),
        Column(name="from", read=parse_date.moment, need=REQUIRED, field="begins"),
        Column(name="to", read=parse_date.moment, need=REQUIRED, field="ends"),
    ),
)

_ALL = (STARTUPS, PARTNERS, PORTFOLIO, BRIEFS, HISTORY, PARTICIPATION, AVAILABILITY)
TABLES: dict[str, Table] = {table.file: table for table in _ALL}
