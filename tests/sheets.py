"""Sheets for tests: as a file on disk, as a workbook, as what reading one gives."""

import json
from datetime import date
from pathlib import Path

import openpyxl

from matcher.domain.country import countries_from
from matcher.domain.sheet import Sheet
from matcher.settings import shipped
from matcher.steps.sheets.parse import Words
from matcher.wiring import reference

TODAY = date(2026, 11, 24)


def words() -> Words:
    """The vocabularies that ship, and a day that stays."""
    rows = json.loads((shipped("data/reference") / "countries.json").read_text(encoding="utf-8"))["countries"]
    return Words(vocabulary=reference().vocabulary, countries=countries_from(rows), today=TODAY)


def a_sheet(header: str, *rows: tuple, file: str = "sheet.csv") -> Sheet:
    """A sheet with the columns named in `header` (split at spaces); its first row is row 2."""
    return Sheet(file=file, header_row=1, header=tuple(header.split()), rows=list(enumerate(rows, 2)))


def a_file(folder: Path, content: str | bytes, name: str = "sheet.csv") -> Path:
    """A file with this content, UTF-8 where it is text."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def a_workbook(folder: Path, *sheets: tuple[str, list[list]], name: str = "book.xlsx", change=None) -> Path:
    """A workbook with these sheets (title, rows), changed by `change(workbook)` before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    if change is not None:
        change(book)
    path = folder / name
    book.save(path)
    return path
