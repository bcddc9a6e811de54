"""Writes a timetable as an XLSX workbook: a sheet of everything, then one a party; texts as texts, print-ready."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

_LINE_POINTS = 15
# A sheet's name: at most 31 characters, none of these, no apostrophe at either end, not this word (Excel's own rules).
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f]")
_RESERVED = "history"
_A4 = 9

Rows = Sequence[Sequence[str | int]]


def timetable_workbook(result: dict[str, Any], status: str) -> bytes:
    """The workbook of a timetable result. status: the sentence that says whether it is approved. Equal results give
    equal bytes.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    # A workbook carries its date of making; the run's as-of date keeps the bytes the same.
    book.set_properties({"title": result["programme_name"], "created": datetime.fromisoformat(result["as_of"])})
    sheets = _Sheets(book, result, status)
    if result["format"] == "pitches":
        _pitches(sheets, result)
    else:
        _meetings(sheets, result)
    book.close()
    return file.getvalue()


def _meetings(sheets: _Sheets, result: dict[str, Any]) -> None:
    sheets.add(
        "Timetable",
        "All meetings",
        (("When", 46), ("Where", 10), ("Startup", 30), ("Partner", 30), ("Startup's time", 46), ("Partner's time", 46)),
        [
            (
                *(one["times"]["event"], _where(result, one), one["startup_name"], one["partner_name"]),
                *(one["times"]["startup"], one["times"]["partner"]),
            )
            for one in result["meetings"]
        ],
    )
    _leftovers(sheets, result)
    for party in result["parties"]:
        assumed = "the event's, as the profile names none" if party["time_zone_assumed"] else "their own"
        sheets.add(
            party["name"],
            f"{party['name']} ({party['id']}): times in {party['time_zone']}, {assumed}",
            (("Your time", 46), (f"Time of the event ({result['time_zone']})", 46), ("You meet", 34), ("Where", 10)),
            [
                (one["times"][own], one["times"]["event"], one[f"{other}_name"], _where(result, one))
                for own, other in (("startup", "partner"), ("partner", "startup"))
                for one in result["meetings"]
                if one[f"{own}_id"] == party["id"]
            ],
        )


def _pitches(sheets: _Sheets, result: dict[str, Any]) -> None:
    columns = (("Room", 20), ("No.", 6), ("When", 46), ("Startup", 30), ("Matched partners in the room", 60))
    rows = [
        (
            *(one["room"], one["position"], one["times"]["event"], one["startup_name"]),
            ", ".join(heard["name"] for heard in one["investors"]),
        )
        for one in result["pitches"]
    ]
    sheets.add("Running order", "All pitches", columns, rows)
    _leftovers(sheets, result)
    for room in result["rooms"]:
        sheets.add(room, f"{room}: running order", columns[1:], [row[1:] for row in rows if row[0] == room])
    sheets.add(
        "Seats", "Who sits where", (("Partner", 40), ("Room", 24)), [(s["name"], s["room"]) for s in result["seats"]]
    )


def _leftovers(sheets: _Sheets, result: dict[str, Any]) -> None:
    sides = (("Startup", 30), ("Partner", 30))
    unplaced = [(one["startup_name"], one["partner_name"] or "", one["because"]) for one in result["unplaced"]]
    if unplaced:
        sheets.add("Not fitted in", "Not fitted in", (*sides, ("Because", 60)), unplaced)
    cancelled = [
        (one["startup_name"], one["partner_name"], one["was"]["times"]["event"] if one["was"] else "")
        for one in result["cancelled"]
    ]
    if cancelled:
        sheets.add("Cancelled", "Cancelled", (*sides, ("Was", 46)), cancelled)
    offered = [
        (one["startup_name"], one["partner_name"], one["instead_of_name"], one["times"]["event"])
        for one in result.get("offers", ())
    ]
    if offered:
        sheets.add("Offers", "Offered, not booked", (*sides, ("Instead of", 30), ("When", 46)), offered)


def _where(result: dict[str, Any], one: dict[str, Any]) -> str:
    return "online" if result["virtual"] else "" if one["table"] is None else f"table {one['table']}"


class _Sheets:
    """The sheets of a book, each with a title, the status, a head that is repeated on every printed page, and rows."""

    def __init__(self, book: Any, result: dict[str, Any], status: str) -> None:
        self._book, self._result, self._status = book, result, status
        self._names: set[str] = {_RESERVED}
        self._title = book.add_format({"bold": True, "font_size": 13})
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._body = book.add_format({"text_wrap": True, "valign": "top"})

    def add(self, name: str, title: str, columns: Sequence[tuple[str, int]], rows: Rows) -> None:
        """A sheet of this table; its name is made legal and unlike all others."""
        sheet = self._book.add_worksheet(self._legal(name))
        sheet.write_string(0, 0, title, self._title)
        sheet.write_string(1, 0, self._status)
        for at, (heading, width) in enumerate(columns):
            sheet.set_column(at, at, width)
            sheet.write_string(2, at, heading, self._head)
        for row, cells in enumerate(rows, start=3):
            lines = (-(-len(str(cell)) // max(1, width - 2)) for cell, (_, width) in zip(cells, columns, strict=True))
            sheet.set_row(row, _LINE_POINTS * max(1, *lines))
            for at, cell in enumerate(cells):
                if isinstance(cell, int):
                    sheet.write_number(row, at, cell, self._body)
                else:
                    sheet.write_string(row, at, cell, self._body)
        sheet.freeze_panes(3, 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 2)
        footer = (
            f"{self._result['programme_name']} · timetable {self._result['run_id']} · as of {self._result['as_of']}"
        )
        # "&" introduces a code in a footer: one of the name's own is doubled. Excel takes 255 characters.
        sheet.set_footer(f"&L{footer[:180].replace('&', '&&')} · page &P of &N")

    def _legal(self, name: str) -> str:
        plain = _NOT_IN_NAMES.sub(" ", name).strip().strip("'").strip() or "Sheet"
        tried, number = plain[:_LONGEST_NAME].strip().rstrip("'"), 1
        while not tried or tried.casefold() in self._names:
            number += 1
            ending = f" ({number})"
            tried = plain[: _LONGEST_NAME - len(ending)].strip().rstrip("'") + ending
        self._names.add(tried.casefold())
        return tried
