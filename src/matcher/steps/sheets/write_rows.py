"""Records as the rows of a sheet that can be imported again: the same columns, and cells that read back the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from matcher.domain.money import exponent
from matcher.domain.profile import Money, Record
from matcher.domain.vocabulary import Vocabulary
from matcher.steps.safe_cell import safe_cell
from matcher.steps.sheets.columns import Table

Value = str | int | float | bool | tuple[str, ...] | None
"""What a cell holds before it is written: None is blank, a tuple is a list."""


def values_of(records: Iterable[Record], table: Table, vocabulary: Vocabulary) -> list[tuple[Value, ...]]:
    """A row for each record, a value for each column of its table.

    Ordered by id; where ids are made of what the row says, by the row, so that they play no part in the bytes.
    """
    columns = _Columns(table, vocabulary)
    rows = [(record.id if table.id_of is None else "", columns.row(record)) for record in records]
    return [row for _, row in sorted(rows, key=lambda one: (one[0], [_cell(value) for value in one[1]]))]


def csv_rows(table: Table, rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The lines of a CSV, header first; every text made harmless for spreadsheets, which an import takes back."""
    line = io.StringIO()
    # With this terminator a carriage return within a text is quoted too; the line itself ends with a bare newline.
    writer = csv.writer(line, lineterminator="\r\n")
    header = [column.name for column in table.columns]
    for cells in chain([header], ([safe_cell(_cell(value)) for value in row] for row in rows)):
        writer.writerow(cells)
        yield line.getvalue().removesuffix("\r\n") + "\n"
        line.seek(0)
        line.truncate()


def json_rows(table: Table, rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """JSON lines, one object a record with every column; what is blank is null, lists are arrays."""
    header = [column.name for column in table.columns]
    for row in rows:
        yield json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False, allow_nan=False) + "\n"


_LIKE_THOUSANDS = 3


class _Columns:
    """How each column of a table is got from a record."""

    def __init__(self, table: Table, vocabulary: Vocabulary) -> None:
        money = {column: field for amounts in table.amounts for column, field in amounts.fields}
        currency = {amounts.currency: [field for _, field in amounts.fields] for amounts in table.amounts}
        tags = _Tags(vocabulary)
        self._of: list[Callable[[Record], Value]] = []
        for column in table.columns:
            if column.name in money:
                self._of.append(_amount_of(money[column.name]))
            elif column.name in currency:
                self._of.append(_currency_of(currency[column.name]))
            elif column.name in tags.readers:
                self._of.append(_tags_of(tags, column.name))
            else:
                self._of.append(_field_of(column.field or column.name))

    def row(self, record: Record) -> tuple[Value, ...]:
        return tuple(of(record) for of in self._of)


class _Tags:
    """Lists of tags, each entry written so that reading it gives the tags that are kept and no others."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.readers: Mapping[str, Callable[[str], tuple[str, ...]]] = {
            "sectors": vocabulary.sector_tags,
            "technologies": lambda written: (vocabulary.technology(written),),
            "excludes": vocabulary.excluded,
        }
        self._names: dict[str, list[str]] = {}
        for term in (*vocabulary.sectors, *vocabulary.technologies):
            self._names.setdefault(term.id, []).extend((term.label, *term.aliases))
        self._known: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    def written(self, column: str, tags: tuple[str, ...]) -> tuple[str, ...]:
        if (column, tags) not in self._known:
            self._known[column, tags] = self._write(self.readers[column], tags)
        return self._known[column, tags]

    def _write(self, read: Callable[[str], tuple[str, ...]], tags: tuple[str, ...]) -> tuple[str, ...]:
        entries: list[str] = []
        got: tuple[str, ...] = ()
        for tag in tags:
            if tag in got:
                continue
            # To exclude "blockchain" the technology is less than to write the word, which excludes a sector too.
            for name in (tag, *self._names.get(tag, ())):
                then = tuple(dict.fromkeys((*got, *read(name))))
                if tag in then and then == tags[: len(then)]:
                    break
            else:
                name, then = tag, (*got, tag)
            entries.append(name)
            got = then
        return tuple(entries)


def _field_of(field: str) -> Callable[[Record], Value]:
    def value(record: Record) -> Value:
        found: Value = getattr(record, field)
        return found

    return value


def _amount_of(field: str) -> Callable[[Record], Value]:
    def value(record: Record) -> Value:
        money: Money | None = getattr(record, field)
        if money is None:
            return None
        units = Decimal(money.minor).scaleb(-exponent(money.currency))
        return int(units) if units == units.to_integral_value() else float(units)

    return value


def _currency_of(fields: Sequence[str]) -> Callable[[Record], Value]:
    def value(record: Record) -> Value:
        return next((money.currency for money in (getattr(record, field) for field in fields) if money), None)

    return value


def _tags_of(tags: _Tags, column: str) -> Callable[[Record], Value]:
    def value(record: Record) -> Value:
        return tags.written(column, getattr(record, column))

    return value


def _cell(value: Any) -> str:
    """A value as the text of a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, float):
        # Three decimals may mean thousands to a reader; a fourth says that they do not.
        written = repr(value)
        return f"{written}0" if len(written.partition(".")[2]) == _LIKE_THOUSANDS else written
    return str(value)
