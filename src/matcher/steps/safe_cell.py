"""Texts made harmless for spreadsheets: what a program would take for a formula is kept as text."""

from __future__ import annotations

# What starts a formula in Excel, LibreOffice or Google Sheets, with the full-width forms they also take.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it where it would begin a formula, else as it is.

    Source: OWASP, "CSV Injection". Leading white space does not hide a formula, so it is looked through.
    """
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip().startswith(_STARTS) else text
