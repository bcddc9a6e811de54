"""A sheet as it was found: header, rows and what is wrong with its form, before anything is understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Three times what one cell of Excel can hold.
LONGEST_TEXT = 100_000

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

# What starts a formula in Excel, LibreOffice or Google Sheets, with the full-width forms they also take.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

Cell = str | int | float | bool | tuple[str, ...] | None
"""What one cell holds: dates are ISO 8601 text, a tuple is an array of JSON lines."""


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """A cell or row whose form is wrong. `row` counts as a spreadsheet shows it: the first line of a file is row 1."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """rows: (row number, one cell for each column of the header); blank and flawed rows are left out."""

    file: str
    header_row: int
    header: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    flaws: tuple[Flaw, ...] = ()
    notes: tuple[str, ...] = ()


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula. Leading white space does not hide one."""
    return text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)


def without_guard(cell: str) -> str:
    """The text of a cell; the apostrophe that spreadsheets, and our own files, put before what is no formula is off.

    It takes back what `safe_cell` did: of several apostrophes, one.
    """
    text = cell.lstrip("'")
    return cell[1:] if text != cell and begins_formula(text) else cell


def excerpt(value: object, longest: int = 100) -> str:
    """What a message shows of a value: its beginning, on one line."""
    text = " ".join(str(value)[: longest + 1].split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def unkeepable(text: str) -> str | None:
    """Why a text cannot be kept, and what to do; None where it can. Anything that can be shown and stored can."""
    if len(text) > LONGEST_TEXT:
        return f"This cell holds {len(text):,} characters; shorten it to {LONGEST_TEXT:,} at most."
    if "\0" in text:
        return "This cell holds a NUL character; delete it, or save the file again as CSV UTF-8."
    if not text.isascii() and _LONE_SURROGATE.search(text):
        return "This cell holds half a character (a lone surrogate); type it again."
    return None
