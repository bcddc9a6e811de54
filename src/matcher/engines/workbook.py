"""Writes a briefing pack as an XLSX workbook: texts as texts, numbers as numbers, print-ready."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

import xlsxwriter

from matcher.domain.pack import Pack, PackMeeting, Page, Table, Value
from matcher.domain.spreadsheet import lines, sheet_name, writable

# A font that is there, or has a double of the same widths, wherever workbooks are opened.
_FONT = {"font_name": "Arial", "font_size": 10, "valign": "top"}
_RULE = {"bottom": 4, "bottom_color": "#B1B4B6"}
_STYLES: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "label": {"text_wrap": True, "bold": True},
    "quote": {"text_wrap": True, "italic": True},
    "small": {"text_wrap": True, "font_color": "#505A5F"},
    "title": {"text_wrap": True, "bold": True, "font_size": 14},
    "status": {"text_wrap": True, "bold": True, "border": 1},
    "section": {"text_wrap": True, "bold": True, "bottom": 1},
    "meeting": {"text_wrap": True, "bold": True, "bg_color": "#E6ECF2"},
    "number": {"bold": True, "bg_color": "#E6ECF2", "align": "left"},
    "head": {"text_wrap": True, "bold": True, "bg_color": "#E6ECF2", "bottom": 1},
    "cell": {"text_wrap": True, **_RULE},
    "cell link": {"text_wrap": True, "font_color": "#1D5A9E", "underline": 1, **_RULE},
    "figure head": {"text_wrap": True, "bold": True, "bg_color": "#E6ECF2", "bottom": 1, "align": "center"},
    "link": {"text_wrap": True, "font_color": "#1D5A9E", "underline": 1},
    "whole": {"num_format": "#,##0", "align": "center", **_RULE},
    "points": {"num_format": "0.00", "align": "center", **_RULE},
    "share": {"num_format": "0 %", "align": "center", **_RULE},
}
# What a program may take for a formula once somebody types in the cell. Such a cell is marked as text besides.
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# Points: a line of the font, the air in a cell, and the height of A4 between the margins.
_LINE, _AIR, _PAGE_HEIGHT = 13.0, 3.0, 740.0
# The most that a row may be high in Excel is 409 points.
_MOST_LINES = 30
# Characters: a label and a text, together as wide as A4 between the margins.
_LABEL_WIDTH, _TEXT_WIDTH = 19, 79
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.7, "bottom": 0.7}
_README = "Read me"
_LONGEST_STATUS = 100


def pack_workbook(pack: Pack) -> bytes:
    """The workbook of a pack. Equal packs give equal bytes."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": _FONT,
    }
    book = xlsxwriter.Workbook(file, options)
    # A workbook carries its date of making; the run's as-of date keeps the bytes the same.
    book.set_properties({"title": writable(pack.title), "created": datetime.fromisoformat(pack.as_of)})
    _Pages(book, pack).write()
    book.close()
    return file.getvalue()


class _Pages:
    """The sheets of one workbook in the making. names: key of a page or name of a table → name of its sheet."""

    def __init__(self, book: Any, pack: Pack) -> None:
        self.book = book
        self.pack = pack
        taken: set[str] = set()
        self.names = {_README: sheet_name(_README, taken)}
        # The lists first, so that no startup takes their names.
        self.names |= {table.name: sheet_name(table.name, taken) for table in (*pack.first, *pack.rest)}
        self.names |= {page.key: sheet_name(page.name, taken) for page in (*pack.startups, *pack.partners)}
        self.style = cache(self._style)

    def write(self) -> None:
        self._about()
        for table in self.pack.first:
            self._table(table)
        for page in (*self.pack.startups, *self.pack.partners):
            self._page(page)
        for table in self.pack.rest:
            self._table(table)

    def _about(self) -> None:
        pack = self.pack
        sheet = _Sheet(self, _README)
        sheet.row("", pack.title, style="title")
        sheet.row("", pack.status, style="status")
        for what, said in pack.about:
            sheet.row(what, said)
        for heading, entries in (
            ("Lists", [(table.name, f"{table.name}: {table.says}") for table in (*pack.first, *pack.rest)]),
            ("Startups", [(page.key, page.name) for page in pack.startups]),
            ("Partners", [(page.key, page.name) for page in pack.partners]),
        ):
            sheet.gap()
            for at, (key, name) in enumerate(entries):
                sheet.row("" if at else heading, name, style="link", link=key)
        sheet.close()

    def _page(self, page: Page) -> None:
        sheet = _Sheet(self, page.key)
        sheet.row("", page.name, style="title")
        sheet.row("", " · ".join(page.facts))
        sheet.row("", page.id, style="small")
        if page.about:
            sheet.row("In its words", f"“{page.about}”", style="quote")
        sheet.rows("Short of meetings", page.remarks)
        sheet.rows("Caution for every meeting", page.cautions)
        sheet.rows("Ask in every meeting", page.asks)
        for meeting in page.meetings:
            sheet.gap()
            self._meeting(sheet, meeting)
        if page.alternates:
            sheet.gap()
            sheet.row("", "Alternates, if a meeting falls through", style="section")
            for meeting in page.alternates:
                self._meeting(sheet, meeting)
        sheet.gap()
        sheet.row("", f"Back to “{_README}”", style="link", link=_README)
        sheet.close()

    def _meeting(self, sheet: _Sheet, meeting: PackMeeting) -> None:
        sheet.block()
        sheet.row(str(meeting.number), meeting.name, style="meeting", label_style="meeting", link=meeting.page)
        kind = f"{meeting.kind.capitalize()} · " if meeting.kind else ""
        sheet.row("", f"{kind}{meeting.fit} · confidence: {meeting.confidence.lower()}", style="small")
        sheet.row("Why", meeting.reason)
        for strength in meeting.strengths:
            if strength.said:
                sheet.row(strength.topic, strength.said)
            for at, quote in enumerate(strength.quotes):
                label = "" if at or strength.said else strength.topic
                sheet.row(label, f"{quote.who}: {quote.quote}", style="quote")
        sheet.rows("Caution", meeting.cautions)
        sheet.rows("Ask", meeting.asks)

    def _table(self, table: Table) -> None:
        sheet = self.add(table.name)
        sheet.set_landscape()
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, column.width)
            figures = column.shape not in ("text", "word")
            self.text(sheet, 0, at, column.heading, "figure head" if figures else "head")
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        if not table.rows:
            self.text(sheet, 1, 0, table.empty, "text")
            return
        for row, (cells, pages) in enumerate(zip(table.rows, table.pages, strict=True), start=1):
            high = 1
            for at, (column, value, page) in enumerate(zip(table.columns, cells, pages, strict=True)):
                high = max(high, self._cell(sheet, (row, at), value, column.shape, column.width, page))
            sheet.set_row(row, _LINE * high + _AIR)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)

    def _cell(self, sheet: Any, at: tuple[int, int], value: Value, shape: str, width: int, page: str | None) -> int:
        """Writes a cell and says how many lines it takes."""
        if value is None:
            sheet.write_blank(*at, None, self.style("cell"))
            return 1
        if not isinstance(value, str):
            sheet.write_number(*at, value, self.style(shape))
            return 1
        broken = lines(value, width)
        if len(broken) > _MOST_LINES:
            broken = [*broken[: _MOST_LINES - 1], "…"]
            value = "".join(broken)
        # LibreOffice does not break a link into lines: what takes more than one is left without.
        page = page if len(broken) == 1 else None
        self.text(sheet, *at, value, "cell link" if page else "cell", page)
        return len(broken)

    def add(self, key: str) -> Any:
        """A new sheet, ready to be printed one page wide."""
        sheet = self.book.add_worksheet(self.names[key])
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(**_MARGINS)
        status, running = (_code_free(text) for text in (self.pack.status[:_LONGEST_STATUS], self.pack.running))
        sheet.set_header(f"&L&8 {status}&R&8 Suggestions; a named officer decides.")
        sheet.set_footer(f"&L&8 {running}&R&8 page &P of &N")
        return sheet

    def text(self, sheet: Any, row: int, column: int, text: str, style: str, link: str | None = None) -> None:
        """A text as a text, whatever it begins with, and a link to a sheet of the book where one is given."""
        text = writable(text)
        form = self.style(style, text.startswith(_FORMULA_STARTS))
        if link:
            name = self.names[link].replace("'", "''")
            sheet.write_url(row, column, f"internal:'{name}'!A1", form, string=text)
        else:
            sheet.write_string(row, column, text, form)

    def _style(self, name: str, marked: bool = False) -> Any:
        return self.book.add_format({**_FONT, **_STYLES[name], **({"quote_prefix": True} if marked else {})})


class _Sheet:
    """A sheet of two columns, labels and texts, that is read and printed like a page."""

    def __init__(self, pages: _Pages, key: str) -> None:
        self.pages = pages
        self.sheet = pages.add(key)
        self.sheet.set_column(0, 0, _LABEL_WIDTH)
        self.sheet.set_column(1, 1, _TEXT_WIDTH)
        self.sheet.hide_gridlines(2)
        self.heights: list[float] = []
        self.blocks: list[int] = []

    def row(
        self, label: str, text: str, style: str = "text", label_style: str = "label", link: str | None = None
    ) -> None:
        """A label and its text; a text that is too high for one row goes on in the next."""
        points = _STYLES[style].get("font_size", _FONT["font_size"])
        broken = lines(text, _TEXT_WIDTH, points, bold=_STYLES[style].get("bold", False))
        if len(broken) > 1:
            style, link = "text" if style == "link" else style, None
        labels = lines(label, _LABEL_WIDTH, bold=True)
        pieces = [broken] if len(broken) <= _MOST_LINES else _pieces(broken)
        for at, piece in enumerate(pieces):
            row = len(self.heights)
            self.pages.text(self.sheet, row, 0, "" if at else label, label_style)
            said = text if len(pieces) == 1 else "".join(piece).rstrip()
            self.pages.text(self.sheet, row, 1, said, style, link)
            high = max(len(piece) * _LINE * points / 10, len(labels) * _LINE) + _AIR
            self.sheet.set_row(row, high)
            self.heights.append(high)

    def rows(self, label: str, texts: Iterable[str]) -> None:
        """A text a row, under one label."""
        for at, text in enumerate(texts):
            self.row("" if at else label, text)

    def gap(self) -> None:
        """A little air."""
        self.sheet.set_row(len(self.heights), _LINE / 2)
        self.heights.append(_LINE / 2)

    def block(self) -> None:
        """What follows, up to the next block, is better not torn by the end of a page."""
        self.blocks.append(len(self.heights))

    def close(self) -> None:
        """Sets where pages break: before a block that would be torn, where it fits on a page."""
        breaks, top = [], 0.0
        starts = [0, *self.blocks, len(self.heights)]
        for start, end in pairwise(starts):
            high = sum(self.heights[start:end])
            if top and top + high > _PAGE_HEIGHT:
                if start:
                    breaks.append(start)
                top = 0.0
            top = (top + high) % _PAGE_HEIGHT
        self.sheet.set_h_pagebreaks(breaks)


def _pieces(broken: Sequence[str]) -> list[Sequence[str]]:
    return [broken[at : at + _MOST_LINES] for at in range(0, len(broken), _MOST_LINES)]


def _code_free(text: str) -> str:
    """A text for a header or footer, in which "&" begins a code: one of the text's own is doubled."""
    return writable(text).replace("&", "&&")
