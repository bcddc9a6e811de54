"""Reads a file people bring (CSV, JSON lines, XLSX) into a Sheet, within named limits.

One file for the three formats, because they share the limits and the check of a cell; XLSX is opened in a child.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from matcher.domain.json_line import NotARow, cells_of
from matcher.domain.sheet import LONGEST_TEXT, Cell, Flaw, Sheet, excerpt, unkeepable, without_guard
from matcher.errors import BadInput

MOST_BYTES = 64 * 2**20
MOST_XLSX_BYTES = 24 * 2**20
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 6_000_000
# What the cells may weigh in memory: with the file and the records made of them it stays under 512 MB.
MOST_WEIGHT = 160 * 2**20
# csv keeps four bytes a character while a quote is open: an unclosed one must not swallow the whole file.
LONGEST_ROW = 4 * 2**20
XLSX_SECONDS = 9.0

_CELL_WEIGHT = 60
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")


def read_sheet(path: Path, *, sheet: str | None = None) -> Sheet:
    """The sheet in a file, its type told by content, then by suffix.

    sheet: which one of a workbook, needed only where several hold something.
    Raises BadInput, in one sentence, when the file as a whole cannot be read; what is wrong with single rows is in
    `flaws`.
    """
    data = _bytes_of(path)
    if refusal := _refusal_by_content(data):
        raise BadInput(f"{path.name} {refusal}.")
    if data.startswith(b"PK"):
        return _workbook(path.name, data, sheet)
    if sheet is not None:
        raise BadInput(f'{path.name} is not a workbook, so it has no sheet "{sheet}"; leave --sheet out.')
    start = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    json_lines = start.startswith(b"{") or path.suffix.lower() in (".jsonl", ".ndjson", ".json")
    return _decoded(path.name, data, _json_lines if json_lines else _delimited)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise BadInput(f"There is no file {path}; check the name and the folder.") from None
    except IsADirectoryError:
        raise BadInput(f"{path} is a folder; name the file in it.") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}); check its permissions.") from None
    if len(data) > MOST_BYTES:
        raise BadInput(f"{path.name} is larger than {MOST_BYTES // 2**20} MB; split it and import the parts.")
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise BadInput(f"{path.name} is empty; put the column names in the first row and one record a row below.")
    return data


def _refusal_by_content(data: bytes) -> str | None:
    start = data[:1024].lstrip()
    if start.startswith(b"%PDF"):
        return "is a PDF, whatever its name says; save the table itself as CSV or XLSX"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "is protected by a password; save it without one, or as CSV"
        return "is an old Excel or Word file; save it as .xlsx or CSV"
    if start.lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        return "is a web page or XML, whatever its name says; save the table itself as CSV or XLSX"
    if start.startswith((b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"7z\xbc\xaf", b"Rar!", b"SQLite format")):
        return "is not a sheet, whatever its name says; bring the table as CSV, XLSX or JSON lines"
    return None


@dataclass
class _Reading:
    """A file while it is read: what its cells weigh, and what was wrong so far.

    suspect: a NUL was seen. guarded: an apostrophe was, since the row began.
    """

    file: str
    weight: int = 0
    since_row: int = 0
    suspect: bool = False
    guarded: bool = False
    flaws: list[Flaw] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def lines(self, stream: io.TextIOWrapper) -> Iterator[str]:
        while line := stream.readline(LONGEST_ROW):
            self.weight += sys.getsizeof(line)
            self.since_row += len(line)
            if self.since_row >= LONGEST_ROW:
                raise _RowTooLong
            if "\0" in line:
                self.suspect = True
            if "'" in line:
                self.guarded = True
            yield line

    def check_size(self, rows: int, columns: int) -> None:
        if rows > MOST_ROWS:
            raise BadInput(f"{self.file} has more than {MOST_ROWS:,} rows; split it, or delete empty rows at its end.")
        if columns > MOST_COLUMNS:
            raise BadInput(f"{self.file} has more than {MOST_COLUMNS} columns; keep those of the template.")
        if self.weight > MOST_WEIGHT or rows * columns > MOST_CELLS:
            raise BadInput(f"{self.file} holds too much text for one import; split it and import the parts.")

    def flaw(self, row: int, column: str, value: object, message: str) -> None:
        self.flaws.append(Flaw(row=row, column=column, value=excerpt(value), message=message))

    def sound(self, row: int, header: Sequence[str], cells: Sequence[Cell]) -> bool:
        """Whether every text of the row can be kept; what cannot is noted as a flaw."""
        before = len(self.flaws)
        for column, cell in zip(header, cells, strict=True):
            for text in cell if isinstance(cell, tuple) else (cell,):
                if isinstance(text, str) and (message := unkeepable(text)):
                    self.flaw(row, column, text, message)
        return len(self.flaws) == before

    def sheet(self, header_row: int, header: Sequence[str], rows: list[tuple[int, Sequence[Cell]]]) -> Sheet:
        flaws = tuple(sorted(self.flaws, key=lambda flaw: flaw.row))
        return Sheet(
            file=self.file,
            header_row=header_row,
            header=tuple(header),
            rows=rows,
            flaws=flaws,
            notes=tuple(self.notes),
        )


class _RowTooLong(Exception):
    """A row is longer than any real one."""


def _decoded(file: str, data: bytes, read: Callable[[_Reading, io.TextIOWrapper], Sheet]) -> Sheet:
    """Read with the first encoding that fits: what the BOM says, UTF-16 by its NULs, UTF-8, else Windows-1252."""
    for encoding in _encodings(data):
        reading = _Reading(file=file)
        if encoding == "cp1252":
            if len(_UTF8_SEQUENCE.sub(b"", data)) < len(data) - len(_HIGH.findall(data)) / 2:
                break  # mostly sound UTF-8: as Windows-1252 every accent would come out wrong
            reading.notes.append("The file is not UTF-8 and was read as Windows-1252: check the accents.")
        try:
            return read(reading, io.TextIOWrapper(io.BytesIO(data), encoding, newline=""))
        except UnicodeDecodeError:
            continue
    raise BadInput(f"{file} has damaged characters; save it again as CSV UTF-8.")


def _encodings(data: bytes) -> Sequence[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if data.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    half = min(len(data), 2048) // 2
    even, odd = data[0 : 2 * half : 2].count(0), data[1 : 2 * half : 2].count(0)
    if max(even, odd) > 0.4 * half and min(even, odd) < 0.05 * half:
        return ("utf-16-le" if odd > even else "utf-16-be",)
    return ("utf-8", "cp1252")


def _delimited(reading: _Reading, stream: io.TextIOWrapper) -> Sheet:
    csv.field_size_limit(MOST_BYTES)
    header: list[str] = []
    header_row, number = 0, 0
    kept: list[tuple[int, Sequence[Cell]]] = []
    try:
        delimiter = _delimiter(next((line for line in reading.lines(stream) if line.strip()), ""))
        stream.seek(0)
        reading.weight = reading.since_row = 0
        for number, row in enumerate(csv.reader(reading.lines(stream), delimiter=delimiter, strict=True), 1):
            length, reading.since_row = reading.since_row, 0
            if number > MOST_ROWS or reading.weight > MOST_WEIGHT or len(row) > MOST_COLUMNS:
                reading.check_size(number, len(row))
            if not any(row) or (not row[0].strip() and not "".join(row).strip()):
                continue
            if not header:
                header_row, header = number, [name.strip() for name in row]
                if not reading.sound(number, header, header):
                    return reading.sheet(header_row, header, [])
                continue
            cells = row
            if len(row) != len(header) or length > LONGEST_TEXT or reading.suspect:
                cells = _fitted(reading, number, row, header, delimiter)
            if reading.guarded:
                cells, reading.guarded = [without_guard(cell) if cell[:1] == "'" else cell for cell in cells], False
            if cells:
                reading.weight += _CELL_WEIGHT * (len(cells) - cells.count(""))
                kept.append((number, cells))
    except csv.Error:
        raise BadInput(
            f"Row {number + 1} of {reading.file} opens a quotation mark that does not end its cell; close it, "
            'and write "" for a mark within a text.'
        ) from None
    except _RowTooLong:
        raise BadInput(
            f"Row {number + 1} of {reading.file} has more than {LONGEST_ROW:,} characters; shorten it, or close the "
            "quotation mark that was opened there."
        ) from None
    reading.check_size(len(kept), len(header))
    return reading.sheet(header_row, header, kept)


def _delimiter(line: str) -> str:
    outside = re.sub(r'"[^"]*"', "", line)
    return max(",;\t", key=outside.count)


def _fitted(reading: _Reading, number: int, row: list[str], header: list[str], delimiter: str) -> list[str]:
    """The row, without blank cells beyond the header; empty where it is too long, too short or cannot be kept."""
    extra = row[len(header) :]
    if len(row) >= len(header) and not "".join(extra).strip():
        cells = row[: len(header)]
        return cells if reading.sound(number, header, cells) else []
    mark = {",": "comma", ";": "semicolon", "\t": "tab"}[delimiter]
    if extra:
        way_out = f"put quotation marks around a text that contains a {mark}, or delete what is too much"
    else:
        way_out = f"add the missing {mark}s, so that an unknown cell is empty"
    cells_there = "1 cell" if len(row) == 1 else f"{len(row)} cells"
    message = f"This row has {cells_there}, the header has {len(header)}; {way_out}."
    reading.flaw(number, header[min(len(row), len(header)) - 1], delimiter.join(extra), message)
    return []


def _json_lines(reading: _Reading, stream: io.TextIOWrapper) -> Sheet:
    columns: dict[str, int] = {}
    found: list[tuple[int, list[Cell]]] = []
    number = 0
    try:
        for number, line in enumerate(reading.lines(stream), 1):
            reading.since_row = 0
            reading.check_size(number, len(columns))
            if not line.strip():
                continue
            try:
                row = cells_of(line)
            except NotARow as fault:
                reading.flaw(number, "", line, f'{fault}; write one object a line, such as {{"id": "a1"}}.')
                continue
            for name in row:
                columns.setdefault(name, len(columns))
            reading.weight += _CELL_WEIGHT * len(row)
            if reading.sound(number, list(row), list(row.values())):
                cells: list[Cell] = [None] * len(columns)
                for name, cell in row.items():
                    cells[columns[name]] = cell
                found.append((number, cells))
    except _RowTooLong:
        raise BadInput(f"Line {number + 1} of {reading.file} has more than {LONGEST_ROW:,} characters.") from None
    reading.check_size(len(found), len(columns))
    for _, cells in found:
        cells.extend([None] * (len(columns) - len(cells)))
    return reading.sheet(1, list(columns), list(found))


def _workbook(file: str, data: bytes, sheet: str | None) -> Sheet:
    if len(data) > MOST_XLSX_BYTES:
        raise BadInput(f"{file} is larger than {MOST_XLSX_BYTES // 2**20} MB; save it as CSV.")
    reading = _Reading(file=file)
    # -P: no module of the folder people work in can stand in for one of ours.
    command = [sys.executable, "-P", "-m", "matcher.engines.xlsx_child", *([] if sheet is None else [sheet])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdin is not None and child.stdout is not None
        timer = threading.Timer(XLSX_SECONDS, child.kill)
        timer.start()
        try:
            _feed(child.stdin, data)
            return _rows_of_child(reading, child.stdout)
        finally:
            timer.cancel()
            child.kill()


def _feed(stdin: IO[bytes], data: bytes) -> None:
    try:
        stdin.write(data)
        stdin.close()
    except BrokenPipeError:
        pass  # the child ended early; what it said, or did not say, tells why


def _rows_of_child(reading: _Reading, lines: IO[bytes]) -> Sheet:
    """What matcher.engines.xlsx_child prints: a head, one line a row, and an end that says nothing was lost."""
    header: list[str] = []
    header_row = 0
    kept: list[tuple[int, Sequence[Cell]]] = []
    merged: list[tuple[int, int, int, str]] = []
    for line in lines:
        said = json.loads(line)
        if isinstance(said, list):
            number, *cells = said
            reading.weight += sys.getsizeof(line) + _CELL_WEIGHT * (len(cells) - cells.count(None))
            reading.check_size(number, len(cells))
            if not header:
                header_row, header = number, ["" if cell is None else str(cell).strip() for cell in cells]
            elif reading.sound(number, header, cells):
                kept.append((number, [without_guard(cell) if isinstance(cell, str) else cell for cell in cells]))
        elif "refused" in said:
            raise BadInput(f"{reading.file} {said['refused']}.")
        elif "end" in said:
            return reading.sheet(header_row, header, _without_merged(reading, header_row, header, kept, merged))
        else:
            merged = [tuple(range_) for range_ in said["merged"]]
            reading.notes.extend(said["notes"])
    raise BadInput(f"{reading.file} is damaged, or needs more memory or time than a sheet may; save it as CSV.")


def _without_merged(
    reading: _Reading,
    header_row: int,
    header: Sequence[str],
    rows: list[tuple[int, Sequence[Cell]]],
    merged: Sequence[tuple[int, int, int, str]],
) -> list[tuple[int, Sequence[Cell]]]:
    """Note each merged range that holds something: whether its value is meant for one row or for all is not known."""
    cells = {number: row for number, row in rows} | {header_row: header}
    gone: set[int] = set()
    for first, last, column, name in merged:
        value = cells.get(first, ())[column : column + 1]
        if value and value[0] not in (None, ""):
            message = f"The cells {name} are merged; unmerge them and write the value in each row it is meant for."
            reading.flaw(first, header[column], value[0], message)
            gone.update(range(first, last + 1))
    return [(number, row) for number, row in rows if number not in gone]
