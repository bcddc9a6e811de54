"""Writes a shortlist as an XLSX workbook: texts as texts, numbers as numbers, print-ready."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

_LINE_POINTS = 15
# Sheet → its columns: heading, key of the item, width in characters.
_PAIR_COLUMNS = (
    ("Startup", "startup_name", 26),
    ("Startup id", "startup_id", 18),
    ("Partner", "partner_name", 28),
    ("Partner id", "partner_id", 18),
    ("Kind", "kind", 14),
    ("Rank", "rank", 6),
    ("Fit", "band", 10),
    ("Score", "score", 8),
    ("Confidence", "confidence", 11),
    ("Reason", "reason", 80),
    ("Cautions", "cautions", 40),
)


def shortlist_workbook(result: dict[str, Any]) -> bytes:
    """The workbook of a shortlist result. Equal results give equal bytes."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    # A workbook carries its date of making; the run's as-of date keeps the bytes the same.
    book.set_properties({"title": result["programme_name"], "created": datetime.fromisoformat(result["as_of"])})
    _table(book, "Meetings", _PAIR_COLUMNS, result["pairs"], result)
    _table(book, "Alternates", _PAIR_COLUMNS, result["alternates"], result)
    loads = (
        ("Partner", "name", 30),
        ("Partner id", "partner_id", 18),
        ("Kind", "kind", 16),
        ("Meetings", "meetings", 10),
        ("Capacity", "capacity", 10),
    )
    _table(book, "Partner load", loads, result["loads"], result)
    short = (
        ("Startup id", "id", 20),
        ("Kind", "kind", 16),
        ("Wanted", "wanted", 8),
        ("Got", "got", 8),
        ("Because", "because", 90),
    )
    _table(book, "Falls short", short, result["certificate"]["short"], result)
    unplaced = (("Startup", "name", 30), ("Startup id", "startup_id", 20), ("Because", "because", 80))
    _table(book, "No place", unplaced, result["unplaced"], result)
    refused = (("Startup id", "startup_id", 20), ("Rule", "rule", 18), ("Detail", "detail", 90))
    _table(book, "Refused", refused, result["refused"], result)
    _about(book, result)
    book.close()
    return file.getvalue()


def _table(
    book: Any, name: str, columns: tuple[tuple[str, str, int], ...], items: list[dict[str, Any]], result: dict[str, Any]
) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "0.00", "valign": "top"})
    share = book.add_format({"num_format": "0 %", "valign": "top"})
    for at, (heading, _, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, head)
    for row, item in enumerate(items, start=1):
        sheet.set_row(row, _LINE_POINTS * max(_lines(item[key], width) for _, key, width in columns))
        for at, (_, key, _) in enumerate(columns):
            value = _shown(item[key])
            if isinstance(value, float):
                sheet.write_number(row, at, value, share if key == "confidence" else number)
            elif isinstance(value, int):
                sheet.write_number(row, at, value, body)
            else:
                sheet.write_string(row, at, value or "", body)
    sheet.freeze_panes(1, 1)
    if items:
        sheet.autofilter(0, 0, len(items), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    footer = f"{result['programme_name']} · run {result['run_id']} · as of {result['as_of']}"
    # "&" introduces a code in a footer: one of the name's own is doubled.
    sheet.set_footer(f"&L{footer.replace('&', '&&')} · page &P of &N")


def _shown(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) else value


def _lines(value: Any, width: int) -> int:
    """How many lines a wrapped cell takes: programs differ in whether they work it out themselves."""
    text = _shown(value)
    return -(-len(text) // max(1, width - 2)) if isinstance(text, str) and text else 1


def _about(book: Any, result: dict[str, Any]) -> None:
    sheet = book.add_worksheet("About")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    certificate = result["certificate"]
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    lines = (
        ("What this is", "Suggestions. A named officer decides who meets whom."),
        ("Programme", f"{result['programme_name']} ({result['programme_id']})"),
        ("Run", result["run_id"]),
        ("As of", result["as_of"]),
        ("Ranker", result["ranker"]),
        ("Startups placed", str(len(result["placed"]))),
        ("Meetings", str(len(result["pairs"]))),
        ("Objective", f"{certificate['objective']} points above the least score of {certificate['least_score']}"),
        ("Bound", f"{certificate['bound']} points: no plan with as little shortfall can exceed it"),
        ("Gap", f"{certificate['gap']} points (0 = proved to be the best)"),
        ("Score", "A sum of points, comparable across startups. It is not a percentage and not a probability."),
        ("Confidence", "How much of what could be known of the pair is known. It says nothing of the fit."),
    )
    for row, (what, said) in enumerate(lines):
        sheet.write_string(row, 0, what, bold)
        sheet.write_string(row, 1, said, wrap)
