"""The startup ids in a file people bring, or on stdin."""

from __future__ import annotations

import re
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from matcher.domain.sheet import Cell, Sheet
from matcher.domain.vocabulary import folded
from matcher.errors import BadInput
from matcher.steps.safe_cell import safe_cell

# More than any sheet may have; whatever reads it refuses the rest.
_MOST_BYTES = 65 * 2**20
_COLUMNS = ("startupid", "id")


def composed(id_: str) -> str:
    """An id as it is stored: without outer spaces, in Unicode's composed form."""
    return unicodedata.normalize("NFC", id_.strip())


def ids_from(file: str, read_sheet: Callable[[Path, str | None], Sheet]) -> tuple[str, ...]:
    """The startup ids of a file, each once, in their order; "-" is stdin. Raises BadInput."""
    if file != "-":
        return _ids_in(read_sheet(Path(file), None))
    if sys.stdin is None:
        raise BadInput("There is no standard input to read; name a file with --from.")
    with tempfile.TemporaryDirectory(prefix="matcher-") as folder:
        copy = Path(folder) / "stdin"
        with copy.open("wb") as kept:
            _copy(sys.stdin.buffer, kept)
        return _ids_in(read_sheet(copy, None))


def _copy(source: BinaryIO, target: BinaryIO) -> None:
    left = _MOST_BYTES
    while left > 0 and (part := source.read(min(left, 2**20))):
        target.write(part)
        left -= len(part)


def _ids_in(sheet: Sheet) -> tuple[str, ...]:
    for flaw in sheet.flaws:
        raise BadInput(f"{sheet.file}, row {flaw.row}: {flaw.message}")
    names = [re.sub(r"\W", "", folded(name)) for name in sheet.header]
    column = next((names.index(name) for name in _COLUMNS if name in names), None)
    if column is None:
        raise BadInput(f"{sheet.file} has no column startup_id or id; add one with the ids of the startups.")
    ids = tuple(dict.fromkeys(id_ for _, cells in sheet.rows if (id_ := id_in(cells[column]))))
    if not ids:
        raise BadInput(f"{sheet.file} names no startup; write one id a row under {sheet.header[column]}.")
    return ids


def id_in(cell: Cell) -> str:
    """The id in a cell; the apostrophe that our own CSV puts before what looks like a formula is no part of it."""
    if cell is None:
        return ""
    said = str(cell)
    return composed(said[1:] if said.startswith("'") and safe_cell(said[1:]) == said else said)
