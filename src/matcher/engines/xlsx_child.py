"""Opens a hostile workbook where it can do no harm: run by `python -m`, with limits on memory and time.

The file comes on stdin, the name of a sheet as argument. It prints JSON lines: a head {"merged", "notes"}, then
[row number, cell, …] for each row that holds something, then {"end"}; or one line {"refused"} and no more.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import re
import sys
import zipfile
from typing import Any

MOST_MEMORY = 256 * 2**20
MOST_CPU_SECONDS = 8
# A real workbook of 20,000 full rows has about 40 MB of XML, in some twenty entries, packed 5 to 30 times.
MOST_UNPACKED = 200 * 2**20
MOST_ENTRIES = 1_000
MOST_RATIO = 150
RATIO_FROM = 16 * 2**20
MOST_MERGED = 1_000
# Beyond this a float no longer holds every whole number.
_WHOLE_TO = 2**53
_ERROR_CELL = re.compile(rb'<c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]+[0-9]+)"')


class _Refused(Exception):
    """The workbook cannot be read; says why and what to do, to follow the file's name."""


def main() -> None:
    """Read the workbook on stdin and print its one sheet."""
    limit()
    wanted = sys.argv[1] if len(sys.argv) > 1 else None
    try:
        show(sys.stdin.buffer.read(), wanted)
    except _Refused as refusal:
        say({"refused": str(refusal)})


def limit() -> None:
    """Cap this process's memory and processor time, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def show(data: bytes, wanted: str | None) -> None:
    """Print the sheet `wanted`, or the only visible one that holds something."""
    errors = check(data)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        sheet = choose(CalamineWorkbook.from_filelike(io.BytesIO(data)), wanted)
    except PasswordError:
        raise _Refused("is protected by a password; save it without one, or as CSV") from None
    except CalamineError:
        raise _Refused("is damaged or not an XLSX workbook; open it in Excel and save it as .xlsx or CSV") from None
    left = sheet.start[1] if sheet.start else 0
    ranges = (sheet.merged_cell_ranges or [])[:MOST_MERGED]
    say(
        {
            "merged": [[a[0] + 1, b[0] + 1, max(a[1] - left, 0), f"{place(*a)}:{place(*b)}"] for a, b in ranges],
            "notes": errors,
        }
    )
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [plain(cell) for cell in row]
        if any(cell is not None for cell in cells):
            say([number, *cells])
    say({"end": True})


def check(data: bytes) -> list[str]:
    """Refuse what is no workbook or would unpack into too much; say which cells hold an error of Excel."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if any(entry.flag_bits & 1 for entry in entries):
                raise _Refused("is protected by a password; save it without one, or as CSV")
            if "xl/workbook.xml" not in names:
                raise _Refused("is not an XLSX workbook, whatever its name says; save the table as .xlsx or CSV")
            unpacked = sum(entry.file_size for entry in entries)
            bomb = unpacked > RATIO_FROM and unpacked > MOST_RATIO * len(data)
            if bomb or unpacked > MOST_UNPACKED or len(entries) > MOST_ENTRIES:
                raise _Refused("unpacks into far more than a sheet holds; save it as CSV")
            found = []
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    with archive.open(entry) as part:
                        found += _ERROR_CELL.findall(part.read(MOST_UNPACKED))
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        raise _Refused("is damaged; open it in Excel and save it again") from None
    if not found:
        return []
    shown = ", ".join(cell.decode() for cell in found[:5]) + (" …" if len(found) > 5 else "")
    return [f"Cells with an Excel error such as #REF! were read as empty: {shown}."]


def choose(workbook: Any, wanted: str | None) -> Any:
    """The sheet by name, or the only visible one that holds something."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    visible = [
        meta.name
        for meta in workbook.sheets_metadata
        if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet
    ]
    if wanted is not None:
        named = [name for name in visible if name.casefold() == wanted.casefold()]
        if not named:
            raise _Refused(f'has no visible sheet "{wanted}"; it has {listed(visible)}')
        return workbook.get_sheet_by_name(named[0])
    filled = [(name, sheet) for name in visible if (sheet := workbook.get_sheet_by_name(name)).start is not None]
    if not filled:
        raise _Refused("has no visible sheet that holds anything; fill one, or unhide it")
    if len(filled) > 1:
        raise _Refused(f"has several sheets: {listed([name for name, _ in filled])}; name one with --sheet")
    return filled[0][1]


def plain(cell: Any) -> str | int | float | bool | None:
    """A cell as JSON: whole floats as ints, dates as ISO 8601 text, an empty text as nothing."""
    if isinstance(cell, str):
        # How Excel writes a carriage return.
        return cell.replace("_x000D_\n", "\n").replace("_x000D_", "\n") or None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < _WHOLE_TO else cell
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, bool | int):
        return cell
    return str(cell)


def place(row: int, column: int) -> str:
    """A cell as Excel names it: (0, 0) is A1."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def listed(names: list[str]) -> str:
    """Names within a sentence."""
    return ", ".join(f'"{name}"' for name in names)


def say(line: object) -> None:
    """Print one line of JSON."""
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
