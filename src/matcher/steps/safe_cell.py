"""Texts made harmless for spreadsheets: what a program would take for a formula is kept as text."""

from __future__ import annotations

from matcher.domain.sheet import begins_formula


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it where it would begin a formula, else as it is.

    Source: OWASP, "CSV Injection". A text that begins so behind apostrophes of its own gets one more, so that an import
    (`without_guard`) gives back every text as it was.
    """
    return f"'{text}" if begins_formula(text.lstrip("'")) else text
