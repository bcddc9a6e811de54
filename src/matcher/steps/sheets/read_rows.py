"""A sheet's rows as records: every faulty cell at once, nothing taken for granted."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.domain.profile import RECORD_TYPES, Record
from matcher.domain.sheet import Sheet
from matcher.errors import BadInput, CellFault
from matcher.steps.sheets.columns import PARTY, Table
from matcher.steps.sheets.faults import Enough, Faults, rows_in_words
from matcher.steps.sheets.headers import Header, match_header, other_table
from matcher.steps.sheets.parse import Words, nearest
from matcher.steps.sheets.read_cells import read_cells

# Each search of all known ids takes a millisecond or two.
_MOST_SUGGESTIONS = 20


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What a sheet says.

    records: (row, record); where ids are made of names, several may share one (see keep_apart). ids: column as written,
    kind it names (None: its own), (row, id).
    """

    table: Table
    records: tuple[tuple[int, Record], ...] = ()
    ids: tuple[tuple[str, str | None, Sequence[tuple[int, str]]], ...] = ()
    faults: tuple[CellFault, ...] = ()
    warnings: tuple[str, ...] = ()


def read_rows(sheet: Sheet, table: Table, words: Words) -> Rows:
    """Read every cell. A row with a fault gives no record; its ids are known all the same.

    Raises BadInput where there is nothing to read, or where the sheet is one of another table.
    """
    other = other_table(sheet.header, table)
    if other is not None:
        raise BadInput(f"{sheet.file} looks like a sheet of {other.file}; use `matcher import {other.file}`.")
    if not sheet.rows and not sheet.flaws:
        raise BadInput(f"{sheet.file} has a header and nothing below it; add one row for each record.")
    header = match_header(sheet.header, table)
    faults = Faults(sheet.file)
    warnings = [*sheet.notes, *header.warnings]
    rows = Rows(table=table)
    try:
        for column, message in header.faults if sheet.rows else ():
            faults.add(sheet.header_row, column, column if column in sheet.header else "", message)
        for flaw in sheet.flaws:
            faults.add(flaw.row, flaw.column, flaw.value, flaw.message)
        if not header.faults:
            rows = _understand(sheet, table, header, words, faults)
    except Enough:
        pass  # what was found is listed, and that there is more
    return dataclasses.replace(rows, faults=faults.listed(), warnings=(*warnings, *rows.warnings))


def check_ids(rows: Rows, file: str, stored: Mapping[str, Collection[str]]) -> tuple[CellFault, ...]:
    """The ids that do not fit what is stored. stored: kind → its ids.

    An id that names another record must be there, unless none of its kind is (see missing_kinds); an own id must not be
    taken by the other side.
    """
    faults = Faults(file)
    suggestions = 0
    try:
        for title, names, said in rows.ids:
            for number, id_ in said:
                if names is None:
                    other = rows.table.other_side
                    if other is not None and id_ in stored[other]:
                        faults.add(number, title, id_, f'The id "{id_}" belongs to a {other}; give this one another.')
                elif stored[names] and id_ not in stored[names]:
                    suggestions += 1
                    near = nearest(id_, stored[names]) if suggestions <= _MOST_SUGGESTIONS else None
                    way_out = f'did you mean "{near}"?' if near else f"import the {_many(names)} first, or mend the id."
                    faults.add(number, title, id_, f'There is no {_one(names)} "{id_}"; {way_out}')
    except Enough:
        pass  # what was found is listed, and that there is more
    return faults.listed()


def missing_kinds(rows: Rows, stored: Mapping[str, Collection[str]]) -> str | None:
    """One sentence where a sheet names records of kinds of which none is stored, instead of a fault in every row."""
    missing = [_many(names) for _, names, said in rows.ids if names is not None and said and not stored[names]]
    return f"There are no {missing[0]} yet; import {' and '.join(missing)} first." if missing else None


def _one(kind: str) -> str:
    return "startup or partner" if kind == PARTY else kind


def _many(kind: str) -> str:
    return "startups or partners" if kind == PARTY else f"{kind}s"


def _understand(sheet: Sheet, table: Table, header: Header, words: Words, faults: Faults) -> Rows:
    values, warnings = read_cells(sheet, table, header, words, faults)
    numbers = [number for number, _ in sheet.rows]
    ids = tuple(
        (
            sheet.header[header.places[column.name]],
            column.names,
            [(number, id_) for number, id_ in zip(numbers, values[column.name], strict=True) if id_ is not None],
        )
        for column in table.columns
        if column.name == "id" or column.names
    )
    if table.id_of is None:
        _check_doubled(ids[0][0], ids[0][2], faults)
    records = _records(table, values, header, sheet, faults)
    if table.id_of is not None:
        records, folded = _fold(table, records, ids[0][0], faults)
        warnings += folded
    return Rows(table=table, records=tuple(records), ids=ids, warnings=tuple(warnings))


def _check_doubled(title: str, said: Sequence[tuple[int, str]], faults: Faults) -> None:
    first: dict[str, int] = {}
    for number, id_ in said:
        if first.setdefault(id_, number) != number:
            message = f'The id "{id_}" stands in row {first[id_]} already; give each row its own.'
            faults.add(number, title, id_, message)


def _records(
    table: Table, values: Mapping[str, Sequence[Any]], header: Header, sheet: Sheet, faults: Faults
) -> list[tuple[int, Record]]:
    type_ = RECORD_TYPES[table.kind]
    called = {column.name: column.field for column in table.columns if column.field}
    fields = tuple(called.get(name, name) for name in values)
    made: list[tuple[int, Record]] = []
    for (number, cells), row in zip(sheet.rows, zip(*values.values(), strict=True), strict=True):
        if number in faults.rows:
            continue
        said = dict(zip(fields, row, strict=True))
        if table.check is not None and (wrong := table.check(said)):
            column, message = wrong
            place = header.places[column]
            faults.add(number, sheet.header[place], cells[place], message)
            continue
        if table.id_of is not None:
            said["id"] = table.id_of(said)
        # Filled at once: the constructor of a frozen dataclass sets field by field and takes four times as long.
        record = object.__new__(type_)
        record.__dict__.update(said)
        made.append((number, record))
    return made


def _fold(
    table: Table, records: Sequence[tuple[int, Record]], title: str, faults: Faults
) -> tuple[list[tuple[int, Record]], list[str]]:
    """Make one of rows that say the same; where ids are made of names, what differs otherwise is kept."""
    alike: dict[str, dict[Record, int]] = {}
    folded: list[int] = []
    for number, record in records:
        known = alike.setdefault(record.id, {})
        if known.setdefault(record, number) != number:
            folded.append(number)
    kept: list[tuple[int, Record]] = []
    warnings = [f"Left out: {rows_in_words(folded)}, which repeat an earlier row word for word."] if folded else []
    for id_, known in alike.items():
        numbers = list(known.values())
        if len(known) > 1 and not table.keeps_alike:
            for number in numbers[1:]:
                message = f"Row {numbers[0]} tells of the same event otherwise; date one of them, or keep one."
                faults.add(number, title, id_, message)
        elif len(known) > 1:
            warnings.append(f"{rows_in_words(numbers).capitalize()} share partner and name but differ; all are kept.")
        kept += [(number, record) for record, number in known.items()]
    return sorted(kept, key=lambda pair: pair[0]), warnings
