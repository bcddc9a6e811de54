"""One line of JSON lines as the cells of a row."""

from __future__ import annotations

import json
import math
from typing import Any

from matcher.domain.sheet import Cell, excerpt, unkeepable

# Beyond this a float no longer holds every whole number.
_WHOLE_TO = 2**53


class NotARow(ValueError):
    """The line is not one object of plain values; says why."""


def cells_of(line: str) -> dict[str, Cell]:
    """Column → cell, in the order written. Raises NotARow; no key may stand twice, no number be without end."""
    try:
        row = json.loads(line, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except NotARow:
        raise
    except (ValueError, RecursionError):
        raise NotARow("This line is not valid JSON") from None
    if not isinstance(row, dict):
        raise NotARow("This line is not a JSON object")
    return {name: _cell(name, value) for name, value in row.items()}


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise NotARow(f'The key "{excerpt(double)}" stands twice')
    if any(unkeepable(name) for name in row):
        raise NotARow("A key holds a character that cannot be kept")
    return row


def _no_constant(name: str) -> None:
    raise NotARow(f"{name} is not a number")


def _cell(name: str, value: Any) -> Cell:
    if isinstance(value, dict):
        raise NotARow(f'"{excerpt(name)}" holds an object where a text, a number or a list belongs')
    if isinstance(value, list):
        if not all(isinstance(item, str) for item in value):
            raise NotARow(f'The list "{excerpt(name)}" holds something other than texts')
        return tuple(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise NotARow(f'"{excerpt(name)}" holds a number without end')
        return int(value) if value.is_integer() and abs(value) < _WHOLE_TO else value
    cell: Cell = value
    return cell
