"""The cells of a sheet as values, column by column: each distinct cell is understood once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from matcher.domain.profile import Money
from matcher.domain.sheet import Cell, Sheet, excerpt
from matcher.steps.sheets.columns import EXPECTED, OPTIONAL, REQUIRED, Amounts, Column, Table
from matcher.steps.sheets.faults import MOST_FAULTS, Faults, rows_in_words
from matcher.steps.sheets.headers import Header
from matcher.steps.sheets.parse import Unreadable, Words, text
from matcher.steps.sheets.parse_money import money


def read_cells(
    sheet: Sheet, table: Table, header: Header, words: Words, faults: Faults
) -> tuple[dict[str, Sequence[Any]], list[str]]:
    """Field of the record → its value in each row (None or () where the cell is blank or faulty), and warnings."""
    numbers = [number for number, _ in sheet.rows]
    cells = list(zip(*(row for _, row in sheet.rows), strict=True)) or [()] * len(sheet.header)
    warnings = [
        f"Column {place + 1} has no name and is left out."
        for place, title in enumerate(sheet.header)
        if not title and any(cell not in (None, "") for cell in cells[place])
    ]
    values: dict[str, Sequence[Any]] = {}
    for column in table.columns:
        place = header.places.get(column.name)
        if place is None:
            values[column.name] = [() if column.many else None] * len(numbers)
            continue
        reading = _Column(column, sheet.header[place], words, faults)
        values[column.name] = reading.read(numbers, cells[place])
        warnings += reading.warnings
    for amounts in table.amounts:
        _join_amounts(amounts, header, sheet, values, faults)
    return values, warnings


class _Column:
    """One column while it is read."""

    def __init__(self, column: Column, title: str, words: Words, faults: Faults) -> None:
        self.column, self.title, self.words, self.faults = column, title, words, faults
        self.blank: Any = () if column.many else None
        self.warnings: list[str] = []

    def read(self, numbers: Sequence[int], cells: Sequence[Cell]) -> list[Any]:
        all_text = set(map(type, cells)) <= {str}
        if all_text and self.column.read is text:
            # Texts seldom repeat, and nothing can be wrong with one.
            values: list[Any] = [cast(str, cell).strip() or None for cell in cells]
        else:
            # To a dict 1, 1.0 and True are the same, so the type is part of the key.
            values = self._understand(numbers, cells, cells if all_text else [(type(cell), cell) for cell in cells])
        if self.column.need != OPTIONAL and None in values:
            self._missing(numbers, cells, values)
        return values

    def _understand(self, numbers: Sequence[int], cells: Sequence[Cell], keys: Sequence[Any]) -> list[Any]:
        known: dict[Any, Any] = {}
        wrong: dict[Any, str] = {}
        for key in dict.fromkeys(keys):
            cell = key if keys is cells else key[1]
            try:
                known[key] = self._value(cell)
            except Unreadable as unreadable:
                known[key] = self.blank
                wrong[key] = str(unreadable)
                if len(wrong) >= MOST_FAULTS:
                    break
        if wrong:
            for number, cell, key in zip(numbers, cells, keys, strict=True):
                if key in wrong:
                    self.faults.add(number, self.title, _shown(cell), wrong[key])
        self._warn_of_commas(known)
        return list(map(known.__getitem__, keys))

    def _value(self, cell: Cell) -> Any:
        blank = cell is None or (isinstance(cell, str) and not cell.strip())
        return self.blank if blank else self.column.read(cell, self.words)

    def _missing(self, numbers: Sequence[int], cells: Sequence[Cell], values: Sequence[Any]) -> None:
        missing = [
            number
            for number, cell, value in zip(numbers, cells, values, strict=True)
            if value is None and (cell is None or not str(cell).strip())
        ]
        name = self.column.name
        if self.column.need == REQUIRED:
            for number in missing:
                self.faults.add(number, self.title, "", f"Enter the {name}; every row needs one.")
        elif self.column.need == EXPECTED and missing:
            self.warnings.append(f'"{self.title}" is empty in {rows_in_words(missing)}: it counts as unknown there.')

    def _warn_of_commas(self, known: dict[str, Any]) -> None:
        if self.column.many:
            odd = next((tag for tags in known.values() for tag in tags if "," in tag), None)
            if odd is not None:
                self.warnings.append(
                    f'"{self.title}" holds "{excerpt(odd)}" as one entry; entries are separated by ; not by commas.'
                )


def _join_amounts(
    amounts: Amounts, header: Header, sheet: Sheet, values: dict[str, Sequence[Any]], faults: Faults
) -> None:
    """Turn the columns of amounts and their currency column into fields of Money."""
    columns = [values.pop(column) for column, _ in amounts.fields]
    stated = values.pop(amounts.currency)
    known: dict[Any, list[Money | None]] = {}
    joined: list[list[Money | None]] = []
    for (number, cells), currency, *said in zip(sheet.rows, stated, *columns, strict=True):
        # Equal cells gave the same object: its identity is a key that costs nothing.
        key = (currency, *map(id, said))
        moneys = known.get(key)
        if moneys is None:
            # A sign beside one amount of the row speaks for the others too.
            sign = currency or next((amount.currencies for amount in said if amount and amount.currencies), ())
            moneys = []
            for (column, _), amount in zip(amounts.fields, said, strict=True):
                try:
                    moneys.append(
                        None
                        if amount is None
                        else money(amount, sign, amounts.currency if currency or not sign else "the other amount")
                    )
                except Unreadable as unreadable:
                    place = header.places[column]
                    faults.add(number, sheet.header[place], _shown(cells[place]), str(unreadable))
                    break
            else:
                known[key] = moneys
        joined.append(moneys)
    for place, (_, field) in enumerate(amounts.fields):
        values[field] = [moneys[place] if place < len(moneys) else None for moneys in joined]


def _shown(cell: Cell) -> str:
    return ";".join(cell) if isinstance(cell, tuple) else "" if cell is None else str(cell)
