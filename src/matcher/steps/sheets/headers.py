"""Which column of a sheet is which: names are matched loosely, a near miss is suggested and never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.sheet import excerpt
from matcher.domain.vocabulary import folded
from matcher.steps.sheets.columns import EXPECTED, REQUIRED, TABLES, Table
from matcher.steps.sheets.parse import nearest

# What people call a column → what it may be here; only suggested, because "company" is not always a name.
_MEANT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("startupid", "partnerid", "companyid", "briefid", "ref", "reference", "identifier"), ("id",)),
    **dict.fromkeys(("company", "companyname", "organisation", "organization", "firm", "fund"), ("name",)),
    **dict.fromkeys(("description", "about", "pitch", "profile", "overview"), ("summary", "thesis", "need")),
    **dict.fromkeys(("mandate", "focus", "strategy"), ("thesis",)),
    **dict.fromkeys(("url", "web", "homepage", "link", "domain"), ("website",)),
    **dict.fromkeys(("email", "mail", "emailaddress"), ("contact_email",)),
    **dict.fromkeys(("contact", "contactperson", "person", "founder"), ("contact_name",)),
    **dict.fromkeys(("type", "category"), ("kind", "sectors")),
    **dict.fromkeys(("industry", "industries", "vertical", "verticals"), ("sectors",)),
    **dict.fromkeys(("tech", "technology"), ("technologies",)),
    **dict.fromkeys(("amount", "raise", "raising", "ask"), ("raising_amount", "value")),
    **dict.fromkeys(("currency",), ("raising_currency", "ticket_currency")),
    **dict.fromkeys(("round", "fundingstage"), ("stage", "stages")),
    **dict.fromkeys(("geography", "geographies", "nation"), ("countries", "country")),
    **dict.fromkeys(("location", "town"), ("city",)),
    **dict.fromkeys(("result", "status"), ("outcome",)),
    **dict.fromkeys(("problem", "challenge"), ("need",)),
    **dict.fromkeys(("year", "foundingyear", "founding"), ("founded",)),
    **dict.fromkeys(("partner", "investor"), ("partner_id", "name")),
    **dict.fromkeys(("startup", "startupname"), ("startup_id", "name")),
    **dict.fromkeys(("comment", "comments", "notes", "remark"), ("note",)),
}

# A sheet is taken for one of another table where that table knows so many more of its columns; people do add a column
# such as "kind" to their startups.
_CLEARLY = 2


@dataclass(frozen=True, kw_only=True)
class Header:
    """places: column name → position in the sheet. faults: (column as written, message)."""

    places: Mapping[str, int]
    faults: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def match_header(written: Sequence[str], table: Table) -> Header:
    """Find the table's columns among the names written. A required one missing and a doubled one are faults."""
    names = {_key(column.name): column.name for column in table.columns}
    places: dict[str, int] = {}
    unknown: list[str] = []
    faults: list[tuple[str, str]] = []
    for place, title in enumerate(written):
        name = names.get(_key(title))
        if name is None:
            unknown.extend([title] if title else [])
        elif name in places:
            faults.append((title, f'The column "{name}" stands twice; keep one of the two.'))
        else:
            places[name] = place
    free = [name for name in names.values() if name not in places]
    meant = {title: name for title in unknown if (name := _suggestion(title, free))}
    warnings = []
    for title in unknown:
        question = f'; did you mean "{meant[title]}"?' if title in meant else "."
        warnings.append(f'Unknown column "{excerpt(title)}" is left out{question}')
    for column in table.columns:
        if column.name in places:
            continue
        if column.need == REQUIRED:
            near = next((title for title in unknown if meant.get(title) == column.name), None)
            way_out = "add it" if near is None else f'rename "{excerpt(near)}" to "{column.name}" if that is it'
            faults.append((column.name, f'There is no column "{column.name}"; {way_out}.'))
        elif column.need == EXPECTED:
            warnings.append(f'There is no column "{column.name}": it counts as unknown in every row.')
    return Header(places=places, faults=tuple(faults), warnings=tuple(warnings))


def other_table(written: Sequence[str], table: Table) -> Table | None:
    """The table a sheet is clearly of, where it is not the one asked for.

    All columns that other table requires are there, and it knows clearly more of them than the one asked for does.
    """
    keys = {_key(title) for title in written}
    known = {name: sum(_key(column.name) in keys for column in one.columns) for name, one in TABLES.items()}
    likeliest = max(TABLES.values(), key=lambda one: known[one.file])
    required = {_key(column.name) for column in likeliest.columns if column.need == REQUIRED}
    return likeliest if required <= keys and known[likeliest.file] >= known[table.file] + _CLEARLY else None


def _suggestion(title: str, free: Sequence[str]) -> str | None:
    key = _key(title)
    meant = next((name for name in _MEANT.get(key, ()) if name in free), None)
    by_key = {_key(name): name for name in free}
    return meant or by_key.get(nearest(key, by_key) or "")


def _key(title: str) -> str:
    return re.sub(r"\W", "", folded(title))
